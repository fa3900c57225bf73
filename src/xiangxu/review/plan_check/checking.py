"""Runs all checks over a reading and puts their remarks in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from xiangxu.cards.kinds import PlanCheck
from xiangxu.model.plan import PlanReading
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _
from xiangxu.review.plan_check.aims import beyond_the_end, falling_while_building
from xiangxu.review.plan_check.borrowed import wrong_subjects
from xiangxu.review.plan_check.computing import not_computable
from xiangxu.review.plan_check.concrete import not_concrete, rows_without_promise
from xiangxu.review.plan_check.contradicting import contradictions
from xiangxu.review.plan_check.dates import before_issue, no_such_days, same_deadline, short_notice, undated, undated_figures
from xiangxu.review.plan_check.finding import Finding
from xiangxu.review.plan_check.form import missing_attachments, numbering_gaps
from xiangxu.review.plan_check.items import Matter
from xiangxu.review.plan_check.load import heavy_loads
from xiangxu.review.plan_check.overlaps import overlaps, said_twice
from xiangxu.review.plan_check.owners import foreign_units, spelled_twice, undivided, unknown_units, unowned
from xiangxu.review.plan_check.quantities import open_numbers, without_baseline, without_quantity
from xiangxu.review.plan_check.remark import Grade, PlanReview, Remark

Evaluators = Callable[[PlanReading], Mapping[str, str | None]]
"""Names for every promise, by its id, the evaluator that computes it; None where none is known."""

Check = Callable[[Matter], Iterator[Finding]]

# In the order in which a person reads them: who, what, when, with what contradictions, in what form.
_CHECKS: tuple[Check, ...] = (
    unowned,
    undivided,
    spelled_twice,
    unknown_units,
    foreign_units,
    not_concrete,
    rows_without_promise,
    without_quantity,
    without_baseline,
    open_numbers,
    wrong_subjects,
    before_issue,
    no_such_days,
    short_notice,
    undated,
    undated_figures,
    same_deadline,
    beyond_the_end,
    heavy_loads,
    falling_while_building,
    contradictions,
    overlaps,
    said_twice,
    numbering_gaps,
    missing_attachments,
)


def check(
    reading: PlanReading, card: PlanCheck, evaluators: Evaluators | None = None, *, issued: bool | None = None
) -> PlanReview:
    """All remarks on a reading, the serious ones first, by the yardsticks of a card.

    A date that is past on the day of checking is no fault: most are. With `evaluators` also the promises that nothing computes.
    `issued`: whether the text can still be changed, and each remark says how to mend it, or is issued, and each says what can be
    done about it all the same; not told, a document that bears the day of its issue counts as issued.
    """
    if issued is None:
        issued = reading.doc.issued_on is not None
    matter = Matter(reading, card)
    found = [finding for check in _CHECKS for finding in check(matter)]
    if evaluators is not None:
        found += not_computable(matter, evaluators(reading))
    remarks = [_remark(finding, card, issued=issued) for finding in found if finding.spots]
    order = list(Grade)
    remarks.sort(key=lambda remark: order.index(remark.grade))
    return PlanReview(reading.doc.key, reading.doc.title, reading.doc.issued_on, tuple(remarks), not matter.has_text)


def _remark(finding: Finding, card: PlanCheck, *, issued: bool) -> Remark:
    kind = card.kinds[finding.kind]
    title = kind.title.words
    return Remark(
        kind=finding.kind,
        grade=Grade(kind.grade),
        message=Reason(_("%(title)s：%(more)s"), title=title, more=finding.message) if finding.message else title,
        spots=tuple(finding.spots),
        why=kind.why.words,
        mend=(kind.advice if issued else kind.mend).words,
    )
