"""The comparison page: the same promise in several plans, who aims higher, who is sooner, who has none."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xiangxu.review.comparison import Row, Side, by_theme, rows
from xiangxu.review.comparison.by_evaluator import shared
from xiangxu.review.comparison.by_theme import NAMES
from xiangxu.review.comparison.words import figure, title, verdict
from xiangxu_web.kernel.components.reasons import worded
from xiangxu_web.kernel.permission import rows as seen_rows
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.plans.cards import evaluator, national
from xiangxu_web.workspaces.plans.comparing import shipped_sides, side_of_plan, tasks_in
from xiangxu_web.workspaces.plans.hows import going_by, plain

# More columns than this nobody can read side by side.
MOST = 5
# So many are shown where nobody has chosen.
_USUAL = 3


@dataclass(frozen=True)
class Choice:
    """A plan that can be compared."""

    key: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class Line:
    """One row of the table: what is compared and how it is computed, a cell a plan, what follows."""

    title: str
    plain: str
    going_by: str
    # What each plan promises, and the plan's name.
    cells: list[tuple[list[str], str]]
    said: str


def compare(request: Request) -> HttpResponse:
    """Plans side by side: the own ones and those that come with the program. ``?plan=`` names them, ``?all=1`` shows what only one has."""
    own = {f"plan-{plan.pk}": plan for plan in seen_rows("plan.see", request.actor).select_related("area").order_by("-made")}
    shipped = shipped_sides()
    known = [*own, *shipped]
    chosen = [key for key in dict.fromkeys(request.GET.getlist("plan")) if key in known][:MOST]
    # One plan alone is nothing to compare: the first others join it.
    if len(chosen) < 2:
        chosen = list(dict.fromkeys([*chosen, *known]))[:_USUAL]
    sides = [side_of_plan(own[key]) if key in own else shipped[key] for key in chosen]
    # A place says more in a narrow column than a title; two plans of one place go by their titles.
    places = Counter(plan.area.name for plan in own.values())
    names = {
        side.key: key if key not in own else own[key].area.name if places[own[key].area.name] == 1 else str(own[key])
        for key, side in zip(chosen, sides, strict=True)
    }
    whole = bool(request.GET.get("all"))
    found = rows(sides, national())
    kept = found if whole else shared(found)
    themes = by_theme(sides, national())
    context = {
        "title": _("方案比较"),
        "choices": [Choice(key, f"{own[key].area.name} {own[key]}" if key in own else key, key in chosen) for key in known],
        "heads": [
            (
                names[side.key],
                side,
                len(side.aims),
                sum(aim.hard for aim in side.aims),
                tasks_in(own[key]) if key in own else len(side.works),
            )
            for key, side in zip(chosen, sides, strict=True)
        ],
        "themes": _by_theme(kept, sides, names),
        "load": [(_(NAMES[theme]), [shares[side.key] for side in sides]) for theme, shares in themes.items()],
        "whole": whole,
        "count": len(kept),
        "more": len(found) - len(kept),
        "proposed": any(aim.proposed for side in sides for aim in side.aims),
        "most": MOST,
        "wide": len(sides) + 2,
    }
    return render(request, "plans/compare.html", context)


def _by_theme(found: list[Row] | tuple[Row, ...], sides: list[Side], names: dict[str, str]) -> list[tuple[str, list[Line]]]:
    themes: dict[str, list[Line]] = {}
    order = list(NAMES)
    for row in sorted(found, key=lambda row: (order.index(row.theme), -len(row.aims), row.evaluator)):
        cells = [(_cell(row, side.key), names[side.key]) for side in sides]
        said = worded(verdict(row, len(sides), names))
        card = evaluator(row.evaluator)
        told = (plain(card), going_by(card)) if card else ("", "")
        themes.setdefault(_(NAMES[row.theme]), []).append(Line(worded(title(row)), *told, cells, said))
    return list(themes.items())


def _cell(row: Row, key: str) -> list[str]:
    aims = row.aims.get(key, ())
    if not aims:
        return [_("（口径不同）")] if key in row.otherwise else []
    told = [worded(figure(aim)) + (f"〔{aim.scope_text}〕" if row.scopes and aim.scope_text else "") for aim in aims]
    return list(dict.fromkeys(told))
