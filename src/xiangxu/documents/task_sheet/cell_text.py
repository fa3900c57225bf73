"""Texts of a task as they stand in the cells of the table, and as they are compared with what came back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from xiangxu.documents.dues import due_words, is_normal
from xiangxu.documents.paper import TaskLine
from xiangxu.documents.texts import fit, one_line_end
from xiangxu.model.reason import Bilingual

# Excel's bound is 32,767 UTF-16 units a cell.
LONGEST = 32_767
_CUT = "……（本格放不下，全文以方案为准）"
# How the format writes what it cannot hold: _x000D_, and _x005F_ for an underscore before such a thing. Programs differ in
# undoing it, so that neither it nor underscores count when cells are compared.
_ESCAPED = re.compile(r"x[0-9A-Fa-f]{4}_|_")
PROPOSED = Bilingual("（建议）", " (proposed)")
# Characters for private use: each stands for a whole name while its cell is parted.
_PRIVATE = 0xF0000
# Between the names of units; not inside brackets.
_BETWEEN_UNITS = re.compile(r"[、，,；;\n]+(?![^（(]*[）)])")


def cell_text(text: str) -> str:
    """A text as a cell can hold it: one kind of line end, no control characters, not longer than Excel allows."""
    whole = fit(text)
    # No character has more than two units: only the longest texts are counted.
    if len(whole) <= LONGEST // 2 or _units(whole) <= LONGEST:
        return whole
    room = LONGEST - len(_CUT)
    kept = whole.encode("utf-16-le")[: 2 * room].decode("utf-16-le", errors="ignore")
    return kept + _CUT


def _units(text: str) -> int:
    return len(text) + sum(1 for c in text if ord(c) > 0xFFFF)


def same(one: str, other: str) -> bool:
    """Whether two cells say the same; white space at the ends of lines, and what saving adds, does not count."""
    return one == other or _folded(one) == _folded(other)


def _folded(text: str) -> str:
    lines = one_line_end(_ESCAPED.sub("", text)).split("\n")
    return "\n".join(line.strip() for line in lines).strip("\n")


def shown(line: TaskLine, field: str) -> str:
    """A field of a task as its cell shows it."""
    if field == "due":
        return cell_text(due_words(line.due))
    if field == "lead":
        return cell_text("、".join(line.lead) if line.lead else _proposal(line.proposed))
    if field == "participants":
        return cell_text("、".join(line.participants))
    if field.startswith("others:"):
        return cell_text(dict(line.others).get(field.removeprefix("others:"), ""))
    return cell_text(getattr(line, field) or "")


def in_either(field: str, line: TaskLine, proposed: str) -> str:
    """A field as its cell shows it to the reader in whose language （建议） is `proposed`: names stay; deadlines and （建议） are worded, so
    that `as_written` knows them again."""
    if proposed == PROPOSED:
        return shown(line, field)
    if field == "due":
        return line.due or ""
    return shown(line, field).replace(PROPOSED, proposed)


def as_written(field: str, text: str) -> str:
    """What came back in a cell, whatever the language in which it went out, in the office's words.

    >>> as_written("due", "2025-12"), as_written("due", "ongoing"), as_written("lead", "市教体局 (proposed)")
    ('2025年底', '常抓不懈', '市教体局（建议）')
    """
    if field == "due":
        return due_words(text.strip()) if is_normal(text.strip()) else text
    return text.replace(PROPOSED.english or PROPOSED, PROPOSED) if field == "lead" else text


def _proposal(units: tuple[str, ...]) -> str:
    return "、".join(units) + PROPOSED if units else ""


def units_of(text: str, whole: Iterable[str] = ()) -> tuple[str, ...]:
    """The names in a cell of units, each once. `whole`: known names, of which some hold the mark that parts names.

    >>> units_of("市教体局、市财政局（预算、国库科），市教体局"), units_of("教体局、各镇、街、区", ["各镇、街、区"])
    (('市教体局', '市财政局（预算、国库科）'), ('教体局', '各镇、街、区'))
    """
    known = sorted({name for name in whole if _BETWEEN_UNITS.search(name) and name in text}, key=len, reverse=True)
    for number, name in enumerate(known):
        text = text.replace(name, chr(_PRIVATE + number))
    back = {_PRIVATE + number: name for number, name in enumerate(known)}
    names = (part.strip().translate(back) for part in _BETWEEN_UNITS.split(text))
    return tuple(dict.fromkeys(name for name in names if name and name not in "-—/无"))


def leads_of(text: str, whole: Iterable[str] = ()) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The units of the cell of 牵头: those that lead, those that are only proposed. Taking （建议） away confirms them.

    >>> leads_of("市教体局、市财政局（建议）"), leads_of("市教体局")
    (((), ('市教体局', '市财政局')), (('市教体局',), ()))
    """
    plain = text.strip().replace("(建议)", PROPOSED)
    if plain.endswith(PROPOSED):
        return (), units_of(plain.removesuffix(PROPOSED), whole)
    return units_of(plain, whole), ()
