"""Is a task concrete in what it aims at, how it gets there, who does it and what comes of it (四个具体)?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from xiangxu.model.plan import Task
from xiangxu.model.reason import Reason, listed
from xiangxu.model.reason import gettext_noop as _
from xiangxu.review.plan_check.finding import Finding
from xiangxu.review.plan_check.items import Item, Matter, shares_run

# A figure, or a range that holds for each.
_MEASURED = re.compile(r"\d|全部|所有|每[校所名个]")
# So many characters in a row tell that two clauses speak of the same work.
_SAME_WORK = 4
# Who is to hold a post can be looked up in the letter of appointment.
_HOLDS_POST = re.compile(r"由.{2,30}[兼担]任")
# An action of so many characters says at length what is done; one with such words lays down what holds from now on, or begins
# something that one can see.
_LONG, _RULE = 160, re.compile(r"计入|列入|纳入|不得|必须|严禁|启动|设立|招募|专项经费")
_TARGET, _PATH, _OWNER, _EFFECT = _("目标"), _("路径"), _("责任"), _("成效")


def not_concrete(matter: Matter) -> Iterator[Finding]:
    """Tasks that lack several of the four, told together where they lack the same. A row has what its action in the body has.

    In a document that names owners nowhere that is told once, and does not count here. An action that goes on for long, or lays down
    a rule, is concrete enough.
    """
    if not matter.has_text:
        return
    groups: defaultdict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in matter.tasks:
        if _too_vague(matter, item):
            groups[_lacking(matter, item)].append(item)
    for lacking, items in sorted(groups.items(), key=lambda group: (-len(group[0]), -len(group[1]))):
        spots = [item.spot(_gist(item)) for item in items]
        yield Finding(
            "not-concrete",
            spots,
            Reason(_("%(n)s 项任务缺%(what)s"), n=len(items), what=listed([Reason(aspect) for aspect in lacking])),
        )


def _too_vague(matter: Matter, item: Item) -> bool:
    if not item.is_row and (len(item.text.text) > _LONG or _RULE.search(item.text.text)):
        return False
    counted = [aspect for aspect in _lacking(matter, item) if aspect != _OWNER or matter.names_owners]
    return len(counted) >= matter.limits.lacking


def _lacking(matter: Matter, item: Item) -> tuple[str, ...]:
    told = [item, *matter.told_in(item)]
    text = "".join(each.text.text for each in told)
    has = {
        _TARGET: any(_aims(matter, each) for each in told),
        _PATH: _goal_and_measure(item) or any(word in text for word in matter.words.path),
        _OWNER: any(each.owned for each in told),
        _EFFECT: _states_result(item) or any(word in text for word in matter.words.effect),
    }
    return tuple(aspect for aspect, there in has.items() if not there)


def _states_result(item: Item) -> bool:
    return bool(isinstance(item.told, Task) and item.told.goal) or any(promise.value is not None for promise in item.promises)


def _goal_and_measure(item: Item) -> bool:
    """Whether the list has a column of its own for what is done, beside that for what is reached."""
    return isinstance(item.told, Task) and bool(item.told.goal and item.told.measure)


def _gist(item: Item) -> str:
    if isinstance(item.told, Task):
        return item.told.goal or item.told.measure or ""
    return ""


def rows_without_promise(matter: Matter) -> Iterator[Finding]:
    """Rows of a list, or actions where there is no list, in which nothing can be looked at; those that lack more are told above."""
    bare = [item for item in matter.tasks if not _aims(matter, item) and not _measured_in_body(matter, item)]
    if matter.has_text:
        bare = [item for item in bare if not _too_vague(matter, item)]
    spots = [item.spot(_gist(item)) for item in bare]
    yield Finding("row-without-promise", spots, Reason(_("%(all)s 项任务中 %(n)s 项"), all=len(matter.tasks), n=len(bare)))


def _measured_in_body(matter: Matter, item: Item) -> bool:
    """Whether the body says of the same work what can be looked at: in the action that this row alone sums up, or in those that
    it gathers."""
    told = matter.told_in(item)
    if len(told) > 1 or not matter.has_text:
        return any(_aims(matter, action) for action in told)
    if not told or len(matter.rows_of(told[0])) > 1:
        return False
    return any(
        _MEASURED.search(clause.text) and any(shares_run(clause.text, own.text, _SAME_WORK) for own in item.clauses)
        for clause in told[0].clauses[1:]  # behind its number and title
    )


def _aims(matter: Matter, item: Item) -> bool:
    """Whether somebody can look at something: a checkable promise, a thing that is made (建立……制度), a post that somebody holds, in an
    action also a rule."""
    if any(matter.checkable(promise) for promise in item.promises):
        return True
    words = matter.words
    if any(_HOLDS_POST.search(clause.text) for clause in item.clauses) or (not item.is_row and _RULE.search(item.text.text)):
        return True
    return any(any(verb in clause.text for verb in words.making) and clause.text.endswith(words.made) for clause in item.clauses)
