"""Writes a bulletin from a plan's state, in the order that offices keep: general state, what is wrong, good examples, what is next."""

from __future__ import annotations

from collections.abc import Iterator

from xiangxu.monthly.annexes import annexes
from xiangxu.monthly.content import Block, BulletinContent, Kind, Span
from xiangxu.monthly.figures import Figures
from xiangxu.monthly.outlook import coming, requirements
from xiangxu.monthly.overall import changes, targets_as_a_whole, tasks_as_a_whole
from xiangxu.monthly.problems import problems
from xiangxu.monthly.ranking import ranking
from xiangxu.monthly.state import Instruction, PlanState
from xiangxu.monthly.wording import day_words, heading, named_plan, text_block


def compose(state: PlanState, before: BulletinContent | None = None) -> BulletinContent:
    """The bulletin of a state; with the bulletin before it also says what has changed.

    Every figure stands with its key and the rows that it counts. Who has not reported is told apart from who is behind: silence is
    未报, never 滞后. Good examples are those that somebody marked; towns are put in order only where the state says so.
    """
    figures = Figures()
    blocks = tuple(_blocks(state, before, figures))
    title = f"关于《{named_plan(state.plan_title)}》推进情况的通报"
    return BulletinContent(title, state, blocks, figures.all(), before.state.number if before else None)


def _blocks(state: PlanState, before: BulletinContent | None, figures: Figures) -> Iterator[Block]:
    yield from (_instruction(given) for given in state.instructions)
    yield text_block("opening", f"现将《{named_plan(state.plan_title)}》截至{day_words(state.day)}的推进情况通报如下。")
    yield heading("overall", "总体情况")
    yield tasks_as_a_whole(state, figures)
    if state.targets:
        yield targets_as_a_whole(state, figures)
    if before is not None:
        yield changes(state, before, figures)
    yield from ranking(state)
    yield from problems(state, figures)
    good = [task for task in state.tasks if task.good]
    if good:
        yield heading("good", "好的做法")
        yield from (text_block(f"good:{task.key}", f"{task.unit}（“{task.name}”）：{task.good.rstrip('。')}。") for task in good)
    yield from coming(state, figures)
    yield from requirements(state)
    yield from annexes(state)


def _instruction(given: Instruction) -> Block:
    """The leader's words as they are; quotation marks only where they have none of their own."""
    when = f"{given.day.month}月{given.day.day}日" if given.day else ""
    words = given.text if "“" in given.text else f"“{given.text}”"
    return Block(f"instruction:{given.key}", Kind.INSTRUCTION, (Span(f"{when}{given.who}批示：{words}"),))
