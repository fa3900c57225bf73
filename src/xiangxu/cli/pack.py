"""`xiangxu pack …` and `xiangxu where`: policy cards checked, explained and found."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from xiangxu.cards import Explanation, Fault, FaultyCards, Packs
from xiangxu.cards.homes import homes
from xiangxu.cards.kinds import KIND_NAMES, KINDS, Evaluator
from xiangxu.cards.layers import NATION, shipped
from xiangxu.cards.schema import schema_of
from xiangxu.review.card_formulas import in_words
from xiangxu.review.pack_check import strict_faults


@click.group()
def pack() -> None:
    """政策卡片：检查、解释、结构 / policy cards: check, explain, schema."""


@pack.command()
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--strict",
    is_flag=True,
    help="连同引用、字段、公式、例子和怎么算的一句话 / references, fields, formulas, examples, plain words too",
)
def check(path: Path | None, strict: bool) -> None:
    """检查卡片：逐个文件列出错在哪一行、应怎样写；有错则退出码 1。

    PATH：随程序发布的政策包里的一个文件或文件夹只查这一部分；别处的文件夹当作叠加在政策包上的一层。不写则全查。
    """
    packs = Packs.load(_roots(path))
    faults = [*packs.faults, *(strict_faults(packs) if strict else ())]
    shown = [fault for fault in faults if path is None or _within(fault.file, path)]
    _print(shown)
    cards = sum(path is None or _within(written.sheet.path, path) for written in packs.written)
    click.echo(f"{cards} 张卡片，{len(shown)} 处错误" if shown else f"{cards} 张卡片，没有错误")
    sys.exit(1 if shown else 0)


@pack.command()
@click.argument("id")
@click.option(
    "--at", "place", default=NATION, show_default=True, help="地方：文件夹名、区划代码或名称 / place: folder, code or name"
)
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="哪一天 / on which day")
def explain(id: str, place: str, day: Any) -> None:
    """一张卡片在一个地方怎样得来：每个字段的值、来自哪一层、盖过了什么；未核对的出处标明待核实。"""
    on: date | None = day.date() if day else None
    try:
        packs = Packs.load()
        found = packs.explain(id, place, on)
    except LookupError as problem:
        raise click.ClickException(str(problem.args[0])) from problem
    except FaultyCards as problem:
        _print(problem.faults)
        sys.exit(1)
    click.echo(_explained(found))
    if isinstance(found.card, Evaluator):
        if found.card.plain is not None:
            click.echo(f"怎么算：{found.card.plain.zh}")
        click.echo(f"精确算法：{in_words(found.card, packs.at(place, on))}")


@pack.command()
@click.argument("kind", required=False, type=click.Choice(list(KINDS)))
def schema(kind: str | None) -> None:
    """卡片的 JSON Schema，供编辑器边写边查；不写种类则全部列出。"""
    content = schema_of(kind) if kind else {name: schema_of(name) for name in KINDS}
    click.echo(json.dumps(content, ensure_ascii=False, indent=1))


@click.command()
@click.argument("term")
def where(term: str) -> None:
    """一个政策用词的出处：标题或别名里有它的卡片、词汇表里的意思、字段字典里的字段，各在哪个文件。"""
    found = homes(Packs.load(), term)
    for home in found:
        click.echo(f"{home.kind}  {home.title}  {_short(home.file)}:{home.line}\n    {home.what}")
    if not found:
        click.echo(f"没有找到“{term}”。换一个更短的说法试试。", err=True)
        sys.exit(1)


def _roots(path: Path | None) -> list[Path]:
    """The packs to which a path belongs; a folder that belongs to none lies on top of the shipped ones."""
    if path is None:
        return [shipped()]
    folder = path.resolve() if path.is_dir() else path.resolve().parent
    packs = next((root for root in (folder, *folder.parents) if (root / NATION).is_dir()), None)
    return [shipped(), folder] if packs is None else [packs]


def _within(file: Path, path: Path) -> bool:
    return path.resolve() in (file.resolve(), *file.resolve().parents)


def _print(faults: Iterable[Fault]) -> None:
    for file, group in groupby(sorted(faults, key=lambda fault: (str(fault.file), fault.line)), key=lambda fault: fault.file):
        click.echo(_short(file))
        for fault in group:
            click.echo(f"  {fault}")


def _short(file: Path) -> str:
    """The file as seen from the packs, or from where one stands."""
    for folder in (Path.cwd(), shipped()):
        if file.resolve().is_relative_to(folder.resolve()):
            return str(file.resolve().relative_to(folder.resolve()))
    return str(file)


def _explained(found: Explanation) -> str:
    card = found.card
    lines = [f"{card.id}  {card.title.zh}  （{KIND_NAMES[card.kind]}）", ""]
    lines += ["层次（上层在前）："]
    lines += [f"  {written.layer.name}  {_short(written.sheet.path)}" for written in found.written]
    lines += ["", "字段（值，来自哪一层）："]
    for origin in found.origins:
        lines.append(f"  {origin.field}: {_value(origin.value)}  ← {origin.written.layer.name}，第 {origin.line} 行")
        lines += [f"      盖过 {layer} 的 {_value(value)}" for layer, value in origin.replaced]
    lines.append("")
    for source in card.sources:
        place = "，".join(part for part in (source.title, source.number, source.clause) if part)
        lines.append(f"出处：{place}" + ("" if source.checked else "  【待核实】"))
        lines += [f"    {source.note}"] if source.note else []
    return "\n".join(lines)


def _value(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
