"""`xiangxu plan diff`: what became of every task and promise between two versions of a plan."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from xiangxu.cli.columns import table
from xiangxu.cli.progress import Progress
from xiangxu.importer.plan import read_plan
from xiangxu.importer.read.unreadable import Unreadable
from xiangxu.model.exchange import to_exchange
from xiangxu.review.versions import Change, Entry, Kind, Verdict, diff, entries_of, entries_of_reading

_KINDS = {Kind.TASK: "清单任务", Kind.ACTION: "正文行动", Kind.PROMISE: "目标"}


@click.command(name="diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--all", "whole", is_flag=True, help="连同没有改动的 / also what continues unchanged")
@click.option("--json", "as_json", is_flag=True, help="全部内容按 JSON 输出 / everything as JSON")
def diff_command(old: Path, new: Path, whole: bool, as_json: bool) -> None:
    """两稿对照：旧稿的每项任务、每条目标在新稿里不变、有改动、拆分、合并还是删去，新稿又增加了什么。

    OLD、NEW：方案文件，或 plan read --json 写出的 .json。只凭用词和数字判断，不看位置；带“？”的请逐条确认。
    """
    # What plan read --json wrote has no text of the actions: then both are compared by their titles.
    titles_only = ".json" in (old.suffix, new.suffix)
    before, after = _entries(old, titles_only), _entries(new, titles_only)
    changes = diff(before, after)
    if as_json:
        click.echo(json.dumps([asdict(change) for change in changes], ensure_ascii=False, indent=1))
        return
    names = {("old", entry.uid): entry.name for entry in before} | {("new", entry.uid): entry.name for entry in after}
    for kind, word in _KINDS.items():
        own = [change for change in changes if change.kind == kind]
        if own:
            click.echo(_section(word, own, names, whole) + "\n")


def _entries(path: Path, titles_only: bool) -> tuple[Entry, ...]:
    if path.suffix == ".json":
        try:
            return entries_of(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError, AttributeError) as problem:
            raise click.ClickException(
                f"{path.name}：不是读出的方案（{problem.__class__.__name__}）。请用 xiangxu plan read 文件 --json {path.name} 重新写出。"
            ) from problem
    progress = Progress(path.name)
    try:
        reading = read_plan(path, progress.step)
        return entries_of(to_exchange(reading)) if titles_only else entries_of_reading(reading)
    except Unreadable as problem:
        raise click.ClickException(str(problem)) from problem
    finally:
        progress.close()


def _section(word: str, changes: Sequence[Change], names: Mapping[tuple[str, str], str], whole: bool) -> str:
    counts = Counter(change.verdict for change in changes)
    head = f"{word}：" + "，".join(f"{verdict.word} {counts[verdict]}" for verdict in Verdict if counts[verdict])
    shown = [change for change in changes if whole or change.verdict is not Verdict.CONTINUES]
    if not shown:
        return head
    body = [
        (
            change.verdict.word + ("？" if change.unsure else ""),
            "\n".join(names["old", uid] for uid in change.old) or "—",
            "\n".join(names["new", uid] for uid in change.new) or "—",
            f"{change.score:.2f}",
            change.reason,
        )
        for change in shown
    ]
    return head + "\n" + table(("建议", "旧稿", "新稿", "把握", "理由"), body)
