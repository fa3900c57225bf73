"""Brackets, lines and cells that name the departments of an action: found, read and cut off.

Accepted is what says by a label or a verb who leads, answers or takes part, and names nothing but units: （…负责）,
（…牵头，…配合）, 〔牵头单位：…；配合单位：…〕, a line 责任单位：…. A bracket that explains (（含幼儿园，下同）, （2021—2025年）) is left
alone. Names stay as printed; departments that are not divided into lead and others all lead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xiangxu.importer.departments.roles import (
    LABEL,
    Role,
    Share,
    all_known,
    by_verbs,
    enumerated,
    first_label,
    labelled,
    labelled_though_wrapped,
    of_cell,
    says_first_leads,
    somebody_answers,
)
from xiangxu.importer.passage import Passage


@dataclass(frozen=True, slots=True)
class Owners:
    """Who leads and who takes part, as printed; `leaders` are the persons named beside them. `span`: all that said so."""

    lead: tuple[Passage, ...]
    participants: tuple[Passage, ...]
    span: Passage
    leaders: tuple[Passage, ...] = ()


_PAIRS = {"（": "）", "(": ")", "〔": "〕", "﹝": "﹞", "【": "】", "[": "]", "［": "］", "〖": "〗"}
# Half and full width are mixed within one pair.
_FAMILY = {c: k for k, pair in enumerate(("（(）)", "〔﹝〕﹞", "【〖】〗", "[［]］")) for c in pair}
_CLOSING = frozenset(_PAIRS.values())
# A line that ends in a mark of enumeration goes on in the next one.
_LINE_END = re.compile(r"(?<![、，])\n")
_LONGEST = 800
_SENTENCE_ENDS = "。！？；!?;…”」："
_BEFORE_LABEL = "。；！？!?;”」）)】〕]…"
# How many labels of one line are tried as the beginning of an owner line.
_MOST_TRIES = 8
# Brackets nested deeper than this are not looked into.
_DEEPEST = 4


def find_owners(text: Passage, first_leads: bool = False) -> Owners | None:
    """All that the text of an action says of its departments, as one; None where it names none.

    `first_leads`: the document rules that of departments enumerated together the first one leads (see `says_first_leads`).

    >>> o = find_owners(Passage.of("办好每所学校（含幼儿园）。（县教体局牵头，县委编办、县财政局配合）"))
    >>> [n.text for n in o.lead], [n.text for n in o.participants]
    (['县教体局'], ['县委编办', '县财政局'])
    """
    _, found = cut_owners(text, first_leads)
    if not found:
        return None
    return found[0] if len(found) == 1 else _united(found)


def cut_owners(text: Passage, first_leads: bool = False) -> tuple[Passage, list[Owners]]:
    """The text without the brackets and lines that name departments, and what each of them said.

    Brackets and lines that follow each other immediately (牵头部门：… and, on the next line, 配合部门：…) count as one.
    """
    groups: list[tuple[int, int, list[Share]]] = []
    for start, end, shares in sorted([*_brackets(text), *_lines(text)], key=lambda found: found[0]):
        if groups and start < groups[-1][1]:
            continue
        if groups and not text.text[groups[-1][1] : start].strip():
            groups[-1] = (groups[-1][0], end, [*groups[-1][2], *shares])
        else:
            groups.append((start, end, list(shares)))
    kept: list[Passage] = []
    done = 0
    for start, end, _ in groups:
        kept.append(text[done:start])
        done = end
    kept.append(text[done:])
    return Passage.join(kept), [_owners(shares, text[start:end], first_leads) for start, end, shares in groups]


def cell_owners(cell: Passage) -> Owners:
    """The owners that one cell of a list names: undivided unless labels, verbs or marks in the cell divide them.

    >>> o = cell_owners(Passage.of("教体局牵头，发改局、财政局配合"))
    >>> [n.text for n in o.lead], [n.text for n in o.participants]
    (['教体局'], ['发改局', '财政局'])
    """
    return _owners(of_cell(cell), cell)


def split_names(cell: Passage) -> tuple[Passage, ...]:
    """All names in a cell, whatever their part, in the order printed; none for an empty cell, a dash or 无."""
    names = [name for share in of_cell(cell) if share.role is not Role.PERSON for name in share.names]
    return tuple(_once(sorted(names, key=lambda name: name.start)))


def _owners(shares: Sequence[Share], span: Passage, first_leads: bool = False) -> Owners:
    if first_leads or says_first_leads(span.text):
        shares = _divided(shares)
    divided = any(share.role is Role.LEADS and share.names for share in shares)
    leading = (Role.LEADS,) if divided else (Role.LEADS, Role.ANSWERS)
    lead = _once(n for s in shares if s.role in leading for n in s.names)
    others = [n for s in shares if s.role in (Role.ANSWERS, Role.TAKES_PART) and s.role not in leading for n in s.names]
    persons = _once(n for s in shares if s.role is Role.PERSON for n in s.names)
    return Owners(lead, _once(others, but=lead), span, persons)


def _divided(shares: Sequence[Share]) -> list[Share]:
    """The first of departments enumerated together leads, the others take part."""
    first, *others = shares
    if first.role is Role.TAKES_PART or len(first.names) < 2:
        return list(shares)
    return [Share(Role.LEADS, first.names[:1]), Share(Role.TAKES_PART, first.names[1:]), *others]


def _united(found: Sequence[Owners]) -> Owners:
    lead = _once(name for owners in found for name in owners.lead)
    participants = _once((name for owners in found for name in owners.participants), but=lead)
    persons = _once(name for owners in found for name in owners.leaders)
    return Owners(lead, participants, Passage.join(owners.span for owners in found), persons)


def _once(names: Iterable[Passage], but: Sequence[Passage] = ()) -> tuple[Passage, ...]:
    seen = {name.text for name in but}
    kept = []
    for name in names:
        if name.text not in seen:
            seen.add(name.text)
            kept.append(name)
    return tuple(kept)


def _brackets(text: Passage) -> list[tuple[int, int, tuple[Share, ...]]]:
    found = []
    done = 0
    for start, end, closed in _bracket_spans(text.text):
        if start < done:
            continue
        inside = text[start + 1 : end - 1 if closed else end]
        # A label that a line end broke is found only without the white space, which may part names.
        shares = labelled_though_wrapped(inside)
        if shares is None and closed:
            shares = _said_without_labels(text.text, start, end, inside)
        if shares is not None:
            found.append((start, end, shares))
            done = end
    return found


def _said_without_labels(text: str, start: int, end: int, inside: Passage) -> tuple[Share, ...] | None:
    """By verbs, or as a bare enumeration; the less certain the names, the more the place of the bracket must speak for it."""
    before = text[:start].rstrip()[-1:]
    rest = text[end:]
    ends_line = not rest.strip() or rest.lstrip(" \t　").startswith("\n")
    ends_sentence = not before or before in _SENTENCE_ENDS
    shares = by_verbs(inside.squeezed())
    if shares is not None:
        in_place = ends_sentence or ends_line or rest.lstrip()[0] in "。；;"
        explains = inside.text.lstrip().startswith("由")
        if (all_known(shares) and not explains) or (in_place and somebody_answers(shares)):
            return shares
        return None
    if before and ends_sentence and ends_line:
        return enumerated(inside)
    return None


def _bracket_spans(text: str) -> list[tuple[int, int, bool]]:
    """Start and end of every bracket, outer ones first; one that a label begins and nothing closes reaches to its line's end."""
    open_ones: dict[int, list[int]] = {}
    spans = []
    for i, c in enumerate(text):
        if c in _PAIRS:
            open_ones.setdefault(_FAMILY[c], []).append(i)
        elif c in _CLOSING and (stack := open_ones.get(_FAMILY[c])):
            start = stack.pop()
            if i - start <= _LONGEST and len(stack) <= _DEEPEST:
                spans.append((start, i + 1, True))
    for start in (i for starts in open_ones.values() for i in starts):
        if LABEL.match(text, start + 1):
            line_end = text.find("\n", start)
            end = len(text) if line_end < 0 else line_end
            if end - start <= _LONGEST:
                spans.append((start, end, False))
    return sorted(spans, key=lambda span: (span[0], -span[1]))


def _lines(text: Passage) -> list[tuple[int, int, tuple[Share, ...]]]:
    """What stands without bracket behind labels: on a line of its own, or at the end of a line."""
    found: list[tuple[int, int, tuple[Share, ...]]] = []
    start = 0
    for end in [*(m.start() for m in _LINE_END.finditer(text.text)), len(text)]:
        found.extend((start + a, start + b, shares) for a, b, shares in _line(text[start:end]))
        start = end + 1
    return found


def _line(line: Passage) -> list[tuple[int, int, tuple[Share, ...]]]:
    found: list[tuple[int, int, tuple[Share, ...]]] = []
    at = 0
    for _ in range(_MOST_TRIES):
        label = first_label(line.text[at:])
        if label is None:
            break
        start = at + label.start()
        stop = line.text.find("。", start)
        end = len(line) if stop < 0 else stop + 1
        shares = labelled(line[start : end if stop < 0 else stop]) if end - start <= _LONGEST else None
        before = line.text[:start].rstrip()[-1:]
        anchored = not before or before in _BEFORE_LABEL
        if shares and (anchored or (end == len(line) and all_known(shares))):
            found.append((start, end, shares))
            at = end
        else:
            at += label.end()
    return found
