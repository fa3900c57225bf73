"""What `pack check --strict` asks of packs: every reference leads somewhere, every formula computes, every example holds,
every evaluator says in a sentence how it computes.

What a file alone must be is checked where cards are read (`cards`); here cards are held against one another, at each place as
they hold there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xiangxu.cards import Fault, Packs, View
from xiangxu.cards.faults import did_you_mean, dotted
from xiangxu.cards.kinds import Evaluator, Fields, Head, Scope, Standard, TargetsCard, ThemeCard
from xiangxu.cards.kinds.dictionary import StandardRow
from xiangxu.cards.kinds.evaluator import Param, ParamValue, Threshold
from xiangxu.cards.kinds.plan_pack import Binding, TargetEntry
from xiangxu.review.card_formulas import Wording, filter_faults, formula_faults, param_faults
from xiangxu.review.plain_words import plain_faults


def strict_faults(packs: Packs) -> list[Fault]:
    """Every fault of references, formulas and examples, in the order of the files."""
    faults = [
        Fault(written.sheet.path, written.sheet.lines.of(way), dotted(way), wrong, remedy.rstrip("。"))
        for layer in packs.layers
        for view in (packs.at(layer.name),)
        for written, card in packs.own(layer)
        for way, wrong, remedy in _card_faults(card, view)
    ]
    return sorted(faults, key=lambda fault: (str(fault.file), fault.line, fault.field))


def _card_faults(card: Head, view: View) -> Iterator[Wording]:
    if isinstance(card, Evaluator):
        yield from _evaluator_faults(card, view)
    elif isinstance(card, Scope):
        yield from filter_faults(card, view)
    elif isinstance(card, Standard):
        for position, row in enumerate(card.rows):
            yield from _at(("rows", position), _row_faults(row, view))
    elif isinstance(card, TargetsCard):
        for position, target in enumerate(card.targets):
            yield from _at(("targets", position), _target_faults(target, view))


def _at(way: tuple[str | int, ...], faults: Iterator[Wording]) -> Iterator[Wording]:
    return (((*way, *rest), wrong, remedy) for rest, wrong, remedy in faults)


def _evaluator_faults(card: Evaluator, view: View) -> Iterator[Wording]:
    if not isinstance(view.get(card.theme), ThemeCard):
        yield ("theme",), f"没有“{card.theme}”这张主题卡片", did_you_mean(card.theme, _ids(view, ThemeCard), "主题")
    tables = [fields.table for fields in view.of(Fields)]
    for position, table in enumerate(card.tables):
        if table not in tables:
            way: tuple[str | int, ...] = ("reads", position) if card.reads else ("reads",)
            yield way, f"字段字典里没有“{table}”这张表", did_you_mean(table, tables, "表", f"补上卡片 fields-{table}")
    if card.compares_with is not None and not isinstance(view.get(card.compares_with), Evaluator):
        remedy = did_you_mean(card.compares_with, _ids(view, Evaluator), "卡片")
        yield ("compares_with",), f"没有“{card.compares_with}”这张卡片", remedy
    for position, threshold in enumerate(card.thresholds):
        yield from _at(("thresholds", position), _threshold_faults(card, threshold))
    yield from formula_faults(card, view)
    yield from plain_faults(card, view)


def _threshold_faults(card: Evaluator, threshold: Threshold) -> Iterator[Wording]:
    """A threshold need not name every parameter; those that it names are the card's, with values that it offers."""
    yield from param_faults(_named(card, threshold.params), threshold.params)


def _target_faults(target: TargetEntry, view: View) -> Iterator[Wording]:
    if target.scope is not None and not isinstance(view.get(target.scope), Scope):
        remedy = did_you_mean(target.scope, _ids(view, Scope), "范围")
        yield ("scope",), f"没有“{target.scope}”这张范围卡片", remedy
    if target.evaluator is None:
        yield (), f"目标“{target.id}”没有评判方式", "写上 evaluator；没有可看之物的口号用 {kind: milestone, id: slogan}"
        return
    yield from _at(("evaluator",), _binding_faults(target.evaluator, view))


def _binding_faults(binding: Binding, view: View) -> Iterator[Wording]:
    card = view.get(binding.id)
    yield from _reference_faults(binding.id, "id", view)
    if not isinstance(card, Evaluator):
        return
    if card.kind != binding.kind:
        yield ("kind",), f"“{binding.id}”是 {card.kind}，这里写的是 {binding.kind}", f"写成 kind: {card.kind}"
    yield from param_faults(card.params, binding.params)
    names = [threshold.name for threshold in card.thresholds]
    if binding.threshold is not None and binding.threshold not in names:
        remedy = did_you_mean(binding.threshold, names, "界限值")
        yield ("threshold",), f"“{binding.id}”没有叫“{binding.threshold}”的界限值", remedy


def _row_faults(row: StandardRow, view: View) -> Iterator[Wording]:
    """A row of a standard names an evaluator and those of its parameters for which the bar holds."""
    card = view.get(row.evaluator)
    yield from _reference_faults(row.evaluator, "evaluator", view)
    if isinstance(card, Evaluator):
        yield from param_faults(_named(card, row.params), row.params)


def _reference_faults(id: str, field: str, view: View) -> Iterator[Wording]:
    card = view.get(id)
    if not isinstance(card, Evaluator):
        yield (field,), f"没有“{id}”这张评判卡片", did_you_mean(id, _ids(view, Evaluator), "卡片", "补上这张卡片")
    elif card.id != id:
        yield (field,), f"“{id}”已改名", f"改成 {card.id}"


def _named(card: Evaluator, params: Mapping[str, ParamValue]) -> dict[str, Param]:
    return {name: param for name, param in card.params.items() if name in params}


def _ids(view: View, kind: type[Head]) -> Sequence[str]:
    return [card.id for card in view.of(kind)]
