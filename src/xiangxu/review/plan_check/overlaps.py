"""Tasks that ask for the same thing twice, and texts that say it twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from xiangxu.importer.link.wording import Wordings
from xiangxu.importer.passage import Passage
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _
from xiangxu.review.plan_check.finding import Finding
from xiangxu.review.plan_check.items import Item, Matter, shortly
from xiangxu.review.plan_check.remark import Spot


def overlaps(matter: Matter) -> Iterator[Finding]:
    """Two rows of the list, or two actions of the body, with an owner in common that share clauses or nearly all their wording.

    A row and the action that it sums up are meant to tell the same.
    """
    spots = []
    for items in (matter.rows, matter.actions):
        found = {**_alike(items, matter.limits.alike), **_sharing(matter, items)}
        for (i, k), quote in sorted(found.items()):
            one, other = items[i], items[k]
            if _owners(one) & _owners(other) or not (one.owned or other.owned):
                spots.append(
                    Spot(other.place, Reason(_("%(one)s与%(other)s"), one=one.name, other=other.name), quote, other=one.place)
                )
    yield Finding("overlap", spots, Reason(_("%(n)s 处"), n=len(spots)))


def _owners(item: Item) -> set[str]:
    return {unit.unit or unit.printed for unit in item.leading}


def _sharing(matter: Matter, items: Sequence[Item]) -> dict[tuple[int, int], str]:
    """Pairs of items that share long clauses to the letter, and the longest of these."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        for text in dict.fromkeys(clause.text for clause in item.clauses):
            if len(text) >= matter.limits.shared_clause:
                holders[text].append(index)
    shared: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for text, held in holders.items():
        # What stands in three places is a turn of phrase of this office.
        if len(held) == 2:
            shared[held[0], held[1]].append(text)
    return {
        pair: shortly(max(texts, key=len)) for pair, texts in shared.items() if sum(map(len, texts)) >= matter.limits.shared_text
    }


def _alike(items: Sequence[Item], least: float) -> dict[tuple[int, int], str]:
    texts = [item.text.text for item in items]
    if not any(texts):
        return {}
    words = Wordings(texts)
    at = {text: index for index, text in enumerate(texts)}
    pairs: dict[tuple[int, int], str] = {}
    for text, index in at.items():
        for other, alike in words.alike(text).items():
            if index < at[other] and alike >= least:
                pairs[index, at[other]] = Reason(_("措辞相近 %(share)s"), share=f"{alike:.0%}")
    return pairs


def said_twice(matter: Matter) -> Iterator[Finding]:
    """A long clause that stands twice in one action or row; a row's goal may repeat its measures."""
    spots = []
    for item in matter.actions:
        seen: dict[str, Passage] = {}
        for clause in item.clauses:
            if len(clause.text) >= matter.limits.shared_clause and clause.text in seen:
                spots.append(matter.part(item, clause))
            seen.setdefault(clause.text, clause)
    yield Finding("said-twice", spots, Reason(_("%(n)s 处"), n=len(spots)))
