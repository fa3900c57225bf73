"""The general state: tasks, targets, and what has changed since the bulletin before. Every share says of what."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from xiangxu.monthly.content import Block, BulletinContent, Span
from xiangxu.monthly.figures import Counts, Figures, listed, sentence
from xiangxu.monthly.state import WAITING, PlanState, Retold
from xiangxu.monthly.wording import asked_units, ours, text_block
from xiangxu.targets.status import Status

_TASK_WORDS = {
    Status.MET: "已完成",
    Status.ON_COURSE: "正常推进",
    Status.BEHIND: "滞后",
    Status.MISSED: "逾期",
}
_TARGET_WORDS = {**_TASK_WORDS, Status.MET: "已达成"}


def tasks_as_a_whole(state: PlanState, figures: Figures) -> Block:
    """How many tasks there are, who reported, and how the reported ones stand.

    What is unreported, reported by some of its parts only, or not looked at by the office yet counts in no share of progress. A task
    that the document tells twice is counted once, and the sentence says of how many that is.
    """
    tasks = state.tasks
    if not tasks:
        return text_block("overall:tasks", "方案尚未列入调度的任务。")
    reported = [task.key for task in tasks if not task.waits]
    in_part = [task.key for task in tasks if task.in_part]
    unreviewed = [task.key for task in tasks if task.unreviewed]
    silent = [task.key for task in tasks if task.unheard]
    start = sentence(
        "列入调度的任务共",
        figures.count("tasks", "任务总数", [task.key for task in tasks]),
        _once("tasks", state.tasks_retold),
        "，涉及",
        figures.count("units", "责任单位数", asked_units(tasks), "个", "units"),
        "责任单位。",
    )
    some = sentence("；部分上报", figures.count("tasks.in-part", "部分上报的任务", in_part, of=len(tasks))) if in_part else ()
    review = (
        sentence("；已报待审核", figures.count("tasks.unreviewed", "已报待审核的任务", unreviewed, of=len(tasks)))
        if unreviewed
        else ()
    )
    past = _past(state, figures)
    if not reported:
        return text_block("overall:tasks", start, "各项任务的进展都还没有报齐", some, review, "，本期不作快慢评判。", past)
    done = [task.key for task in tasks if task.verdict.status is Status.MET]
    unheard = sentence("；未报", figures.count("tasks.silent", "未报进展的任务", silent, of=len(tasks))) if silent else ()
    return text_block(
        "overall:tasks",
        start,
        "已报进展",
        figures.count("tasks.reported", "已报进展的任务", reported, of=len(tasks)),
        "，占任务总数的",
        figures.share("tasks.reported.share", "已报任务占任务总数", reported, [task.key for task in tasks]),
        some,
        review,
        unheard,
        "。已报任务中，",
        _statuses(figures, "tasks", _TASK_WORDS, {task.key: task.verdict.status for task in tasks}, "项"),
        "，已完成的占已报任务的",
        figures.share("tasks.done.share", "已完成任务占已报任务", done, reported),
        "。",
        past,
    )


def _past(state: PlanState, figures: Figures) -> Sequence[Span]:
    """Of a plan that is just published nobody is reproached with silence yet; what should have been done by now is said all the same."""
    past = [task.key for task in state.tasks if task.unheard and task.past]
    if not state.new or not past:
        return ()
    return sentence(
        "尚未收到进展的任务中，",
        figures.count("tasks.past", "未报进展、时限已过的任务", past, of=len(state.tasks)),
        "的完成时限已过，是否完成，待首次报送后通报。",
    )


def targets_as_a_whole(state: PlanState, figures: Figures) -> Block:
    """How the targets stand that can be judged; those without data or a way of reckoning are the office's own homework."""
    statuses = {target.key: target.verdict.status for target in state.targets}
    judged = [key for key, status in statuses.items() if status not in WAITING]
    waiting = [key for key, status in statuses.items() if status in WAITING]
    start = sentence(
        "方案目标共",
        figures.count("targets", "目标总数", statuses, "个", "targets"),
        _once("targets", state.targets_retold),
    )
    if not judged:
        return text_block("overall:targets", start, f"，尚缺数据或尚未确定算法，本期不作评判，由{ours(state.issuer)}补齐。")
    rest: list[str | Span] = []
    if waiting:
        rest = [
            "其余",
            figures.count("targets.waiting", "待数据或待定算法的目标", waiting, "个", "targets", len(statuses)),
            f"尚缺数据或尚未确定算法，不作评判，由{ours(state.issuer)}补齐。",
        ]
    return text_block(
        "overall:targets",
        start,
        "，能够评判的",
        figures.count("targets.judged", "能够评判的目标", judged, "个", "targets", len(statuses)),
        "。其中，",
        _statuses(figures, "targets", _TARGET_WORDS, statuses, "个", "targets"),
        "。",
        *rest,
    )


def _once(counts: Literal["tasks", "targets"], retold: Sequence[Retold]) -> str:
    """That what the document tells more than once is counted once; empty where it does not."""
    what = "任务" if counts == "tasks" else "目标"
    return f"（文中多处写到的同一{what}只计一次）" if retold else ""


def _statuses(
    figures: Figures, key: str, words: Mapping[Status, str], statuses: Mapping[str, Status], uom: str, counts: Counts = "tasks"
) -> tuple[Span, ...]:
    """How many stand how; what nobody is in is left out."""
    judged = sum(status in words for status in statuses.values())
    parts = []
    for status, word in words.items():
        rows = [row for row, own in statuses.items() if own is status]
        if rows:
            name = word + ("的目标" if counts == "targets" else "的任务")
            parts.append(sentence(word, figures.count(f"{key}.{status.value}", name, rows, uom, counts, judged)))
    return listed(parts, "，")


def changes(state: PlanState, before: BulletinContent, figures: Figures) -> Block:
    """What has become of the tasks since the bulletin before; each task is told once, by how it stands now."""
    then = before.statuses()
    now = {task.key: task.verdict.status for task in state.tasks}
    red, well = (Status.BEHIND, Status.MISSED), (Status.ON_COURSE, Status.MET)

    def moved(to: Collection[Status], since: Collection[Status]) -> list[str]:
        return [key for key, status in now.items() if status in to and key in then and then[key] in since]

    told = (
        ("done", "新完成", moved([Status.MET], set(Status) - {Status.MET})),
        ("recovered", "由滞后、逾期转为正常", moved([Status.ON_COURSE], red)),
        ("heard", "补报进展", moved([Status.ON_COURSE], WAITING)),
        ("behind", "新出现滞后", moved([Status.BEHIND], (*well, *WAITING))),
        ("missed", "新出现逾期", moved([Status.MISSED], set(Status) - {Status.MISSED})),
        ("new", "新列入调度", [key for key in now if key not in then]),
    )
    parts = [sentence(word, figures.count(f"changes.{key}", f"比上期{word}的任务", rows)) for key, word, rows in told if rows]
    against = f"与第{before.state.number}期（截至{before.state.day.month}月{before.state.day.day}日）相比，"
    return text_block("overall:changes", against, listed(parts, "，") if parts else "各项任务的推进状态没有变化", "。")
