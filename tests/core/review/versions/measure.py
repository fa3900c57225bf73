"""How many proposals of a diff are right, by kind of edit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from random import Random

from tests.core.review.versions.edits import edited
from xiangxu.importer.plan import read_source
from xiangxu.importer.read.plain import read_plain
from xiangxu.model.plan import PlanReading
from xiangxu.review.versions import Change, Entry, Field, Kind, Verdict, diff, entries_of_reading

ROUNDS = 5


class Tally:
    """Right answers of all, by kind of edit."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.all: Counter[str] = Counter()

    def count(self, name: str, right: bool) -> None:
        """One more answer."""
        self.all[name] += 1
        self.right[name] += right

    def share(self, *names: str) -> float:
        """The share that is right of some kinds of edit together."""
        return sum(self.right[name] for name in names) / max(1, sum(self.all[name] for name in names))

    def lines(self) -> Iterable[str]:
        """A line for each kind of edit."""
        return (f"{name:8} {self.right[name]:5}/{self.all[name]:<5} {self.share(name):.3f}" for name in sorted(self.all))


def measured(plans: Sequence[Sequence[Entry]], rounds: int = ROUNDS) -> Tally:
    """Every plan edited several times over; what is added comes from the plan before it. One seed for each."""
    tally = Tally()
    for number, old in enumerate(plans):
        for turn in range(rounds):
            version = edited(old, plans[number - 1], Random(1000 * number + turn))
            changes = diff(old, version.new)
            became = {uid: change for change in changes for uid in change.old}
            for uid, (name, verdict, new) in version.truth.items():
                change = became[uid]
                tally.count(name, change.verdict is verdict and frozenset(change.new) == new)
            told_added = {uid for change in changes if change.verdict is Verdict.ADDED for uid in change.new}
            for uid in version.added:
                tally.count("add", uid in told_added)
    return tally


def wrong(old: Sequence[Entry], donors: Sequence[Entry], seed: int) -> list[tuple[str, str, Change]]:
    """The proposals that are wrong, for looking at: edit, old words, proposal."""
    version = edited(old, donors, Random(seed))
    became = {uid: change for change in diff(old, version.new) for uid in change.old}
    texts = {entry.uid: entry.text for entry in old}
    return [
        (name, texts[uid], became[uid])
        for uid, (name, verdict, new) in version.truth.items()
        if became[uid].verdict is not verdict or frozenset(became[uid].new) != new
    ]


def reread(text: str, rng: Random, edits: int = 8) -> Tally:
    """A document whose text was edited and which was then read anew: other figures in some promises, sentences left out.

    Right is where the promise became one with that figure, where a promise left out is dropped, and where any other became what
    the untouched document says of it.
    """
    reading = _read(text)
    old = entries_of_reading(reading)
    chosen: dict[str, tuple[str, str]] = {}
    cuts: list[tuple[int, int, str]] = []
    promises = list(reading.promises)
    rng.shuffle(promises)
    for promise in promises:
        start, end = promise.place.start, promise.place.end
        if len(chosen) >= edits or any(a < end + 80 and start - 80 < b for a, b, _ in cuts):
            continue
        inside = [other for other in reading.promises if other.place.start < end and start < other.place.end]
        number = f"{promise.value:.10g}" if promise.value else ""
        quote = text[start:end]
        if len(inside) == 1 and number and quote.count(number) == 1 and promise.value and promise.value > 2:
            other = f"{promise.value + 3:.10g}"
            cuts.append((start, end, quote.replace(number, other)))
            chosen[promise.id] = ("figure", other)
        elif len(inside) == 1 and text[start - 1] in "。；" and text[end] in "。；":
            cuts.append((start, end + 1, ""))
            chosen[promise.id] = ("drop", "")
    for start, end, words in sorted(cuts, reverse=True):
        text = text[:start] + words + text[end:]
    new = {entry.uid: entry for entry in entries_of_reading(_read(text))}
    became = {uid: change for change in diff(old, tuple(new.values())) for uid in change.old}
    tally = Tally()
    for entry in old:
        if entry.kind is not Kind.PROMISE:
            continue
        name, figure = chosen.get(entry.uid, ("keep", ""))
        change = became[entry.uid]
        if name == "figure":
            right = change.verdict is Verdict.CHANGED and figure in {
                told.rstrip("%") for told in new[change.new[0]].facts[Field.FIGURE]
            }
        elif name == "drop":
            right = change.verdict is Verdict.DROPPED
        else:
            right = change.verdict is Verdict.CONTINUES
        tally.count(name, right)
    return tally


def _read(text: str) -> PlanReading:
    return read_source(read_plain(text.encode(), "edited"), "edited")
