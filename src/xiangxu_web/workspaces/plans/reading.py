"""From an uploaded document to an open draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from xiangxu.importer.bind.slogans import SLOGAN
from xiangxu.importer.plan import read_source
from xiangxu.importer.read import Unreadable, read_pages
from xiangxu.model.plan import PlanReading
from xiangxu.model.reason import Reason, kept
from xiangxu.review.matching import find_pack, match, plan_pack
from xiangxu.review.plan_check import check
from xiangxu.review.plan_check.telling import to_json
from xiangxu_web.kernel.components.reasons import worded
from xiangxu_web.workspaces.areas.api import Area, Unit, is_own_level, place_name, units_of_county
from xiangxu_web.workspaces.plans.cards import check_card, packs, proposer
from xiangxu_web.workspaces.plans.drafting.carrying import bare, carried_in, carry
from xiangxu_web.workspaces.plans.drafting.correcting import ADD, AMEND, Step, replay, standing
from xiangxu_web.workspaces.plans.drafting.opening import open_draft
from xiangxu_web.workspaces.plans.drafting.packed import PACK, lay_pack
from xiangxu_web.workspaces.plans.drafting.sheets import sheets_of
from xiangxu_web.workspaces.plans.drafting.succession import propose_succession
from xiangxu_web.workspaces.plans.drafting.units import KnownUnit, group, match_units
from xiangxu_web.workspaces.plans.drafting.whereabouts import tell_whereabouts
from xiangxu_web.workspaces.plans.drafting.wrong import WrongCorrection
from xiangxu_web.workspaces.plans.models import Draft, Plan
from xiangxu_web.workspaces.plans.proposing import proposals_for
from xiangxu_web.workspaces.plans.succession import decided, in_force

Json = dict[str, Any]
# Schools are never named as owners by an abbreviation; leaving them out keeps the match quick and unambiguous.
_OWNERS = (
    Unit.Kind.GOVERNMENT,
    Unit.Kind.BUREAU,
    Unit.Kind.DEPARTMENT,
    Unit.Kind.OFFICE,
    Unit.Kind.TOWN,
    Unit.Kind.COUNTY_BUREAU,
    Unit.Kind.EDUCATION_OFFICE,
)


def read_into(draft: Draft, path: Path | Sequence[Path], on_progress: Callable[[int, int, str], None] | None = None) -> None:
    """Reads the document and opens the draft; a document that cannot be read leaves the draft failed, with the words for the clerk.

    ``path``: the document, or the photographs that are its pages. Doing it twice gives the same draft; one that a person has begun
    to correct is left alone.
    """
    paths = [path] if isinstance(path, Path) else list(path)
    try:
        source = read_pages(paths, on_progress and (lambda done, total, words: on_progress(done, total, worded(words))))
        reading = read_source(source, paths[0].stem)
    except Unreadable as problem:
        Draft.objects.filter(pk=draft.pk, state__in=(Draft.State.READING, Draft.State.FAILED)).update(
            state=Draft.State.FAILED, failure=worded(problem.words)
        )
        return
    if on_progress is not None:
        on_progress(1, 1, _("已读完，正在整理任务和目标。"))
    pages = sheets_of(source)
    as_read = draft_of(reading, draft, pages)
    tell_whereabouts(as_read, source, reading.sections)
    with transaction.atomic():
        fresh = Draft.objects.select_for_update().get(pk=draft.pk)
        if fresh.state not in (Draft.State.READING, Draft.State.FAILED):
            return
        fresh.text, fresh.pages, fresh.as_read, fresh.current = reading.text, pages, as_read, as_read
        fresh.state, fresh.failure, fresh.edition = Draft.State.OPEN, "", 1
        fresh.save(update_fields=["text", "pages", "as_read", "current", "state", "failure", "edition"])


def draft_of(reading: PlanReading, draft: Draft, pages: Sequence[Json] = ()) -> Json:
    """The first state of a draft: the reading with proposed evaluators, units of the place, the check, and what became of old tasks."""
    proposals = proposer().propose(reading.promises)
    as_read = open_draft(reading, proposals)
    as_read["region"] = reading.doc.region or ""
    place_units(as_read, draft.area)
    shipped = find_pack(reading, packs())
    if shipped is not None:
        refs = {promise.id: f"p{n}" for n, promise in enumerate(reading.promises, 1)}
        lay_pack(as_read, refs, match(reading, plan_pack(shipped, packs())))
    best = {each.promise: each.best.id if each.best and each.best.id != SLOGAN else None for each in proposals}
    as_read["check"] = to_json(check(reading, check_card(), lambda _: best, issued=not draft.is_draft))["remarks"]
    if draft.plan is not None:
        as_read |= mapping_of(draft.plan, as_read, reading.text, pages)
    if not as_read["tasks"]:
        as_read["remarks"].insert(
            0, {"words": Reason(noop("没有读到任务清单，也没有带责任单位的措施：请核对是否上传了正式方案。")), "place": None}
        )
    in_json: Json = kept(as_read)
    return in_json


def mapping_of(plan: Plan, as_read: Json, text: str, pages: Sequence[Json] = ()) -> Json:
    """What became of the tasks and targets of a plan in a new reading of it, as proposed; its rows with what people withdrew, corrected
    and added since the version before was published; and which units the printed names mean that a person placed in that version.
    Nothing where no version stands yet."""
    version = plan.versions.select_related("draft").order_by("number").last()
    if version is None:
        return {}
    stands, former = in_force(version), version.draft
    laid = carry(as_read, text, pages, stands, former.text, decided(version))
    _propose_anew(laid)
    fresh = {"units": dict.fromkeys(laid["units"].keys() - as_read["units"].keys()), "region": as_read.get("region", "")}
    place_units(fresh, plan.area)
    units = laid["units"] | fresh["units"]
    return {
        "mapping": propose_succession(stands, former.text, laid, text),
        "tasks": laid["tasks"],
        "promises": laid["promises"],
        "units": units | _placed_by_persons(former, units),
    }


def _propose_anew(laid: Json) -> None:
    """How a promise is computed whose row is not as it was read is proposed for what it says now, unless people settled it for this
    very document (a pack)."""
    for row, carried in carried_in(laid):
        by_pack = any(each.get("source") == PACK for each in row.get("proposals", ()))
        if "quote" in row and carried["how"] in (AMEND, ADD) and not by_pack:
            row |= proposals_for(laid, row["ref"])


def lay_over(draft: Draft, plan: Plan | None) -> None:
    """Lays a draft over the version in force of a plan as it stands now, or over none, and makes its corrections anew; unsaved.

    What was said of what became of a task (``map``) holds as long as there is that task. Refused where a correction cannot be made any more.
    """
    read: Json = {key: value for key, value in draft.as_read.items() if key != "mapping"} | bare(draft.as_read)
    draft.as_read = read | ({} if plan is None else kept(mapping_of(plan, read, draft.text, draft.pages)))
    mapping = draft.as_read.get("mapping", {})
    steps = []
    for step in standing(Step(*each) for each in draft.corrections.values_list("number", "kind", "on", "typed")):
        if step.kind == "map":
            uids = [uid for uid in step.typed.get("uids", [step.on]) if uid in mapping]
            step = step._replace(typed={**step.typed, "uids": uids})
            if not uids:
                continue
        steps.append(step)
    draft.current = replay(draft.as_read, steps)


def lay_over_anew(plan: Plan) -> None:
    """What is decided of the version in force reaches the next one that is being prepared. A draft in which people went other ways
    meanwhile stays as it is."""
    for draft in Draft.objects.select_for_update().filter(plan=plan, state=Draft.State.OPEN):
        try:
            lay_over(draft, plan)
        except WrongCorrection:
            continue
        draft.save(update_fields=["as_read", "current"])


def _placed_by_persons(former: Draft, printed: Json) -> Json:
    """What a person said that printed names mean, as far as they are printed again and the unit is still there."""
    said = {name: at for name, at in former.current["units"].items() if name in printed and at["how"] in ("person", "towns")}
    open_now = set(
        Unit.objects.filter(pk__in={at["unit"] for at in said.values()} - {None}, closed=None).values_list("pk", flat=True)
    )
    return {name: at for name, at in said.items() if at["unit"] is None or at["unit"] in open_now}


def known_units(area: Area) -> list[KnownUnit]:
    """Whom a document of this county may name as responsible, with all words that mean them."""
    return [
        KnownUnit(unit.pk, unit.name, tuple(filter(None, (unit.short_name, *(alias.words for alias in unit.aliases.all())))))
        for unit in units_of_county(area).filter(kind__in=_OWNERS)
    ]


def place_units(draft: Json, area: Area) -> None:
    """Writes beside each printed name the unit of the place that it means, where exactly one does."""
    found = match_units(draft["units"], known_units(area), draft["region"], place_name(area))
    of_counties = is_own_level(area.path)
    for printed, unit in found.items():
        how = "match" if unit is not None else group(printed, of_counties=of_counties)
        draft["units"][printed] = {"unit": unit, "how": how}
