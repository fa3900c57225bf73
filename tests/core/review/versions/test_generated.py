"""Plans edited as offices edit them, over fifteen plans in as many manners: how many proposals are right, by kind of edit."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from time import process_time

import pytest

from tests.core.review.versions.edits import edited
from tests.core.review.versions.measure import Tally, measured, reread
from tests.paths import PLANS, needs_plans
from xiangxu.importer.plan import read_plan
from xiangxu.review.versions import Entry, diff, entries_of_reading

INVENTED = sorted((Path(__file__).resolve().parents[3] / "plans" / "documents").glob("[dh][1-5].txt"))
REAL = [PLANS / f"{key}.txt" for key in ("qingzhou", "dongchangfu", "anqiu", "jinan", "yiyuan")]

ONE_TO_ONE = ("keep", "figure", "due", "owner", "reword", "rewrite", "shorten", "lengthen")
PARTS = ("split", "merge")
GONE = ("drop", "add")


@cache
def entries(path: Path) -> tuple[Entry, ...]:
    """What is compared of a plan, read once."""
    return entries_of_reading(read_plan(path))


def assert_bars(tally: Tally) -> None:
    """Prints the share by kind of edit, and holds each to its bar."""
    print("\n" + "\n".join(tally.lines()))
    missed = [name for name in ONE_TO_ONE if tally.all[name] and tally.share(name) < 0.95]
    missed += [name for name in (*PARTS, *GONE) if tally.all[name] and tally.share(name) < 0.85]
    assert not missed


def test_edits_of_invented_plans_are_told_apart() -> None:
    """Ninety-five of a hundred edits of one entry, eighty-five of what is split, merged, dropped or added."""
    assert_bars(measured([entries(path) for path in INVENTED], rounds=2))


@needs_plans
def test_edits_of_real_plans_are_told_apart() -> None:
    """The same bars for the five real plans. Five rounds: in three there are too few splits (38) for their share to mean much."""
    assert_bars(measured([entries(path) for path in REAL], rounds=5))


@pytest.mark.parametrize("path", INVENTED, ids=lambda path: path.stem)
def test_an_edited_document_is_read_anew(path: Path) -> None:
    """Figures changed and sentences left out in the text itself: what the reader makes of it leads to the same answers."""
    tally = reread(read_plan(path).text, Random(7))
    print("\n" + "\n".join(tally.lines()))
    assert tally.share("figure", "drop") >= 0.85
    assert tally.share("keep") >= 0.97


def test_a_long_plan_takes_half_a_second() -> None:
    """Sixty rows and a hundred and forty promises, much edited."""
    plans = [entries(path) for path in INVENTED]
    tasks = [entry for plan in plans for entry in plan if entry.kind != "promise"][:60]
    promises = [entry for plan in plans for entry in plan if entry.kind == "promise"][:140]
    old = [Entry(f"e{n}", e.kind, e.name, e.text, e.subject, e.part, e.facts) for n, e in enumerate([*tasks, *promises])]
    version = edited(old, promises, Random(3))
    began = process_time()
    diff(old, version.new)
    assert process_time() - began < 0.5
