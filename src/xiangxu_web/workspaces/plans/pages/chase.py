"""The page on which the texts for chasing are written: who owes what, ticked; the wording; the texts to copy."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu_web.kernel.permission import demand, rows
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.plans import chasing
from xiangxu_web.workspaces.plans.rules import CHASE
from xiangxu_web.workspaces.plans.split_sheets import day_of

# Whoever is asked has so long, unless the clerk says otherwise.
_DAYS = timedelta(days=5)


def chase(request: Request) -> HttpResponse:
    """GET: who owes what, for whom and what to write. POST: the texts for what was ticked; nothing is sent, nothing of them is kept."""
    demand(request.actor, CHASE)
    given = request.POST if request.method == "POST" else request.GET
    why = given.get("why", "") if given.get("why", "") in dict(chasing.WHY) else ""
    plan = given.get("plan", "")
    owing = chasing.owed(request.actor, why, int(plan) if plan.isdigit() else None)
    ticked = {int(key) for key in given.getlist("task") if key.isdigit()}
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
                whole = chasing.text_for_all(request.actor, words, chosen, site=site, reply_by=reply_by)
                texts = [(_("一段发给大家"), whole)]
            else:
                made = chasing.texts(request.actor, words, chosen, site=site, links=links, reply_by=reply_by)
                texts = [(unit.name, text) for unit, text in made]
    context = {
        "title": _("催办文字"),
        "owing": owing,
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
        "tasks": sum(len(each.rows) for each in owing),
    }
    return render(request, "plans/chase.html", context)
