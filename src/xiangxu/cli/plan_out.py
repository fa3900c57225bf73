"""`xiangxu plan out …` and `plan tasks …`: a plan as files for offices, and the table of tasks read back."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from xiangxu.cards import Packs
from xiangxu.cards.layers import shipped
from xiangxu.cli.progress import Progress
from xiangxu.documents import (
    NoTaskSheet,
    PlanPaper,
    deadlines_ics,
    pack_exchange,
    paper_of_pack,
    paper_of_reading,
    plan_markdown,
    read_tasks_xlsx,
    tasks_xlsx,
)
from xiangxu.importer.plan import read_plan
from xiangxu.importer.read.unreadable import Unreadable
from xiangxu.model.exchange import to_exchange

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("source")
@click.option("--xlsx", type=_FILE, help="任务清单，Excel / the table of tasks, Excel")
@click.option("--ics", type=_FILE, help="时限日历，手机和日历软件可以打开 / the deadlines as a calendar")
@click.option("--md", type=_FILE, help="全文要点，Markdown，可以打印 / the plan as Markdown")
@click.option(
    "--json", "exchange", type=_FILE, help="交换格式；政策包则为卡片自己的字段 / the exchange form; of a pack its own fields"
)
@click.option("--quiet", is_flag=True, help="只报错误 / errors only")
def out(source: str, xlsx: Path | None, ics: Path | None, md: Path | None, exchange: Path | None, quiet: bool) -> None:
    """把方案导出成文件：任务清单、时限日历、Markdown、JSON，可以同时要几样；“-”是标准输出。

    SOURCE：方案文件；或政策包里的地方（文件夹名、区划代码、名称）；或政策包的文件夹。
    """
    wanted = [path for path in (xlsx, ics, md, exchange) if path is not None]
    if not wanted:
        raise click.UsageError("没有说要导出什么：写上 --xlsx、--ics、--md、--json 中的一个或几个，后面跟文件名。")
    try:
        paper, form = _source(source, quiet or Path("-") in wanted)
    except (Unreadable, LookupError) as problem:
        raise click.ClickException(str(problem.args[0] if problem.args else problem)) from problem
    outputs: tuple[tuple[Path | None, Callable[[], bytes]], ...] = (
        (xlsx, lambda: tasks_xlsx(paper)),
        (ics, lambda: deadlines_ics(paper)),
        (md, lambda: plan_markdown(paper).encode("utf-8")),
        (exchange, lambda: _json(form)),
    )
    for path, made in outputs:
        if path is not None:
            _write(path, made(), quiet)


@click.command()
@click.argument("file", type=_FILE)
@click.option("--json", "result", type=_FILE, help="读回的任务和改动写到这里 / write tasks and changes here")
def tasks(file: Path, result: Path | None) -> None:
    """读回改过的任务清单：逐行说明改了什么、加了什么、少了什么、哪里读不懂。

    FILE：由 xiangxu plan out --xlsx 导出、在 WPS 或 Excel 里改过的 .xlsx。
    """
    try:
        read = read_tasks_xlsx(file.read_bytes(), file.name)
    except OSError as problem:
        raise click.ClickException(f"“{file}”读不出来：{problem.strerror}。看看文件名对不对，文件是否还在。") from problem
    except NoTaskSheet as problem:
        raise click.ClickException(str(problem)) from problem
    to_stdout = result == Path("-")
    for change in read.changes:
        click.echo(change.message, err=to_stdout)
    said = f"{len(read.changes)} 处说明" if read.changes else "与导出时一致"
    click.echo(f"《{read.title or file.stem}》：任务 {len(read.tasks)} 项，{said}", err=to_stdout)
    if result is not None:
        _write(result, _json(asdict(read)), quiet=True)


def _source(source: str, quiet: bool) -> tuple[PlanPaper, dict[str, Any]]:
    """The paper and its form for exchange, of a document or of a pack."""
    path = Path(source)
    if path.is_file():
        progress = Progress(path.name, quiet=quiet)
        try:
            reading = read_plan(path, progress.step)
        finally:
            progress.close()
        return paper_of_reading(reading), to_exchange(reading)
    packs, place = _pack(path) if path.is_dir() else (Packs.load(), source)
    try:
        packs.layer(place)
    except LookupError as problem:
        raise LookupError(f"“{source}”既不是文件，也不是政策包里的地方。{problem.args[0]}") from problem
    return paper_of_pack(packs, place), pack_exchange(packs, place)


def _pack(folder: Path) -> tuple[Packs, str]:
    """The packs with a plan's own folder among them, and the name of its layer."""
    packs = Packs.load()
    own = next((layer for layer in packs.layers if layer.folder.resolve() == folder.resolve()), None)
    return (packs, own.name) if own else (Packs.load((shipped(), folder)), folder.resolve().name)


def _json(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _write(path: Path, content: bytes, quiet: bool) -> None:
    if path == Path("-"):
        sys.stdout.buffer.write(content)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as problem:
        raise click.ClickException(f"“{path}”写不进去：{problem.strerror}。文件若正开着，请先关上；或换一个地方。") from problem
    if not quiet:
        click.echo(f"已写出 {path}")
