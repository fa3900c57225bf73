"""The formulas of cards, with the words that they may use: read, checked, and run on the card's own examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from xiangxu.cards import View
from xiangxu.cards.kinds import Evaluator, Fields, Milestone, Scope
from xiangxu.cards.kinds.dictionary import FieldOfTable
from xiangxu.cards.kinds.evaluator import Example, Param, ParamValue, Row
from xiangxu.formula.check import check
from xiangxu.formula.fault import Fault as FormulaFault
from xiangxu.formula.fault import FormulaError, nearest
from xiangxu.formula.grammar import parse
from xiangxu.formula.optional import without
from xiangxu.formula.rows import evaluate
from xiangxu.formula.sentence import ENTRIES, explain
from xiangxu.formula.settled import settled
from xiangxu.formula.tree import Tree
from xiangxu.formula.values import NO, NOT_APPLICABLE, YES
from xiangxu.formula.vocabulary import AREA_COLUMNS, TIERS, UNIT_COLUMNS, FieldWord, Kind, ParamWord
from xiangxu.model.reason import Bilingual

# The register of units: its fields are the attributes by which scopes choose.
REGISTER = "unit-register"

# What every row may say besides the fields of its table: to whom it belongs, and its area.
_BELONGING = {*UNIT_COLUMNS, *AREA_COLUMNS, *TIERS, *TIERS.values()}

# Examples are written by hand: a quotient that never ends is given to four decimals.
_ROUNDING = 0.00005

# These no binding gives: they come from the day or the period that is judged.
_OF_THE_PERIOD = {
    "on": ("评判的那一天", "the day judged"),
    "since": ("评判期间的第一天", "the first day of the period judged"),
    "until": ("评判期间的最后一天", "the last day of the period judged"),
}

# What the rows of a milestone's table are.
_DELIVERABLES = ("成果", "deliverables")

Wording = tuple[tuple[str | int, ...], str, str]
"""Where in the card, what is wrong, what to write instead."""


def field_words(view: View, tables: Sequence[str]) -> dict[str, list[FieldWord]]:
    """The fields of some tables as formulas see them; a table that no card defines has none and is left out."""
    cards = {table: view.get(f"fields-{table}") for table in tables}
    return {table: [_word(field) for field in card.fields] for table, card in cards.items() if isinstance(card, Fields)}


def _word(field: FieldOfTable) -> FieldWord:
    choices = field.choices or ()
    if choices and set(choices) <= {YES, NO, NOT_APPLICABLE}:
        return FieldWord(field.code, field.name, Kind.YES_NO)
    return FieldWord(field.code, field.name, Kind(field.type), choices, ordered=bool(choices))


def _param_word(name: str, param: Param) -> ParamWord:
    known = [*(param.choices or ()), *([] if param.default is None else [param.default])]
    if param.uom is not None or (
        known and all(isinstance(value, int | float) and not isinstance(value, bool) for value in known)
    ):
        return ParamWord(name, Kind.NUMBER)
    if known and all(isinstance(value, str) for value in known):
        return ParamWord(name, Kind.TEXT, tuple(str(value) for value in param.choices or ()))
    return ParamWord(name)


def formula_faults(card: Evaluator, view: View) -> Iterator[Wording]:
    """What is wrong with an evaluator's formula, and with the examples that do not give their value."""
    words = field_words(view, card.tables)
    try:
        tree = parse(card.formula)
    except FormulaError as error:
        yield from (_told(("formula",), fault) for fault in error.faults)
        return
    if len(words) < len(card.tables):
        return  # the missing table is told by itself; every field of it would be told again
    found = check(tree, words, [_param_word(name, param) for name, param in card.params.items()])
    yield from (_told(("formula",), fault) for fault in found)
    if not found:
        for position, example in enumerate(card.examples):
            yield from _example_faults(card, tree, words, ("examples", position), example)


def in_words(card: Evaluator, view: View, given: Mapping[str, ParamValue] | None = None) -> Bilingual:
    """The card's formula as a sentence; in Chinese fields by their names and parameters by their meaning, in English by their codes.

    With ``given``, the parameters of a binding: these by their values, the others by the card's defaults, and without what hangs on an
    optional one that is not given. Days that the period gives are told as such.
    """
    titles = {f":{name}": _parameter(card, name) for name in card.params}
    kinds: dict[str, Kind] = {}
    for table, words in field_words(view, card.tables).items():
        titles[table] = (view.cards[f"fields-{table}"].title.zh, table)
        for word in words:
            for called in (word.name, word.code):
                titles[called] = (word.name, word.code.replace("_", " "))
                kinds[called] = word.kind
    tree = parse(card.formula)
    if given is not None:
        values = {name: param.default for name, param in card.params.items() if param.default is not None} | dict(given)
        absent = [name for name, param in card.params.items() if param.optional and name not in {*values, *_OF_THE_PERIOD}]
        with suppress(FormulaError):
            tree = without(tree, absent)
        tree = settled(tree, values)
    said = explain(settled(tree, {}), titles, kinds, _DELIVERABLES if isinstance(card, Milestone) else ENTRIES)
    return Bilingual(said.zh, said.en)


def _parameter(card: Evaluator, name: str) -> tuple[str, str]:
    """A parameter whose value nobody has given: its meaning, or which day of the period it is."""
    param = card.params[name]
    if name not in _OF_THE_PERIOD:
        return f"〔{param.short}〕", f"[{name.replace('_', ' ')}]"
    zh, en = _OF_THE_PERIOD[name]
    # A count of what there is has no such period; one of so many a year has. Said once, behind the last day.
    yearly = name == "until" and "每年" in param.meaning
    return zh + ("（每年计数时才看期间）" if yearly else ""), en + (" (where so many a year are counted)" if yearly else "")


def filter_faults(scope: Scope, view: View) -> Iterator[Wording]:
    """What is wrong with a scope's filter: it speaks of the register of units, and of the tables about its tier."""
    if scope.filter is None:
        return
    about = [REGISTER, *(card.table for card in view.of(Fields) if card.unit_tier == scope.tier and card.table != REGISTER)]
    words = [word for table in field_words(view, about).values() for word in table]
    try:
        tree = parse(scope.filter)
    except FormulaError as error:
        yield from (_told(("filter",), fault) for fault in error.faults)
        return
    yield from (_told(("filter",), fault) for fault in check(tree, {REGISTER: _first_of_each(words)}, of_row=True))


def _first_of_each(words: Sequence[FieldWord]) -> list[FieldWord]:
    """One word a name, the register's before others'."""
    kept: dict[str, FieldWord] = {}
    for word in words:
        kept.setdefault(word.name, word)
    return list(kept.values())


def _example_faults(
    card: Evaluator, tree: Tree, words: Mapping[str, list[FieldWord]], way: tuple[str | int, ...], example: Example
) -> Iterator[Wording]:
    odd = [*_odd_rows(words, (*way, "tables"), example.tables), *_odd_rows(words, (*way, "previous"), example.previous or {})]
    odd += [((*way, *rest), wrong, remedy) for rest, wrong, remedy in param_faults(card.params, example.params)]
    if odd:
        yield from odd
        return
    tables = {table: example.tables.get(table, ()) for table in words}
    params = {name: example.params.get(name, param.default) for name, param in card.params.items()}
    previous = None if example.previous is None else {table: example.previous.get(table, ()) for table in words}
    try:
        result = evaluate(tree, tables, params, units=example.units, previous=previous, fields=words)
    except FormulaError as error:
        yield from (_told(way, fault) for fault in error.faults)
        return
    except ValueError as error:
        wrong, _, remedy = str(error).partition("。")
        yield way, wrong, remedy or "改正这个例子"
        return
    if not _same(result.value, example.gives):
        yield (*way, "gives"), f"按公式算出 {_shown(result.value)}，例子写的是 {_shown(example.gives)}", "改正例子或公式"


def _odd_rows(
    words: Mapping[str, list[FieldWord]], way: tuple[str | int, ...], tables: Mapping[str, Sequence[Row]]
) -> Iterator[Wording]:
    """Tables, fields and choices of an example that no field dictionary knows."""
    for table, rows in tables.items():
        if table not in words:
            yield (*way, table), f"例子里的表“{table}”不在公式所读的表里", f"表名写成 {'、'.join(words)} 之一"
            continue
        known = {name: word for word in words[table] for name in (word.code, word.name)}
        for place, row in enumerate(rows):
            for name, value in row.items():
                word = known.get(name)
                if word is None and name not in _BELONGING:
                    yield (*way, table, place, name), f"表 {table} 没有“{name}”这个字段", nearest(name, known) or "改成已有的字段"
                elif word is not None and word.choices and value is not None and value not in word.choices:
                    choices = "、".join(word.choices)
                    yield (*way, table, place, name), f"“{name}”没有“{value}”这个选项", f"可选的是{choices}"


def param_faults(params: Mapping[str, Param], given: Mapping[str, ParamValue]) -> Iterator[Wording]:
    """Parameters that a binding or an example gives and the card does not know, values that it does not offer, missing ones."""
    for name, value in given.items():
        param = params.get(name)
        if param is None:
            remedy = nearest(name, params) or ("这张卡片的参数：" + "、".join(params) if params else "这张卡片没有参数，删去它")
            yield ("params", name), f"卡片没有“{name}”这个参数", remedy
        elif param.choices and value not in param.choices:
            yield ("params", name), f"参数“{name}”没有“{value}”这个选项", "可选的是" + "、".join(map(str, param.choices))
    for name, param in params.items():
        if name not in given and not param.optional and param.default is None:
            yield ("params",), f"没有给参数“{name}”（{param.meaning}）", f"在 params 里写上 {name}"


def _told(way: tuple[str | int, ...], fault: FormulaFault) -> Wording:
    wrong, _, remedy = fault.what.partition("。")
    place = fault.at.text[fault.at.start : fault.at.end] or fault.at.text[max(0, fault.at.start - 8) : fault.at.start]
    return way, f"公式第 {fault.column} 个字“{place}”：{wrong}", remedy or "改正公式"


def _same(value: float | str | bool | None, gives: float | None) -> bool:
    if value is None or gives is None or isinstance(value, str | bool):
        return value is None and gives is None
    return abs(value - gives) <= max(_ROUNDING, 1e-12 * abs(gives))


def _shown(value: float | str | bool | None) -> str:
    return "空（null）" if value is None else f"{value:.10g}" if isinstance(value, float) else str(value)
