"""The calendar that a telephone subscribes to: its address, and the file."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.plans.calendars import actor_by, calendar_of, close_calendar, open_calendar, token_of


def calendar(request: Request) -> HttpResponse:
    """The post's own address: made, replaced by a new one, taken back."""
    if request.method == "POST":
        if "close" in request.POST:
            close_calendar(request.actor)
            messages.success(request, _("已收回，原来的地址不能再用。"))
        else:
            open_calendar(request.actor)
            messages.success(request, _("已生成新的日历地址；以前的地址不能再用。"))
        return redirect("calendar")
    token = token_of(request.actor)
    address = request.build_absolute_uri(reverse("calendar-feed", args=[token])) if token else ""
    return render(request, "plans/calendar.html", {"title": _("手机日历"), "address": address})


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The file; whatever is wrong with the address is told in the same words."""
    actor = actor_by(token)
    if actor is None:
        raise Http404(_("这个日历地址已失效。请登录后在“手机日历”里重新生成。"))
    answer = HttpResponse(calendar_of(actor), content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Disposition"] = 'inline; filename="xiangxu.ics"'
    return answer
