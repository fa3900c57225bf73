"""`xiangxu plan compare`: plans side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import click

from xiangxu.cards import Packs, View
from xiangxu.cli.columns import table
from xiangxu.cli.progress import Progress
from xiangxu.importer.link.parts import where_words
from xiangxu.importer.read.unreadable import Unreadable
from xiangxu.review.comparison import (
    Aim,
    Answer,
    Answered,
    Load,
    NoSuchPlan,
    Row,
    Share,
    Side,
    answers,
    by_theme,
    loads,
    open_plan,
    rows,
)
from xiangxu.review.comparison.above import by_answer
from xiangxu.review.comparison.by_evaluator import shared
from xiangxu.review.comparison.by_theme import NAMES
from xiangxu.review.comparison.load import NOBODY, ONGOING, UNDATED
from xiangxu.review.comparison.words import figure, title, verdict

# How many departments are listed without --all.
_UNITS = 15
# How many promises of one plan a cell holds without --all.
_CELL = 3


@click.command()
@click.argument("plans", nargs=-1, required=True)
@click.option("--above", help="上级方案：地方或文件；列出它的要求各得到怎样的回应 / the plan above, by place or file")
@click.option("--all", "whole", is_flag=True, help="连同只有一个方案有的指标和全部单位 / also what only one plan has")
@click.option("--json", "as_json", is_flag=True, help="全部内容按 JSON 输出 / everything as JSON")
def compare(plans: tuple[str, ...], above: str | None, whole: bool, as_json: bool) -> None:
    """比较方案：同一指标谁定得高、谁更早、谁没有；各主题、各单位的分量；对上级要求的回应。

    PLANS：已有方案包的地方（如文件夹名），或方案文件。文件中的目标由程序建议评判方式，未经人确认，标“*”。
    """
    packs = Packs.load()
    sides = _distinct([_opened(name, packs) for name in plans])
    upper = _opened(above, packs) if above else None
    view = packs.at(_common([*sides, *([upper] if upper else [])], packs))
    if len(sides) == 1 and upper is None:
        raise click.ClickException("只有一个方案，没有可比的。再写一个方案，或用 --above 写上级方案。")
    found, themes, load = rows(sides, view), by_theme(sides, view), loads(sides)
    answered = {side.key: answers(upper, side, view) for side in sides} if upper else {}
    if as_json:
        click.echo(json.dumps(_whole(sides, upper, found, themes, load, answered), ensure_ascii=False, indent=1))
        return
    parts = [_heads(sides, upper)]
    if len(sides) > 1:
        parts += [_by_evaluator(sides, found, whole), _themes(sides, themes, view, whole)]
    parts.append(_loads(sides, load, whole))
    parts += [_answers(side, upper, answered[side.key], whole) for side in sides if upper]
    click.echo("\n\n".join(parts))


def _opened(name: str, packs: Packs) -> Side:
    progress = Progress(name)
    try:
        return open_plan(name, packs, progress.step)
    except (NoSuchPlan, Unreadable) as problem:
        raise click.ClickException(str(problem)) from problem
    finally:
        progress.close()


def _distinct(sides: Sequence[Side]) -> list[Side]:
    """Every plan under a key of its own: two documents may have one name."""
    keys = [side.key for side in sides]
    if len(set(keys)) < len(keys):
        twice = next(key for key in keys if keys.count(key) > 1)
        raise click.ClickException(f"“{twice}”写了两次。给其中一个文件换个名字，或删去重复的。")
    return list(sides)


def _common(sides: Sequence[Side], packs: Packs) -> str:
    """The lowest layer whose cards hold for every place: that which all plans' places have above them."""
    lines = [[layer.name for layer in packs.line(packs.layer(side.key))] for side in sides if _is_place(side, packs)]
    common = [name for name in (lines[0] if lines else []) if all(name in line for line in lines)]
    return common[-1] if common else packs.layers[0].name


def _is_place(side: Side, packs: Packs) -> bool:
    return any(side.key == layer.name for layer in packs.layers)


def _heads(sides: Sequence[Side], upper: Side | None) -> str:
    named = [(side, "") for side in sides] + ([(upper, "上级：")] if upper else [])
    body = [
        (
            f"{before}{side.key}{_mark(side)}",
            side.title,
            side.issued_on or "未读出日期",
            str(len(side.aims)),
            str(sum(aim.hard for aim in side.aims)),
            str(len(side.works)),
        )
        for side, before in named
    ]
    text = table(("方案", "标题", "印发", "目标", "硬目标", "任务"), body)
    return text + ("\n* 评判方式由程序建议，尚未经人确认。" if any(_mark(side) for side, _ in named) else "")


def _mark(side: Side) -> str:
    return "*" if any(aim.proposed for aim in side.aims) else ""


def _by_evaluator(sides: Sequence[Side], found: Sequence[Row], whole: bool) -> str:
    kept = list(found) if whole else shared(found)
    body = []
    theme = ""
    for row in sorted(kept, key=lambda row: (list(NAMES).index(row.theme), -len(row.aims), row.evaluator)):
        if row.theme != theme:
            theme = row.theme
            body.append((f"【{NAMES[theme]}】", *("" for _ in sides), ""))
        cells = [_cell(row.aims.get(side.key, ()), row, side.key, whole) for side in sides]
        body.append((title(row), *cells, verdict(row, len(sides))))
    head = f"同一指标并排（{len(kept)} 项" + (
        f"，另有 {len(found) - len(kept)} 项只有一个方案有）" if len(found) > len(kept) else "）"
    )
    return head + "\n" + table(("指标", *(side.key for side in sides), "比较"), body)


def _cell(aims: Sequence[Aim], row: Row, key: str, whole: bool) -> str:
    if not aims:
        return "（口径不同）" if key in row.otherwise else "—"
    shown = aims if whole else aims[:_CELL]
    lines = [figure(aim) + (f"〔{aim.scope_text}〕" if row.scopes and aim.scope_text else "") for aim in shown]
    lines = list(dict.fromkeys(lines))
    return "\n".join([*lines, *([f"…另 {len(aims) - len(shown)} 条"] if len(aims) > len(shown) else [])])


def _themes(sides: Sequence[Side], themes: Mapping[str, Mapping[str, Share]], view: View, whole: bool) -> str:
    body = [(NAMES[theme], *(_share(own[side.key]) for side in sides)) for theme, own in themes.items()]
    parts = ["各主题：目标数（硬目标数），独有的评判\n" + table(("主题", *(side.key for side in sides)), body)]
    if whole:
        for side in sides:
            names = [view.cards[id].title.zh for own in themes.values() for id in own[side.key].only if id in view.cards]
            parts.append(f"只有 {side.key} 有（{len(names)} 项）：" + "、".join(names))
    return "\n".join(parts)


def _share(share: Share) -> str:
    return f"{share.targets}（{share.hard}）" + (f" 独有{len(share.only)}" if share.only else "") if share.targets else "—"


def _loads(sides: Sequence[Side], found: Mapping[str, Mapping[str, Load]], whole: bool) -> str:
    named = [item for item in found.items() if whole or item[0] != NOBODY]
    kept = named if whole else named[:_UNITS]
    body = [(unit or "（未归到任务）", *(_load(own.get(side.key)) for side in sides)) for unit, own in kept]
    head = "各单位的分量：牵头、共同牵头、参与的任务；所答目标按年到期（长期、未定另计）"
    more = f"\n…另 {len(named) - len(kept)} 个单位，用 --all 看全" if len(named) > len(kept) else ""
    return head + "\n" + table(("单位", *(side.key for side in sides)), body) + more


def _load(load: Load | None) -> str:
    if load is None:
        return "—"
    parts = [f"{word}{n}" for word, n in (("牵头", load.led), ("共牵", load.co_led), ("参与", load.joined)) if n]
    years = [f"{year}:{n}" for year, n in sorted(load.due.items()) if year not in (ONGOING, UNDATED)]
    years += [f"{word}:{load.due[key]}" for key, word in ((ONGOING, "长期"), (UNDATED, "未定")) if key in load.due]
    return " ".join(parts) + ("\n" + " ".join(years) if years else "")


def _answers(side: Side, upper: Side, found: Sequence[Answer], whole: bool) -> str:
    graded = by_answer(found)
    counts = "，".join(f"{grade.word} {len(own)}" for grade, own in graded.items())
    shown = [answer for grade, own in graded.items() if whole or grade not in (Answered.MET, Answered.PART) for answer in own]
    body = list(_answer_rows(shown))
    return f"{side.key} 对上级 {upper.key} 的 {len(found)} 条要求：{counts}\n" + table(
        ("回应", "上级的要求", "要求", "所在", "本方案"), body
    )


def _answer_rows(found: Sequence[Answer]) -> Iterator[tuple[str, ...]]:
    for answer in found:
        by = "\n".join(f"{aim.metric} {figure(aim)}" for aim in answer.by[:_CELL])
        yield answer.answered.word, answer.demand.metric, figure(answer.demand), where_words(answer.demand.where), by


def _whole(
    sides: Sequence[Side],
    upper: Side | None,
    found: Sequence[Row],
    themes: Mapping[str, Mapping[str, Share]],
    load: Mapping[str, Mapping[str, Load]],
    answered: Mapping[str, Sequence[Answer]],
) -> dict[str, Any]:
    return {
        "plans": [_head(side) for side in sides],
        "above": _head(upper) if upper else None,
        "evaluators": [asdict(row) for row in found],
        "themes": {theme: {key: asdict(share) for key, share in own.items()} for theme, own in themes.items()},
        "loads": {unit: {key: asdict(own_load) for key, own_load in own.items()} for unit, own in load.items()},
        "answers": {key: [asdict(answer) for answer in own] for key, own in answered.items()},
    }


def _head(side: Side) -> dict[str, Any]:
    whole = asdict(side)
    return {name: whole[name] for name in ("key", "title", "region", "level", "issued_on", "aims", "works")}
