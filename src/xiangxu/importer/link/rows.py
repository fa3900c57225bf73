"""Which action of the body tells the same as a row of the list.

A list sums up what the body says at length: a row repeats words of one action, rarely of several, and rows come in the order of
the actions. Where rows and actions are numbered through alike, the number decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xiangxu.importer.link.parts import Parts, squeezed, title_of
from xiangxu.importer.link.wording import Wordings
from xiangxu.model.plan import Task

# How much each kind of shared wording counts: text with text, title with title, the row's title found in the action's text.
_TEXT, _TITLE, _NAMED = 1.0, 0.5, 0.3
# A row's wording decides by itself where its likeness to one action, and its lead over the next one, together reach this.
_FIRM = 0.3
# What a row needs to go with its neighbours: hardly anything between two rows of one action, some likeness at the edge of a run.
_BETWEEN, _AT_EDGE = 0.05, 0.1
# An action whose nearest row is this near is summed up by that row, whichever action the row itself is nearest to.
_SUMMED_UP = 0.22
# Rows that carry the number of an action are that action's rows where their titles, taken together, are this much alike.
_NUMBERED = 0.5


@dataclass(frozen=True, slots=True)
class Links:
    """`action_of`: the index of the action that a task's row tells again. `kin`: every action that a row sums up, since a row
    may gather several: its own, and those whose wording is nearest to this row."""

    action_of: Mapping[int, int]
    kin: Mapping[int, frozenset[int]]

    def rows_of(self, action: int) -> list[int]:
        """The tasks whose rows sum up an action."""
        return [row for row, actions in self.kin.items() if action in actions]


def link_rows(parts: Parts) -> Links:
    """The action that each row tells again; a row that resembles none has none."""
    scores = _scores(parts)
    numbered = _by_number(parts)
    chosen = numbered or _by_wording(parts, scores)
    nearest: dict[int, tuple[float, int]] = {}
    for row, found in scores.items():
        for action, score in found.items():
            if score >= _SUMMED_UP:
                nearest[action] = max(nearest.get(action, (0.0, row)), (score, row))
    kin = {
        row: frozenset({action} | (set() if numbered else {other for other, (_, near) in nearest.items() if near == row}))
        for row, action in chosen.items()
    }
    return Links({**parts.same, **chosen}, kin)


def _words(row: Task) -> str:
    return squeezed("，".join(filter(None, (row.project, row.action, row.goal, row.measure))))


def _scores(parts: Parts) -> dict[int, dict[int, float]]:
    """For each row how much each action resembles it; from 0 to 1.8."""
    texts = [parts.text_of(action) for action in parts.actions]
    titles = [squeezed(action.title) for action in parts.actions]
    rows = {i: (_words(row), squeezed(title_of(row))) for i, row in parts.rows.items()}
    words = Wordings([*texts, *titles, *(text for both in rows.values() for text in both)])
    found = {}
    for index, (text, title) in rows.items():
        alike, entitled = words.alike(text), words.alike(title)
        found[index] = {
            k: _TEXT * alike.get(full, 0.0) + _TITLE * entitled.get(head, 0.0) + _NAMED * words.held(title, full)
            for k, (full, head) in enumerate(zip(texts, titles, strict=True))
        }
    return found


def _by_number(parts: Parts) -> dict[int, int]:
    """The actions by number, where every row carries the number of an action whose title it mostly repeats; else nothing."""
    numbers = {action.no: k for k, action in enumerate(parts.actions)}
    if len(numbers) < len(parts.actions) or not parts.rows or any(row.no not in numbers for row in parts.rows.values()):
        return {}
    chosen = {i: numbers[row.no] for i, row in parts.rows.items()}
    pairs = [(squeezed(title_of(row)), squeezed(parts.actions[chosen[i]].title)) for i, row in parts.rows.items()]
    words = Wordings(text for pair in pairs for text in pair)
    alike = sum(words.alike(one).get(other, 0.0) for one, other in pairs) / len(pairs)
    return chosen if alike >= _NUMBERED else {}


def _by_wording(parts: Parts, scores: Mapping[int, Mapping[int, float]]) -> dict[int, int]:
    """The action that each row resembles most, if enough; a row that says little goes with its neighbours in the list.

    Between two rows of one action it is that action's too; at the edge of such a run, only if it resembles that action most.
    """
    best = {i: max(found, key=lambda k: (found[k], -k)) for i, found in scores.items() if found}
    firm = {i: k for i, k in best.items() if _firmness(scores[i]) >= _FIRM}
    before = _last_firm(parts, firm, parts.rows)
    after = _last_firm(parts, firm, reversed(parts.rows))
    chosen = dict(firm)
    for i in parts.rows:
        if i in firm:
            continue
        sides = (before.get(i), after.get(i))
        between = sides[0] == sides[1]
        near = sides[0] if between else best.get(i)
        if near is not None and near in sides and scores[i].get(near, 0.0) >= (_BETWEEN if between else _AT_EDGE):
            chosen[i] = near
    return dict(sorted(chosen.items()))


def _firmness(found: Mapping[int, float]) -> float:
    first, second, *_ = [*sorted(found.values(), reverse=True), 0.0, 0.0]
    return first + (first - second)


def _last_firm(parts: Parts, firm: Mapping[int, int], order: Iterable[int]) -> dict[int, int]:
    """For each row the action of the last row that is sure of its own, going through one list in the given order."""
    found: dict[int, int] = {}
    table: int | None = None
    last: int | None = None
    for i in order:
        if parts.rows[i].table != table:
            table, last = parts.rows[i].table, None
        if last is not None:
            found[i] = last
        last = firm.get(i, last)
    return found
