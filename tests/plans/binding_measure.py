"""Measures the proposer of bindings against the packs of the five plans, always leaving out the plan that it is asked about.

Left out are the plan's bindings and the aliases that came only from it. Which alias came from where no card says, so it is
approximated: an alias goes that stands in this plan's text, in no other plan's text, and not in the title of its card. A card
that only this plan uses goes too: to a county that nobody has seen it would not be there.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from tests.paths import PLANS, REPOSITORY
from xiangxu.cards.kinds import Evaluator, Fields, Scope, TargetsCard
from xiangxu.cards.kinds.plan_pack import TargetEntry
from xiangxu.cards.packs import Packs, View
from xiangxu.importer.bind import Proposal, Proposer
from xiangxu.importer.plan import read_plan
from xiangxu.model.plan import Op, Promise

PACKS = REPOSITORY / "src" / "xiangxu_packs" / "shandong" / "plans"
KEYS = ("qingzhou", "dongchangfu", "anqiu", "jinan", "yiyuan")

# Words of a place stand before its own: how a bound promise and one that was read are told to be the same.
_SPACE = re.compile(r"\W+")


def missing() -> list[str]:
    """The plans that have no pack yet."""
    return [key for key in KEYS if not (PACKS / key / "targets.yaml").is_file()]


@dataclass
class Measured:
    """What was counted for one plan, or for all."""

    promises: int = 0
    unread: int = 0
    kind_right: int = 0
    numeric: int = 0
    numeric_right: int = 0
    hard: int = 0
    hard_right: int = 0
    soft: int = 0
    soft_right: int = 0
    only_here: int = 0
    says_none: int = 0
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[tuple[Promise, TargetEntry, Proposal]] = field(default_factory=list)

    def add(self, other: Measured) -> None:
        """Adds what was counted for another plan."""
        for name in ("promises", "unread", "kind_right", "numeric", "numeric_right", "hard", "hard_right"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("soft", "soft_right", "only_here", "says_none"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.confusion += other.confusion
        self.wrong += other.wrong

    def line(self, name: str) -> str:
        """The figures in one line."""

        def share(part: int, whole: int) -> str:
            return f"{part}/{whole}" + (f" = {part / whole:.3f}" if whole else "")

        return (
            f"{name:12} kind {share(self.kind_right, self.promises)}; evaluator: numeric {share(self.numeric_right, self.numeric)}, "
            f"hard {share(self.hard_right, self.hard)}, soft {share(self.soft_right, self.soft)}; "
            f"none where only here {share(self.says_none, self.only_here)}; not read {self.unread}"
        )


def without(view: View, key: str, texts: Mapping[str, str], users: Mapping[str, set[str]]) -> list[Evaluator]:
    """The evaluator cards as they would be without that plan."""
    others = "\n".join(text for other, text in texts.items() if other != key)
    found = []
    for card in view.of(Evaluator):
        if users.get(card.id) == {key}:
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


def measure(key: str, packs: Packs, texts: Mapping[str, str], targets: Mapping[str, Sequence[TargetEntry]]) -> Measured:
    """One plan against its own pack, with the proposer that knows nothing of it."""
    users: defaultdict[str, set[str]] = defaultdict(set)
    for plan, entries in targets.items():
        for entry in entries:
            if entry.evaluator:
                users[entry.evaluator.id].add(plan)
    view = packs.at()
    proposer = Proposer(without(view, key, texts, users), view.of(Scope), view.of(Fields))
    promises = read_plan(PLANS / f"{key}.txt").promises
    answers = {proposal.promise: proposal for proposal in proposer.propose(promises)}
    measured = Measured()
    for entry, promise in paired(targets[key], promises):
        if entry.evaluator is None:
            continue
        if promise is None:
            measured.unread += 1
            continue
        _count(measured, entry, promise, answers[promise.id], len(users[entry.evaluator.id]) > 1)
    return measured


def _count(measured: Measured, entry: TargetEntry, promise: Promise, answer: Proposal, shared: bool) -> None:
    assert entry.evaluator is not None
    right = answer.best is not None and answer.best.id == entry.evaluator.id
    measured.promises += 1
    measured.kind_right += answer.kind == entry.evaluator.kind
    measured.confusion[entry.evaluator.kind, answer.kind] += 1
    if not shared:
        measured.only_here += 1
        measured.says_none += answer.best is None
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


def paired(entries: Sequence[TargetEntry], promises: Sequence[Promise]) -> Iterable[tuple[TargetEntry, Promise | None]]:
    """Every bound target with the promise that was read of it: same place, operator and figures, the likest wording first."""
    pool: defaultdict[str, list[Promise]] = defaultdict(list)
    for promise in promises:
        pool[promise.where].append(promise)
    ranked = sorted(
        (
            (-_likeness(entry, promise), number, order)
            for number, entry in enumerate(entries)
            for order, promise in enumerate(promises)
            if promise.where == entry.where and _may_be(entry, promise)
        ),
    )
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, number, order in ranked:
        if number not in taken and order not in used:
            taken[number] = order
            used.add(order)
    return [(entry, promises[taken[number]] if number in taken else None) for number, entry in enumerate(entries)]


def _may_be(entry: TargetEntry, promise: Promise) -> bool:
    if (entry.value is None) != (promise.value is None) and not (entry.op in ("all", "zero") or promise.op in (Op.ALL, Op.ZERO)):
        return False
    if entry.value is not None and promise.value is not None and abs(entry.value - promise.value) > 1e-6:
        return False
    return entry.value is not None or _likeness(entry, promise) >= 0.45


def _likeness(entry: TargetEntry, promise: Promise) -> float:
    metric = entry.metric + (entry.scope_text or "")
    words = max(SequenceMatcher(None, entry.metric, text, autojunk=False).ratio() for text in (promise.metric, promise.quote))
    held = sum(1 for i in range(len(metric) - 1) if metric[i : i + 2] in promise.quote) / max(1, len(metric) - 1)
    return 0.5 * words + 0.5 * held + 0.3 * (entry.op == promise.op.value) + 0.3 * (entry.value == promise.value)


def bound(packs: Packs) -> dict[str, Sequence[TargetEntry]]:
    """The targets of the five packs."""
    found: dict[str, Sequence[TargetEntry]] = {}
    for key in KEYS:
        for _, card in packs.own(packs.layer(key)):
            if isinstance(card, TargetsCard):
                found[key] = card.targets
    return found


def measure_all(only: Path | None = None) -> dict[str, Measured]:
    """Every plan left out in turn."""
    packs = Packs.load((only,) if only else ())
    texts, targets = plan_texts(), bound(packs)
    return {key: measure(key, packs, texts, targets) for key in KEYS}
