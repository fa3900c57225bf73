"""Where a policy term lives: the cards that are called so, the glossary's word, the field of a form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from xiangxu.cards.kinds import KIND_NAMES, KINDS, Fields, Head, Terms
from xiangxu.cards.kinds.dictionary import FieldOfTable, Term
from xiangxu.cards.merge import Written
from xiangxu.cards.packs import Packs
from xiangxu.model.reason import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Home:
    """A place where a term lives. `rank`: 0 called exactly so, 1 its name holds the term; `what`: what is found there.

    `card`, and of a glossary or a form also `entry`: the word or the field in it.
    """

    rank: int
    kind: str
    title: str
    what: str
    file: Path
    line: int
    card: Head = field(compare=False, repr=False)
    entry: Term | FieldOfTable | None = field(default=None, compare=False, repr=False)


def homes(packs: Packs, term: str) -> list[Home]:
    """Every home of a term, exact names first; letters' case and white space do not count."""
    wanted = _plain(term)
    if not wanted:
        return []
    found = [home for layer in packs.layers for written, card in packs.own(layer) for home in _homes(written, card, wanted)]
    order = {KIND_NAMES[kind]: position for position, kind in enumerate(KINDS)}
    order[_WORD] = -1
    return sorted(set(found), key=lambda home: (home.rank, order.get(home.kind, len(order)), home.title, str(home.file)))


_WORD, _FIELD = _("词"), _("字段")


def _plain(text: str) -> str:
    return "".join(text.split()).lower()


def _homes(written: Written, card: Head, wanted: str) -> Iterator[Home]:
    lines, path = written.sheet.lines, written.sheet.path
    names = [card.id, card.title.zh, card.title.en or "", *card.aliases]
    rank = _rank(wanted, names)
    if rank is not None:
        what = f"{card.id}" + (f"；又称 {'、'.join(card.aliases)}" if card.aliases else "")
        yield Home(rank, KIND_NAMES[card.kind], card.title.zh, what, path, lines.of(("title",)), card)
    if isinstance(card, Terms):
        for position, term in enumerate(card.terms):
            rank = _rank(wanted, [*term.term.split("、"), *term.english.split(", "), term.term])
            if rank is not None:
                what = f"{term.english}：{term.meaning}（{'，'.join(term.home)}）"
                yield Home(rank, _WORD, term.term, what, path, lines.of(("terms", position)), card, term)
    if isinstance(card, Fields):
        for position, each in enumerate(card.fields):
            rank = _rank(wanted, [each.name, each.code])
            if rank is not None:
                what = f"{card.table} 表的字段 {each.code}：{each.meaning}"
                yield Home(rank, _FIELD, each.name, what, path, lines.of(("fields", position)), card, each)


def _rank(wanted: str, names: list[str]) -> int | None:
    plain = [_plain(name) for name in names if name]
    return 0 if wanted in plain else 1 if any(wanted in name for name in plain) else None
