"""The form of a report, for whoever signed in and for whoever came by a link: under a minute on a telephone."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.components.lamp import STATES
from xiangxu_web.kernel.files.attach import stored
from xiangxu_web.kernel.files.fields import FileField
from xiangxu_web.kernel.outcome import refusal_at
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.plans.models import Report, Task
from xiangxu_web.workspaces.plans.reporting import asks_quantity, hand_in, is_own, last_report
from xiangxu_web.workspaces.plans.standing import lamp_alone, nodes_of

WORDS = tuple((value, words, STATES[f"reported-{value}"].shape) for value, words in Task.Word.choices if value)


class ReportForm(forms.Form):
    """One word and one line are enough; the quantity where the part has one; the source where it is entered for another."""

    word = forms.ChoiceField(
        label=gettext_lazy("进展"),
        choices=[choice for choice in Task.Word.choices if choice[0]],
        error_messages={"required": gettext_lazy("请选“正常”“滞后”或“完成”。")},
    )
    quantity = forms.FloatField(
        label=gettext_lazy("到今天累计完成"),
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={
            "required": gettext_lazy("请写到今天一共完成了多少，还没有的写 0。"),
            "invalid": gettext_lazy("请填数字，例如 12 或 3.5。"),
            "min_value": gettext_lazy("不能是负数：请写到今天一共完成了多少。"),
        },
    )
    line = forms.CharField(
        label=gettext_lazy("一句话进展"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("做了什么，到什么程度。"),
        error_messages={"required": gettext_lazy("请写一句话：做了什么，到什么程度。")},
    )
    obstacles = forms.CharField(
        label=gettext_lazy("存在困难"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    next_step = forms.CharField(
        label=gettext_lazy("下一步"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    source = forms.CharField(
        label=gettext_lazy("来源"),
        max_length=200,
        help_text=gettext_lazy("替别的单位填，须写明依据，例如：11月18日电话；微信；盖章材料。"),
        error_messages={"required": gettext_lazy("代录须写明来源，例如：11月18日电话。")},
    )
    evidence = FileField(
        label=gettext_lazy("照片、材料"),
        multiple=True,
        most=9,
        required=False,
        help_text=gettext_lazy("照片里的定位会自动去掉。"),
    )
    children = forms.BooleanField(label=gettext_lazy("里面有孩子的正脸"), required=False)
    token = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: object, own: bool, quantity: bool, **settings: object) -> None:
        super().__init__(*args, **settings)  # type: ignore[arg-type]
        if own:
            del self.fields["source"]
        if not quantity:
            del self.fields["quantity"]


def answered(request: Request, actor: Actor, task: Task) -> tuple[Report | None, dict[str, Any]]:
    """The report that was handed in with this request; else None, with what the page of the form needs.

    What was said last is there already, marked with its day; only the line is new each time.
    """
    own, quantity = is_own(actor, task), asks_quantity(task)
    last = last_report(actor, task)
    initial: dict[str, Any] = {"token": uuid4().hex}
    if last is not None:
        quantity_then = None if last.quantity is None else f"{last.quantity:.15g}"
        initial |= {"word": last.word, "obstacles": last.obstacles, "next_step": last.next_step, "quantity": quantity_then}
    form = ReportForm(request.POST or None, request.FILES or None, own=own, quantity=quantity, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusal_at(form):
            files = stored(form.cleaned_data["evidence"], shows_children=form.cleaned_data["children"])
            return hand_in(actor, task.pk, form.cleaned_data, form.cleaned_data["token"], files), {}
    context = {
        "title": _("报进展") if own else _("代录进展"),
        "task": task,
        "lamp": lamp_alone(task),
        "form": form,
        "own": own,
        "words": WORDS,
        "word_now": form["word"].value() or "",
        "last": last,
        "more": bool(form["obstacles"].value() or form["next_step"].value() or form["word"].value() == Task.Word.BEHIND),
        "nodes": sorted(nodes_of(task), key=lambda node: node.due_on),
        "who": f"{actor.post_id or ''}-{actor.link_id or ''}",
    }
    return None, context
