"""`xiangxu demo`: reads the invented county's plan in each format, and real plans that lie beside the project."""

from __future__ import annotations

import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import perf_counter

import click

from xiangxu.cli.page import write_page
from xiangxu.cli.progress import Progress
from xiangxu.cli.summary import summary
from xiangxu.importer.plan import read_plan
from xiangxu.importer.read import Unreadable
from xiangxu.model.plan import PlanReading
from xiangxu.world import documents

# What the invented county's plan says, whatever the format it is read from.
_ROWS, _ACTIONS, _SECTIONS = 16, 11, 25


@click.command()
@click.option("--port", type=int, help="在本机这个端口上打开对照页，Ctrl-C 结束 / serve the page on this port of this machine")
@click.option("--check", is_flag=True, help="全部跑一遍并核对，不等人 / run and check everything, wait for nobody")
@click.option("--out", type=click.Path(path_type=Path), default=Path("build/demo"), show_default=True)
def demo(port: int | None, check: bool, out: Path) -> None:
    """演示：读方案，打印读到的内容，生成原文与读出内容的对照页 / read plans, show document and reading side by side."""
    out.mkdir(parents=True, exist_ok=True)
    readings: list[PlanReading] = []
    failed: list[str] = []
    for path in [*documents(), *_real_plans()]:
        progress = Progress(path.name)
        began = perf_counter()
        try:
            reading = read_plan(path, progress.step)
        except Unreadable as problem:
            failed.append(str(problem))
            continue
        finally:
            progress.close()
        readings.append(reading)
        click.echo(f"\n{path.name}  {perf_counter() - began:.1f} s\n{summary(reading)}")
        if path in documents():
            failed += _differences(path, reading)
    page = out / "index.html"
    write_page(readings, page)
    click.echo(f"\n对照页（用浏览器打开）/ the page, for your browser: {page}")
    for problem_text in failed:
        click.echo(f"✕ {problem_text}", err=True)
    if check:
        sys.exit(1 if failed else 0)
    if port:
        _serve(out, port)


def _real_plans() -> list[Path]:
    """Plans in ../shared/plans, where that folder is."""
    folder = Path.cwd().parent / "shared" / "plans"
    return sorted(folder.glob("*.txt"))


def _differences(path: Path, reading: PlanReading) -> list[str]:
    """Where the reading of the invented county's plan is not what it should be. A scan holds a part of the plan only."""
    if path.suffix in (".jpg", ".png"):
        return [] if reading.tasks else [f"{path.name}：没有读出清单"]
    counts = {
        "标题": (len(reading.sections), _SECTIONS),
        "任务": (len(reading.tasks), _ROWS),
        "行动": (len(reading.body_actions), _ACTIONS),
    }
    return [f"{path.name}：{what}应为 {wanted}，读出 {got}" for what, (got, wanted) in counts.items() if got != wanted]


def _serve(folder: Path, port: int) -> None:
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        click.echo(f"http://127.0.0.1:{port}/   Ctrl-C 结束 / to stop")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("")
