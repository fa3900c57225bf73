"""Operators: what the words before a quantity say of how it compares, and whether it is a change rather than a state."""

from __future__ import annotations

import re

from xiangxu.importer.promises.measures import Kind
from xiangxu.importer.promises.quantities import Quantity
from xiangxu.model.plan import Op

_REACHING: tuple[tuple[Op, str], ...] = (
    # These hold over the words between them and the figure: 至少到学校上1次, 不低于符合条件教师总数的12%.
    (
        Op.GE,
        r"不得?(?:少于|低于|小于|短于|弱于|少|低)|至少|最少|最低(?!档|标准|生活|工资|限|一|层)|起码|≥|大于等于|大于或等于|达到(?=每|人均|校均|平均)",
    ),
    (
        Op.LE,
        r"不得?(?:超过|高于|大于|多于|长于|突破|超出|超)|至多|最多|最高(?!人民|法|检|学|档|奖|标准|水平)|最长|≤|小于等于|小于或等于|不超",
    ),
)
_TOUCHING: tuple[tuple[Op, str], ...] = (
    # These must touch the figure (约 and 近 may stand between): 达到标准的学校占比30% is not "at least 30",
    # 达到总课时的9% is.
    (Op.LE, r"控制在|控制到|压缩在|限定在|限制在|严控在|(?<![年时期权上下有无底])限(?:报|额)?"),
    (Op.GE, r"达到|达成|达"),
    (Op.GT, r"超过|突破|高于|大于|多于|逾|超|>"),
    (Op.LT, r"低于|少于|小于|不足|不到|不满|<"),
)

PER_HEAD = r"每(?:人|生|师|校|园|班|户|名|月|年|周|天|次|学期|学年)|[人生师班校园户月年]均"
"""Of whom and in which time a figure holds, where that is said right before it: 提高到每人每月500元, 达到生均800元."""

_FAR = re.compile("|".join(f"(?P<{op.name}>{words})" for op, words in _REACHING))
_NEAR = re.compile(
    r"(?P<GE_OF>达到?[^，；。的]{2,14}的$)|(?:"
    + "|".join(f"(?P<{op.name}>{words})" for op, words in _TOUCHING)
    + rf")(?:[了约近：:]|大约|将近|{PER_HEAD}|小学|初中|高中|全市|全县|全区|当年){{0,3}}$"
)
_FAR_REACH = 22
"""How many characters a reaching comparison may stand before its figure; a longer way crosses into another statement."""

_ABOUT = rf"(?:了|约|近|不少于|不低于|至少|超过|幅度|{PER_HEAD})*$"
_RISE = re.compile(rf"(?:提高|提升|增长|上升|增加|递增|上浮|上调|[年月日净各均]增){_ABOUT}")
_FALL = re.compile(rf"(?:降低|下降|减少|压减|缩减|精简|压缩|缩小|缩短|削减|下浮|下调|压降|[年月日净各均]减){_ABOUT}")
_BY_A_SHARE = re.compile(r"(?:^|[□，])(?P<way>提高|提升|压减|减少|降低|精简|压缩)[^，；。到至达为占]{2,12}$")
_ADDING = re.compile(rf"增加{_ABOUT}")
_NOTHING_BEFORE = re.compile(r"^(?:每年|每学年|每学期|每月|新|再|累计|共|并|同时|计划|拟|力争|□|，)*增加")


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


def change(before: str, quantity: Quantity, after: str = "") -> Op | None:
    """Whether the figure is the size of a rise or fall: 每年提高1.5个百分点, 月增200元, 减少12所, 下降约0.05.

    The verb touches its figure; 减少到5所 states what is left. What is added is counted like anything new where it follows
    its verb (增加学位600个, 增加600个学位); only what has grown itself has a rise (公办园增加12所).
    """
    if _FALL.search(before):
        return Op.DECREASE
    by_share = _BY_A_SHARE.search(before) if quantity.kind is Kind.SHARE and comparison(before) is None else None
    if by_share:  # 压减各类检查20%
        return Op.INCREASE if by_share["way"].startswith("提") else Op.DECREASE
    if quantity.kind in (Kind.SHARE, Kind.MONEY, None):
        return Op.INCREASE if _RISE.search(before) else None
    if _ADDING.search(before) and not _NOTHING_BEFORE.search(before) and not after[:1].isalnum():
        return Op.INCREASE
    return None


def operator(before: str, quantity: Quantity, after: str = "") -> Op:
    """The operator of a quantity: change, range, suffix, 余 and 多, words before it; a bare number is exact."""
    if changed := change(before, quantity, after):
        return changed
    if quantity.value2 is not None:
        return Op.BETWEEN
    if quantity.suffix is not None:
        return quantity.suffix
    if quantity.more:
        return Op.GT
    return comparison(before) or Op.EQ
