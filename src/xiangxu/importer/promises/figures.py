"""Figures: the quantities of one segment that are promises, with what they share.

A segment may hold several. 优良率、合格率达到55%、95%以上 is two promises with one predicate; 保安配备率、联网率均达到100% is one
figure for two metrics; 公办园68所、民办园11所 is two statements side by side; 由54所缩减到41所 is one with its baseline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from xiangxu.importer.promises.bounds import PER_HEAD, comparison, operator
from xiangxu.importer.promises.measures import Kind
from xiangxu.importer.promises.quantities import Quantity
from xiangxu.importer.promises.roles import EACH, Role, role_of
from xiangxu.importer.promises.segments import Segment
from xiangxu.model.plan import Op


@dataclass(frozen=True, slots=True)
class Figure:
    """A promised figure, its quantity at `start`..`end` read in context within `quote_start`..`quote_end`.

    `items`: where one of several metrics stands that share a predicate. `has_subject`: the quote says of what.
    """

    start: int
    end: int
    quote_start: int
    quote_end: int
    op: Op
    value: float
    value2: float | None = None
    uom: str | None = None
    baseline: float | None = None
    item: tuple[int, int] | None = None
    has_subject: bool = True
    unsure: bool = False


_GAP = re.compile(r"[、和与及，](?:小学|初中|高中|普通高中|中职|幼儿园|城区|城市|城镇|镇区|乡村|农村|省级|市级|县级|区级|校级)?")
"""What stands between figures of one predicate where the second statement leaves the predicate out: 小学25册、初中35册."""
_NEXT_ITEM = re.compile(r"[^，；、]{0,12}[、和与及](?:小学|初中|高中|普通高中|中职|幼儿园|城区|城市|乡村|农村)?")
"""The same where the bound touches its figure and so holds for what is listed after it: 不少于20所学校、50名教师."""
_TOUCHING = re.compile(r"(?:不得?(?:少于|低于|超过|高于)|至少)$")
_CARRIED = frozenset((Op.GE, Op.LE, Op.GT, Op.LT))

_BETWEEN_EQUALS = re.compile(r"(?:[、和与及]|以及)(?:到?□+的)?")

# 由54所缩减到41所: the figure between 由 or 从 and a verb of change with 到, 至 or 为 is the baseline of the next.
_FROM = re.compile(rf"(?:由|从)(?:□|目前|现在|现有|当前|原来|原先|之前|此前|底|的|约|不足|{PER_HEAD})*$")
_OF_WHOM = re.compile(r"[\u4e00-\u9fff]{2,12}?(?<![完建形])(?:不低于|不少于|不超过|提高到|提高至|达到)(?:每|[人生校]均|约)*$")
_ON_BASE = re.compile(r"现有$")
_TO = re.compile(
    r"^[^，；。]{0,3}?(?:缩减|减少|减|增加|增|提高|提升|调整|优化|上升|下降|降低|扩大|扩增|扩|降|升|压减|压缩|压|缩小|缩短|缩|发展|整合|改善|变)?(?:到|至|为|达)"
)

# Side by side, each of all, in all.
_SEPARATOR = re.compile(r"[、，；和及与并]|以及|（(?=其中)")
_ALL_MEMBERS = re.compile(r"所有|全部|全员|(?<![平人生年户班师校])均|都(?!市)")
_TOTAL_IN = re.compile(r"在[^，；。]{0,8}所有[^，；。均都]*$")
_ALL_REACH = re.compile(r"(?:全部|均|都)(?:达到|达|实现|具备|升级到|提升到|提速到)$")
_IN_TURN = re.compile(r"轮训$")
"""轮训一遍 is told of everybody, whose turn comes one after another."""
_PLACES = frozenset("所处座")
"""What a territory or a school is covered with: one such place for each member covers them all, in whatever script."""
_PERIODS = "学期|学年|年|月|周|星期|半年|季度|天|日"
_EACH_MEMBER = re.compile(rf"每(?!个?(?:{_PERIODS}|[一二两三四五\d]+年)|[二两三四五六七八九十百千万\d])")
"""Each one, not each stretch of time and not each so many: 每五十名学生配备一名 is a ratio."""
_EACH_PLACE = re.compile(rf"{_EACH_MEMBER.pattern}(?!一?[个]?[名位人生学])")
_EACH_TIME = re.compile(rf"每个?(?:{_PERIODS})")

# One predicate for several subjects: the word that says so, the marks of the list, and what ends a metric.
_SHARED = re.compile(r"(?:分别|(?<![平人生年户班师校])均|都|各)(?!级|类|项|种|镇|乡|街|校|学|县|有关|单位|部门|地)")
_LIST_MARK = re.compile(r"以及|[、和与]|及(?!以|其)")
_RATE_END = re.compile(r"(?:率|比例|占比|比重|面积|满意度|普及度|学历)$")
_STAGE = re.compile(r"小学|初中|(?:普通)?高中|幼儿园|中职")
"""小学、初中合格率 is a rate of each stage."""
_COUNTED_ITEMS = re.compile(r"[两二三四五六七八九\d]项(?:指标)?.*$")
_PREDICATE = re.compile(r"持续|达|保持|稳定|不低|不少|为|超|控|≥")
_HOLIDAYS = re.compile(r"寒暑假|寒假和暑假|上下半年")
_EMPTY = re.compile(r"[□到至在每年月周学期不少低于达均，]")
_OPENING = re.compile(r"[□，]|确保|力争|争取|实现|全[县市区省]")
_CLASS = re.compile(r"^(?:各|每|所有|全)|^(?:乡镇|镇|街道|镇街|学区|村|社区|部门|单位|乡|县|区|市)$")
_ONCE_A = re.compile(
    r"(?:一(?:日|周|旬|月|季度?|学期)一(?P<what>[\u4e00-\u9fff]{2})"
    # 每周一 is also Monday, so that after 每 only what recurs is a routine.
    r"|(?:每(?:日|天|周|旬|半?月|季度?|学期|半?年)|半年)一(?P<named>调度|通报|排查|研判|会商|督导|督查|汇报|总结|检查|巡查|评估|分析|考核|反馈|公示|报告|演练|推进|研讨|评比))"
)
_ANNOUNCED = re.compile(r"达|创|建|成|实现|通过|符合|具备|完成|开展|拥有|参与|接受|掌握|配备")


def find_figures(bare: str, plain: str, segment: Segment, inside: list[Quantity]) -> list[Figure]:
    """The promised figures of a segment in order; `inside` are all its quantities."""
    return (list(_figures(bare, segment, inside)) if inside else []) or list(_routines(plain, segment))


def _figures(bare: str, segment: Segment, inside: list[Quantity]) -> Iterator[Figure]:
    chosen, baselines = _promised(bare, segment, inside)
    groups = _grouped(bare, chosen)
    told: Op | None = None
    touching = False
    cuts = [segment.start, *(_boundary(bare, a[-1], b[0]) for a, b in pairwise(groups)), segment.end]
    for k, group in enumerate(groups):
        start = next(cut for cut in reversed(cuts[: k + 1]) if cut is not None)
        end = next(cut for cut in cuts[k + 1 :] if cut is not None)
        if bare[start : start + 1] in ("、", "，", "；", "（"):
            start += 1
        head = group[0].start
        window = bare[groups[k - 1][-1].end if k else segment.start : head]
        gap = _GAP if not touching else _NEXT_ITEM
        gapped = told if k and gap.fullmatch(window) and len(group) == 1 and not group[0].suffix else None
        ops = [gapped] if gapped else _operators(group, window, bare[group[-1].end : end])
        told = ops[-1] if ops[-1] in _CARRIED and not group[-1].suffix else None
        touching = gapped is not None or _TOUCHING.search(window) is not None
        yield from _of_group(bare, group, ops, (start, end), window, bare[segment.start : head], baselines.get(head))


def _promised(bare: str, segment: Segment, inside: list[Quantity]) -> tuple[list[Quantity], dict[int, float]]:
    """The quantities that are promises, and by the start of a quantity its baseline."""
    chosen: list[Quantity] = []
    baselines: dict[int, float] = {}
    base: Quantity | None = None
    last_end = segment.start
    for i, quantity in enumerate(inside):
        before = bare[last_end : quantity.start]
        after = bare[quantity.end : segment.end]
        following = inside[i + 1] if i + 1 < len(inside) else None
        if following and _FROM.search(before) and _TO.match(bare[quantity.end : following.start]):
            base = quantity
            continue
        if base is not None:
            baselines[quantity.start] = base.value
            base = None
        if _ON_BASE.search(before) or (following and _is_group(quantity, before, bare[quantity.end : following.start])):
            continue
        each = EACH.search(bare, segment.start, quantity.start) is not None
        if role_of(quantity, before, after, each) is Role.PROMISE:
            chosen.append(quantity)
            last_end = quantity.end
    return chosen, baselines


def _is_group(quantity: Quantity, before: str, between: str) -> bool:
    """Whether a count at the head of its statement only names who reaches the next figure: 8个教学点不低于900元."""
    bare_count = quantity.kind in (Kind.THING, Kind.VAGUE) and quantity.suffix is None
    return bare_count and not before.strip("，□") and _OF_WHOM.match(between) is not None


def _grouped(bare: str, chosen: list[Quantity]) -> list[list[Quantity]]:
    """Quantities side by side with one predicate, 55%、95%以上, are one group."""
    groups: list[list[Quantity]] = []
    for quantity in chosen:
        last = groups[-1][-1] if groups else None
        if (
            last
            and _BETWEEN_EQUALS.fullmatch(bare[last.end : quantity.start])
            and last.uom == quantity.uom
            and _no_noun(bare, quantity)
        ):
            groups[-1].append(quantity)
        else:
            groups.append([quantity])
    return groups


def _no_noun(bare: str, quantity: Quantity) -> bool:
    """Whether the figure closes its statement, so that it cannot be the head of an item of its own (3所A、5所B)."""
    return (
        quantity.kind is Kind.SHARE
        or not re.match(r"[\u4e00-\u9fff]", bare[quantity.end : quantity.end + 1] or "，")
        or bare[quantity.end] in "通的"
    )


def _boundary(bare: str, left: Quantity, right: Quantity) -> int | None:
    """Where the statement of the left figure ends and that of the right one begins; None where they are one statement."""
    marks = [
        m
        for m in _SEPARATOR.finditer(bare, left.end, right.start)
        if bare.count("（", left.end, m.start()) <= bare.count("）", left.end, m.start())
    ]
    if not marks:
        return None
    mark = marks[0] if marks[0].start() == left.end else marks[-1]
    return mark.start()


def _of_group(
    bare: str, group: list[Quantity], ops: list[Op], quote: tuple[int, int], window: str, lead: str, baseline: float | None
) -> Iterator[Figure]:
    start, end = quote
    first, last = group[0], group[-1]
    after = bare[last.end : end]
    before = bare[start : first.start]
    items = _items(before, start) if len(group) > 1 else []
    for k, (quantity, op) in enumerate(zip(group, ops, strict=True)):
        told: list[tuple[int, int] | None] = [None]
        if len(group) > 1 and len(items) == len(group):
            told = [items[k]]
        elif len(group) == 1:
            told = [*_sharing(before, start)] or told
        for item in told:
            yield Figure(
                quantity.start,
                last.end,
                start,
                end,
                _settled(quantity, op, window, lead, after),
                quantity.value,
                quantity.value2,
                quantity.uom,
                baseline,
                item,
                has_subject=len(_EMPTY.sub("", before)) > 1 or len(after) > 2,
                unsure=quantity.uom is None and ":" in bare[quantity.start : quantity.end],
            )


def _operators(group: list[Quantity], window: str, after: str) -> list[Op]:
    """The operators of a group: 55%、95%以上 share the suffix of the last, 分别不低于60%、70% the words before the first."""
    ops = [operator(window, quantity, after) for quantity in group]
    last = group[-1]
    if len(group) == 1 or ops[0] is Op.BETWEEN:
        return ops
    if last.suffix and all(quantity.suffix is None for quantity in group[:-1]):
        return [last.suffix] * len(group)
    return [ops[0] if quantity.suffix is None else op for quantity, op in zip(group, ops, strict=True)]


def _settled(quantity: Quantity, op: Op, window: str, lead: str, after: str) -> Op:
    """The operator after what the sentence as a whole says: each member gets one, all are meant, a share is a floor."""
    if quantity.uom == "%" and quantity.value == 100 and op in (Op.EQ, Op.GE):
        return Op.ALL
    if quantity.kind is Kind.SIZE and _ALL_REACH.search(window):
        return Op.ALL
    if op is not Op.EQ or quantity.suffix is not None or comparison(window) is not None:
        return op
    if quantity.uom == "%" and not _OPENING.sub("", window) and _ANNOUNCED.search(after):
        return Op.GE
    if quantity.uom == "位" and window.endswith("前"):
        return Op.LE
    if quantity.kind not in (Kind.THING, Kind.VAGUE, Kind.TIMES):
        return op
    if _ALL_MEMBERS.search(lead) and not _TOTAL_IN.search(lead):
        return Op.ALL
    if quantity.value == 1 and quantity.han and (_IN_TURN.search(window) or "人人" in lead):
        return Op.ALL
    if quantity.uom in ("名", "人") and after and _EACH_PLACE.search(lead) and not _EACH_TIME.search(lead):
        return Op.ALL  # people posted to each place: 每校安排1名民警、2名网格员
    one = quantity.value == 1 and (quantity.uom in _PLACES or (quantity.han and quantity.kind is Kind.THING))
    return Op.ALL if one and after and not lead.endswith("由") and _EACH_MEMBER.search(lead) else op


def _spans(text: str, start: int) -> list[tuple[int, int]]:
    """The items of a list as spans."""
    spans, at = [], 0
    for mark in [*_LIST_MARK.finditer(text), None]:
        end = mark.start() if mark else len(text)
        if text[at:end].strip("□，到至"):
            spans.append((start + at, start + end))
        at = mark.end() if mark else end
    return spans


def _items(before: str, start: int) -> list[tuple[int, int]]:
    """The items of the list before a shared predicate: 乡镇公办率和普惠率分别."""
    mark = _SHARED.search(before) or _PREDICATE.search(before)
    return _spans(before[: mark.start()] if mark else before, start)


def _sharing(before: str, start: int) -> list[tuple[int, int]]:
    """The metrics for each of which one figure holds: A率、B率均达到X, 甲校、乙校各建成X; empty where it holds for one."""
    mark = _SHARED.search(before)
    if _HOLIDAYS.search(before) and mark:
        return [(start, start + mark.start())] * 2
    head = before[: mark.start()] if mark else _PREDICATE.split(before)[0]
    counted = _COUNTED_ITEMS.search(head)
    spans = _spans(head[: counted.start()] if counted else head, start)
    items = [before[a - start : b - start] for a, b in spans]
    if len(items) < 2 or (mark is None and counted):
        return []
    if _RATE_END.search(items[-1]) and all(_STAGE.fullmatch(item) for item in items[:-1]) and _STAGE.match(items[-1]):
        return spans
    if counted:
        return spans
    if any(_CLASS.search(item) for item in items):
        return []
    if mark and (mark.group() == "各" or _RATE_END.search(items[-1])):
        return spans
    return spans if all(_RATE_END.search(item) for item in items) else []


def _routines(plain: str, segment: Segment) -> Iterator[Figure]:
    """Routines by name, 一月一排查: once in each stretch of time."""
    named = list(_ONCE_A.finditer(plain, segment.start, segment.end))
    for k, match in enumerate(named):
        start = match.start() if k else segment.start
        end = match.end() if k + 1 < len(named) else segment.end
        what = match.span("what" if match["what"] else "named")
        yield Figure(what[0], what[0], start, end, Op.EQ, 1.0, uom="次", item=what)
