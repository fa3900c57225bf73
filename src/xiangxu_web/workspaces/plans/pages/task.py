"""The list of tasks, the page of one, and who is in charge of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiangxu import clock
from xiangxu.model.unit import Role
from xiangxu.targets.task import Missing
from xiangxu_web.kernel.components.table import Column, Filter, Table
from xiangxu_web.kernel.permission import allowed, demand, may, row, rows
from xiangxu_web.kernel.web import Request, number_in
from xiangxu_web.workspaces.areas.api import Unit
from xiangxu_web.workspaces.plans.amending import withdrawn_because
from xiangxu_web.workspaces.plans.counting import silent_past
from xiangxu_web.workspaces.plans.editing import OWNER_KINDS, Changed, change_owners
from xiangxu_web.workspaces.plans.explaining import explained
from xiangxu_web.workspaces.plans.history import files_of, task_events
from xiangxu_web.workspaces.plans.in_charge import fits_phone, whom_to_ask, without_phones
from xiangxu_web.workspaces.plans.judging import plain
from xiangxu_web.workspaces.plans.looking import Look, look_lamp
from xiangxu_web.workspaces.plans.models import Report, Target, Task, TaskUnit
from xiangxu_web.workspaces.plans.nodes import shown as shown_nodes
from xiangxu_web.workspaces.plans.pages.look_list import with_look
from xiangxu_web.workspaces.plans.pages.split import around
from xiangxu_web.workspaces.plans.pages.task_order import ordered
from xiangxu_web.workspaces.plans.pages.ticks import Tick
from xiangxu_web.workspaces.plans.papers import know_units, units_in, whole_title, with_units
from xiangxu_web.workspaces.plans.places import document_url, place_words
from xiangxu_web.workspaces.plans.placing import names_without_unit
from xiangxu_web.workspaces.plans.reported import know_names, taken_in, told_of
from xiangxu_web.workspaces.plans.rules import RUN_PLANS
from xiangxu_web.workspaces.plans.splitting import WORKERS
from xiangxu_web.workspaces.plans.standing import (
    STATES,
    day_left,
    know_standings,
    lamp_of,
    standing_of,
    standings_of,
    unfinished,
    with_standing,
)
from xiangxu_web.workspaces.plans.twins import ONCE, asked_of

# A task due within so many days is told of beforehand.
_SOON = timedelta(days=30)
# The choice among the units that stands for: none yet.
_NOBODY = "none"


def _parts(part: str) -> Callable[[Task], str]:
    def names(task: Task) -> str:
        return "、".join(units_in(task, part))

    return names


def _has(part: str) -> Count:
    return Count("pk", filter=Exists(TaskUnit.objects.filter(task=OuterRef("pk"), part=part)))


def _of_rows(value: str, words: str, *more: str) -> Callable[[HttpRequest], Iterable[tuple[str, str]]]:
    """The choices that the rows themselves offer, read once for all filters of a request."""

    def choices(request: HttpRequest) -> Iterable[tuple[str, str]]:
        told = {
            str(each[value]): next(filter(None, (each[name] for name in (*more, words))), "")
            for each in _offered(request)
            if each[value] not in (None, "")
        }
        return sorted(told.items(), key=lambda pair: pair[1])

    return choices


def _leading(request: HttpRequest) -> Iterable[tuple[str, Any]]:
    """The units that answer for a task; first, where there are any, the tasks for which none does yet."""
    wanting = any(each["answerable_id"] is None for each in _offered(request))
    units = _of_rows("answerable_id", "answerable__name", "answerable__short_name")(request)
    return [*([(_NOBODY, _("未定牵头单位"))] if wanting else []), *units]


def _of_parts(request: HttpRequest) -> Iterable[tuple[str, Any]]:
    present = {each["sent"] for each in _offered(request) if each["kind"] == Task.Kind.PART}
    return [(value, words) for value, words in Task.Sent.choices if value in present]


def _offered(request: HttpRequest) -> list[dict[str, Any]]:
    """What the post sees, by all that can be chosen, with how many are told again."""
    known: list[dict[str, Any]] | None = getattr(request, "task_choices", None)
    if known is None:
        seen = rows("task.see", request.actor).filter(dropped=None).order_by()  # type: ignore[attr-defined]
        known = list(seen.values(*_CHOSEN_BY).annotate(retold=Count("same_as")))
        request.task_choices = known  # type: ignore[attr-defined]
    return known


_CHOSEN_BY = (
    "plan_id", "plan__title", "plan__short_title", "theme", "answerable_id", "answerable__name", "answerable__short_name",
    "office_id", "office__name", "office__short_name", "kind", "sent",
)  # fmt: skip


def _by_due(found: QuerySet[Any], value: str) -> QuerySet[Any]:
    today = clock.today()
    if value == "late":
        return unfinished(found.filter(due_on__lt=today, ongoing=False))
    if value == "soon":
        return unfinished(found.filter(due_on__gte=today, due_on__lte=today + _SOON))
    return {
        "year": found.filter(due_on__year=today.year),
        "later": found.filter(due_on__year__gt=today.year),
        "ongoing": found.filter(ongoing=True),
        "none": found.filter(due_on=None, ongoing=False),
    }[value]


def _by_state(found: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Lamps are reckoned, not stored."""
    return found.filter(pk__in=[key for key, stands in standings_of(found).items() if stands.state == value])


def _by_sent(found: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Only parts are sent down; the document's own tasks are nobody's to accept."""
    return found.filter(kind=Task.Kind.PART, sent=value)


def _taking_part(request: HttpRequest) -> Iterable[tuple[str, str]]:
    """The unit whose page led here: of it alone, for to offer all of them is a query in every list."""
    key = number_in(request.GET.get("with", ""))
    if key is None:
        return []
    seen = rows("task.see", request.actor).order_by().values("pk")  # type: ignore[attr-defined]
    unit = Unit.objects.filter(pk=key, task_parts__task__in=seen).first()
    return [(str(unit.pk), str(unit))] if unit else []


def _narrowed_with(found: QuerySet[Any], value: str) -> QuerySet[Any]:
    return found.filter(pk__in=TaskUnit.objects.filter(unit_id=value).order_by().values("task"))


def _narrowed(field: str) -> Callable[[QuerySet[Any], str], QuerySet[Any]]:
    return lambda found, value: found.filter(**{field: value})


def _sent(task: Task) -> str:
    return str(task.get_sent_display()) if task.kind == Task.Kind.PART else ""


def _disputed(task: Task) -> str:
    """Why a part is in dispute; nothing where that was answered."""
    return task.dispute if task.sent == Task.Sent.DISPUTED else ""


def _all(found: QuerySet[Any], value: str) -> QuerySet[Any]:
    """The view narrows down: it knows who asks."""
    return found


# What the list shows or asks of a task, of its units and of its plan, and nothing else.
_LISTED = (
    "title", "number", "theme", "goal", "leader", "contact", "contact_phone", "due_on", "due_words", "ongoing", "word",
    "reported_on", "done", "quantity", "uom", "kind", "sent", "dispute", "parent", "same_as", "order", "answerable__name", "answerable__short_name",
    "office__name", "office__short_name", "plan__title", "plan__short_title", "doubts", "seen",
)  # fmt: skip
_WHOLE = (Role.CLERK, Role.LEADER, Role.OFFICE, Role.SUPERVISOR)
_DUE = (
    ("late", gettext_lazy("已过期未完成")),
    ("soon", gettext_lazy("30 天内到期")),
    ("year", gettext_lazy("今年到期")),
    ("later", gettext_lazy("明年及以后")),
    ("ongoing", gettext_lazy("长期")),
    ("none", gettext_lazy("无时限")),
)
# What is one thing with another row is listed only where it is asked for, or where words are sought.
RETOLD = (("1", gettext_lazy("与另一项是同一件事的")),)
# What the document itself tells: of the parts of its tasks a unit sees its own.
OF_DOCUMENT = "document"
_WHOSE = (
    ("1", gettext_lazy("本单位牵头、承担的")),
    (OF_DOCUMENT, gettext_lazy("文件里的，不含分解的")),
    ("joined", gettext_lazy("本单位配合的")),
    ("returned", gettext_lazy("进展被退回的")),
)


def _ready(tasks: Sequence[Task]) -> None:
    know_standings(tasks)
    know_units(tasks)


TASKS = Table(
    "tasks",
    columns=[
        Column("title", gettext_lazy("任务"), sort=("title",), url=lambda t: reverse("task", args=[t.pk])),
        Column("number", gettext_lazy("序号"), sort=("plan", "order"), narrow=True),
        Column("theme", gettext_lazy("专题"), sort=("theme",), chosen=False),
        Column("goal", gettext_lazy("目标"), chosen=False),
        Column("answerable", gettext_lazy("牵头单位"), sort=("answerable__name",)),
        Column("co_leads", gettext_lazy("共同牵头"), value=_parts(TaskUnit.Part.CO_LEAD), filled=_has(TaskUnit.Part.CO_LEAD)),
        Column(
            "participants",
            gettext_lazy("配合单位"),
            value=_parts(TaskUnit.Part.PARTICIPANT),
            filled=_has(TaskUnit.Part.PARTICIPANT),
        ),
        Column("leader", gettext_lazy("责任领导"), sort=("leader",), filled=Max("leader")),
        Column("office", gettext_lazy("责任科室"), sort=("office__name",), filled=Max("office_id")),
        Column("contact", gettext_lazy("联系人"), sort=("contact",), filled=Max("contact")),
        Column("contact_phone", gettext_lazy("联系电话"), chosen=False),
        Column("due_on", gettext_lazy("完成时限"), value=lambda t: t.due_on or t.due_words, sort=("due_on",), kind="date"),
        Column("lamp", gettext_lazy("状态"), value=lambda t: plain(lamp_of(t)), kind="lamp"),
        Column("reported_on", gettext_lazy("最近报告"), sort=("reported_on",), kind="date", filled=Max("reported_on")),
        Column("sent", gettext_lazy("下达"), value=_sent, chosen=False),
        Column("dispute", gettext_lazy("异议"), value=_disputed, filled=Max("dispute", filter=Q(sent=Task.Sent.DISPUTED))),
        Column("plan", gettext_lazy("方案"), chosen=False),
        Column(
            "same_as",
            gettext_lazy("同一件事"),
            value=lambda t: t.same_as.title if t.same_as else None,
            url=lambda t: reverse("task", args=[t.same_as_id]) if t.same_as_id else None,
            filled=Max("same_as_id"),
        ),
    ],
    filters=[
        Filter("plan", gettext_lazy("方案"), _of_rows("plan_id", "plan__title", "plan__short_title"), _narrowed("plan_id")),
        Filter(
            "unit",
            gettext_lazy("牵头单位"),
            _leading,
            lambda found, value: found.filter(answerable_id=None if value == _NOBODY else value),
        ),
        Filter("with", gettext_lazy("配合单位"), _taking_part, _narrowed_with),
        Filter("theme", gettext_lazy("专题"), _of_rows("theme", "theme"), _narrowed("theme")),
        Filter(
            "office",
            gettext_lazy("责任科室"),
            _of_rows("office_id", "office__name", "office__short_name"),
            _narrowed("office_id"),
        ),
        Filter("due", gettext_lazy("时限"), lambda r: _DUE, _by_due),
        Filter("state", gettext_lazy("状态"), lambda r: STATES.items(), _by_state),
        Filter("sent", gettext_lazy("分解下达"), _of_parts, _by_sent),
        Filter("mine", gettext_lazy("范围"), lambda r: _WHOSE, _all),
        Filter("retold", gettext_lazy("重复的"), lambda r: RETOLD, _all),
    ],
    search=("title", "goal", "measure", "theme"),
    search_hint=gettext_lazy("任务、目标、措施里的词"),
    order=("plan", "order"),
    empty=gettext_lazy("还没有发布的方案。教育局专干可在“方案”里上传文件，校对后发布，任务就会出现在这里。"),
    template="plans/tasks.html",
    ready=_ready,
)

# The clerk's: with what nobody has looked at; where only such are shown, they are ticked.
TASKS_TO_RUN = with_look(TASKS)
TASKS_TO_LOOK_AT = with_look(
    TASKS,
    Column("tick", gettext_lazy("勾选"), value=lambda t: Tick("look", "task", t.pk, t.title), telling=True),
)

# Neither telephones nor the words of a dispute, which are the county's and the unit's.
TASKS_FROM_ABOVE = replace(TASKS, columns=[column for column in TASKS.columns if column.key not in ("contact_phone", "dispute")])


def listed(request: Request) -> QuerySet[Any]:
    """The tasks of the list: all that the post may see, what is told twice once; with ``?mine=1`` those for which its unit
    answers, with ``mine=returned`` those of them whose last report came back, with ``mine=joined`` those in which it only takes part, with
    ``mine=document`` no parts, as the page of the plan counts."""
    mine = request.GET.get("mine", "")
    rule = {"": "task.see", OF_DOCUMENT: "task.see", "joined": "task.joined"}.get(mine, "task.own")
    found = rows(rule, request.actor).filter(dropped=None)
    whole = not mine and not request.GET.get("sent") and not request.GET.get("unit") and request.actor.is_any(*_WHOLE)
    if mine == OF_DOCUMENT or whole:
        # Whoever sees all parts of all tasks finds them behind their tasks, or by asking for a unit.
        found = found.filter(parent=None)
    if mine == "returned":
        last = rows("report.see", request.actor).filter(task=OuterRef("pk")).order_by("-made", "-pk")
        found = found.annotate(last_state=Subquery(last.values("state")[:1])).filter(last_state=Report.State.RETURNED)
    if request.GET.get("retold"):
        found = found.exclude(ONCE)
    elif not request.GET.get("q"):
        found = found.filter(ONCE)
    return found.select_related("answerable", "office", "plan")


def tasks(request: Request) -> HttpResponseBase:
    """The list; ``?as=print`` gives all of it for paper, with whole titles."""
    found = listed(request)
    if request.GET.get("as") == "print":
        return _printed(request, found)
    retold = sum(each["retold"] for each in _offered(request))

    def silent() -> int:
        """Among the rows that the list shows whatever their state. Reckoned where it is told: not for a part of the list alone, nor for
        the workbook."""
        states = [each for each in table.filters if each.key != "state"]
        return silent_past(replace(table, filters=states).narrowed(request, found)[0])

    may_edit = may(request.actor, RUN_PLANS)
    may_look = may_edit and request.GET.get("look") in (Look.DOUBTFUL, Look.UNSEEN)
    table = (TASKS_TO_LOOK_AT if may_look else TASKS_TO_RUN) if may_edit else _offered_to(request)
    plans = {each["plan_id"] for each in _offered(request)}
    # Something is added to one plan: the one that is listed, or the only one.
    add_to = number_in(request.GET.get("plan", "")) or (plans.pop() if len(plans) == 1 else None)
    more = {"may_edit": may_edit, "may_look": may_look, "retold": retold, "silent_past": silent, "add_to": add_to}
    return table.respond(request, found.only(*_LISTED), title=_("任务"), **more)


def _offered_to(request: Request) -> Table:
    """Above the county nobody has business to call the office: its telephone is no column there."""
    return TASKS if request.actor.county_path else TASKS_FROM_ABOVE


def _printed(request: Request, found: QuerySet[Any]) -> HttpResponse:
    found, filters = TASKS.narrowed(request, found)
    columns, _folded, _counted = _offered_to(request).shown(request, found)
    # On paper nothing can be opened: a title stands whole.
    columns = [replace(column, value=whole_title) if column.key == "title" else column for column in columns]
    chosen = [(f.title, next(words for key, words in f.choices if key == f.value)) for f in filters if f.value]
    everything = Paginator(found, max(1, found.count())).get_page(1)
    context = {"title": _("重点任务清单"), "columns": columns, "rows": TASKS.rows(everything, columns), "chosen": chosen}
    return render(request, "plans/tasks_print.html", context)


def task(request: Request, key: int) -> HttpResponse:
    """One task: the clause in the office's own wording, its targets, owners, parts, nodes, history."""
    seen = rows("task.see", request.actor).select_related("answerable", "office", "plan", "same_as", "parent")
    found: Task = get_object_or_404(with_units(with_standing(seen)), pk=key)
    if found.same_as_id is not None:
        return _told_elsewhere(request, found)
    told = list(found.told_by.select_related("answerable").order_by("order", "pk"))
    before = taken_in(told)
    reports = _reports(request, found, before)
    lamp = lamp_of(found)
    split = around(request.actor, found)
    named = bool(request.actor.county_path)
    nodes = shown_nodes(request.actor, sorted(found.known_nodes, key=lambda node: (node.due_on, node.pk)))  # type: ignore[attr-defined]
    stands = found.dropped is None
    may_edit = stands and may(request.actor, RUN_PLANS) and allowed("task.change", request.actor, found)
    context = {
        "title": found.title,
        "task": found,
        "withdrawn": withdrawn_because(found),
        "lamp": lamp,
        # Where a report waits and nothing else is to be said, the lamp says so already.
        "review_told": standing_of(found).missing is Missing.REVIEW,
        "day_left": day_left(found, lamp),
        "document_url": document_url(found.plan_id, found.place),
        "place": place_words(found.place),
        "wording": _wording(found, named=named),
        # Whoever cannot fill the gaps is not shown them.
        "owners": [
            *((title, words) for title, words in _owners(found, named=named) if words or may_edit),
            *whom_to_ask(request.actor, found),
        ],
        "unplaced": _unplaced(found) if may_edit else (),
        "targets": explained(promised_by(found)),
        "of_whole": promised_by(found.parent) if found.parent else [],
        "retold": [each for each in told if each.dropped is None],
        "look": look_lamp(found),
        "nodes": nodes,
        "reports": reports,
        "files": list(files_of(request.actor, [found, *before], reports)),
        "events": task_events(found, reports, split["instructions"], nodes, before, named=named),
        "may_report": stands and found.answerable_id is not None and allowed("task.report", request.actor, found),
        **_deciding(request, [found, *before]),
        "may_edit": may_edit,
    }
    context |= split | {"may_instruct": stands and split["may_instruct"]}
    return render(request, "plans/task.html", context | ordered(request, found, context))


def _wording(task: Task, *, named: bool) -> list[tuple[str, str]]:
    """What the document says of it, column by column. ``named``: whether the reader has business to call the office."""
    told = (
        (_("序号"), task.number),
        (_("专题"), task.theme),
        (_("目标"), task.goal),
        (_("措施"), task.measure),
        (_("时限"), task.due_words),
        *(task.others if named else without_phones(task.others)).items(),
    )
    return [(title, words) for title, words in told if words]


def _owners(task: Task, *, named: bool) -> list[tuple[str, str | None]]:
    return [
        (_("牵头单位"), task.answerable.name if task.answerable else None),
        (_("共同牵头"), "、".join(units_in(task, TaskUnit.Part.CO_LEAD)) or None),
        (_("配合单位"), "、".join(units_in(task, TaskUnit.Part.PARTICIPANT)) or None),
        (_("责任领导"), task.leader or None),
        (_("责任科室"), task.office.name if task.office else None),
        (_("联系人"), " ".join(filter(None, (task.contact, task.contact_phone if named else ""))) or None),
    ]


def _unplaced(task: Task) -> list[str]:
    """The names of the task's units, as printed, that stand for no unit of the county yet."""
    alone = {unit.printed for unit in task.known_units if unit.unit_id is None}  # type: ignore[attr-defined]
    return [name for name in names_without_unit(task.plan) if name in alone] if alone else []


def promised_by(task: Task) -> list[Target]:
    """The task's promises, what it promises twice once. A part promises nothing itself: that is the whole task's."""
    found = list(task.targets.filter(dropped=None).select_related("same_as").order_by("order"))
    own = {target.pk for target in found}
    return [target for target in found if target.same_as_id not in own]


def _told_elsewhere(request: Request, task: Task) -> HttpResponse:
    """The page of what is one thing with another task: its own wording, how that one stands, and the way there. Nothing is asked here."""
    reported, named = asked_of(task), bool(request.actor.county_path)
    before = taken_in(reported.told_by.select_related("answerable") if reported.kind == Task.Kind.PART else ())
    reports = _reports(request, reported, before)
    context = {
        "title": task.title,
        "task": task,
        "reported": reported,
        "lamp": lamp_of(task),
        "document_url": document_url(task.plan_id, task.place),
        "place": place_words(task.place),
        "wording": _wording(task, named=named),
        "owners": [(title, words) for title, words in _owners(task, named=named) if words],
        "look": look_lamp(task),
        "targets": explained(promised_by(reported)),
        "reports": reports,
        "files": list(files_of(request.actor, [reported, *before], reports)),
        "may_edit": may(request.actor, RUN_PLANS) and allowed("task.change", request.actor, task),
    }
    return render(request, "plans/task_retold.html", context)


def _reports(request: Request, task: Task, before: Sequence[Task]) -> list[Report]:
    """The reports on a task and on the parts that it took in, the newest first, each with its unit as it was called then."""
    seen = rows("report.see", request.actor).filter(task__in=[task, *before])
    reports = list(told_of(seen).order_by("-made"))
    know_names(reports)
    return reports


def _deciding(request: Request, tasks: Sequence[Task]) -> dict[str, set[int]]:
    """The reports that this post may decide on, and which of them are the person's own: those somebody else accepts."""
    waiting = rows("report.decide", request.actor).filter(task__in=tasks, state=Report.State.HANDED_IN)
    found = list(waiting.values_list("pk", "person_id", "entered_for"))
    own = {key for key, person, entered_for in found if person == request.actor.person_id and not entered_for}
    return {"deciding": {key for key, _person, _for in found}, "own_reports": own}


class OwnersForm(forms.Form):
    """Who is in charge. What the document says stands beside it and is not changed here."""

    answerable = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("牵头单位"),
        required=False,
        empty_label=gettext_lazy("未定"),
        help_text=gettext_lazy("只选一个：进展由它报。"),
    )
    leader = forms.CharField(label=gettext_lazy("责任领导"), max_length=40, required=False)
    office = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("责任科室"), required=False, empty_label=gettext_lazy("未定")
    )
    contact = forms.CharField(label=gettext_lazy("联系人"), max_length=40, required=False)
    contact_phone = forms.CharField(
        label=gettext_lazy("联系电话"), max_length=30, required=False, help_text=gettext_lazy("几个号码用“、”隔开。")
    )
    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, task: Task, **settings: Any) -> None:
        super().__init__(*args, **settings)
        # Who answers now stays a choice, also a unit that has closed: saving a telephone number must not leave the task to nobody.
        units = Unit.objects.filter(Q(area__path__startswith=task.plan.area.path, closed=None) | Q(pk=task.answerable_id))
        answerable, office = self.fields["answerable"], self.fields["office"]
        kinds = WORKERS if task.kind == Task.Kind.PART else OWNER_KINDS
        answerable.queryset = units.filter(Q(kind__in=kinds) | Q(pk=task.answerable_id)).order_by("kind", "path")  # type: ignore[attr-defined]
        office.queryset = units.filter(kind=Unit.Kind.OFFICE).order_by("kind", "path")  # type: ignore[attr-defined]

    def clean_contact_phone(self) -> str:
        """Digits, with what stands between them."""
        words: str = self.cleaned_data["contact_phone"].strip()
        if not fits_phone(words):
            raise forms.ValidationError(_("不像电话号码，请核对；几个号码用“、”隔开。"))
        return words


def owners(request: Request, key: int) -> HttpResponse:
    """The form of who is in charge of a task, for the bureau's clerk."""
    demand(request.actor, RUN_PLANS)
    found: Task = row("task.change", request.actor, pk=key)
    now = {name: getattr(found, name) for name in ("answerable", "leader", "office", "contact", "contact_phone", "edition")}
    form = OwnersForm(request.POST or None, initial=now, task=found)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            change_owners(request.actor, key, given.pop("edition"), given)
        except Changed as problem:
            messages.warning(request, str(problem))
            return redirect("task-owners", key)
        messages.success(request, _("已保存。"))
        return redirect("task", key)
    context = {"title": _("改责任人"), "task": found, "form": form}
    return render(request, "plans/owners.html", context, status=422 if form.errors else 200)
