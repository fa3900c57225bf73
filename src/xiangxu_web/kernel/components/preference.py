"""What a person chose for their own eyes: the columns of a list."""

from __future__ import annotations

import re

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xiangxu_web.kernel.models import Preference

_COLUMN = re.compile(r"[\w.-]{1,60}")
_MOST = 60


def chosen_columns(person: int | None, table: str) -> set[str] | None:
    """The keys of the columns chosen for this list; None where nothing was chosen."""
    if person is None:
        return None
    value = Preference.objects.filter(person_id=person, key=f"columns:{table}").values_list("value", flat=True).first()
    return set(value.get("shown", ())) if value is not None else None


@require_POST
def choose_columns(request: HttpRequest, table: str) -> HttpResponse:
    """Keeps the choice for this person and goes back to the list. ``usual`` forgets it. Nothing of the office's work changes, so
    there is no row in the audit."""
    person = request.user.pk
    if person is None:
        raise PermissionDenied
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    mine = Preference.objects.filter(person_id=person, key=f"columns:{table}")
    if "usual" in request.POST:
        mine.delete()
        return redirect(back)
    shown = request.POST.getlist("column")
    if len(shown) > _MOST or not all(_COLUMN.fullmatch(key) for key in shown):
        raise BadRequest(_("列的选择无法识别。请返回列表重新选择。"))
    Preference.objects.update_or_create(person_id=person, key=f"columns:{table}", defaults={"value": {"shown": shown}})
    return redirect(back)
