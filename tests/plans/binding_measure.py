"""Measures the proposer of bindings against the packs of the five plans, always leaving out the plan that it is asked about.

Left out are the plan's bindings and the aliases that came only from it. Which alias came from where no card says, so it is
approximated: an alias goes that stands in this plan's text, in no other plan's text, and not in the title of its card. `strict`
leaves out also the cards that only this plan uses, as if they had never been written: then none is the right answer for them.

The first measurement, when the rules were done and no binding had been seen (promises as read 478, with those that only the packs
tell 657): kind 0.889 (0.837), evaluator of numeric 0.815 (0.753), of hard 0.807 (0.762). Strictly: kind 0.801 (0.743), numeric 0.815
(0.753), hard 0.812 (0.774), none said for 0.568 (0.581) of what no other plan uses. Rules were then mended where an error was general.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from tests.paths import PLANS, REPOSITORY
from xiangxu.cards.kinds import Evaluator, Fields, Scope, TargetsCard
from xiangxu.cards.kinds.plan_pack import TargetEntry
from xiangxu.cards.packs import Packs, View
from xiangxu.importer.bind import Proposal, Proposer
from xiangxu.importer.plan import read_plan
from xiangxu.model.place import Place
from xiangxu.model.plan import Level, Op, Per, Promise

PACKS = REPOSITORY / "src" / "xiangxu_packs" / "shandong" / "plans"
KEYS = ("qingzhou", "dongchangfu", "anqiu", "jinan", "yiyuan")

# White space and punctuation, which texts that came out of PDF have anywhere.
_SPACE = re.compile(r"\W+")


@dataclass
class Measured:
    """What was counted for one plan, or for all."""

    promises: int = 0
    kind_right: int = 0
    numeric: int = 0
    numeric_right: int = 0
    hard: int = 0
    hard_right: int = 0
    soft: int = 0
    soft_right: int = 0
    only_here: int = 0
    says_none: int = 0
    says_it: int = 0
    # Of what was proposed how much is right, by how sure the proposer was.
    bands: Counter[tuple[str, bool]] = field(default_factory=Counter)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[tuple[Promise, TargetEntry, Proposal]] = field(default_factory=list)

    def add(self, other: Measured) -> None:
        """Adds what was counted for another plan."""
        for name in ("promises", "kind_right", "numeric", "numeric_right", "hard", "hard_right"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("soft", "soft_right", "only_here", "says_none", "says_it"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.confusion += other.confusion
        self.bands += other.bands
        self.wrong += other.wrong

    def precision(self, band: str) -> float:
        """Of the proposals that were so sure the part that is what a person chose."""
        return self.bands[band, True] / max(1, self.bands[band, True] + self.bands[band, False])

    def line(self, name: str) -> str:
        """The figures in one line."""

        def share(part: int, whole: int) -> str:
            return f"{part}/{whole}" + (f" = {part / whole:.3f}" if whole else "")

        return (
            f"{name:12} kind {share(self.kind_right, self.promises)}; evaluator: numeric {share(self.numeric_right, self.numeric)}, "
            f"hard {share(self.hard_right, self.hard)}, soft {share(self.soft_right, self.soft)}; "
            f"of one plan only: none {share(self.says_none, self.only_here)}, right {share(self.says_it, self.only_here)}"
        )


def without(view: View, key: str, texts: Mapping[str, str], strictly: Set[str]) -> list[Evaluator]:
    """The evaluator cards as they would be without that plan; those of `strictly` not at all."""
    others = "\n".join(text for other, text in texts.items() if other != key)
    found = []
    for card in view.of(Evaluator):
        if card.id in strictly:
            continue
        kept = tuple(
            alias
            for alias in card.aliases
            if not (_squeezed(alias) in texts[key] and _squeezed(alias) not in others and alias not in card.title.zh)
        )
        found.append(card.model_copy(update={"aliases": kept}))
    return found


def _squeezed(text: str) -> str:
    return _SPACE.sub("", text)


def plan_texts() -> dict[str, str]:
    """The texts of the five plans, without white space and punctuation."""
    return {key: _squeezed((PLANS / f"{key}.txt").read_text(encoding="utf-8")) for key in KEYS}


def measure(
    key: str, packs: Packs, texts: Mapping[str, str], targets: Mapping[str, Sequence[TargetEntry]], strict: bool = False
) -> tuple[Measured, Measured]:
    """One plan against its own pack, with the proposer that knows nothing of it: promises as they were read, and those that only
    the pack has, in its words."""
    users: defaultdict[str, set[str]] = defaultdict(set)
    for plan, entries in targets.items():
        for entry in entries:
            if entry.evaluator:
                users[entry.evaluator.id].add(plan)
    view = packs.at()
    strictly = {card for card, plans in users.items() if strict and plans == {key}}
    proposer = Proposer(without(view, key, texts, strictly), view.of(Scope), view.of(Fields))
    promises = read_plan(PLANS / f"{key}.txt").promises
    answers = {proposal.promise: proposal for proposal in proposer.propose(promises)}
    pairs = paired(targets[key], promises)
    retold = [in_own_words(entry) for entry, promise in pairs if promise is None]
    answers |= {proposal.promise: proposal for proposal in proposer.propose(retold)}
    read, unread = Measured(), Measured()
    for entry, promise in pairs:
        if entry.evaluator is not None:
            shared = len(users[entry.evaluator.id]) > 1
            if promise is not None:
                _count(read, entry, promise, answers[promise.id], shared)
            else:
                _count(unread, entry, in_own_words(entry), answers[entry.id], shared)
    return read, unread


def _count(measured: Measured, entry: TargetEntry, promise: Promise, answer: Proposal, shared: bool) -> None:
    assert entry.evaluator is not None
    right = answer.best is not None and answer.best.id == entry.evaluator.id
    measured.promises += 1
    measured.kind_right += answer.kind == entry.evaluator.kind
    if answer.best is not None:
        measured.bands[answer.best.sureness, right] += 1
    measured.confusion[entry.evaluator.kind, answer.kind] += 1
    if not shared:
        measured.only_here += 1
        measured.says_none += answer.best is None
        measured.says_it += right
    else:
        hard = is_hard(entry)
        numeric = is_numeric(entry)
        measured.numeric += numeric
        measured.numeric_right += numeric and right
        measured.hard += hard
        measured.hard_right += hard and right
        measured.soft += not hard
        measured.soft_right += not hard and right
    if not right or answer.kind != entry.evaluator.kind:
        measured.wrong.append((promise, entry, answer))


def is_numeric(entry: TargetEntry) -> bool:
    """A promise with a figure to be reached."""
    return entry.value is not None and entry.op not in ("all", "zero")


def is_hard(entry: TargetEntry) -> bool:
    """A promise that can be missed: a figure, every one of a group, or none at all."""
    return entry.value is not None or entry.op in ("all", "zero")


def paired(entries: Sequence[TargetEntry], promises: Sequence[Promise]) -> list[tuple[TargetEntry, Promise | None]]:
    """Every bound target with the promise that was read of it: same place and figures, the likest wording, order and unit first.

    The packs tell promises in their own short words, and split some that the reader gives as one; what has no promise of its own
    is paired with none.
    """
    spots: defaultdict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for number, entry in enumerate(entries):
        spots[entry.where][0].append(number)
    for order, promise in enumerate(promises):
        spots[promise.where][1].append(order)
    ranked = []
    for numbers, orders in spots.values():
        for a, number in enumerate(numbers):
            for b, order in enumerate(orders):
                entry, promise = entries[number], promises[order]
                words = _wording(entry, promise)
                if _may_be(entry, promise, words):
                    apart = abs(a / len(numbers) - b / len(orders))
                    ranked.append((_same_form(entry, promise) + words - 0.3 * apart, -number, -order))
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, number, order in sorted(ranked, reverse=True):
        if -number not in taken and -order not in used:
            taken[-number] = -order
            used.add(-order)
    return [(entry, promises[taken[number]] if number in taken else None) for number, entry in enumerate(entries)]


def _may_be(entry: TargetEntry, promise: Promise, words: float) -> bool:
    open_ended = entry.op in ("all", "zero") or promise.op in (Op.ALL, Op.ZERO)
    if (entry.value is None) != (promise.value is None) and not open_ended:
        return False
    if entry.value is not None and promise.value is not None:
        return abs(entry.value - promise.value) < 1e-6 and words > 0.05
    return words >= 0.26


def _same_form(entry: TargetEntry, promise: Promise) -> float:
    same = 0.3 * (entry.op == promise.op.value) + 0.3 * (entry.value == promise.value)
    return same + 0.1 * (entry.uom == promise.uom) + 0.15 * (entry.per == (promise.per.value if promise.per else None))


def _wording(entry: TargetEntry, promise: Promise) -> float:
    """How alike they are worded, from 0 to 1: runs that both have, and how much of the target's words stands in the quote."""
    metric = entry.metric + (entry.scope_text or "")
    runs = max(SequenceMatcher(None, entry.metric, text, autojunk=False).ratio() for text in (promise.metric, promise.quote))
    held = sum(1 for i in range(len(metric) - 1) if metric[i : i + 2] in promise.quote) / max(1, len(metric) - 1)
    return 0.5 * runs + 0.5 * held


def in_own_words(entry: TargetEntry) -> Promise:
    """A target that the reader has no promise for, as a promise in the words of the pack."""
    return Promise(
        quote=entry.metric,
        where=entry.where,
        metric=entry.metric,
        scope=entry.scope_text,
        op=Op(entry.op),
        place=Place(0, 0, 0),
        value=entry.value,
        value2=entry.value2,
        uom=entry.uom,
        per=Per(entry.per) if entry.per else None,
        level=Level(entry.level),
        id=entry.id,
    )


def bound(packs: Packs) -> dict[str, Sequence[TargetEntry]]:
    """The targets of the five packs."""
    found: dict[str, Sequence[TargetEntry]] = {}
    for key in KEYS:
        for _, card in packs.own(packs.layer(key)):
            if isinstance(card, TargetsCard):
                found[key] = card.targets
    return found


def measure_all(strict: bool = False) -> dict[str, tuple[Measured, Measured]]:
    """Every plan left out in turn."""
    packs = Packs.load()
    texts, targets = plan_texts(), bound(packs)
    return {key: measure(key, packs, texts, targets, strict) for key in KEYS}
