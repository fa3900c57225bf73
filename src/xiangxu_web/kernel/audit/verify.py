"""Verification: the whole chain is computed again, row by row in constant memory, and held against itself and against the anchors."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import Min, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from xiangxu_web.kernel.audit.anchors import Anchor, anchors
from xiangxu_web.kernel.audit.chain import CONTENT, GENESIS, digest
from xiangxu_web.kernel.audit.numbers import holes
from xiangxu_web.kernel.audit.seal import unsealed
from xiangxu_web.kernel.audit.triggers import GUARDS
from xiangxu_web.kernel.models import AuditRow

# More than these are counted but not told one by one: after so many the chain is not mended by reading on.
TOLD = 100
_CHUNK = 2000
_REPORT = 5000
_JSON = ("fields", "facts")
_decode = json.JSONDecoder().decode


class Flaw(StrEnum):
    """What can be wrong with a chain."""

    CHANGED = "changed"  # the row's content or digest is not what was sealed
    MISSING = "missing"  # positions without a row
    REORDERED = "reordered"  # the row stands in another place than it was sealed in
    REPLACED = "replaced"  # the row before is not the one that this row was sealed after
    FORKED = "forked"  # two rows claim the same row before
    CUT = "cut"  # an anchor lies beyond the last row
    REMADE = "remade"  # the chain agrees with itself and not with an anchor
    NO_ANCHOR = "no-anchor"  # there is a chain, and no anchor at all
    GONE = "gone"  # rows were taken away before they were sealed
    UNGUARDED = "unguarded"  # the database no longer refuses to change or delete rows


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: which kind, at which position, which row."""

    flaw: Flaw
    position: int
    row: int | None = None
    # For missing rows: the last missing position; for rows that were never sealed, the last missing number.
    until: int | None = None

    def words(self) -> str:
        """For the audit administrator: what is wrong and where."""
        at = {"position": self.position, "row": self.row, "until": self.until}
        match self.flaw:
            case Flaw.CHANGED:
                return _("第 %(position)s 位（记录 %(row)s）：内容被改动，与封存时的摘要不符。") % at
            case Flaw.MISSING if self.until == self.position:
                return _("第 %(position)s 位：记录缺失，被删除。") % at
            case Flaw.MISSING:
                return _("第 %(position)s 至 %(until)s 位：记录缺失，被删除。") % at
            case Flaw.REORDERED:
                return _("第 %(position)s 位（记录 %(row)s）：顺序被改动，不是封存时的位置。") % at
            case Flaw.REPLACED:
                return (
                    _("第 %(position)s 位（记录 %(row)s）：与前一位接不上，前一位被改动后重算，或其间有记录被删除后重新编号。")
                    % at
                )
            case Flaw.FORKED:
                return _("第 %(position)s 位（记录 %(row)s）：链在此分叉，有两条记录接在同一条之后。") % at
            case Flaw.CUT:
                return _("第 %(position)s 至 %(until)s 位：链尾被截断，锚点文件记有这些位置，库中没有。") % at
            case Flaw.REMADE:
                return _("第 %(position)s 位（记录 %(row)s）：与锚点文件所记不符，链从此处或更早被整段重算。") % at
            case Flaw.NO_ANCHOR:
                return _("没有锚点文件，无法判断链尾是否被截断。请从备份恢复 audit-anchors.jsonl 后再核验。")
            case Flaw.GONE:
                return _("记录 %(row)s 至 %(until)s：编号缺失，在封存之前被删除。") % at
            case Flaw.UNGUARDED:
                return _(
                    "数据库里防止修改、删除审计记录的触发器不见了，此后的改动拦不住。请运行 script/xiangxu site prepare 放回，并查明是谁去掉的。"
                )


@dataclass
class Verdict:
    """What a verification found. ``torn`` lines of the anchor file are told, and are no fault: a power failure can make one."""

    rows: int = 0
    last: int = 0
    faults: list[Fault] = field(default_factory=list)
    more_faults: int = 0
    anchors: int = 0
    torn: int = 0
    unsealed: int = 0
    seconds: float = 0.0

    @property
    def sound(self) -> bool:
        """Nothing is wrong."""
        return not self.faults

    def add(self, fault: Fault) -> None:
        """Notes a fault; after the hundredth only that there are more."""
        if len(self.faults) < TOLD:
            self.faults.append(fault)
        else:
            self.more_faults += 1


def verify(start: int = 1, report: Callable[[int, int], None] | None = None) -> Verdict:
    """Verifies the chain from a position on, and that the database's guards stand; from the beginning on also that no number of a row
    is missing. The row before ``start`` is taken as it stands.

    ``report`` is told the rows read and the rows there are, now and then.
    """
    began = time.perf_counter()
    verdict = Verdict(unsealed=unsealed())
    total = AuditRow.objects.filter(position__gte=start).count() if report else 0
    known = _Anchors(start)
    expected = start
    if start <= 1:
        previous: str | None = GENESIS
    else:
        previous = AuditRow.objects.filter(position=start - 1).values_list("digest", flat=True).first()
    for position, said, sealed, *content in _rows(start):
        if position > expected:
            verdict.add(Fault(Flaw.MISSING, expected, until=position - 1))
            previous = None
        fault = _fault(position, said, sealed, content, previous)
        if fault is not None:
            verdict.add(fault)
        if known.contradict(position, sealed) and fault is None:
            verdict.add(Fault(Flaw.REMADE, position, content[0]))
        verdict.rows += 1
        verdict.last = position
        expected, previous = position + 1, sealed
        if report and verdict.rows % _REPORT == 0:
            report(verdict.rows, total)
    beyond = known.furthest()
    if start <= 1:
        for first, last in holes(beyond):
            verdict.add(Fault(Flaw.GONE, verdict.last, first, last))
    if beyond > max(verdict.last, start - 1):
        verdict.add(Fault(Flaw.CUT, max(verdict.last, start - 1) + 1, until=beyond))
    if verdict.rows and not known.any:
        verdict.add(Fault(Flaw.NO_ANCHOR, verdict.last))
    if not GUARDS.in_place(connection):
        verdict.add(Fault(Flaw.UNGUARDED, verdict.last))
    verdict.anchors, verdict.torn = known.met, known.torn
    verdict.seconds = time.perf_counter() - began
    return verdict


def _rows(start: int) -> Iterator[list[Any]]:
    """Position, digests and content of all rows from a position on. What is JSON is fetched as text and read here: the way through the
    field takes longer than everything else together."""
    texts = {f"{name}_text": Cast(name, TextField()) for name in _JSON}
    wanted = [f"{name}_text" if name in _JSON else name for name in CONTENT]
    places = [3 + CONTENT.index(name) for name in _JSON]
    found = AuditRow.objects.filter(position__gte=start).order_by("position").annotate(**texts)
    for row in found.values_list("position", "previous", "digest", *wanted).iterator(_CHUNK):
        told = list(row)
        for place in places:
            told[place] = _read(told[place])
        yield told


def _read(text: str) -> Any:
    """The value of a text; what is no JSON, because somebody put it in, stays as it is and does not agree with its digest."""
    try:
        return _decode(text)
    except (ValueError, TypeError):
        return text


def _fault(position: int, said: str, sealed: str, content: Sequence[Any], previous: str | None) -> Fault | None:
    """What is wrong with this row; None where it is whole and follows the one before. ``previous`` None: the one before is missing."""
    if digest(said, content) != sealed:
        return Fault(Flaw.CHANGED, position, content[0])
    if previous is None or said == previous:
        return None
    # The row is whole and stands in a wrong place, or another stands before it.
    if AuditRow.objects.filter(previous=said).count() > 1:
        return Fault(Flaw.FORKED, position, content[0])
    if said == GENESIS or AuditRow.objects.filter(digest=said).exists():
        return Fault(Flaw.REORDERED, position, content[0])
    return Fault(Flaw.REPLACED, position, content[0])


class _Anchors:
    """The anchors beside the rows, read once in step with them."""

    def __init__(self, start: int) -> None:
        self.met = 0
        self.torn = 0
        self.any = False
        self._rising = self._from(start)
        self._next = next(self._rising, None)

    def _from(self, start: int) -> Iterator[Anchor]:
        for anchor in anchors():
            if isinstance(anchor, int):
                self.torn += 1
                continue
            self.any = True
            if anchor.position >= start:
                yield anchor

    def contradict(self, position: int, sealed: str) -> bool:
        """Whether an anchor for this position names another digest."""
        wrong = False
        while self._next is not None and self._next.position <= position:
            if self._next.position == position:
                self.met += 1
                wrong = wrong or self._next.digest != sealed
            self._next = next(self._rising, None)
        return wrong

    def furthest(self) -> int:
        """The furthest position of the anchors that were not met yet; 0 where there is none left."""
        furthest = self._next.position if self._next is not None else 0
        for anchor in self._rising:
            furthest = max(furthest, anchor.position)
        return furthest


def oldest_unsealed() -> Any:
    """When the oldest row was written that waits to be sealed; None where none waits."""
    return AuditRow.objects.filter(position__isnull=True).aggregate(at=Min("at"))["at"]
