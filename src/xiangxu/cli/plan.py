"""`xiangxu plan …`: what one can do with a plan document."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from xiangxu.cli.page import write_page
from xiangxu.cli.progress import Progress
from xiangxu.cli.summary import summary
from xiangxu.importer.plan import read_plan
from xiangxu.importer.read.unreadable import Unreadable
from xiangxu.model.exchange import to_exchange
from xiangxu.model.plan import PlanReading


@click.group()
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
@click.option("--quiet", is_flag=True, help="只报错误 / errors only")
def read(files: tuple[Path, ...], out: Path | None, page: Path | None, quiet: bool) -> None:
    """读方案：文字、Word、PDF、网页、表格、扫描件 → 提纲、任务、目标，每一条都标明在原文何处。

    读不懂的文件说明原因和办法，退出码 1；其余文件照读。
    """
    readings: list[PlanReading] = []
    failed = False
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
        if out is not None:
            _write(reading, _target(out, path, several=len(files) > 1))
        if not quiet and str(out) != "-":
            click.echo(summary(reading))
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


def _write(reading: PlanReading, target: Path) -> None:
    text = json.dumps(to_exchange(reading), ensure_ascii=False, indent=1) + "\n"
    if str(target) == "-":
        click.echo(text, nl=False)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
