"""`xiangxu plan …`: what one can do with a plan document."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from xiangxu.cli.lazy import Lazy
from xiangxu.cli.page import write_page
from xiangxu.cli.progress import Progress
from xiangxu.cli.summary import summary
from xiangxu.importer.plan import read_plan
from xiangxu.importer.read.unreadable import Unreadable
from xiangxu.model.exchange import to_exchange
from xiangxu.model.plan import PlanReading

# Commands that live in a module of their own, loaded when they are called: what they import takes longer than reading a plan.
_ELSEWHERE = {
    "check": ("xiangxu.cli.plan_check:check", "检查方案：具体吗、谁负责、何时完成、前后矛盾 / check a plan"),
    "compare": ("xiangxu.cli.plan_compare:compare", "比较方案：谁定得高、谁更早、谁没有 / plans side by side"),
    "diff": ("xiangxu.cli.plan_diff:diff_command", "两稿对照：不变、改动、拆分、合并、删去 / an old version and a new one"),
    "out": ("xiangxu.cli.plan_out:out", "导出：任务清单、日历、Markdown、JSON / export"),
    "tasks": ("xiangxu.cli.plan_out:tasks", "读回改过的任务清单 / read an edited task table back"),
}


@click.group(cls=Lazy, elsewhere=_ELSEWHERE)
def plan() -> None:
    """方案：读入下发的文件 / plans: read the issued document."""


@plan.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--json",
    "out",
    type=click.Path(path_type=Path),
    help="读出的内容写到这里；几个文件时写到这个文件夹，“-”是标准输出 / write the reading here; a folder for several files, - for stdout",
)
@click.option(
    "--html", "page", type=click.Path(path_type=Path), help="原文与读出内容的对照页 / a page that shows document and reading"
)
@click.option(
    "--bind",
    is_flag=True,
    help="为每个目标建议由哪张卡片评判，写进 --json，由人确认 / propose the card that computes each target, into --json",
)
@click.option(
    "--pack",
    is_flag=True,
    help="与内置方案对应：原文用本单位的，任务、责任单位和评判用内置的（--bind 时自动） / lay the shipped plan that it is over it",
)
@click.option("--quiet", is_flag=True, help="只报错误 / errors only")
def read(files: tuple[Path, ...], out: Path | None, page: Path | None, bind: bool, pack: bool, quiet: bool) -> None:
    """读方案：文字、Word、PDF、网页、表格、扫描件 → 提纲、任务、目标，每一条都标明在原文何处。

    读不懂的文件说明原因和办法，退出码 1；其余文件照读。
    """
    readings: list[PlanReading] = []
    failed = False
    # The cards take longer to import than most documents to read: only whoever asks for them waits.
    cards = import_module("xiangxu.cli.binding") if bind else None
    binding = cards.Binding() if cards else None
    packed = import_module("xiangxu.cli.packed") if bind or pack else None
    shipped = packed.Shipped(binding.packs if binding else None) if packed else None
    for path in files:
        progress = Progress(path.name, quiet=quiet)
        try:
            reading = read_plan(path, progress.step)
        except Unreadable as problem:
            progress.close()
            click.echo(f"✕ {problem}", err=True)
            failed = True
            continue
        progress.close()
        readings.append(reading)
        exchange, told = to_exchange(reading), summary(reading)
        if cards and binding:
            proposals = binding.propose(reading)
            cards.add_proposals(exchange["targets"], proposals)
            told += "\n" + cards.bound_line(proposals)
        if packed and shipped:
            matching = shipped.matched(reading)
            packed.add_pack(exchange, matching)
            told += packed.pack_line(matching, asked=pack)
        if out is not None:
            _write(exchange, _target(out, path, several=len(files) > 1))
        if not quiet and str(out) != "-":
            click.echo(told)
    if page is not None and readings:
        write_page(readings, page)
        if not quiet:
            click.echo(f"对照页：{page}")
    sys.exit(1 if failed else 0)


def _target(out: Path, path: Path, several: bool) -> Path:
    if not several or str(out) == "-":
        return out
    out.mkdir(parents=True, exist_ok=True)
    return out / f"{path.stem}.json"


def _write(exchange: dict[str, Any], target: Path) -> None:
    text = json.dumps(exchange, ensure_ascii=False, indent=1) + "\n"
    if str(target) == "-":
        click.echo(text, nl=False)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
