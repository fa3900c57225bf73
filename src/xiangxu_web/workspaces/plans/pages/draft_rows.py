"""The right side of a draft: what was read, row by row, as the page shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from xiangxu.documents.wording import per_words, requirement
from xiangxu.model.reason import recalled
from xiangxu_web.kernel.audit.names import names
from xiangxu_web.kernel.components.reasons import worded
from xiangxu_web.kernel.permission import rows
from xiangxu_web.kernel.web import Request, number_in
from xiangxu_web.workspaces.areas.api import Unit, county_of, directory
from xiangxu_web.workspaces.plans.binding import settled_before, settled_in
from xiangxu_web.workspaces.plans.drafting.checked import remarks_of
from xiangxu_web.workspaces.plans.drafting.packed import PACK
from xiangxu_web.workspaces.plans.drafting.rows import doubtful, to_bind, unbound, unsettled
from xiangxu_web.workspaces.plans.drafting.units import unmatched
from xiangxu_web.workspaces.plans.hows import How, chosen, how, likely
from xiangxu_web.workspaces.plans.importing import unanswered
from xiangxu_web.workspaces.plans.models import Draft
from xiangxu_web.workspaces.plans.pages.draft_document import Shown
from xiangxu_web.workspaces.plans.pages.draft_forms import PromiseForm, RowForm, TaskForm, carried_words, split_field
from xiangxu_web.workspaces.plans.pages.draft_other_tabs import check_tab, units_tab, versions_tab
from xiangxu_web.workspaces.plans.pages.how_form import HowForm
from xiangxu_web.workspaces.plans.places import place_words

Json = dict[str, Any]
TASKS, TARGETS, UNITS, CHECK, DOC, VERSIONS = "tasks", "targets", "units", "check", "doc", "versions"


# From so many rows on a doubt that most of them have is one of the whole list.
_MANY = 4
# So many rows are shown at a time; on a telephone each takes half a screen.
_PAGE = 20


@dataclass(frozen=True)
class Tab:
    """A tab: ``left`` is how many of its rows still want a look."""

    key: str
    title: str
    count: int | None
    left: int = 0


@dataclass
class Shape:
    """One row as the page shows it. ``form`` where it is being edited; ``wrong`` what kept a correction from being made."""

    row: Json
    anchor: str = ""
    mode: str = ""
    form: RowForm | None = None
    wrong: str = ""
    over: bool = False
    how: How | None = None
    # The version in force settled how it is computed, and nobody settled it anew: it stays so.
    kept: bool = False
    # Who settled in this draft how it is computed, and when; nobody where it is still proposed.
    settled: tuple[str, datetime] | None = None
    # What can be set about the evaluator: of the one that stands, or of the one that the address names.
    fit: HowForm | None = None
    others: list[How] = field(default_factory=list)
    picked: bool = False
    words: str = ""
    typed: list[tuple[str, str]] = field(default_factory=list)

    @property
    def ref(self) -> str:
        """The row's name, which no correction changes."""
        return str(self.row["ref"])

    @property
    def is_promise(self) -> bool:
        """Whether the row is a promise, not a task."""
        return "quote" in self.row

    @property
    def doubtful(self) -> bool:
        """Whether a person should still look."""
        return doubtful(self.row)

    @property
    def carried(self) -> str:
        """What was decided of the row in the version before."""
        return carried_words(self.row)

    @property
    def where(self) -> str:
        """The place in words."""
        at = self.row["place"]
        return place_words(at) if at else _("人工新增")

    @property
    def wanted(self) -> str:
        """What a promise asks for: comparison, figure, unit, how often."""
        row = self.row
        said = requirement(row["op"], row["value"], row["value2"], row["uom"] or None, row["baseline"])
        return worded(per_words(row["per"])) + worded(said)

    @property
    def split_words(self) -> str:
        """The text that is cut where the row is split."""
        return str(self.words or self.row[split_field(self.row)])


def tabs(draft: Draft) -> list[Tab]:
    """The tabs with their counts."""
    now = draft.current
    tasks = [row for row in now["tasks"] if not row["dropped"]]
    promises = [row for row in now["promises"] if not row["dropped"]]
    found = [
        Tab(TASKS, _("任务"), len(tasks), sum(map(doubtful, tasks))),
        Tab(TARGETS, _("目标与算法"), len(promises), sum(map(doubtful, promises))),
        Tab(UNITS, _("单位"), len(now["units"]), len(unmatched(now["units"]))),
        Tab(CHECK, _("检查"), sum(1 for _remark in remarks_of(now)), unanswered(draft)),
        Tab(DOC, _("文件信息"), None, int("until" in now)),
    ]
    if "mapping" in now:
        found.insert(0, Tab(VERSIONS, _("新旧对照"), len(now["mapping"]), len(unsettled(now))))
    return found


def shaped(
    draft: Draft,
    row: Json,
    shown: Shown | None,
    mode: str = "",
    evaluator: str = "",
    before: Mapping[str, Json | None] | None = None,
    **more: Any,
) -> Shape:
    """One row, in one of its modes: read, ``edit``, ``split``, ``how``, ``fit``. ``before``: what the version in force has settled."""
    shape = Shape(row, shown.anchor(row["place"]) if shown else "", mode, **more)
    if shape.is_promise:
        before = settled_before(draft) if before is None else before
        shape.kept = unbound(row) and shape.ref in before
        stands = before[shape.ref] if shape.kept else row["evaluator"]
        shape.how = how(stands)
        if mode == "how" or (unbound(row) and not shape.kept):
            known = {shape.how.id} if shape.how else set()
            shape.others = [each for each in map(how, row["proposals"]) if each is not None and each.id not in known][:2]
        if mode == "fit" and shape.fit is None:
            shape.fit = fit_of(draft, row, chosen(evaluator, row) if evaluator else stands)
        if row["binding"] != "proposed" and "settled" not in more:
            shape.settled = settlers(draft).get(shape.ref)
    if mode == "edit" and shape.form is None:
        shape.form = form_of(draft, row)
    return shape


def settlers(draft: Draft) -> dict[str, tuple[str, datetime]]:
    """Who settled in this draft how each promise is computed, and when, by its ref."""
    found = settled_in(draft)
    posts = names("post", [post for post, _at in found.values()])
    return {ref: (posts.get(post or 0, ""), at) for ref, (post, at) in found.items()}


def fit_of(draft: Draft, row: Json, candidate: Mapping[str, Any] | None, data: Any = None) -> HowForm | None:
    """The form of what can be set about an evaluator of a promise; None where there is none."""
    if candidate is None or how(candidate) is None:
        return None
    words = " ".join((row["scope"], row["metric"], row["quote"]))
    return HowForm(candidate, draft.area, words, data, auto_id=f"{row['ref']}-%s")


def form_of(draft: Draft, row: Json, data: Any = None) -> RowForm:
    """The form of a row, with what was typed into it."""
    return (
        PromiseForm(row, data, draft.current["tasks"]) if "quote" in row or row["ref"] == "new-promise" else TaskForm(row, data)
    )


def ordered(found: Iterable[Json], only: bool) -> tuple[list[Json], list[Json]]:
    """The rows that still want a look, and the others, each in the order of the document; with ``only`` none of the others."""
    first: list[Json] = []
    rest: list[Json] = []
    for row in found:
        (first if doubtful(row) else rest).append(row)
    return first, [] if only else rest


def shared(table: Iterable[Json]) -> list[Json]:
    """Doubts that most rows of a table have: told once, with the rows that have no other doubt and can be settled together."""
    waiting = [row for row in table if doubtful(row)]
    counted = Counter(words for row in waiting for words in dict.fromkeys(recalled(row["doubts"])))
    common = {words for words, n in counted.items() if n >= _MANY and n * 2 > len(waiting)}
    refs = [row["ref"] for row in waiting if common.issuperset(recalled(row["doubts"]))]
    return [{"words": words, "count": counted[words], "refs": refs} for words in sorted(common)] if refs else []


def panel(draft: Draft, tab: str, shown: Shown | None, asked: Mapping[str, str]) -> Json:
    """What a tab shows, by the parameters of the address: ``only`` (待核对), ``at`` and ``mode`` (a row being worked on), ``place`` (the
    row of a place in the document), ``from`` (where the page begins), ``sure`` or ``picked`` (rows that are ticked), ``chosen`` (these alone)."""
    if asked.get("place"):
        asked = {**asked, "at": _covering(draft.current["tasks" if tab == TASKS else "promises"], asked["place"])}
    context: Json = {"draft": draft, "tab": tab, "tabs": tabs(draft), "only": bool(asked.get("only")), "at": asked.get("at", "")}
    if tab in (TASKS, TARGETS):
        context |= _rows(draft, tab, asked, shown, context["only"])
    elif tab == UNITS:
        context |= units_tab(draft)
    elif tab == CHECK:
        context |= check_tab(draft, shown)
    elif tab == VERSIONS:
        context |= versions_tab(draft)
    return context


def _rows(draft: Draft, tab: str, asked: Mapping[str, str], shown: Shown | None, only: bool) -> Json:
    table = draft.current["tasks" if tab == TASKS else "promises"]
    kept, settled = (settled_before(draft), settlers(draft)) if tab == TARGETS else ({}, {})
    open_ones = [row for row in to_bind(table) if row["ref"] not in kept] if tab == TARGETS else []
    left = sum(map(doubtful, table))
    if asked.get("binding"):
        table = open_ones
    first, rest = ordered(table, only)
    whole = [*first, *rest]
    start = _start([row["ref"] for row in whole], asked)
    page = whole[start : start + _PAGE]
    # Of what a row says the reader may be in doubt where its way of computing is likely: a person compares it first.
    sure = [row["ref"] for row in open_ones if likely(row["evaluator"]) and not doubtful(row)]
    picks = sure if asked.get("sure") else asked.get("picked", "").split()
    picked = [row["ref"] for row in whole if row["ref"] in picks]
    if chosen_only := bool(asked.get("chosen") and picked):
        # What was picked is looked at together, on one page: what is confirmed then is what is seen.
        first, rest = ([row for row in part if row["ref"] in picks] for part in (first, rest))
        whole = page = [*first, *rest]
        start = 0

    def shape(row: Json) -> Shape:
        mode = asked.get("mode", "") if row["ref"] == asked.get("at") else ""
        more = {"picked": row["ref"] in picked, "settled": settled.get(row["ref"])}
        return shaped(draft, row, shown, mode, asked.get("evaluator", ""), kept, **more)

    context: Json = {
        "first": [shape(row) for row in page if doubtful(row)],
        "rest": [shape(row) for row in page if not doubtful(row)],
        "waiting": len(first),
        "left": left,
        "others": len(rest),
        "whole": len(whole),
        "start": start,
        "end": start + len(page),
        # The pages beside this one are found by their first row: what is settled meanwhile moves behind what still wants a look.
        "before": whole[max(0, start - _PAGE)]["ref"] if start else "",
        "following": whole[start + _PAGE]["ref"] if start + len(page) < len(whole) else "",
        "chosen": chosen_only,
        "picks": " ".join(picked),
        "elsewhere": [ref for ref in picked if ref not in {row["ref"] for row in page}],
        "new_form": form_of(draft, {"ref": "new-task" if tab == TASKS else "new-promise", "op": "done"})
        if asked.get("mode") == "new"
        else None,
        "binding": bool(asked.get("binding")),
        "shared": shared(table),
        # What holds for every row, as that all was read from a picture, is said above them.
        "about": draft.current["doubts"],
    }
    if tab == TARGETS:
        context |= {
            "unbound": len(open_ones),
            "sure": len(sure),
            "pack": draft.current.get("pack"),
            "by_pack": [row["ref"] for row in open_ones if (row["evaluator"] or {}).get("source") == PACK],
            "kept": len(kept),
        }
    return context


def _covering(table: Iterable[Json], place: str) -> str:
    """The smallest row that covers a place of the document's text; empty where none does."""
    offset = number_in(place) or 0
    over = [row for row in table if row["place"] and row["place"]["start"] <= offset < row["place"]["end"]]
    return str(min(over, key=lambda row: row["place"]["end"] - row["place"]["start"])["ref"]) if over else ""


def _start(refs: Sequence[str], asked: Mapping[str, str]) -> int:
    """Where the page begins: at the row that the address names (``from``), with the row that is worked on, else where one was."""
    if asked.get("from") in refs:
        return refs.index(asked["from"])
    if asked.get("at") in refs:
        return refs.index(asked["at"]) // _PAGE * _PAGE
    start = number_in(asked.get("start", "")) or 0
    return start if start < len(refs) else 0


def owners(request: Request, words: str) -> list[Unit]:
    """Units of the county for the search of a unit: first the one that documents mean by the words (教体局: 教育和体育局), then those whose
    name, short name or alias holds them."""
    if not words.strip():
        return []
    seen = rows("unit.see", request.actor).filter(area__path__startswith=request.actor.county_path, closed=None)
    found = seen
    for word in words.split():
        found = found.filter(Q(name__contains=word) | Q(short_name__contains=word) | Q(aliases__words__contains=word))
    called = list(found.distinct().order_by("kind", "name")[:12])
    meant = directory(county_of(request.actor.county_path)).unit(words.strip())
    first = list(seen.filter(pk=meant.pk)) if meant is not None else []
    return [*first, *(unit for unit in called if unit not in first)][:12]
