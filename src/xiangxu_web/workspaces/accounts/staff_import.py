"""Checks rows of people and posts against what is known, and stores them in one action: everything that was shown, or nothing.

A long upload is stored in portions by a job; what was stored when it had to stop stays, and the same upload goes on from there.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu.model.unit import Role
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import action, values
from xiangxu_web.kernel.permission import demand, may, rows
from xiangxu_web.workspaces.accounts.fitting import fits
from xiangxu_web.workspaces.accounts.models import Person, Post
from xiangxu_web.workspaces.accounts.people import refusal, usual_title
from xiangxu_web.workspaces.accounts.posts import AWAITED
from xiangxu_web.workspaces.accounts.rules import IMPORT_PEOPLE, MAINTAIN_PEOPLE, givable, own_ground
from xiangxu_web.workspaces.accounts.staff_sheets import (
    EMAIL,
    ENDS,
    LOGIN,
    NAME,
    PEOPLE,
    PHONE,
    POSTS,
    ROLE,
    STARTS,
    TITLE,
    UNIT,
    SheetRow,
    role_meant,
    role_words,
)
from xiangxu_web.workspaces.areas.api import Unit, county_path, here

_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,39}")
_PHONE = re.compile(r"[0-9+() -]{5,30}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LONGEST = {NAME: 40, TITLE: 40}
# More rows than these are stored by a job, so that nobody waits at a page that does not answer.
MOST_AT_ONCE = 2000
# So many people with their posts are stored in one transaction of such a job, and so many seconds others may write between two.
_PORTION = 250
_BREATH = 0.25
# Between the look and the confirmation the rows are kept this long, for this person only.
KEPT_SECONDS = 1800
IMPORT_PEOPLE_JOB = "people.import"


class State(StrEnum):
    """What will become of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    LEFT = "left"
    WRONG = "wrong"


@dataclass
class Line:
    """One row with what will become of it. ``place`` (a header) and ``words`` say for a wrong row where it is wrong and what to do."""

    sheet: str
    row: SheetRow
    state: State = State.NEW
    place: str = ""
    words: str = ""
    fresh: dict[str, Any] = field(default_factory=dict)
    known: Person | Post | None = None

    def wrong(self, place: str, words: str) -> None:
        """The row cannot be taken."""
        self.state, self.place, self.words = State.WRONG, place, words

    def left(self, words: str) -> None:
        """The row is passed over this time: somebody else does it."""
        self.state, self.words = State.LEFT, words

    def name_for(self, person: Person | None, unit: Unit, role: Role) -> None:
        """A post with power over others: the person is named for it, and the security administrator gives it."""
        self.fresh = {"person": person, "unit": unit, "role": role.value, **self.fresh, "ends": AWAITED}
        self.words = _("重要岗位：导入后列在安全管理员的首页，授予后生效。")

    def give(self, ends: date | None) -> None:
        """The security administrator's own file gives a post for which somebody was named."""
        self.fresh["ends"], self.state = ends, State.CHANGED
        self.words = _("授予这个重要岗位。")

    def compare(self, known: Person | Post) -> None:
        """New values against those known."""
        self.known = known
        self.fresh = {name: value for name, value in self.fresh.items() if getattr(known, name) != value}
        self.state = State.CHANGED if self.fresh else State.SAME


@dataclass(frozen=True)
class Plan:
    """What an import would do."""

    people: Sequence[Line]
    posts: Sequence[Line]

    @property
    def lines(self) -> list[Line]:
        """All rows, people first."""
        return [*self.people, *self.posts]

    @property
    def rows(self) -> tuple[list[SheetRow], list[SheetRow]]:
        """The rows of the sheets, people and posts."""
        return [line.row for line in self.people], [line.row for line in self.posts]

    def counted(self) -> dict[State, int]:
        """How many rows of each state."""
        return {state: sum(line.state is state for line in self.lines) for state in State}

    def digest(self) -> str:
        """Names what was shown: two plans of one digest do the same."""
        told = [
            (line.sheet, line.row.number, line.state.value, sorted((n, str(getattr(v, "pk", v))) for n, v in line.fresh.items()))
            for line in self.lines
        ]
        return hashlib.sha256(repr(told).encode()).hexdigest()

    @property
    def does_something(self) -> bool:
        """Whether anything would be stored: no row is wrong and at least one is new or changed."""
        counted = self.counted()
        return not counted[State.WRONG] and bool(counted[State.NEW] + counted[State.CHANGED])


def check(actor: Actor, people: Sequence[SheetRow], posts: Sequence[SheetRow]) -> Plan:
    """What would become of each row. Stores nothing."""
    demand(actor, IMPORT_PEOPLE)
    return _Check(actor, people, posts).plan()


def store(actor: Actor, people: Sequence[SheetRow], posts: Sequence[SheetRow], shown: str) -> Plan | None:
    """Checks once more and stores all of it in one action. None where the plan is no longer the one of the digest that was shown
    (somebody changed something in between), or a row is wrong: then nothing is stored."""
    with transaction.atomic():
        plan = check(actor, people, posts)
        if plan.digest() != shown or not plan.does_something:
            return None
        with action(actor, "person.import") as record:
            made = {
                line.row.get(LOGIN).lower(): Person(password=make_password(None), **line.fresh)
                for line in plan.people
                if line.state is State.NEW
            }
            Person.objects.bulk_create(made.values())
            for person in made.values():
                record.made(person)
            for line in plan.lines:
                if line.state is State.CHANGED and line.known is not None:
                    before = values(line.known)
                    for name, value in line.fresh.items():
                        setattr(line.known, name, value)
                    line.known.save(update_fields=list(line.fresh))
                    record.changed(line.known, before)
            given = [
                Post(person=line.fresh["person"] or made[line.row.get(LOGIN).lower()], **_without_person(line.fresh))
                for line in plan.posts
                if line.state is State.NEW
            ]
            Post.objects.bulk_create(given)
            for post in given:
                record.made(post, role=post.role)
    return plan


class Stopped(Exception):
    """An import in portions that could not go on: somebody changed something in between. ``done`` rows are stored and stay."""

    def __init__(self, done: int) -> None:
        super().__init__(done)
        self.done = done


Rest = tuple[Sequence[SheetRow], Sequence[SheetRow], str]


def store_in_portions(
    actor: Actor, people: Sequence[SheetRow], posts: Sequence[SheetRow], shown: str, went: Callable[[int, int, Rest], None]
) -> Plan | None:
    """Stores a long upload a portion at a time, so that others can write meanwhile; each portion is one action, whole or not at all.

    All rows are checked before the first is stored: None where the plan is no longer the one that was shown, or a row is wrong. A portion
    holds some people with all their posts and is checked once more as it is stored. ``went`` is told after each how many rows of how many
    are done, and what is left to be stored in the same way later. Raises ``Stopped`` where a portion is no longer as it was shown.
    """
    whole = check(actor, people, posts)
    if whole.digest() != shown or not whole.does_something:
        return None
    done, left, total = 0, portions(whole), len(whole.lines)
    while left:
        portion = left.pop(0)
        if portion.does_something and store(actor, *portion.rows, portion.digest()) is None:
            raise Stopped(done)
        done += len(portion.lines)
        rest = Plan([x for p in left for x in p.people], [x for p in left for x in p.posts])
        went(done, total, (*rest.rows, rest.digest()))
        # Whoever waits for SQLite's only write lock looks again every tenth of a second.
        time.sleep(_BREATH)
    return whole


def portions(plan: Plan) -> list[Plan]:
    """The plan in parts of so many people, each person with all their posts: what becomes of a row hangs on that person's rows alone."""
    people: dict[str, list[Line]] = defaultdict(list)
    posts: dict[str, list[Line]] = defaultdict(list)
    for sheet, lines in ((people, plan.people), (posts, plan.posts)):
        for line in lines:
            sheet[line.row.get(LOGIN).lower()].append(line)
    logins = list(dict.fromkeys([*people, *posts]))
    return [
        Plan([x for each in part for x in people.get(each, ())], [x for each in part for x in posts.get(each, ())])
        for part in (logins[n : n + _PORTION] for n in range(0, len(logins), _PORTION))
    ]


def told(plan: Plan) -> str:
    """What an import did, in a sentence."""
    words = _("已导入：新增 %(new)s 行，变更 %(changed)s 行；无变化 %(same)s 行，跳过 %(left)s 行。")
    told = words % {state.value: number for state, number in plan.counted().items()}
    named = sum(line.fresh.get("ends") == AWAITED for line in plan.posts)
    return told + (_("其中 %(n)s 个重要岗位等安全管理员授予。") % {"n": named} if named else "")


def _without_person(fresh: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fresh.items() if name != "person"}


class _Check:
    """One checking: what is known is read once, then each row is looked at."""

    def __init__(self, actor: Actor, people: Sequence[SheetRow], posts: Sequence[SheetRow]) -> None:
        self.actor = actor
        self.today = clock.today()
        self.known = {p.login.lower(): p for p in _in_parts(Person.objects.all(), "login__in", _spellings(people, posts))}
        keys = [person.pk for person in self.known.values()]
        self.ours = _among(keys, rows("person.appoint", actor)) | {actor.person_id}
        self.open = _among(keys, rows("person.change", actor))
        self.units = {u.code: u for u in Unit.objects.filter(own_ground(actor)).select_related("area")}
        self.held: dict[int, list[Post]] = defaultdict(list)
        # The roles that rows above give a person.
        self.added: dict[str, list[str]] = defaultdict(list)
        for post in _in_parts(Post.objects.all(), "person__in", keys):
            self.held[post.person_id].append(post)
        self.in_sheet = {row.get(LOGIN).lower() for row in people}
        self.people = [Line(PEOPLE, row) for row in people]
        self.posts = [Line(POSTS, row) for row in posts]

    def plan(self) -> Plan:
        seen: set[str] = set()
        for line in self.people:
            self.person(line, seen)
        given: set[tuple[Any, ...]] = set()
        for line in self.posts:
            self.post(line, given)
        self.settle()
        return Plan(self.people, self.posts)

    def person(self, line: Line, seen: set[str]) -> None:
        row = line.row
        login = row.get(LOGIN)
        phone, email = row.get(PHONE), row.get(EMAIL)
        line.fresh = {"login": login, "name": row.get(NAME), "phone": phone, "email": email}
        if not _LOGIN.fullmatch(login):
            return line.wrong(LOGIN, _("登录名用字母、数字、点、下划线或短横，2 至 40 个字符，以字母或数字开头。"))
        if login.lower() in seen:
            return line.wrong(LOGIN, _("同一登录名在本表出现两次。同一个人只写一行；不同的人请换登录名。"))
        seen.add(login.lower())
        if not 1 <= len(row.get(NAME)) <= _LONGEST[NAME]:
            return line.wrong(NAME, _("请填写姓名，不超过 40 个字。"))
        if phone and not _PHONE.fullmatch(phone):
            return line.wrong(PHONE, _("电话只用数字、短横和括号，5 至 30 个字符；不知道就留空。"))
        if email and not _EMAIL.fullmatch(email):
            return line.wrong(EMAIL, _("电子邮箱的写法不对，应像 name@example.cn；不知道就留空。"))
        known = self.known.get(login.lower())
        if known is None:
            if not may(self.actor, MAINTAIN_PEOPLE):
                line.left(_("新人员由专干或系统管理员先登记，本次跳过。"))
            return None
        if known.pk not in self.ours:
            return line.wrong(LOGIN, _("这个登录名已有人使用，请换一个（可在后面加数字）。"))
        # An empty cell says nothing: what is known stays.
        line.fresh = {n: v for n, v in line.fresh.items() if n != "login" and v}
        line.compare(known)
        if line.state is State.CHANGED and known.pk not in self.open:
            line.left(_("此人的资料不由您的岗位修改（本人、重要岗位或兼任外单位），本次跳过。"))
        return None

    def post(self, line: Line, given: set[tuple[Any, ...]]) -> None:
        row = line.row
        login = row.get(LOGIN).lower()
        known = self.known.get(login)
        if not login or (known is None and login not in self.in_sheet) or (known and known.pk not in self.ours):
            return line.wrong(LOGIN, _("“人员”表和系统里都没有这个登录名。请核对，或先在“人员”表加一行。"))
        unit = self.units.get(row.get(UNIT))
        if unit is None:
            return line.wrong(UNIT, here(_("本县没有这个单位代码。请核对代码，或先导入单位。"), self.actor.county_path))
        role = role_meant(row.get(ROLE))
        if role is None:
            return line.wrong(ROLE, _("不认识这个角色。可用：%(roles)s。") % {"roles": "、".join(role_words().values())})
        if len(row.get(TITLE)) > _LONGEST[TITLE]:
            return line.wrong(TITLE, _("职务不超过 40 个字。"))
        days: dict[str, date | None] = {}
        for header in (STARTS, ENDS):
            try:
                days[header] = _day(row.get(header))
            except ValueError:
                return line.wrong(header, _("日期写作 2026-09-01；不知道就留空。"))
        starts, ends = days[STARTS], days[ENDS]
        if starts and ends and ends < starts:
            return line.wrong(ENDS, _("离任日期早于任职日期，请核对。"))
        same = (login, unit.pk, role, starts)
        if same in given:
            return line.wrong(LOGIN, _("同一人、同一单位、同一角色、同一任职日期在本表出现两次，请删去一行。"))
        given.add(same)
        line.fresh = {"title": row.get(TITLE), "starts": starts, "ends": ends}
        found = self.match(known, unit, role, starts) if known else None
        if found:
            line.fresh = {name: value for name, value in line.fresh.items() if value}
            line.compare(found)
            if found.ends == AWAITED and role in givable(self.actor):
                line.give(ends)
            if line.state is State.SAME:
                return None
        if known and known.pk == self.actor.person_id:
            return line.left(_("本人的岗位须由他人办理，本次跳过。"))
        over = ends is not None and ends <= self.today
        if role not in givable(self.actor):
            if may(self.actor, MAINTAIN_PEOPLE) and not (found or over) and fits(role, unit.kind, bool(county_path(unit.area))):
                return line.name_for(known, unit, role)
            return line.left(refusal(self.actor, role, unit, []) + _("本次跳过。"))
        if unit.closed and unit.closed <= self.today and not over:
            return line.wrong(UNIT, _("这个单位已撤销，不能再设岗位。请改用现在的单位代码，或填写离任日期。"))
        held = [p.role for p in self.held[known.pk] if p.ends is None or p.ends > self.today] if known else []
        refused = refusal(self.actor, role, unit, [] if over else [*held, *self.added[login]])
        if refused:
            return line.wrong(ROLE, refused)
        if not found:
            self.added[login] += [] if over else [role.value]
            line.fresh = {
                "person": known,
                "unit": unit,
                "role": role.value,
                **line.fresh,
                "title": row.get(TITLE) or usual_title(unit),
            }
        return None

    def match(self, person: Person, unit: Unit, role: Role, starts: date | None) -> Post | None:
        """The known post that the row means: the one begun on that day, else the one that still runs."""
        same = [p for p in self.held[person.pk] if p.unit_id == unit.pk and p.role == role]
        on_day = [p for p in same if p.starts == starts]
        running = [p for p in same if p.ends is None or p.ends > self.today]
        return next(iter(on_day or running), None)

    def settle(self) -> None:
        """A new person needs a first post that is taken; posts of a person who is not taken are not taken either."""
        taken = {line.row.get(LOGIN).lower() for line in self.posts if line.state is State.NEW}
        left = {line.row.get(LOGIN).lower() for line in self.posts if line.state is State.LEFT}
        for line in self.people:
            login = line.row.get(LOGIN).lower()
            if line.state is not State.NEW or login in taken:
                continue
            if login in left:
                line.left(_("只有须由安全管理员授予的岗位。请先为此人加一行普通岗位（如“科室”“部门”），再由安全管理员授予。"))
            else:
                line.wrong(LOGIN, _("新人员没有可用的岗位。请在“岗位”表为此人加一行。"))
        refused = {
            x.row.get(LOGIN).lower(): x.state for x in self.people if x.state in (State.LEFT, State.WRONG) and x.known is None
        }
        for line in self.posts:
            state = refused.get(line.row.get(LOGIN).lower())
            if state is not None and line.state is State.NEW:
                line.left(_("这个人员尚未登记，岗位随之跳过。"))


def _day(words: str) -> date | None:
    return date.fromisoformat(words.replace("/", "-").replace("年", "-").replace("月", "-").removesuffix("日")) if words else None


def _spellings(*sheets: Iterable[SheetRow]) -> list[str]:
    """Login names as written and in small letters: two that differ only in this would be taken for one another."""
    written = {row.get(LOGIN) for sheet in sheets for row in sheet}
    return sorted(written | {words.lower() for words in written})


def _among(keys: Sequence[int], found: Any) -> set[int]:
    """Which of the keys are among the rows."""
    return {row.pk for row in _in_parts(found.only("pk"), "pk__in", keys)}


def _in_parts(found: Any, lookup: str, keys: Sequence[Any], size: int = 900) -> Iterable[Any]:
    """The rows of many keys, a part at a time: a database takes only so many in one question."""
    for start in range(0, len(keys), size):
        yield from found.filter(**{lookup: keys[start : start + size]})
