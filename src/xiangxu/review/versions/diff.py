"""Proposes what became of every entry of a version: one-to-one first, then what was split and merged, then what is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from xiangxu.model.reason import Reason, listed
from xiangxu.model.reason import gettext_noop as _
from xiangxu.review.versions.assignment import assign
from xiangxu.review.versions.change import Change, Difference, Field, Verdict
from xiangxu.review.versions.entry import Entry, Kind
from xiangxu.review.versions.likeness import Likeness, Pair, differences
from xiangxu.review.versions.parts import parts_of

# From here on two entries are one; below SURE, or with another pair as near as MARGIN, a person is asked to look twice.
_ONE = 0.42
_SURE, _MARGIN = 0.6, 0.05
# How alike two wordings are, in an office's words: from which share on.
_ALIKE = ((0.9, _("措辞几乎相同")), (0.6, _("措辞大部分相同")), (0.0, _("措辞有一部分相同")))
# Scores are whole numbers where they are added up, so that the best sum is exact.
_EXACT = 10_000


def diff(old: Sequence[Entry], new: Sequence[Entry]) -> tuple[Change, ...]:
    """What became of every old entry, in their order, and which new ones were added; rows, actions and promises each by itself.

    Every old and every new entry stands in exactly one change.
    """
    return tuple(
        change
        for kind in Kind
        for change in _Versions([e for e in old if e.kind is kind], [e for e in new if e.kind is kind]).changes()
    )


class _Versions:
    """The entries of one kind of two versions, assigned to one another."""

    def __init__(self, old: Sequence[Entry], new: Sequence[Entry]) -> None:
        self.old, self.new = old, new
        self.likeness = Likeness(old, new)
        self.near: dict[tuple[int, int], Pair] = {(pair.old, pair.new): pair for pair in self.likeness.pairs()}
        weights: dict[int, dict[int, int]] = {position: {} for position in range(len(old))}
        for pair in self.near.values():
            if pair.score >= _ONE:
                weights[pair.old][pair.new] = round(pair.score * _EXACT)
        self.paired: Mapping[int, int] = assign(weights).pairs
        self.of_old: defaultdict[int, list[Pair]] = defaultdict(list)
        self.of_new: defaultdict[int, list[Pair]] = defaultdict(list)
        for pair in self.near.values():
            self.of_old[pair.old].append(pair)
            self.of_new[pair.new].append(pair)

    def changes(self) -> list[Change]:
        """One change for every old entry or group of them, in their order, then what was added."""
        split = self._split()
        merged = self._merged(split)
        in_split = {new for parts in split.values() for new in parts}
        in_merged = {old for parts in merged.values() for old in parts}
        found: list[tuple[int, Change]] = [(whole, self._split_change(whole, parts)) for whole, parts in split.items()]
        found += [(parts[0], self._merged_change(whole, parts)) for whole, parts in merged.items()]
        settled = {*in_split, *merged}
        for position in range(len(self.old)):
            if position in split or position in in_merged:
                continue
            other = self.paired.get(position)
            if other is None or other in settled:
                found.append((position, self._dropped(position)))
            else:
                settled.add(other)
                found.append((position, self._same(self.near[position, other])))
        changes = [change for _, change in sorted(found, key=lambda each: each[0])]
        return changes + [self._added(position) for position in range(len(self.new)) if position not in settled]

    def _split(self) -> dict[int, list[int]]:
        alone = [position for position in range(len(self.new)) if position not in set(self.paired.values())]
        near = {new: [pair.old for pair in pairs] for new, pairs in self.of_new.items()}
        return parts_of(self.old, self.new, self.paired, alone, near, self.likeness.held)

    def _merged(self, split: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
        """As `_split`, with the versions exchanged; what is a part already is no whole."""
        taken = {new for parts in split.values() for new in parts}
        alone = [position for position in range(len(self.old)) if position not in self.paired and position not in split]
        paired = {new: old for old, new in self.paired.items()}
        near = {old: [pair.new for pair in pairs if pair.new not in taken] for old, pairs in self.of_old.items()}
        return parts_of(self.new, self.old, paired, alone, near, self.likeness.held)

    def _same(self, pair: Pair) -> Change:
        old, new = self.old[pair.old], self.new[pair.new]
        found = differences(old, new)
        verdict = Verdict.CHANGED if found else Verdict.CONTINUES
        return Change(
            kind=old.kind,
            verdict=verdict,
            old=(old.uid,),
            new=(new.uid,),
            score=round(pair.score, 2),
            reason=listed(list(_reasons(old, new, pair, found)), _("%(one)s；%(other)s")),
            unsure=bool(found) and self._unsure(pair),
            differences=found,
        )

    def _unsure(self, pair: Pair) -> bool:
        others = [p for p in (*self.of_old[pair.old], *self.of_new[pair.new]) if p is not pair and p.old in self.paired]
        free = [p for p in others if self.paired[p.old] != p.new and not self._settled_better(p)]
        return pair.score < _SURE or any(p.score > pair.score - _MARGIN for p in free)

    def _settled_better(self, pair: Pair) -> bool:
        """Whether the other side of a pair belongs elsewhere for certain: its words went there unchanged."""
        mate = self.near[pair.old, self.paired[pair.old]]
        return mate.text == 1.0 and pair.text < 1.0

    def _split_change(self, whole: int, parts: Sequence[int]) -> Change:
        old, new = self.old[whole], [self.new[part] for part in parts]
        score = self.likeness.held(old, *new)
        names = listed([entry.name for entry in new])
        reason = Reason(_("%(names)s合起来含有原文用词的%(share)s，各取其一部分"), names=names, share=f"{score:.0%}")
        return Change(old.kind, Verdict.SPLIT, (old.uid,), tuple(e.uid for e in new), round(score, 2), reason, score < _SURE)

    def _merged_change(self, whole: int, parts: Sequence[int]) -> Change:
        new, old = self.new[whole], [self.old[part] for part in parts]
        score = self.likeness.held(new, *old)
        kind = _("%(name)s的用词有%(share)s出自这%(n)s条，每一条都在其中")
        reason = Reason(kind, name=new.name, share=f"{score:.0%}", n=len(old))
        return Change(new.kind, Verdict.MERGED, tuple(e.uid for e in old), (new.uid,), round(score, 2), reason, score < _SURE)

    def _dropped(self, position: int) -> Change:
        old = self.old[position]
        nearest = max(self.of_old[position], key=lambda pair: pair.score, default=None)
        taken = nearest is not None and nearest.new in self.paired.values()
        reason = _nearest(Reason(_("新稿")), nearest, self.new[nearest.new] if nearest else None, taken)
        score = nearest.score if nearest else 0.0
        return Change(old.kind, Verdict.DROPPED, (old.uid,), (), round(1 - score, 2), reason, score >= _ONE)

    def _added(self, position: int) -> Change:
        new = self.new[position]
        nearest = max(self.of_new[position], key=lambda pair: pair.score, default=None)
        taken = nearest is not None and nearest.old in self.paired
        reason = _nearest(Reason(_("旧稿")), nearest, self.old[nearest.old] if nearest else None, taken)
        score = nearest.score if nearest else 0.0
        return Change(new.kind, Verdict.ADDED, (), (new.uid,), round(1 - score, 2), reason, score >= _ONE)


def _nearest(version: Reason, pair: Pair | None, entry: Entry | None, taken: bool) -> Reason:
    if pair is None or entry is None or pair.score < _ONE / 2:
        return Reason(_("%(version)s中没有用词相近的条目"), version=version)
    kind = (
        _("%(version)s中最相近的是%(name)s，已对应别的条目")
        if taken
        else _("%(version)s中最相近的是%(name)s，相同的词太少，不认作同一条")
    )
    return Reason(kind, version=version, name=entry.name)


def _reasons(old: Entry, new: Entry, pair: Pair, found: Sequence[Difference]) -> Iterator[Reason]:
    same = old.words == new.words
    yield Reason(_("措辞相同") if same else next(words for least, words in _ALIKE if pair.text >= least))
    if not same and old.subject == new.subject:
        yield Reason(_("所属标题与对象相同"))
    differing = {difference.field for difference in found}
    agreed = [field.word for field in Field if field not in differing and old.facts.get(field)]
    if agreed and found:
        yield Reason(_("%(fields)s相同"), fields=listed(agreed))
    for difference in found:
        if difference.field is not Field.WORDING:
            before, after = _told(difference.old), _told(difference.new)
            yield Reason(_("%(field)s由“%(old)s”改为“%(new)s”"), field=difference.field.word, old=before, new=after)


def _told(values: Sequence[str]) -> str:
    return "、".join(values) or Reason(_("无"))
