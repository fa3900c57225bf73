"""How a target is computed, settled after publishing: on the target's page, and for many at once on the list."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xiangxu_web.kernel.outcome import outcome_told
from xiangxu_web.kernel.permission import Refused, demand, row
from xiangxu_web.kernel.web import Request, keys_in, number_in
from xiangxu_web.workspaces.plans.binding import Outcome, choose, confirm, put_off, put_to_task
from xiangxu_web.workspaces.plans.models import Target
from xiangxu_web.workspaces.plans.pages.target import fit_of, sure_of, target
from xiangxu_web.workspaces.plans.rules import RUN_PLANS


@require_POST
def bind_target(request: Request, key: int) -> HttpResponse:
    """One target: the proposal confirmed, another evaluator chosen (``evaluator``), with what was set about it (``fit``), or put off
    (``later``)."""
    found: Target = row("target.bind", request.actor, pk=key)
    named = request.POST.get("evaluator", "")
    fit = fit_of(found, named, request.POST) if "fit" in request.POST else None
    if fit is not None and not fit.is_valid():
        return target(request, key, fit)
    with outcome_told(request, refusals=(ValueError, Refused)):
        if "later" in request.POST:
            put_off(request.actor, [key])
            messages.success(request, _("已标为暂不计算；以后可以随时再定。"))
        else:
            choose(request.actor, key, named, fit.fitted() if fit else None)
            messages.success(request, _("已确认怎么算。"))
    return redirect("target", key)


@require_POST
def place_target(request: Request, key: int) -> HttpResponse:
    """The target is put to another task, or to none."""
    row("target.bind", request.actor, pk=key)
    with outcome_told(request, _("已改所属任务。"), refusals=(ValueError, Refused)):
        put_to_task(request.actor, key, number_in(request.POST.get("task", "")))
    return redirect("target", key)


@require_POST
def bind_targets(request: Request) -> HttpResponse:
    """Many targets: those that were ticked, or (``sure``) all likely ones among what the list's address shows."""
    demand(request.actor, RUN_PLANS)
    with outcome_told(request, refusals=(ValueError, Refused)):
        keys = sure_of(request) if "sure" in request.POST else keys_in(request.POST, "target")
        if not keys:
            raise ValueError(_("请先在“勾选”一列选中目标。"))
        if "later" in request.POST:
            done = put_off(request.actor, keys)
            messages.success(request, _("已把 %(n)s 条标为暂不计算。") % {"n": done.done})
        else:
            _tell(request, confirm(request.actor, keys))
    asked = request.GET.urlencode()
    return redirect(reverse("targets") + (f"?{asked}" if asked else ""))


def _tell(request: Request, done: Outcome) -> None:
    if done.done:
        messages.success(request, _("已确认 %(n)s 条目标怎么算。") % {"n": done.done})
    if done.left:
        named = "；".join(done.left[:5]) + (_(" 等 %(n)s 个") % {"n": len(done.left)} if len(done.left) > 5 else "")
        messages.warning(request, _("没有建议可确认，请逐条选算法：%(listed)s") % {"listed": named})
    if not done.done and not done.left:
        messages.info(request, _("选中的都已经定过了，没有改动。"))
