"""The forms in which a published task or target is corrected, beside its place in the document; and that somebody looked at it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from xiangxu_web.kernel.outcome import outcome_told, refusal_at
from xiangxu_web.kernel.permission import Refused, demand, row
from xiangxu_web.kernel.web import Request, keys_in, number_in
from xiangxu_web.workspaces.plans.adding import add_target, add_task
from xiangxu_web.workspaces.plans.amending import amend, amend_target, hanging, withdraw, withdraw_task
from xiangxu_web.workspaces.plans.drafting.correcting import AMENDABLE_PROMISE, AMENDABLE_TASK
from xiangxu_web.workspaces.plans.drafting.succession import rows_in_force
from xiangxu_web.workspaces.plans.editing import Changed
from xiangxu_web.workspaces.plans.looking import look, look_lamp
from xiangxu_web.workspaces.plans.models import Draft, Plan, Target, Task
from xiangxu_web.workspaces.plans.pages.draft_document import document_of
from xiangxu_web.workspaces.plans.pages.draft_forms import PromiseForm, RowForm, TaskForm
from xiangxu_web.workspaces.plans.rules import RUN_PLANS
from xiangxu_web.workspaces.plans.succession import ref_of

_REFUSALS = (ValueError, Refused, Changed)


class AmendForm(RowForm):
    """What the document says, and why it has to be corrected. Opened with what stands."""

    names: ClassVar[tuple[str, ...]] = ()
    reason = forms.CharField(
        label=gettext_lazy("更正的理由"), max_length=200, help_text=gettext_lazy("例如：读取时漏了半句。会写进它的经过。")
    )
    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, thing: Task | Target, data: Any = None) -> None:
        super().__init__({"ref": "amend"} | {name: getattr(thing, name) for name in (*self.names, "edition")}, data)
        self.fields = {name: self.fields[name] for name in (*self.names, "reason", "edition")}

    def given(self) -> dict[str, Any]:
        """What the document says, as it was typed."""
        return {name: self.cleaned_data[name] for name in self.names}


class AmendTaskForm(AmendForm, TaskForm):
    """A task."""

    names = AMENDABLE_TASK


class AmendTargetForm(AmendForm, PromiseForm):
    """A promise."""

    names = AMENDABLE_PROMISE


class AddForm(RowForm):
    """What was missed, by its words in the document, and why it is added."""

    names: ClassVar[tuple[str, ...]] = ()
    quote = forms.CharField(
        label=gettext_lazy("原文"),
        max_length=8000,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("从原文里原样抄录。"),
    )
    reason = forms.CharField(
        label=gettext_lazy("补录的理由"), max_length=200, help_text=gettext_lazy("例如：读取时漏了这一句。会写进它的经过。")
    )

    def given(self) -> dict[str, Any]:
        """What was missed, as it was typed."""
        return {name: self.cleaned_data[name] for name in self.names}


class AddTaskForm(AddForm, TaskForm):
    """A task that was missed, and where it stands among the others."""

    names = ("quote", "title", "kind", "number", "theme", "goal", "measure", "due_words", "lead", "participants", "after")
    kind = forms.ChoiceField(
        label=gettext_lazy("来源"), choices=[(kind.value, kind.label) for kind in (Task.Kind.ROW, Task.Kind.ACTION)]
    )
    after = forms.ChoiceField(
        label=gettext_lazy("排在哪一项后面"), required=False, help_text=gettext_lazy("不选就按它在原文里的位置。")
    )

    def __init__(self, draft: Draft, data: Any = None) -> None:
        tasks, _promises = rows_in_force(draft.current)
        listed = any(each["kind"] == Task.Kind.ROW for each in tasks)
        super().__init__({"ref": "new-task", "kind": Task.Kind.ROW if listed else Task.Kind.ACTION}, data)
        self.fields = {name: self.fields[name] for name in (*self.names, "reason")}
        self.fields["title"].help_text = _("不填就用原文的第一句。")
        self.fields["measure"].help_text = _("目标、措施也要照抄原文；都不填，就把上面的原文作为措施。")
        after = self.fields["after"]
        assert isinstance(after, forms.ChoiceField)
        after.choices = [
            ("", _("按原文的位置")),
            *((each["ref"], f"{each['number']} {each['title']}".strip()) for each in tasks),
        ]


class AddTargetForm(AddForm, PromiseForm):
    """A promise that was missed."""

    names = ("quote", *AMENDABLE_PROMISE, "task")

    def __init__(self, draft: Draft, of: str = "", data: Any = None) -> None:
        super().__init__({"ref": "new-promise", "op": "done", "task": of}, data, draft.current["tasks"])
        self.fields = {name: self.fields[name] for name in (*self.names, "reason")}


def amend_task(request: Request, key: int) -> HttpResponse:
    """Corrects name, goal, measure and deadline of a task against the document, which stands beside the form at the task's place; or
    withdraws it (``withdraw``), where it is no task at all."""
    demand(request.actor, RUN_PLANS)
    found: Task = row("task.change", request.actor, pk=key)
    form = AmendTaskForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        edition, reason = form.cleaned_data["edition"], form.cleaned_data["reason"]
        with refusal_at(form, refusals=_REFUSALS):
            if "withdraw" in request.POST:
                withdraw_task(request.actor, key, edition, reason)
            else:
                amend(request.actor, key, edition, form.given(), reason)
        if form.is_valid():
            told = (
                _("已撤回：这一条不再列为任务，也不用报进展。理由和原来的内容记在经过里。")
                if "withdraw" in request.POST
                else _("已更正。更正前后的内容都记在任务的经过里。")
            )
            messages.success(request, told)
            return redirect("task", key)
    hangs = hanging(found)
    return _page(
        request,
        found,
        form,
        reverse("task", args=[key]),
        reported=found.reports.exists(),
        may_not_withdraw=hangs,
        withdrawing=None if hangs else {"button": _("这不是任务，撤回"), "words": _task_withdrawn_words(found)},
    )


def _task_withdrawn_words(task: Task) -> list[str]:
    """What becomes of what hangs on a task that is withdrawn."""
    words = [_("撤回要写明理由；以后不再列为任务，也不用报进展，经过里仍然看得到。")]
    if n := task.targets.filter(dropped=None).count():
        words.append(
            ngettext(
                "它的 %(n)s 条目标不撤：回到原文所在的任务，没有的就不属于某一项任务，可以在目标页另选。",
                "它的 %(n)s 条目标不撤：回到原文所在的任务，没有的就不属于某一项任务，可以在目标页另选。",
                n,
            )
            % {"n": n}
        )
    if n := task.parts.filter(dropped=None).count():
        words.append(
            ngettext(
                "还没有接受的 %(n)s 项分解任务一并撤下。",
                "还没有接受的 %(n)s 项分解任务一并撤下。",
                n,
            )
            % {"n": n}
        )
    return words


def amend_target_page(request: Request, key: int) -> HttpResponse:
    """Corrects what a promise says, beside its place in the document; or withdraws it (``withdraw``), where it is no promise at all."""
    demand(request.actor, RUN_PLANS)
    found: Target = row("target.amend", request.actor, pk=key)
    form = AmendTargetForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        edition, reason = form.cleaned_data["edition"], form.cleaned_data["reason"]
        with refusal_at(form, refusals=_REFUSALS):
            if "withdraw" in request.POST:
                withdraw(request.actor, key, edition, reason)
            else:
                found = amend_target(request.actor, key, edition, form.given(), reason)
        if form.is_valid():
            _tell(request, found, withdrawn="withdraw" in request.POST)
            return redirect("target", key)
    asked = found.marks.filter(replaced=None).exists()
    withdrawing = {
        "button": _("这不是目标，撤回"),
        "words": [_("撤回要写明理由；以后不再列为目标，也不计数，经过里仍然看得到。")],
    }
    return _page(request, found, form, reverse("target", args=[key]), reported=asked, withdrawing=withdrawing)


def add_task_page(request: Request, key: int) -> HttpResponse:
    """Adds a task that the reading missed."""
    demand(request.actor, RUN_PLANS)
    plan: Plan = row("plan.see", request.actor, pk=key, area__path=request.actor.county_path)
    draft = plan.versions.select_related("draft").latest("number").draft
    form = AddTaskForm(draft, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_at(form, refusals=_REFUSALS):
            made = add_task(request.actor, key, form.given(), form.cleaned_data["reason"])
        if form.is_valid():
            messages.success(request, _("已补录。请看一看牵头单位对不对。"))
            return redirect("task", made.pk)
    context = {
        "title": _("补录漏读的任务"),
        "named": str(plan),
        "form": form,
        "back": reverse("plan", args=[key]),
        "document": document_of(draft, None, key),
        "adding": _("只补录文件里写了、读取时漏掉的任务。已印发的通报不变。"),
    }
    return render(request, "plans/amend.html", context, status=422 if form.errors else 200)


def add_target_page(request: Request, key: int) -> HttpResponse:
    """Adds a promise that the reading missed; ``?task=`` names the task to which it belongs."""
    demand(request.actor, RUN_PLANS)
    plan: Plan = row("plan.see", request.actor, pk=key, area__path=request.actor.county_path)
    version = plan.versions.select_related("draft").latest("number")
    asked = number_in(request.GET.get("task", ""))
    of = Task.objects.filter(plan=plan, pk=asked).first() if asked is not None else None
    form = AddTargetForm(version.draft, (ref_of(version, of) or "") if of else "", request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_at(form, refusals=_REFUSALS):
            made = add_target(request.actor, key, form.given(), form.cleaned_data["reason"])
        if form.is_valid():
            messages.success(request, _("已补录。请在这里确认它怎么算。"))
            return redirect("target", made.pk)
    context = {
        "title": _("补录漏读的目标"),
        "named": str(plan),
        "form": form,
        "back": reverse("task", args=[of.pk]) if of else reverse("plan", args=[key]),
        "document": document_of(version.draft, of.place if of else None, key),
        "adding": _("只补录文件里写了、读取时漏掉的承诺。已印发的通报不变。"),
    }
    return render(request, "plans/amend.html", context, status=422 if form.errors else 200)


def _tell(request: Request, target: Target, *, withdrawn: bool) -> None:
    if withdrawn:
        messages.success(request, _("已撤回：这一条不再列为目标，也不计数。理由和原来的内容记在经过里。"))
        return
    messages.success(request, _("已更正。更正前后的内容都记在目标的经过里。"))
    if target.binding == Target.Binding.CONFIRMED:
        messages.warning(request, _("怎么算没有跟着改：请看一看是否仍然合适。"))


def _page(request: Request, thing: Task | Target, form: AmendForm, back: str, **more: Any) -> HttpResponse:
    version = thing.plan.versions.select_related("draft").order_by("number").last()
    context = {
        "title": _("对照原文更正"),
        "thing": thing,
        "named": thing.title if isinstance(thing, Task) else thing.metric,
        "quote": thing.quote if isinstance(thing, Target) else "",
        "look": look_lamp(thing),
        "form": form,
        "back": back,
        "document": document_of(version.draft, thing.place or None, thing.plan_id) if version else None,
        **more,
    }
    return render(request, "plans/amend.html", context, status=422 if form.errors else 200)


@require_POST
def seen_tasks(request: Request) -> HttpResponse:
    """Tasks that were looked at: those that were ticked on the list, or the one of whose page this was sent."""
    return _seen(request, Task)


@require_POST
def seen_targets(request: Request) -> HttpResponse:
    """Targets that were looked at: those that were ticked on the list, or the one of whose page this was sent."""
    return _seen(request, Target)


def _seen(request: Request, model: type[Any]) -> HttpResponse:
    demand(request.actor, RUN_PLANS)
    name = model._meta.model_name
    keys = keys_in(request.POST, name)
    with outcome_told(request):
        if not keys:
            raise ValueError(_("请先在“勾选”一列选中看过的。"))
        n = look(request.actor, model, keys)
        messages.success(request, ngettext("已把 %(n)s 条标为看过。", "已把 %(n)s 条标为看过。", n) % {"n": n})
    if "page" in request.POST and keys:
        return redirect(name, keys[0])
    asked = request.GET.urlencode()
    return redirect(reverse(f"{name}s") + (f"?{asked}" if asked else ""))
