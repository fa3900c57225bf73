"""The running text of a plan: its actions with their departments, and the clauses in which promises are looked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from xiangxu.importer.clause import Clause
from xiangxu.importer.departments import Owners, cut_owners
from xiangxu.importer.outline import Outline
from xiangxu.importer.outline.headings import Heading
from xiangxu.importer.passage import Passage


@dataclass(frozen=True, slots=True)
class OwnedHeading:
    """A heading with the departments that its text names, and its text without them.

    `owners_apart`: they stand in a paragraph of their own behind the text, and so perhaps for more than this heading.
    """

    heading: Heading
    where: str
    clauses: tuple[Clause, ...]
    lead: tuple[Passage, ...]
    participants: tuple[Passage, ...]
    owners_apart: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """From the heading's number to the end of its text."""
        ends = [self.heading.start.end, self.heading.title.end, *(p.end for p in self.heading.body)]
        return self.heading.start.start, max(ends)


def owned_headings(outline: Outline, first_leads: bool) -> list[OwnedHeading]:
    """Every heading with what its text says, in order. `first_leads`: of departments named together the first one leads."""
    return _with_chapter_owners(
        [_owned(h, w, first_leads) for h, w in zip(outline.headings, outline.where, strict=True)], outline.parent
    )


def _with_chapter_owners(headings: list[OwnedHeading], parent: Sequence[int]) -> list[OwnedHeading]:
    """Departments in a paragraph of their own at the end of a chapter answer for all its actions.

    So where of several headings under one parent only the last names any, in such a paragraph.
    """
    children: dict[int, list[int]] = {}
    for i, above in enumerate(parent):
        if above >= 0:
            children.setdefault(above, []).append(i)
    found = list(headings)
    for group in children.values():
        last = headings[group[-1]]
        if len(group) > 1 and last.owners_apart and not any(headings[i].lead or headings[i].participants for i in group[:-1]):
            for i in group[:-1]:
                found[i] = replace(found[i], lead=last.lead, participants=last.participants)
    return found


def _owned(heading: Heading, where: str, first_leads: bool) -> OwnedHeading:
    clauses: list[Clause] = []
    owners: list[Owners] = []
    apart = False
    # A bracket may stand right behind the title, before the text: （一）…行动（县教体局牵头）.
    _, in_title = cut_owners(heading.title, first_leads)
    owners += in_title
    for paragraph in heading.body:
        # Not squeezed before: blanks may be all that keeps two names apart.
        kept, found = cut_owners(paragraph, first_leads)
        owners += found
        text = kept.squeezed()
        apart = bool(found) and not text and bool(clauses)
        if text:
            clauses.append(Clause(text, where, subject=heading.title.text, doubts=heading.doubts))
    lead = _without_doubles(name for o in owners for name in o.lead)
    participants = _without_doubles(name for o in owners for name in o.participants)
    return OwnedHeading(heading, where, tuple(clauses), lead, participants, apart)


def _without_doubles(names: Iterable[Passage]) -> tuple[Passage, ...]:
    found: dict[str, Passage] = {}
    for name in names:
        found.setdefault(name.text, name)
    return tuple(found.values())


def preamble_clauses(outline: Outline) -> Sequence[Clause]:
    """The text before the first heading; in a paper without headings that is all of it."""
    return [Clause(text, "body", subject=outline.facts.title or "") for p in outline.preamble if (text := p.squeezed())]
