"""The health pages: one word for machines, the whole for the system administrator."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiangxu_web.kernel.operation import health as running
from xiangxu_web.kernel.operation import settings_checks
from xiangxu_web.kernel.operation.findings import RUNNING, SETTINGS, findings, worst_first
from xiangxu_web.kernel.operation.rules import SEE_HEALTH
from xiangxu_web.kernel.operation.version import VERSION
from xiangxu_web.kernel.permission import Refused, demand
from xiangxu_web.kernel.web import Request

# Importing the two declares their checks.
__all__ = ["alive", "health", "running", "settings_checks"]


@never_cache
@login_not_required
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """ "ok" and the version where requests can be answered, else 503; nothing more, for anybody may ask."""
    ready = running.ready()
    return HttpResponse(f"{'ok' if ready else 'not ready'} {VERSION}\n", content_type="text/plain", status=200 if ready else 503)


@never_cache
@require_safe
def health(request: Request) -> HttpResponse:
    """Everything that was looked at, the worst first, each with what to do."""
    if request.actor is None:
        raise Refused
    demand(request.actor, SEE_HEALTH)
    found = worst_first(findings(RUNNING, SETTINGS))
    count = sum(f.state in ("bad", "warning") for f in found)
    standing = (
        ngettext("有 %(count)s 项需要处理。", "有 %(count)s 项需要处理。", count) % {"count": count} if count else _("一切正常。")
    )
    return render(
        request, "operation/health.html", {"title": _("运行状况"), "found": found, "standing": standing, "version": VERSION}
    )
