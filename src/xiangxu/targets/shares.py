"""Splitting a total over units: the grid unit × quantity × node date, equal shares, and what there is to say about it beforehand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from xiangxu.documents.wording import number
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Share:
    """What one unit is to do: how much, and how much of it in all by which day. ``unit`` names it within the grid."""

    unit: str
    quantity: float | None = None
    nodes: Mapping[date, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about the grid: ``wrong`` stands in the way of saving, anything else is told and left to whoever splits."""

    words: str
    unit: str = ""
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """The grid beside its total: the sum of the shares that are given, what is over (plus) or short (minus), and the remarks."""

    sum: float | None
    difference: float | None
    without: tuple[str, ...]
    remarks: tuple[Remark, ...]

    @property
    def wrong(self) -> tuple[Remark, ...]:
        """What stands in the way of saving."""
        return tuple(remark for remark in self.remarks if remark.wrong)


def equal_shares(total: float, count: int) -> list[float]:
    """The total dealt out evenly. Whole totals stay whole: the first units get one more where it does not divide.

    >>> equal_shares(20, 3)
    [7.0, 7.0, 6.0]
    >>> sum(equal_shares(10.5, 4))
    10.5
    """
    if count <= 0:
        return []
    # Hundredths where the total is no whole number: nobody splits finer than that.
    parts = 1 if float(total).is_integer() else 100
    each, over = divmod(round(total * parts), count)
    return [(each + (n < over)) / parts for n in range(count)]


def together(*courses: Mapping[date, float]) -> dict[date, float]:
    """What several units are to have done in all by each day that one of them names; before its first day a unit owes nothing yet.

    >>> sorted(together({date(2026, 6, 30): 2, date(2026, 12, 31): 5}, {date(2026, 9, 1): 4}).values())
    [2, 6, 9]
    """
    days = sorted({day for course in courses for day in course})
    return {day: sum(_by(course, day) for course in courses) for day in days}


def _by(course: Mapping[date, float], day: date) -> float:
    """The last figure of a course on or before a day."""
    reached = [each for each in course if each <= day]
    return course[max(reached)] if reached else 0


def checked(shares: Sequence[Share], total: float | None, due_on: date | None, names: Mapping[str, str]) -> Checked:
    """What there is to say before a grid is saved.

    Wrong: a unit twice, a negative quantity, nodes that fall or exceed the unit's share. Told: units without a quantity,
    a node after the task's own deadline; a sum that is not the total stands in ``difference``. ``names`` gives the words for a unit.
    """
    given = [share.quantity for share in shares if share.quantity is not None]
    amount = sum(given) if given else None
    difference = None if amount is None or total is None else round(amount - total, 6)
    without = tuple(share.unit for share in shares if share.quantity is None)
    remarks: list[Remark] = []
    for unit, times in Counter(share.unit for share in shares).items():
        if times > 1:
            remarks.append(
                Remark(
                    Reason(_("%(unit)s出现了 %(times)s 次，只能有一行。"), unit=names.get(unit, unit), times=times), unit, True
                )
            )
    for share in shares:
        remarks += _of_share(share, due_on, names.get(share.unit, share.unit))
    if given and without:
        listed = "、".join(names.get(unit, unit) for unit in without[:5])
        if len(without) > 5:
            told = Reason(_("还没有数量：%(listed)s等 %(count)s 个单位。"), listed=listed, count=len(without))
        else:
            told = Reason(_("还没有数量：%(listed)s。"), listed=listed)
        remarks.append(Remark(told))
    return Checked(amount, difference, without, tuple(remarks))


def _of_share(share: Share, due_on: date | None, name: str) -> list[Remark]:
    remarks: list[Remark] = []
    if share.quantity is not None and share.quantity < 0:
        remarks.append(Remark(Reason(_("%(unit)s的数量是负数。"), unit=name), share.unit, True))
    before: float | None = None
    for day in sorted(share.nodes):
        amount, at = share.nodes[day], {"unit": name, "day": day.isoformat()}
        if amount < 0:
            remarks.append(Remark(Reason(_("%(unit)s %(day)s 的节点是负数。"), **at), share.unit, True))
        elif before is not None and amount < before:
            falls = Reason(_("%(unit)s %(day)s 的节点比前一个小：节点填到该日累计完成的数。"), **at)
            remarks.append(Remark(falls, share.unit, True))
        elif share.quantity is not None and amount > share.quantity:
            words = _("%(unit)s %(day)s 的节点 %(amount)s 超过应完成的 %(quantity)s。")
            over = Reason(words, **at, amount=number(amount), quantity=number(share.quantity))
            remarks.append(Remark(over, share.unit, True))
        if due_on is not None and day > due_on:
            late = Reason(_("%(unit)s的节点 %(day)s 晚于任务时限 %(due)s。"), **at, due=due_on.isoformat())
            remarks.append(Remark(late, share.unit))
        before = amount
    return remarks
