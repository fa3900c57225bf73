"""What two versions are compared by: every task, body action and promise with its words and the facts that it states.

Where an entry stands is kept for the person who confirms, and never compared: rows are inserted and numbers move on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from xiangxu.cards.vocabulary import OPERATORS, PER
from xiangxu.importer.link.parts import named, squeezed, where_words
from xiangxu.model.exchange import Json, to_exchange
from xiangxu.model.plan import PlanReading
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _
from xiangxu.review.versions.change import Field

# A date in words: it says when, and counts as the entry's date, not as one of its figures. Four digits without 年 are a year only in
# a range, or before a mark (2025）, 2025.9); 2000册 is a figure.
_DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d年?[—－–~至到-]{1,2}(?:19|20)\d\d年?|(?:19|20)\d\d(?:年(?:\d{1,2}月)?(?:\d{1,2}[日号])?|(?=[）)/.．-]))|"
    r"\d{1,2}月(?:\d{1,2}[日号])?)(?:年?底|末|份)?"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"\d+(?:\.\d+)?[%％]?")
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_NAME = 28


class Kind(StrEnum):
    """What an entry is: a list's row, a numbered action of the body, a promise."""

    TASK = "task"
    ACTION = "action"
    PROMISE = "promise"


@dataclass(frozen=True, slots=True)
class Entry:
    """One task, action or promise of a version.

    `uid`: its identity in that version; `name`: as a clerk calls it; `text`: all its words; `subject`: what it is about, with the
    title of the row or action that it stands in; `part`: body, list or table; `facts`: what it states, by field.
    """

    uid: str
    kind: Kind
    name: str
    text: str
    subject: str
    part: str = ""
    facts: Mapping[Field, tuple[str, ...]] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """The words alone, without figures, dates and punctuation: what stays equal when only a figure changes."""
        return "".join(_WORD.findall(_DATE.sub(" ", self.text)))


def entries_of_reading(reading: PlanReading) -> tuple[Entry, ...]:
    """The entries of a document that was read."""
    return entries_of(to_exchange(reading), reading.text)


def entries_of(plan: Json, text: str = "") -> tuple[Entry, ...]:
    """The entries of a reading in the exchange form; `text`: the document, where it is at hand, from which actions are quoted.

    >>> row = {"no": "1", "project": "布局", "goal": "保留小学8所", "due": "2027", "lead": ["教育局"], "participants": []}
    >>> [entry] = entries_of({"tasks": [row]})
    >>> entry.name, entry.facts[Field.FIGURE], entry.facts[Field.OWNER]
    ('清单第1项“布局”', ('8',), ('教育局',))
    """
    actions = plan.get("body_actions", [])
    rows = [row for row in plan.get("tasks", []) if not any(_same_place(row, action) for action in actions)]
    found = [_row(number, row) for number, row in enumerate(rows, 1)]
    found += [_action(number, action, text) for number, action in enumerate(actions, 1)]
    return (*found, *_promises(plan, rows, actions))


def _same_place(row: Json, action: Json) -> bool:
    """Whether a task is that action: in a plan without a list every action is a task."""
    if "place" in row and "place" in action:
        return bool(row["place"] == action["place"])
    return (row["no"], row.get("action") or row.get("project")) == (action["no"], action["title"])


def _row(number: int, row: Json) -> Entry:
    cells = [row.get(column) for column in ("project", "action", "goal", "measure")]
    text = "，".join(squeezed(cell) for cell in cells if cell)
    title = squeezed(row.get("action") or row.get("project") or "")
    number_of = Reason(_("清单第%(no)s项"), no=row["no"]) if row.get("no") else Reason(_("清单"))
    return Entry(
        uid=row.get("id") or f"task-{number:02d}",
        kind=Kind.TASK,
        name=named(number_of, _short(title)),
        text=text,
        subject="，".join(squeezed(cell) for cell in cells[:2] if cell),
        part="list",
        facts=_task_facts(row, text),
    )


def _action(number: int, action: Json, text: str) -> Entry:
    place = action.get("place")
    own = squeezed(text[place["start"] : place["end"]]) if place and text else ""
    title = squeezed(action["title"])
    # The departments at the end of an action are its owners, compared as such.
    for name in sorted({*action["lead"], *action["participants"]}, key=lambda name: (-len(name), name)):
        own = own.replace(squeezed(name), "")
    # Nor is its number one of its figures.
    own = own[max(0, own.find(title)) :] or title
    return Entry(
        uid=action.get("id") or f"action-{number:02d}",
        kind=Kind.ACTION,
        name=named(Reason(_("正文第%(no)s项"), no=action["no"]), _short(title)),
        text=own,
        subject=title,
        part="body",
        facts=_task_facts(action, own),
    )


def _task_facts(task: Json, text: str) -> dict[Field, tuple[str, ...]]:
    units = [mention["unit"] or mention["printed"] for mention in task.get("units", ())]
    leads = len(task["lead"])
    lead, others = (units[:leads], units[leads:]) if units else (task["lead"], task["participants"])
    return {
        Field.FIGURE: figures_in(text),
        Field.DUE: _dates(task.get("due"), text),
        Field.OWNER: tuple(sorted(set(lead))),
        Field.PARTICIPANTS: tuple(sorted(set(others))),
    }


def _promises(plan: Json, rows: Sequence[Json], actions: Sequence[Json]) -> Iterator[Entry]:
    titled = [(row.get("action") or row.get("project") or "", row) for row in rows]
    titled += [(action["title"], action) for action in actions]
    for number, promise in enumerate(plan.get("targets", ()), 1):
        quote = squeezed(promise["quote"])
        within = _title_over(promise, titled)
        yield Entry(
            uid=promise.get("id") or f"promise-{number:03d}",
            kind=Kind.PROMISE,
            name=named(where_words(promise["where"]), _short(quote)),
            text=quote,
            subject="，".join(squeezed(part) for part in (promise["metric"], promise.get("scope"), within) if part),
            part=promise["where"].partition(" ")[0],
            facts=_promise_facts(promise, quote),
        )


def _title_over(promise: Json, titled: Sequence[tuple[str, Json]]) -> str:
    """The title of the row or action in which a promise stands; empty in other chapters."""
    place = promise.get("place")
    for title, over in titled:
        if place and "place" in over:
            if over["place"]["start"] <= place["start"] < over["place"]["end"]:
                return title
        elif promise["where"] in (over.get("where"), f"list {over['no']}"):
            return title
    return ""


def _promise_facts(promise: Json, quote: str) -> dict[Field, tuple[str, ...]]:
    """What a promise states; other figures of its words (45岁以下, those of a second promise in one sentence) stand by themselves."""
    sign = "%" if promise.get("unit") == "%" else ""
    stated = tuple(shown + sign for key in ("value", "value2") if (shown := _shown(promise.get(key))))
    return {
        Field.FIGURE: stated,
        Field.MENTIONED: tuple(figure for figure in figures_in(quote) if figure not in stated),
        Field.UOM: (promise["unit"],) if promise.get("unit") else (),
        Field.BOUND: (OPERATORS.words[promise["op"]],),
        Field.BASELINE: tuple(filter(None, (_shown(promise.get("baseline")),))),
        Field.DUE: _dates(promise.get("due"), quote),
        Field.PER: (PER.words[promise["per"]],) if promise.get("per") else (),
    }


def _dates(due: str | None, text: str) -> tuple[str, ...]:
    """The date first, then other years that the words name."""
    years = [year for date in _DATE.findall(text) for year in _YEAR.findall(date)]
    return tuple(dict.fromkeys([*([due] if due else ()), *(year for year in years if not (due or "").startswith(year))]))


def figures_in(text: str) -> tuple[str, ...]:
    """The figures of a text in order, dates left out.

    >>> figures_in("2025年底前新建3所，优良率达到55％")
    ('3', '55%')
    """
    return tuple(number.replace("％", "%") for number in _NUMBER.findall(_DATE.sub(" ", text)))


def _shown(value: Any) -> str:
    return f"{value:.10g}" if isinstance(value, int | float) else ""


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1] + "…"
