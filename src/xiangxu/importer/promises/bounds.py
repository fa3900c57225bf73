"""Operators: what the words before a quantity say of how it compares, and whether it is a change rather than a state."""

from __future__ import annotations

import re

from xiangxu.importer.promises.measures import Kind
from xiangxu.importer.promises.quantities import Quantity
from xiangxu.model.plan import Op

_REACHING: tuple[tuple[Op, str], ...] = (
    # These hold over the words between them and the figure: 至少到学校上1次, 不低于符合条件教师总数的12%.
    (Op.GE, r"不得?(?:少于|低于|小于|短于|弱于|少|低)|至少|最少|最低|起码|≥|大于等于|大于或等于|达到(?=每|人均|校均|平均)"),
    (Op.LE, r"不得?(?:超过|高于|大于|多于|长于|突破|超出|超)|至多|最多|最高|最长|≤|小于等于|小于或等于|不超"),
)
_TOUCHING: tuple[tuple[Op, str], ...] = (
    # These must touch the figure (约 and 近 may stand between): 达到标准的学校占比30% is not "at least 30",
    # 达到总课时的9% is.
    (Op.LE, r"控制在|控制到|压缩在|限定在|限制在|严控在"),
    (Op.GE, r"达到|达成|达"),
    (Op.GT, r"超过|突破|高于|大于|多于|逾|超|>"),
    (Op.LT, r"低于|少于|小于|不足|不到|不满|<"),
)

_FAR = re.compile("|".join(f"(?P<{op.name}>{words})" for op, words in _REACHING))
_NEAR = re.compile(
    r"(?P<GE_OF>达到?[^，；。的]{2,14}的$)|(?:"
    + "|".join(f"(?P<{op.name}>{words})" for op, words in _TOUCHING)
    + r")(?:[了约近：:]|大约|将近|人均|小学|初中|高中|全市|全县|全区|当年){0,2}$"
)
_FAR_REACH = 22
"""How many characters a reaching comparison may stand before its figure; a longer way crosses into another statement."""

_RISE = re.compile(r"(?:提高|提升|增长|上升|增加|递增|上浮)(?:了|约|近|不少于|不低于|至少|超过|幅度)*$")
_FALL = re.compile(r"(?:降低|下降|减少|压减|缩减|精简|压缩|缩小|削减|下浮|压降)(?:了|约|近|不少于|不低于|至少|超过|幅度)*$")


def comparison(before: str) -> Op | None:
    """The operator that the words before a figure state, None where they state none.

    >>> comparison("每学期至少到学校上"), comparison("近视率控制在"), comparison("达到标准的学校占比")
    (<Op.GE: 'ge'>, <Op.LE: 'le'>, None)
    """
    near = _NEAR.search(before)
    reaching = list(_FAR.finditer(before, max(0, len(before) - _FAR_REACH)))
    far = reaching[-1] if reaching else None
    if far and (near is None or far.end() >= near.end() or far.start() <= near.start() < far.end()):
        return Op[far.lastgroup or ""]
    return Op[(near.lastgroup or "").removesuffix("_OF")] if near else None


def change(before: str, quantity: Quantity) -> Op | None:
    """Whether the figure is the size of a rise or fall: 每年提高1.5个百分点, 压减三成以上, 翻一番.

    Only shares: 增加学位600个 counts 600 new places, 减少到5所 states what is left.
    """
    if quantity.kind is not Kind.SHARE:
        return None
    if _RISE.search(before):
        return Op.INCREASE
    return Op.DECREASE if _FALL.search(before) else None


def operator(before: str, quantity: Quantity) -> Op:
    """The operator of a quantity: range, change, suffix, 余 and 多, words before it; a bare number is exact."""
    if quantity.value2 is not None:
        return Op.BETWEEN
    if changed := change(before, quantity):
        return changed
    if quantity.suffix is not None:
        return quantity.suffix
    if quantity.more:
        return Op.GT
    return comparison(before) or Op.EQ
