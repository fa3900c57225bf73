"""What a policy term means: its one meaning, on which document it rests, and where it is met in the site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xiangxu.cards.homes import Home, homes
from xiangxu.cards.kinds import Evaluator, Fields, Scope, SourceCard, Standard, ThemeCard
from xiangxu.cards.kinds.dictionary import FieldOfTable, Term
from xiangxu.model.reason import Bilingual
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.components.reasons import worded
from xiangxu_web.kernel.frame import NAVIGATION
from xiangxu_web.kernel.permission import rows
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.plans.cards import called, packs
from xiangxu_web.workspaces.plans.explaining import Ground, grounds_of
from xiangxu_web.workspaces.plans.hows import plain
from xiangxu_web.workspaces.plans.models import Target
from xiangxu_web.workspaces.plans.twins import ONCE

_MOST = 60
# What a clerk looks up; cards of shipped plans, layouts and the like are the system's own.
_SHOWN = (Evaluator, Fields, Scope, SourceCard, Standard, ThemeCard)
# So many targets are named beside the evaluator that computes them.
_TARGETS = 3

# Words of the system by their English, and the entry of the navigation under which they are met.
_PAGES = {
    "plan": "plans",
    "task": "tasks",
    "promise, target": "tasks",
    "unit, post": "units",
    "round, bulletin": "plans",
    "sub-plan": "plans",
    "job": "jobs",
    "audit chain": "audit",
}


@dataclass(frozen=True)
class Link:
    """A page of the site where the term is met."""

    words: str
    url: str


@dataclass(frozen=True)
class Line:
    """One thing that is called so."""

    name: str
    kind: str
    meaning: str
    grounds: list[Ground]
    links: list[Link]
    more: int = 0


def glossary(request: Request) -> HttpResponse:
    """The homes of a term, exact names first; without a term what can be looked up."""
    term = request.GET.get("term", "").strip()[:40]
    found = [home for home in homes(packs(), term) if home.entry or isinstance(home.card, _SHOWN)] if term else []
    shown = found[:_MOST]
    used = _targets(request.actor, {home.card.id for home in shown if isinstance(home.card, Evaluator)})
    context = {
        "title": _("政策用词"),
        "term": term,
        "lines": [_line(home, request.actor, used) for home in shown],
        "more": max(0, len(found) - _MOST),
        "count": len(found),
    }
    return render(request, "plans/glossary.html", context)


def _line(home: Home, actor: Actor, used: Mapping[str, list[Target]]) -> Line:
    card, entry, kind = home.card, home.entry, _(home.kind)
    if isinstance(entry, Term):
        return Line(worded(Bilingual(entry.term, entry.english)), kind, entry.meaning, [], _page(entry, actor))
    if isinstance(entry, FieldOfTable):
        return Line(entry.name, kind, _("%(meaning)s（%(form)s）") % {"meaning": entry.meaning, "form": called(card)}, [], [])
    if isinstance(card, Evaluator):
        targets = used.get(card.id, [])
        links = [Link(target.metric, reverse("target", args=[target.pk])) for target in targets[:_TARGETS]]
        label = str(Target.Evaluator(card.kind).label)
        return Line(called(card), label, plain(card), grounds_of(card), links, len(targets) - len(links))
    if isinstance(card, Fields):
        names = "、".join(field.name for field in card.fields)
        return Line(called(card), _("报表和台账"), _("填报的内容：%(names)s") % {"names": names}, grounds_of(card), [])
    meaning = card.covers if isinstance(card, ThemeCard) else card.note or ""
    return Line(called(card), kind, meaning, grounds_of(card), [])


def _page(term: Term, actor: Actor) -> list[Link]:
    """The page of the navigation where this word is met, where this post has it."""
    name = _PAGES.get(term.english)
    return [Link(str(entry.title), reverse(name)) for entry in NAVIGATION if entry.url_name == name and entry.shown(actor)]


def _targets(actor: Actor, evaluators: Iterable[str]) -> dict[str, list[Target]]:
    """The targets that this post may see, each once, by the evaluator that computes them."""
    found: dict[str, list[Target]] = {}
    seen = rows("target.see", actor).filter(ONCE, dropped=None, evaluator__in=evaluators)
    for target in seen.order_by("plan", "order").only("pk", "metric", "evaluator"):
        found.setdefault(target.evaluator, []).append(target)
    return found
