"""催办文字: who owes what, as a text ready to paste into a chat group. The system sends nothing itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.utils.translation import gettext_noop as noop

from xiangxu import clock
from xiangxu.model.unit import Role
from xiangxu.targets.task import Missing, Standing
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import action
from xiangxu_web.kernel.components.figures import day, left
from xiangxu_web.kernel.languages import in_all
from xiangxu_web.kernel.models import Preference
from xiangxu_web.kernel.permission import demand, rows
from xiangxu_web.kernel.soonest import SOONEST
from xiangxu_web.workspaces.accounts.api import make_link
from xiangxu_web.workspaces.areas.api import Unit
from xiangxu_web.workspaces.plans.models import Report, Task
from xiangxu_web.workspaces.plans.papers import amount
from xiangxu_web.workspaces.plans.rules import CHASE, REPORT_LINK
from xiangxu_web.workspaces.plans.standing import GRACE, REPORT_EVERY, standings_of, unfinished, worth_judging
from xiangxu_web.workspaces.plans.twins import ONCE

SOON = timedelta(days=30)
LINK_DAYS = 30
_WORDING = "chase:wording"
# How long a wording may be that a person keeps.
LONGEST = 1000

# Why somebody is asked, the most pressing first.
WHY = (
    ("late", gettext_lazy("已过期未完成")),
    ("returned", gettext_lazy("进展被退回")),
    ("behind", gettext_lazy("报滞后")),
    ("soon", gettext_lazy("30 天内到期")),
    ("silent", gettext_lazy("还没有报过")),
    ("unanswered", gettext_lazy("分解任务没有答复")),
)


class Alike(NamedTuple):
    """What decides whether, and why, a task is asked about; a county's thousands share few of these."""

    kind: str
    due_on: date | None
    ongoing: bool
    word: str
    sent: str
    reported_on: date | None


class Asked(NamedTuple):
    """What is read of a task that is asked about: a county may have thousands, and their wording may be pages long."""

    pk: int
    kind: str
    title: str
    due_on: date | None
    ongoing: bool
    quantity: float | None
    uom: str
    word: str
    sent: str
    reported_on: date | None
    answerable_id: int
    office_id: int | None
    contact: str


@dataclass(frozen=True)
class Row:
    """One task that a unit is asked about on a day, and why. ``reason``: why its last report was returned; ``silent``: nobody has reported on it or its parts."""

    task: Asked
    why: str
    on: date
    reason: str = ""
    silent: bool = False

    @property
    def words(self) -> str:
        """Why, as the unit reads it."""
        due = self.task.due_on
        told = {"day": day(due), "left": left(due, self.on).words} if due else {}
        rest = _("（%(day)s，%(left)s）") % told if told else ""
        match self.why:
            case "late":
                silent = _("，还没有报过进展") if self.silent else ""
                return _("应于 %(day)s 完成，%(left)s%(silent)s。") % {**told, "silent": silent}
            case "returned":
                return _("进展被退回（%(reason)s），请补充后再报%(rest)s。") % {"reason": self.reason, "rest": rest}
            case "behind":
                return _("报滞后，请说明措施和完成时间%(rest)s。") % {"rest": rest}
            case "soon":
                return _("即将到期%(rest)s，请报最新进展。") % {"rest": rest}
            case "silent":
                return _("还没有报过进展%(rest)s。") % {"rest": rest}
        return _("分解任务请确认接受或提出异议。")

    @property
    def line(self) -> str:
        """The task as one line of the text."""
        own = amount(self.task.quantity, self.task.uom) if self.task.kind == Task.Kind.PART else ""
        return f"{self.task.title}{own and f'（{own}）'}：{self.words}"


@dataclass(frozen=True)
class Owed:
    """One unit and what it owes. ``own``: it is the bureau of whoever asks, in which people are reminded, not written to."""

    unit: Unit
    rows: Sequence[Row]
    own: bool = False

    @property
    def called(self) -> str:
        """The unit as a heading."""
        return _("局内：%(unit)s") % {"unit": self.unit.name} if self.own else self.unit.name

    @property
    def lines(self) -> str:
        """What it owes, numbered; inside the bureau with the person who sees to it."""
        return "\n".join(
            f"{n}. {row.line}" + (_("（联系人：%(name)s）") % {"name": row.task.contact} if self.own and row.task.contact else "")
            for n, row in enumerate(self.rows, 1)
        )


# What a wording holds in 【】 to be filled in; written in either language of the site.
_UNIT, _TODAY, _COUNT, _LINES = noop("单位"), noop("今天"), noop("项数"), "事项"
_REPLY_BY, _LINK, _CONTACT = noop("回复日期"), noop("链接"), noop("联系人")


def usual_wording() -> str:
    """The wording from which a clerk starts. The words in 【】 are filled in."""
    return _(
        "【%(unit)s】：\n截至【%(today)s】，以下【%(count)s】项任务请尽快办理：\n【%(lines)s】\n"
        "请于【%(reply_by)s】前报送进展：【%(link)s】\n联系人：【%(contact)s】"
    ) % {
        "unit": _(_UNIT),
        "today": _(_TODAY),
        "count": _(_COUNT),
        "lines": pgettext("mark in a wording", "事项"),
        "reply_by": _(_REPLY_BY),
        "link": _(_LINK),
        "contact": _(_CONTACT),
    }


def wording(actor: Actor) -> str:
    """The wording that this person keeps, else the usual one."""
    kept = Preference.objects.filter(person_id=actor.person_id, key=_WORDING).values_list("value", flat=True).first()
    return str(kept["words"]) if kept else usual_wording()


def keep_wording(actor: Actor, words: str) -> None:
    """Keeps the wording for this person's next texts; the usual one, or none, is not kept."""
    words = words.replace("\r\n", "\n").strip()[:LONGEST]
    if not words or words == usual_wording():
        Preference.objects.filter(person_id=actor.person_id, key=_WORDING).delete()
        return
    Preference.objects.update_or_create(person_id=actor.person_id, key=_WORDING, defaults={"value": {"words": words}})


def owed(actor: Actor, why: str = "", plan: int | None = None, on: date | None = None, unit: int | None = None) -> list[Owed]:
    """What units owe, by unit: late, returned, behind, due soon, silent, or a part without an answer. ``why`` narrows to one of these.

    A task is named once, for its most pressing reason; where a 科室 is in charge of it, that one is asked. The bureau asks everybody in the county, a 科室 about the tasks in its charge, a
    town and an education office the schools under them; nobody is asked about what stands as met (``unfinished``), what was
    accepted in this round, what was handed down less than ``GRACE`` ago and is not late, nor about what was handed in and waits for
    the bureau (``in_review``). The asker's own bureau comes last.
    """
    on = on or clock.today()
    found, judged = _to_chase(actor, plan, unit, on)
    order = ("answerable__kind", "answerable__area__path", "answerable_id", SOONEST, "order", "pk")
    tasks = [Asked(*each) for each in found.order_by(*order).values_list(*Asked._fields)]
    # There are many more tasks than units: each unit is read once.
    units = Unit.objects.in_bulk({key for task in tasks for key in (task.answerable_id, task.office_id) if key})
    last = _last_states(found)
    listed: dict[int, list[Row]] = {}
    for task in tasks:
        state, reason = last.get(task.pk, ("", ""))
        silent = _silent(task, judged.get(task.pk))
        its = _why(task, state, on, silent=silent)
        whom = _whom(actor, task, units)
        if not its or (why and its != why) or unit not in (None, whom.pk):
            continue
        listed.setdefault(whom.pk, []).append(Row(task, its, on, reason, silent))
    own = _bureau(actor)
    return sorted((Owed(units[key], its, key in own) for key, its in listed.items()), key=lambda each: each.own)


def owed_count(actor: Actor) -> int:
    """How many tasks ``owed`` names: counted by the database, and decided once for all that are alike."""
    on = clock.today()
    found, judged = _to_chase(actor, None, None, on)
    last = Report.objects.filter(task=OuterRef("pk")).order_by("-made", "-pk").values("state")[:1]
    not_silent = [key for key, stands in judged.items() if not _is_silent(stands)]
    heard = Case(When(pk__in=not_silent, then=Value(1)), default=Value(0), output_field=IntegerField())
    groups = found.order_by().annotate(last=Subquery(last), heard=heard).values_list(*Alike._fields, "last", "heard")
    return sum(
        count
        for *alike, state, was_heard, count in groups.annotate(n=Count("pk"))
        if _why(task := Alike(*alike), state or "", on, silent=not task.word and not was_heard)
    )


def _to_chase(actor: Actor, plan: int | None, unit: int | None, on: date) -> tuple[QuerySet[Task], Mapping[int, Standing]]:
    """The tasks that are still to be done and for which somebody else answers; and how those of them stand that are worth judging."""
    demand(actor, CHASE)
    found = _open(actor, plan, unit)
    if actor.is_any(Role.OFFICE):
        # A 科室 asks the others, not its own bureau where no other 科室 is in charge.
        found = found.exclude(Q(office=None) | Q(office_id=actor.unit_id), answerable__in=_bureau(actor))
    found = found.exclude(_just_sent(on))
    judged = standings_of(worth_judging(found), on)
    return unfinished(found, judged), judged


def _bureau(actor: Actor) -> list[int]:
    """The unit of whoever asks, and what it is a part of."""
    return [int(key) for key in actor.unit_path.split("/") if key]


def _just_sent(on: date) -> Q:
    """Parts that were handed down within ``GRACE`` and are not past their deadline."""
    in_time = Q(due_on=None) | Q(due_on__gte=on) | Q(ongoing=True)
    return Q(kind=Task.Kind.PART, sent_at__gt=clock.now() - GRACE) & in_time


def asked(actor: Actor) -> QuerySet[Task]:
    """The tasks after which the actor asks: the clerk the county's, a 科室 those in its charge, a town and its office those in it; what
    is told twice once."""
    seen: QuerySet[Task] = rows("task.see", actor).filter(ONCE)
    if actor.is_any(Role.CLERK):
        return seen
    if actor.is_any(Role.OFFICE):
        return seen.filter(Q(office_id=actor.unit_id) | Q(parent__office_id=actor.unit_id))
    return seen.filter(answerable__area__path__startswith=actor.area_path).exclude(answerable_id=actor.unit_id)


def _open(actor: Actor, plan: int | None, unit: int | None) -> QuerySet[Task]:
    found = asked(actor).filter(dropped=None).exclude(answerable=None)
    if plan is not None:
        found = found.filter(plan_id=plan)
    return found if unit is None else found.filter(Q(answerable_id=unit) | Q(office_id=unit))


def in_review(actor: Actor, plan: int | None = None, unit: int | None = None) -> int:
    """How many tasks nobody is asked about because what was reported lies with the bureau."""
    waiting = Report.objects.filter(state=Report.State.HANDED_IN).order_by().values("task")
    return unfinished(_open(actor, plan, unit).filter(pk__in=waiting)).count()


def heard(actor: Actor, plan: int | None = None, unit: int | None = None) -> list[Task]:
    """The tasks that are past their day and that nobody is asked about all the same, because what was reported on them in this round was
    accepted; the longest overdue first."""
    on = clock.today()
    last = Report.objects.filter(task=OuterRef("pk")).order_by("-made", "-pk").values("state")[:1]
    late = _open(actor, plan, unit).filter(due_on__lt=on, ongoing=False, reported_on__gte=on - REPORT_EVERY)
    found = late.annotate(last=Subquery(last)).filter(last=Report.State.ACCEPTED)
    return list(unfinished(found).select_related("answerable").order_by("due_on", "pk"))


def _whom(actor: Actor, task: Asked, units: Mapping[int, Unit]) -> Unit:
    """Inside the bureau the 科室 in charge is asked, not the bureau as a whole."""
    return units[task.answerable_id if task.office_id in (None, actor.unit_id) else task.office_id]


def _last_states(found: QuerySet[Task]) -> dict[int, tuple[str, str]]:
    """Task → state and reason of its last report."""
    reports = Report.objects.filter(task__in=found.order_by().values("pk")).order_by("made", "pk")
    return {task: (state, reason) for task, state, reason in reports.values_list("task_id", "state", "reason")}


def _silent(task: Asked, stands: Standing | None) -> bool:
    """Whether nobody has reported on it; what was split is reported by its parts."""
    return not task.word and (stands is None or _is_silent(stands))


def _is_silent(stands: Standing) -> bool:
    return stands.missing is Missing.REPORT


def _why(task: Asked | Alike, state: str, on: date, *, silent: bool) -> str:
    """The most pressing of ``WHY``; empty where nothing is to be asked. ``state``: of its last report."""
    unanswered = "unanswered" if task.kind == Task.Kind.PART and task.sent == Task.Sent.SENT else ""
    if state == Report.State.HANDED_IN:
        return ""
    if state != Report.State.RETURNED and task.reported_on is not None and task.reported_on >= on - REPORT_EVERY:
        return unanswered
    if task.due_on is not None and task.due_on < on and not task.ongoing:
        return "late"
    if state == Report.State.RETURNED:
        return "returned"
    if task.word == Task.Word.BEHIND:
        return "behind"
    if task.due_on is not None and task.due_on <= on + SOON and not task.ongoing:
        return "soon"
    if silent:
        return "silent"
    return unanswered


def text(words: str, owing: Owed, *, link: str, reply_by: date, contact: str, on: date) -> str:
    """The wording filled in for one unit."""
    filled = {
        _UNIT: owing.unit.name,
        _TODAY: day(on),
        _COUNT: str(len(owing.rows)),
        _LINES: owing.lines,
        _REPLY_BY: day(reply_by),
        _LINK: link,
        _CONTACT: contact,
    }
    return _filled(words, filled)


def text_for_all(actor: Actor, words: str, owing: Sequence[Owed], *, site: str, reply_by: date) -> str:
    """One text for a group in which all these units are: with the page's address only, for a signed link is one unit's own key."""
    demand(actor, CHASE)
    # Units that are asked the same are named together.
    asked_the_same: dict[str, list[str]] = {}
    for each in owing:
        asked_the_same.setdefault(each.lines, []).append(str(each.unit))
    blocks = [f"{'、'.join(units)}：\n{lines}" for lines, units in asked_the_same.items()]
    with action(actor, "chase.write") as record:
        record.noted(None, units=len(owing), links=False)
    filled = {
        _UNIT: _("各有关单位"),
        _TODAY: day(clock.today()),
        _COUNT: str(sum(len(each.rows) for each in owing)),
        _LINES: "\n".join(blocks),
        _REPLY_BY: day(reply_by),
        _LINK: f"{site.rstrip('/')}/tasks/?mine=1",
        _CONTACT: f"{actor.unit_name} {actor.person_name}",
    }
    return _filled(words, filled)


def _filled(words: str, filled: Mapping[str, str]) -> str:
    """In one pass, so that a mark within a task's own words stays as it is."""
    marks = {
        f"【{mark}】": value for word, value in filled.items() for mark in (*in_all(word), *in_all(word, "mark in a wording"))
    }
    return re.sub("|".join(map(re.escape, marks)), lambda found: marks[found[0]], words)


def texts(actor: Actor, words: str, owing: Sequence[Owed], *, site: str, links: bool, reply_by: date) -> list[tuple[str, str]]:
    """Each unit as it is called, and a text for it with the address of its rows: a signed link without an account (``links``), else the
    page. Inside the bureau only what is to do, without address: who works there signs in.

    Each link opens the rows of its unit and of nobody else: all that it is asked about, not only what the text names.
    """
    demand(actor, CHASE)
    contact = f"{actor.unit_name} {actor.person_name}"
    made: list[tuple[str, str]] = []
    with action(actor, "chase.write") as record:
        for each in owing:
            if each.own:
                made.append(
                    (each.called, _("局内待办（截至%(day)s）：\n%(lines)s") % {"day": day(clock.today()), "lines": each.lines})
                )
                continue
            path = make_link(actor, each.unit, REPORT_LINK, {}, LINK_DAYS) if links else "/tasks/?mine=1"
            link = f"{site.rstrip('/')}{path}"
            made.append((each.called, text(words, each, link=link, reply_by=reply_by, contact=contact, on=clock.today())))
        record.noted(None, units=len(made), links=links)
    return made
