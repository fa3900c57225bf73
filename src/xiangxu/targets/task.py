"""How a task stands: by what its owner reported, its nodes and the day; a task that was split, by its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from xiangxu.documents.wording import figure
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _
from xiangxu.targets.status import Status, Verdict


class Word(StrEnum):
    """What an accepted report says."""

    NORMAL = "normal"
    BEHIND = "behind"
    DONE = "done"


class Missing(StrEnum):
    """What is missing before it can be told how a task stands: any report (未报), those of some parts (未报齐), or only the office's own
    look at what was handed in (已报待审核)."""

    REPORT = "silent"
    PARTS = "in-part"
    REVIEW = "in-review"


# Past its deadline, and nobody has reported anything.
SILENT_PAST = "silent-past"


@dataclass(frozen=True, slots=True)
class Step:
    """A node of the expected course: by this day, so much in all (or this step); when it was reached."""

    due_on: date
    quantity: float | None = None
    reached_on: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """What is known of a task.

    The last accepted word with its day, the deadline, nodes; of a quantity how much was promised (``quantity``) and how much is done in
    all by accepted reports (``done``). ``parts`` are the tasks into which it was split and sent down; ``owner`` is who answers for it.
    ``in_review``: a report was handed in and nobody has decided on it yet.
    """

    word: Word | None = None
    reported_on: date | None = None
    due_on: date | None = None
    ongoing: bool = False
    steps: Sequence[Step] = ()
    done: float | None = None
    quantity: float | None = None
    uom: str = ""
    owner: str = ""
    parts: Sequence[TaskFacts] = ()
    in_review: bool = False


@dataclass(frozen=True, slots=True)
class Rolled:
    """The parts of a task taken together: how much they promised, how much they report done, and how many of them stand how.

    ``silent``: of whom nothing came at all; ``partly``: whose own parts have reported, but not enough of them to tell how it stands;
    ``in_review``: whose report waits for the office.
    """

    promised: float | None
    done: float | None
    parts: int
    met: int
    silent: tuple[str, ...]
    behind: tuple[str, ...]
    partly: tuple[str, ...] = ()
    in_review: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a task stands on a day: its verdict, what is missing where nothing can be told, and whether its deadline has passed."""

    verdict: Verdict
    missing: Missing | None = None
    past: bool = False

    @property
    def silent_past(self) -> bool:
        """Whether the deadline has passed and nobody has reported anything: no lamp, but a fact that is told beside the lamps, so that
        silence never looks better than an honest report."""
        return self.past and self.missing is Missing.REPORT

    @property
    def state(self) -> str:
        """The one state of all by which it is counted: its status, or what is missing, or ``SILENT_PAST``."""
        if self.missing is None:
            return self.verdict.status.value
        return SILENT_PAST if self.silent_past else self.missing.value


def standing(facts: TaskFacts, on: date) -> Standing:
    """How a task stands on a day. Continuing work has no deadline that could pass.

    >>> told = standing(TaskFacts(due_on=date(2025, 12, 31)), date(2026, 11, 20))
    >>> told.verdict.status.value, told.missing.value, told.state
    ('waiting-data', 'silent', 'silent-past')
    """
    verdict, past = task_verdict(facts, on), _is_past(facts, on)
    if verdict.status is not Status.WAITING_DATA:
        return Standing(verdict, None, past)
    parts = rolled(facts, on)
    return Standing(verdict, missing_of(parts.parts, len(parts.silent), len(parts.in_review), facts.in_review), past)


def missing_of(parts: int, silent: int, parts_in_review: int, in_review: bool) -> Missing:
    """What is missing of a task that waits: of so many parts, so many silent and so many handed in; ``in_review`` a report of its own."""
    if (parts and parts_in_review == parts) or (in_review and silent == parts):
        return Missing.REVIEW
    return Missing.PARTS if silent < parts else Missing.REPORT


def task_verdict(facts: TaskFacts, on: date) -> Verdict:
    """The status of a task on a day.

    No accepted report means no lamp, whatever the calendar says: silence is asked after (催办), not coloured. A report 完成 is met,
    except for continuing work, which is on course as long as it is reported well, and except where the figure says otherwise; a promised
    quantity that is reached is met whatever the word. A task whose deadline has passed and that is not met is missed. Before that it is
    behind where its owner says so or where a node that has passed is not reached; nothing is interpolated between nodes, and a node of
    which no figure is known is not held against anybody.

    A task that was split stands as its parts do, once one of them has reported: met when all are met; missed when its deadline has
    passed and a part that did report is not met; behind when a part is, or when its own node cannot have been reached even if the silent
    parts had done all of theirs. While parts are silent it is neither red nor green for their sake; but what was reported on the whole,
    and made it late or behind, does not get better because one of several parts reports.

    >>> task_verdict(TaskFacts(Word.NORMAL, date(2026, 11, 1), date(2026, 12, 31)), date(2026, 11, 20)).status.value
    'on-course'
    >>> task_verdict(TaskFacts(None, None, date(2026, 1, 1)), date(2026, 11, 20)).status.value
    'waiting-data'
    >>> task_verdict(TaskFacts(Word.NORMAL, date(2025, 12, 1), date(2025, 12, 31)), date(2026, 11, 20)).why
    '应于 2025年12月31日 完成，逾期 324 天。'
    """
    verdicts = [(part, task_verdict(part, on)) for part in facts.parts]
    if any(verdict.status is not Status.WAITING_DATA for _part, verdict in verdicts):
        return _of_parts(facts, verdicts, on)
    if facts.word is None:
        if heard(facts):
            return Verdict(Status.WAITING_DATA, Reason(_("%(count)s 个承担单位都还没有报齐。"), count=len(facts.parts)))
        if facts.parts:
            return Verdict(Status.WAITING_DATA, Reason(_("%(count)s 个承担单位都还没有接收到进展。"), count=len(facts.parts)))
        if facts.in_review:
            return Verdict(Status.WAITING_DATA, Reason(_("已报进展，还没有审核。")))
        return Verdict(Status.WAITING_DATA, Reason(_("还没有接收到进展。")))
    if _is_met(facts):
        return Verdict(Status.MET, _met_words(facts))
    if _is_past(facts, on):
        return _missed(facts, on)
    late = [step for step in facts.steps if step.due_on < on and _is_open(step, facts.done)]
    if late:
        return Verdict(Status.BEHIND, _node_words(min(late, key=_due), facts))
    if facts.word is Word.BEHIND:
        return Verdict(Status.BEHIND, Reason(_("%(day)s报滞后。"), day=facts.reported_on))
    if facts.word is Word.DONE and not facts.ongoing:
        short = _("%(day)s报完成，但已完成 %(done)s，应完成 %(quantity)s。")
        return Verdict(Status.BEHIND, _reported(short, facts, facts.done))
    done = done_of(facts)
    if done is None or facts.quantity is None:
        plain = _("%(day)s报完成，长期任务继续。") if facts.word is Word.DONE else _("%(day)s报正常。")
        return Verdict(Status.ON_COURSE, Reason(plain, day=facts.reported_on))
    so_far = (
        _("%(day)s报完成，长期任务继续，已完成 %(done)s，应完成 %(quantity)s。")
        if facts.word is Word.DONE
        else _("%(day)s报正常，已完成 %(done)s，应完成 %(quantity)s。")
    )
    return Verdict(Status.ON_COURSE, _reported(so_far, facts, done))


def heard(facts: TaskFacts) -> bool:
    """Whether a report was accepted on the task itself or on anything into which it was split.

    >>> heard(TaskFacts(parts=[TaskFacts(), TaskFacts(Word.NORMAL)])), heard(TaskFacts(parts=[TaskFacts()]))
    (True, False)
    """
    return facts.word is not None or any(heard(part) for part in facts.parts)


def handed_in(facts: TaskFacts) -> bool:
    """Whether a report on the task, or on anything into which it was split, waits for the office: who handed it in is not 未报.

    >>> handed_in(TaskFacts(parts=[TaskFacts(), TaskFacts(in_review=True)])), handed_in(TaskFacts(Word.NORMAL))
    (True, False)
    """
    return facts.in_review or any(handed_in(part) for part in facts.parts)


def rolled(facts: TaskFacts, on: date) -> Rolled:
    """The parts of a task taken together. What nobody promised or reported stays unknown; it is never counted as nought."""
    met = 0
    silent: list[str] = []
    partly: list[str] = []
    in_review: list[str] = []
    behind: list[str] = []
    for part in facts.parts:
        status = task_verdict(part, on).status
        met += status is Status.MET
        if status is Status.WAITING_DATA:
            (partly if heard(part) else in_review if handed_in(part) else silent).append(part.owner)
        elif status in (Status.BEHIND, Status.MISSED):
            behind.append(part.owner)
    promised = [part.quantity for part in facts.parts if part.quantity is not None]
    done = [amount for part in facts.parts if (amount := done_of(part)) is not None]
    return Rolled(
        sum(promised) if promised else None,
        sum(done) if done else None,
        len(facts.parts),
        met,
        tuple(silent),
        tuple(behind),
        tuple(partly),
        tuple(in_review),
    )


def done_of(facts: TaskFacts) -> float | None:
    """How much is done in all: by its parts where these report figures, else by its own report; None where no figure is known."""
    known = [amount for part in facts.parts if (amount := done_of(part)) is not None]
    return sum(known) if known else facts.done


def _of_parts(facts: TaskFacts, verdicts: Sequence[tuple[TaskFacts, Verdict]], on: date) -> Verdict:
    count = len(verdicts)
    silent = [part for part, verdict in verdicts if verdict.status is Status.WAITING_DATA]
    open_parts = [(p, v) for p, v in verdicts if v.status not in (Status.MET, Status.WAITING_DATA)]
    if not silent and not open_parts:
        return Verdict(Status.MET, Reason(_("%(count)s 个承担单位全部完成。"), count=count))
    if _is_past(facts, on) and (open_parts or (facts.word is not None and not _is_met(facts))):
        return Verdict(Status.MISSED, _late_words(facts, on, count, len(open_parts), len(silent)))
    slow = [(p, v) for p, v in open_parts if v.status in (Status.BEHIND, Status.MISSED)]
    if slow:
        words = _("%(count)s 个承担单位中 %(slow)s 个滞后：%(first)s")
        return Verdict(Status.BEHIND, Reason(words, count=count, slow=len(slow), first=slow[0][1].why))
    passed = [step for step in facts.steps if step.due_on < on and _cannot_be_reached(step, facts)]
    if passed:
        return Verdict(Status.BEHIND, _node_words(min(passed, key=_due), facts))
    if facts.word is Word.BEHIND:
        return Verdict(Status.BEHIND, Reason(_("%(day)s报滞后。"), day=facts.reported_on))
    if silent and facts.word is not None:
        whole = task_verdict(replace(facts, parts=(), done=_most(facts)), on)
        if whole.status is Status.BEHIND:
            return whole
    if silent:
        return Verdict(
            Status.WAITING_DATA, Reason(_("%(count)s 个承担单位中 %(silent)s 个未报。"), count=count, silent=len(silent))
        )
    met = count - len(open_parts)
    done = done_of(facts)
    if done is None or facts.quantity is None:
        return Verdict(Status.ON_COURSE, Reason(_("%(count)s 个承担单位中 %(met)s 个完成，其余正常。"), count=count, met=met))
    words = _("%(count)s 个承担单位中 %(met)s 个完成，其余正常，已完成 %(done)s，应完成 %(quantity)s。")
    amounts = {"done": _amount(done, facts.uom), "quantity": _amount(facts.quantity, facts.uom)}
    return Verdict(Status.ON_COURSE, Reason(words, count=count, met=met, **amounts))


def _most(facts: TaskFacts) -> float | None:
    """The greater of what is reported on the whole and what its parts report together."""
    known = [amount for amount in (facts.done, done_of(facts)) if amount is not None]
    return max(known) if known else None


def _late_words(facts: TaskFacts, on: date, count: int, still_open: int, silent: int) -> Reason:
    """Of the parts of a task that is late how many are done, how many are reported and not done, how many are silent."""
    if not silent:
        words = _("应于 %(due)s 完成，逾期 %(days)s 天：%(count)s 个承担单位中 %(open)s 个未完成。")
    elif not still_open:
        words = _("应于 %(due)s 完成，逾期 %(days)s 天：%(count)s 个承担单位中 %(met)s 个完成，%(silent)s 个未报。")
    else:
        words = _(
            "应于 %(due)s 完成，逾期 %(days)s 天：%(count)s 个承担单位中 %(met)s 个完成，%(open)s 个未完成，%(silent)s 个未报。"
        )
    figures = {"count": count, "met": count - still_open - silent, "open": still_open, "silent": silent}
    return Reason(words, due=facts.due_on, days=_days_late(facts, on), **figures)


def _is_met(facts: TaskFacts) -> bool:
    """Whether it is done: by the figure where quantity and figure are known, else by the word. Continuing work never ends."""
    if facts.ongoing:
        return False
    if facts.quantity is not None and facts.done is not None:
        return facts.done >= facts.quantity
    return facts.word is Word.DONE


def _is_past(facts: TaskFacts, on: date) -> bool:
    return facts.due_on is not None and facts.due_on < on and not facts.ongoing


def _missed(facts: TaskFacts, on: date) -> Verdict:
    words = _("应于 %(due)s 完成，逾期 %(days)s 天。")
    return Verdict(Status.MISSED, Reason(words, due=facts.due_on, days=_days_late(facts, on)))


def _days_late(facts: TaskFacts, on: date) -> int:
    return (on - facts.due_on).days if facts.due_on else 0


def _is_open(step: Step, done: float | None) -> bool:
    """Whether a node is known not to be reached: a step that nobody confirmed, or a quantity greater than what is reported done."""
    if step.reached_on is not None:
        return False
    if step.quantity is None:
        return True
    return done is not None and done < step.quantity


def _cannot_be_reached(step: Step, facts: TaskFacts) -> bool:
    """Whether a node of the whole is missed even if every part without a figure had done all that it promised."""
    if step.reached_on is not None or step.quantity is None:
        return False
    most = 0.0
    for part in facts.parts:
        known = done_of(part)
        if known is None and part.quantity is None:
            return False
        most += part.quantity if known is None and part.quantity is not None else known or 0.0
    return most < step.quantity


def _node_words(step: Step, facts: TaskFacts) -> Reason:
    node = step.words or _amount(step.quantity, facts.uom)
    done = done_of(facts)
    if done is None or step.quantity is None:
        return Reason(_("%(due)s 的节点“%(node)s”未达到。"), due=step.due_on, node=node)
    words = _("%(due)s 的节点“%(node)s”未达到，现报 %(done)s。")
    return Reason(words, due=step.due_on, node=node, done=_amount(done, facts.uom))


def _met_words(facts: TaskFacts) -> Reason:
    if facts.done is not None and facts.quantity is not None:
        return _reported(_("%(day)s报已完成 %(done)s，应完成 %(quantity)s。"), facts, facts.done)
    return Reason(_("%(day)s报完成。"), day=facts.reported_on)


def _reported(kind: str, facts: TaskFacts, done: float | None) -> Reason:
    """A sentence on a report: its day, what is done, what was promised."""
    return Reason(kind, day=facts.reported_on, done=_amount(done, facts.uom), quantity=_amount(facts.quantity, facts.uom))


def _due(step: Step) -> date:
    return step.due_on


def _amount(quantity: float | None, uom: str = "") -> str:
    return figure(quantity, uom) if quantity is not None else ""
