"""Whether a pack's target and a promise that was read state the same figures: what decides before any wording does."""

from __future__ import annotations

from dataclasses import dataclass

from xiangxu.cards.kinds.plan_pack import TargetEntry
from xiangxu.model.plan import Promise
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

# Operators that bound a figure from below, from above; and those that name no figure and are a matter of taste among one another.
_FROM_BELOW, _FROM_ABOVE = frozenset({"ge", "gt", "eq", "increase"}), frozenset({"le", "lt", "eq", "decrease"})
_WHOLE = frozenset({"all", "zero", "done"})
_RARE = frozenset({"zero", "increase", "decrease"})

# The weight of each that agrees, and of each that does not. A figure says more than all the rest together; whether 全部 or 完成 was
# read, and at whom it is checked, is nearly nothing.
_VALUE, _OTHER_VALUE, _ONE_HAS_NONE = 1.0, -0.9, -0.35
_RARE_OP = 0.4
_UOM, _OTHER_UOM = 0.15, -0.2
_OP, _OTHER_BOUND, _OTHER_OP = 0.2, -0.4, -0.05
_DUE, _OTHER_DUE = 0.1, -0.1
_PER, _OTHER_PER = 0.15, -0.15
_BASELINE = 0.1

# The same counted thing, by two words.
_ONE_UOM = {"名": "人", "位": "人", "课时": "节", "处": "个", "间": "个", "所": "个", "项": "个", "家": "个", "支": "个"}


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the figures agree; `same`: both state the same one; `alike` names what agrees, `differs` what a person must look at."""

    score: float
    same: bool
    alike: tuple[str, ...]
    differs: tuple[str, ...]


def agreement(target: TargetEntry, promise: Promise) -> Agreement:
    """The figures, operators, units and dates of both, compared where both state them."""
    score, alike, differs = 0.0, list[str](), list[str]()
    ours, theirs = _values(target.op, target.value, target.value2), _values(promise.op.value, promise.value, promise.value2)
    if ours is not None and ours == theirs:
        score += _VALUE
        alike.append(f"数 {written(*ours)} 相同")
    elif ours is not None and theirs is not None:
        score += _OTHER_VALUE
        differs.append(Reason(_("内置方案是 %(ours)s，文件是 %(theirs)s"), ours=written(*ours), theirs=written(*theirs)))
    elif ours != theirs and not (_is_whole(target.op, ours) and _is_whole(promise.op.value, theirs)):
        score += _ONE_HAS_NONE
        differs.append(Reason(_("内置方案有数，文件没有") if theirs is None else _("文件有数，内置方案没有")))
    if ours is not None and theirs is not None:
        score += _UOM if _uom(target.uom) == _uom(promise.uom) else _OTHER_UOM
    score += _operators(target.op, promise.op.value)
    if target.due and promise.due:
        if target.due[:4] == promise.due[:4]:
            score += _DUE
            alike.append("时限相同")
        else:
            score += _OTHER_DUE
            differs.append(Reason(_("时限：内置方案是 %(ours)s，文件是 %(theirs)s"), ours=target.due, theirs=promise.due))
    if target.per or promise.per:
        score += _PER if promise.per and target.per == promise.per.value else _OTHER_PER
    if target.baseline is not None and target.baseline == promise.baseline:
        score += _BASELINE
    return Agreement(score, ours is not None and ours == theirs, tuple(alike), tuple(differs))


def _values(op: str, value: float | None, value2: float | None) -> tuple[float, float | None] | None:
    """The figures promised; 0 with `zero` says no more than the operator."""
    if value is None or op == "zero":
        return None
    return round(value, 6), None if value2 is None else round(value2, 6)


def _is_whole(op: str, values: tuple[float, float | None] | None) -> bool:
    """Whether the figures say no more than that it is all of them: none, or 100 %."""
    return values is None or (op in _WHOLE and values == (100.0, None))


def written(value: float, value2: float | None) -> str:
    """The figures as one writes them.

    >>> written(50.0, None), written(1.0, 2.0)
    ('50', '1至2')
    """
    return f"{value:.10g}" if value2 is None else f"{value:.10g}至{value2:.10g}"


def _uom(uom: str | None) -> str | None:
    return _ONE_UOM.get(uom, uom) if uom else None


def _operators(ours: str, theirs: str) -> float:
    if ours == theirs:
        return _RARE_OP if ours in _RARE else _OP
    if {ours, theirs} <= _WHOLE:
        return 0.5 * _OP
    opposed = (ours in _FROM_BELOW) != (theirs in _FROM_BELOW) and (ours in _FROM_ABOVE) != (theirs in _FROM_ABOVE)
    return _OTHER_BOUND if opposed else _OTHER_OP
