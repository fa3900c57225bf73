"""The formulas of the inventory of evaluators: all are written in the grammar, and all are sound."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.paths import PLANS, needs_plans
from xiangxu.formula import FieldWord, Kind, ParamWord, check, explain, names, parse, write

HERE = Path(__file__).parent
TABLE = yaml.safe_load((HERE / "inventory.yaml").read_text(encoding="utf-8"))
FORMULAS: dict[str, str] = TABLE["formulas"]
NEED = re.compile(r"(?:(?P<table>[\w-]+)\.)?(?P<code>\w+)\((?P<name>\w+)\)")

# The inventory names fields without their kinds; the table says which are no numbers.
KINDS: dict[str, list[str]] = TABLE["kinds"]


def word(code: str, name: str) -> FieldWord:
    """A field of the inventory with the kind that its name tells."""
    kind = next((kind for kind, words in KINDS.items() if name in words), "date" if name.endswith("日期") else "number")
    return FieldWord(code, name, Kind(kind), ordered=kind == "choice")


@cache
def rows() -> dict[str, dict[str, str]]:
    """The inventory by id."""
    with (PLANS / "evaluators.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {row["id"]: row for row in csv.DictReader(stream)}


def fields(row: dict[str, str]) -> dict[str, list[FieldWord]]:
    """The fields that an evaluator of the inventory may read, by table, with those that we added."""
    tables: dict[str, list[FieldWord]] = {table: [] for table in row["form"].split(";")}
    for need in [*row["needs"].split("; "), *TABLE["added_fields"].get(row["id"], [])]:
        found = NEED.fullmatch(need)
        assert found, need
        tables.setdefault(found["table"] or row["form"].split(";")[0], []).append(word(found["code"], found["name"]))
    if row["kind"] == "duty":
        tables[row["form"].split(";")[0]].append(FieldWord("times", "次数"))
    return tables


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS)
def test_each_formula_reads_writes_and_explains(formula: str) -> None:
    """Every formula has one tree, one canonical text and a sentence in both languages."""
    tree = parse(formula)
    assert parse(write(tree)) == tree
    said = explain(tree)
    assert said.zh
    assert said.en


@needs_plans
def test_no_evaluator_is_left_out() -> None:
    """The table holds exactly the evaluators of the inventory."""
    assert list(FORMULAS) == list(rows())


@needs_plans
@pytest.mark.parametrize("evaluator", FORMULAS)
def test_each_formula_is_sound(evaluator: str) -> None:
    """No formula names a field that its form lacks, mixes kinds, or misuses a function."""
    tree = parse(FORMULAS[evaluator])
    params = [ParamWord(name) for name in names(tree).params]
    faults = check(tree, fields(rows()[evaluator]), params)
    assert not faults, "\n".join(map(str, faults))
