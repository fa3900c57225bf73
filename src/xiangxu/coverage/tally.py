"""What the marks of the units in scope come to: a share with both its parts, and who is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _


class Word(StrEnum):
    """What a unit says of itself."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "na"


@dataclass(frozen=True, slots=True)
class Stated:
    """One mark: what was said, whether a second person has verified it, and why that person refused it."""

    word: Word
    verified: bool = False
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its parts; ``why_none`` says why there is no figure where there is none."""

    numerator: int | None
    denominator: int | None
    why_none: str = ""

    @property
    def value(self) -> float | None:
        """The share between 0 and 1; None where nothing is known or nothing can be divided."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator / self.denominator


@dataclass(frozen=True, slots=True)
class Tally:
    """The units in scope by what is known of each, every one in exactly one list and in the order of the scope.

    ``yes``: verified. ``stated``: said yes, nobody has verified it yet. ``no``: said no. ``refused``: said something that the second
    person refused. ``out``: does not apply, verified; ``stated_out``: said so, not verified yet. ``silent``: has said nothing.
    """

    yes: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    out: tuple[str, ...] = ()
    stated_out: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()

    @property
    def scope(self) -> int:
        """How many units are in scope."""
        return len(self.bound) + len(self.out)

    @property
    def applicable(self) -> int:
        """The units to which it applies by their own word: those that said that it does not are out, verified or not."""
        return len(self.bound) - len(self.stated_out)

    @property
    def bound(self) -> tuple[str, ...]:
        """Who has to keep it: out is only of whom a second person verified that it does not apply to them."""
        return (*self.yes, *self.stated, *self.no, *self.refused, *self.stated_out, *self.silent)

    @property
    def known(self) -> int:
        """How many units have said anything."""
        return self.scope - len(self.silent)

    @property
    def waiting(self) -> int:
        """How many statements wait for a second person."""
        return len(self.stated) + len(self.stated_out)

    @property
    def missing(self) -> tuple[str, ...]:
        """Who is still to be asked: whoever has said nothing, said no, or was refused."""
        return (*self.silent, *self.refused, *self.no)

    @property
    def verified_share(self) -> Share:
        """Verified yes among the units that have to keep it: no statement moves it before a second person has verified it."""
        return self._share(len(self.yes), len(self.bound))

    @property
    def stated_share(self) -> Share:
        """As stated, verified or not: yes among the units to which it applies by their own word."""
        return self._share(len(self.yes) + len(self.stated), self.applicable)

    def _share(self, count: int, of: int) -> Share:
        if not self.scope:
            return Share(None, None, Reason(_("范围内没有单位。")))
        if not self.known:
            return Share(None, of, Reason(_("还没有单位填报。")))
        if not of:
            return Share(None, 0, Reason(_("范围内的单位都不适用。")))
        return Share(count, of)


def tally(units: Sequence[str], marks: Mapping[str, Stated]) -> Tally:
    """Counts the units in scope. Marks of units outside it (a school that left the scope, a closed one) do not count.

    >>> found = tally(["甲", "乙", "丙", "丁"], {"甲": Stated(Word.YES, True), "乙": Stated(Word.YES), "丙": Stated(Word.NOT_APPLICABLE)})
    >>> (found.verified_share.numerator, found.verified_share.denominator), found.stated_share.numerator, found.missing
    ((1, 4), 2, ('丁',))
    """
    lists: dict[str, list[str]] = {name: [] for name in ("yes", "stated", "no", "refused", "out", "stated_out", "silent")}
    for unit in dict.fromkeys(units):
        lists[_list_of(marks.get(unit))].append(unit)
    return Tally(**{name: tuple(found) for name, found in lists.items()})


def _list_of(mark: Stated | None) -> str:
    if mark is None:
        return "silent"
    if mark.refused:
        return "refused"
    match mark.word:
        case Word.YES:
            return "yes" if mark.verified else "stated"
        case Word.NO:
            return "no"
        case Word.NOT_APPLICABLE:
            return "out" if mark.verified else "stated_out"
