"""Names and titles that differ in a word between the body and the list: “市管校聘” here, “县管校聘” there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

from xiangxu.importer.link.parts import Parts, action_name, action_number, quoted, row_name, row_number, squeezed, title_of
from xiangxu.importer.link.settling import to_be_settled
from xiangxu.model.place import Place
from xiangxu.model.plan import Contradiction
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

# A name in quotation marks or a book title: what a campaign, a scheme or a paper is called.
_NAME = re.compile(r"[“《「『]([^“”《》「」『』，。；！？]{2,24})[”》」』]")
_WORD_BEFORE, _WORD_AFTER = re.compile(r"[^\W_]*$"), re.compile(r"[^\W_]*")
# Two names are one where what stands around both is the same: so many characters on each side, and on both sides together.
_SIDE, _AROUND = 2, 5
# The longest word in which two names or titles of one thing differ.
_LONGEST_WORD = 4


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    before: str
    after: str
    place: Place
    where: str


def of_names(parts: Parts) -> Iterator[Contradiction]:
    """Names that stand in the same words in body and list, and differ in one word, where neither place knows the other's name."""
    in_body, in_rows = _names(parts)
    behind: defaultdict[str, list[_Name]] = defaultdict(list)
    for names in in_body.values():
        for name in names:
            if name.text not in in_rows and len(name.before) >= _SIDE:
                behind[name.before[-_SIDE:]].append(name)
    for text, names in in_rows.items():
        pairs = ((other, name) for name in names for other in behind.get(name.before[-_SIDE:], ()) if _one_name(other, name))
        found = next(pairs, None)
        if found and text not in in_body:
            other, name = found
            yield Contradiction(
                "name",
                other.place,
                name.place,
                to_be_settled(
                    Reason(
                        _("名称不一致：%(first)s写%(one)s，%(second)s写%(other)s"),
                        first=other.where,
                        one=quoted(other.text),
                        second=name.where,
                        other=quoted(text),
                    )
                ),
            )


def _names(parts: Parts) -> tuple[Mapping[str, list[_Name]], Mapping[str, list[_Name]]]:
    """The names in the actions and in the rows, each with every place where it stands."""
    text = parts.reading.text
    in_body: defaultdict[str, list[_Name]] = defaultdict(list)
    in_rows: defaultdict[str, list[_Name]] = defaultdict(list)
    for match in _NAME.finditer(text):
        start, end = match.span(1)
        row, action = parts.row_at(start), parts.action_at(start)
        name = squeezed(match[1])
        # Wrapping may part the words around a name: look a little further than is compared.
        before = _WORD_BEFORE.findall(squeezed(text[max(0, start - 1 - 3 * _AROUND) : start - 1]))[0][-_AROUND:]
        after = _WORD_AFTER.findall(squeezed(text[end + 1 : end + 1 + 3 * _AROUND]))[0][:_AROUND]
        if row is not None:
            place = parts.place(start, end, parts.rows[row].place)
            in_rows[name].append(_Name(name, before, after, place, row_name(parts.rows[row])))
        elif action is not None:
            place = parts.place(start, end, parts.actions[action].place)
            in_body[name].append(_Name(name, before, after, place, action_name(parts.actions[action])))
    return in_body, in_rows


def _one_name(a: _Name, b: _Name) -> bool:
    before, after = _shared(a.before[::-1], b.before[::-1]), _shared(a.after, b.after)
    return min(before, after) >= _SIDE and before + after >= _AROUND and one_word_apart(a.text, b.text) is not None


def of_titles(parts: Parts) -> Iterator[Contradiction]:
    """Rows whose title is that of their action but for one word; each pair of titles once. Names in it are `of_names`' matter."""
    seen = set()
    for row in parts.rows.values():
        if row.linked_action is None:
            continue
        action = parts.actions[row.linked_action]
        one, other = squeezed(action.title), squeezed(title_of(row))
        words = one_word_apart(one, other)
        if words is None or (one, other) in seen or _without_names(one) == _without_names(other) or _only_framed(one, other):
            continue
        seen.add((one, other))
        left, right = (f"“{word}”" if word else Reason(_("没有这个词")) for word in words)
        yield Contradiction(
            "wording",
            action.place,
            row.place,
            to_be_settled(
                Reason(
                    _("标题不一致：%(first)s为%(one)s，%(second)s为%(other)s（正文%(left)s，清单%(right)s）"),
                    first=action_number(action),
                    one=quoted(one),
                    second=row_number(row),
                    other=quoted(other),
                    left=left,
                    right=right,
                )
            ),
        )


def _only_framed(one: str, other: str) -> bool:
    """Whether two titles differ only in the verb that they begin with (实施, 开展) or in a word added at the end (工程, 行动)."""
    return one[:1] != other[:1] or one.startswith(other) or other.startswith(one)


def _without_names(text: str) -> str:
    return _NAME.sub("“”", text)


def one_word_apart(one: str, other: str) -> tuple[str, str] | None:
    """The word by which two texts differ, if that is all in which they do, and if at least half of each is the same.

    >>> one_word_apart("市管校聘", "县管校聘")
    ('市', '县')
    >>> one_word_apart("开展校园安全提升行动", "开展校园安全稳定行动")
    ('提升', '稳定')
    >>> one_word_apart("优化学校布局", "学校布局优化行动") is None
    True
    """
    before = _shared(one, other)
    after = min(_shared(one[::-1], other[::-1]), min(len(one), len(other)) - before)
    left, right = one[before : len(one) - after], other[before : len(other) - after]
    same = before + after
    if one == other or max(len(left), len(right)) > _LONGEST_WORD or 2 * same < max(len(one), len(other)):
        return None
    return left, right


def _shared(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
