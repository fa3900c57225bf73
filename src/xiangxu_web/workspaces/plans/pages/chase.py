"""The page on which the texts for chasing are written: who owes what, ticked; the wording; the texts to copy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu_web.kernel.permission import demand, may, rows
from xiangxu_web.kernel.web import Request, keys_in, number_in
from xiangxu_web.workspaces.plans import chasing
from xiangxu_web.workspaces.plans.rules import CHASE, RUN_PLANS
from xiangxu_web.workspaces.plans.split_sheets import day_of

# Whoever is asked has so long, unless the clerk says otherwise.
_DAYS = timedelta(days=5)
# More tasks than these are not read one by one: each unit stands as one line, ticked whole or opened.
_READABLE = 100
# What so many units are asked in the same words stands once, with the units to tick.
_MANY = 4


@dataclass(frozen=True)
class Shown:
    """One unit on the page: ``open`` with its tasks one by one, else as one line with their number."""

    owing: chasing.Owed
    open: bool
    whole: bool


@dataclass(frozen=True)
class Shared:
    """One sentence that many units are asked, and for each of them its own task."""

    line: str
    of: list[tuple[str, int]]


def chase(request: Request) -> HttpResponse:
    """GET: who owes what, for whom and what to write; ``?unit=`` one unit's tasks. POST: the texts for what was ticked; nothing is
    sent, nothing of them is kept."""
    demand(request.actor, CHASE)
    given = request.POST if request.method == "POST" else request.GET
    why = given.get("why", "") if given.get("why", "") in dict(chasing.WHY) else ""
    plan = given.get("plan", "")
    one = number_in(given.get("unit", ""))
    owing = chasing.owed(request.actor, why, number_in(plan), unit=one)
    tasks = sum(len(each.rows) for each in owing)
    # A unit that is ticked as a whole stands for all that it owes.
    whole = set(keys_in(given, "whole"))
    ticked = {*keys_in(given, "task"), *(row.task.pk for each in owing if each.unit.pk in whole for row in each.rows)}
    words, together, links = chasing.wording(request.actor), False, True
    reply_by = clock.today() + _DAYS
    texts: list[tuple[str, str]] = []
    if request.method == "POST":
        words = request.POST.get("words", "").replace("\r\n", "\n").strip() or chasing.usual_wording()
        reply_by = day_of(request.POST.get("reply_by", "")) or reply_by
        together, links = request.POST.get("together") == "1", "links" in request.POST
        chosen = [replace(each, rows=[row for row in each.rows if row.task.pk in ticked]) for each in owing]
        chosen = [each for each in chosen if each.rows]
        if not chosen:
            messages.error(request, _("请先勾选要催办的任务。"))
        else:
            chasing.keep_wording(request.actor, words)
            site = request.build_absolute_uri("/")
            if together:
                for_all = chasing.text_for_all(request.actor, words, chosen, site=site, reply_by=reply_by)
                texts = [(_("一段发给大家"), for_all)]
            else:
                texts = chasing.texts(request.actor, words, chosen, site=site, links=links, reply_by=reply_by)
    shown = [
        Shown(each, one is not None or tasks <= _READABLE or _in_part(each, ticked, whole), each.unit.pk in whole)
        for each in owing
    ]
    units = len(shown)
    shared, shown = _shared(shown)
    context = {
        "title": _("催办文字"),
        "units": units,
        "shared": shared,
        "asked": shown,
        "one": one,
        "ticked": ticked,
        "why": why,
        "plan": plan,
        "whys": chasing.WHY,
        "plans": [(str(each.pk), str(each)) for each in rows("plan.see", request.actor).order_by("-made")],
        "words": words,
        "usual": chasing.usual_wording(),
        "reply_by": reply_by,
        "together": together,
        "links": links,
        "texts": [(name, text, text.count("\n") + 2) for name, text in texts],
        "tasks": tasks,
        "in_review": chasing.in_review(request.actor, number_in(plan), one),
        "heard": [] if why else chasing.heard(request.actor, number_in(plan), one),
        "reviews": may(request.actor, RUN_PLANS),
    }
    fragment = bool(request.htmx) and one is not None
    answer = render(request, "plans/chase_units.html" if fragment else "plans/chase.html", context)
    patch_vary_headers(answer, ("HX-Request",))
    return answer


def _shared(shown: list[Shown]) -> tuple[list[Shared], list[Shown]]:
    """The sentences that many of the open units are asked, in the order of the first; and the units with what else they are asked."""
    lines: dict[str, list[tuple[str, int]]] = {}
    for each in shown:
        for row in each.owing.rows if each.open else ():
            lines.setdefault(row.line, []).append((str(each.owing.unit), row.task.pk))
    many = {line for line, of in lines.items() if len(of) >= _MANY}
    rest = [
        replace(each, owing=replace(each.owing, rows=[row for row in each.owing.rows if row.line not in many]))
        if each.open
        else each
        for each in shown
    ]
    return [Shared(line, of) for line, of in lines.items() if line in many], [each for each in rest if each.owing.rows]


def _in_part(each: chasing.Owed, ticked: set[int], whole: set[int]) -> bool:
    """Whether some of what the unit owes is ticked, and not the unit as a whole: it stays open, so that what was ticked is seen."""
    return each.unit.pk not in whole and any(row.task.pk in ticked for row in each.rows)
