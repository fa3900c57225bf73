"""`xiangxu plan check`: what a colleague would say about a plan before it is issued, or before it is handed out."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from xiangxu.cards import Packs, View
from xiangxu.cards.kinds import Evaluator, Fields, PlanCheck, Scope
from xiangxu.cards.layers import NATION
from xiangxu.cli.progress import Progress
from xiangxu.importer.bind import Proposer
from xiangxu.importer.bind.slogans import SLOGAN
from xiangxu.importer.plan import read_plan
from xiangxu.importer.read.unreadable import Unreadable
from xiangxu.model.plan import PlanReading
from xiangxu.review.plan_check import PlanReview
from xiangxu.review.plan_check import check as check_plan
from xiangxu.review.plan_check.packed import evaluators_of, read_pack
from xiangxu.review.plan_check.telling import in_words, to_json

CARD = "plan-check"


@click.command()
@click.argument("plan", metavar="FILE|PACK")
@click.option("--json", "as_json", is_flag=True, help="全部内容，给程序用 / everything, for programs")
def check(plan: str, as_json: bool) -> None:
    """检查方案：任务是否具体、有没有责任单位和期限、前后是否矛盾、照抄上级没有改的主语、到期是否扎堆。

    FILE 是方案文件；PACK 是政策包里的地方（文件夹名、区划代码或名称）。有印发日期的给建议，没有的按草案列问题。
    读不了或没有这个地方时退出码 1；有意见不算失败。
    """
    packs = Packs.load()
    try:
        review = _of_file(packs, Path(plan)) if Path(plan).is_file() else _of_pack(packs, plan)
    except (Unreadable, LookupError) as problem:
        click.echo(f"✕ {problem.args[0]}", err=True)
        sys.exit(1)
    text = json.dumps(to_json(review), ensure_ascii=False, indent=1) if as_json else in_words(review)
    click.echo(text)


def _of_file(packs: Packs, path: Path) -> PlanReview:
    progress = Progress(path.name, quiet=False)
    try:
        reading = read_plan(path, progress.step)
    finally:
        progress.close()
    place = _place(packs, reading)
    view = packs.at(place)
    document = view.get(f"{place}-plan")
    if document is not None and document.title.zh == reading.doc.title:
        # Its promises were bound by people; `plan check PACK` tells what they left unbound.
        return check_plan(reading, _card(view))
    proposer = Proposer(view.of(Evaluator), view.of(Scope), view.of(Fields))

    def proposed(reading: PlanReading) -> Mapping[str, str | None]:
        best = {proposal.promise: proposal.best for proposal in proposer.propose(reading.promises)}
        return {promise: one.id if one and one.id != SLOGAN else None for promise, one in best.items()}

    return check_plan(reading, _card(view), proposed)


def _of_pack(packs: Packs, place: str) -> PlanReview:
    layer = packs.layer(place)
    view = packs.at(layer.name)
    bound = evaluators_of(view, layer.name)
    return check_plan(read_pack(view, layer.name), _card(view), lambda _: bound)


def _place(packs: Packs, reading: PlanReading) -> str:
    """The place whose cards count: the document's own where it has a pack, else the nation."""
    region = reading.doc.region
    return next((layer.name for layer in packs.layers if region and layer.title == region), NATION)


def _card(view: View) -> PlanCheck:
    card = view.get(CARD)
    if not isinstance(card, PlanCheck):
        raise LookupError(f"政策包里没有“{CARD}”这张卡片，不知道按什么尺度检查。运行 xiangxu pack check 看它错在哪里。")
    return card
