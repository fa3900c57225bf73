"""The forms in which rows of a draft are corrected, and how what was typed becomes a correction."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiangxu.cards.vocabulary import LEVELS, OPERATORS, PER, Vocabulary
from xiangxu.model.reason import listed
from xiangxu_web.kernel.components.reasons import worded
from xiangxu_web.workspaces.plans.drafting.correcting import ADD, DROP, LISTS, NUMBERS
from xiangxu_web.workspaces.plans.drafting.opening import short

Json = dict[str, Any]


def _choices(words: Vocabulary) -> list[tuple[str, Any]]:
    """The words of a closed vocabulary, in the language of the page."""
    return [(word, _(meaning)) for word, meaning in words.words.items()]


def _text(label: Any, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, **more)


def _area(label: Any, lines: int = 3) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=8000, widget=forms.Textarea({"rows": lines}))


class RowForm(forms.Form):
    """One row. Opened with what stands; ``typed`` is what differs from it."""

    def __init__(self, row: Mapping[str, Any], data: Any = None) -> None:
        self.row = row
        super().__init__(data, initial={name: self._shown(name) for name in self.base_fields}, auto_id=f"{row['ref']}-%s")

    def _shown(self, name: str) -> Any:
        value = self.row.get(name)
        if name in LISTS:
            return "、".join(value or ())
        if name in NUMBERS:
            return "" if value is None else f"{value:.10g}"
        return value

    def typed(self) -> Json:
        """The fields that differ from what stands; line ends as the draft keeps them."""
        found = {}
        for name in self.fields:
            value = self.cleaned_data[name]
            value = value.replace("\r\n", "\n").strip() if isinstance(value, str) else value
            if value != (self._shown(name) or ""):
                found[name] = value
        return found


class TaskForm(RowForm):
    """A task."""

    title = _text(_("任务名称"), 200)
    number = _text(_("序号"), 20)
    theme = _text(_("专题"), 120)
    goal = _area(_("目标"))
    measure = _area(_("措施"))
    due_words = _text(_("完成时限"), 80, help_text=_("例如：2025年底、2026年6月、常抓不懈；没有就留空"))
    lead = _text(_("牵头单位"), 400, help_text=_("几个单位用顿号隔开，第一个作为答复单位"))
    participants = _text(_("配合单位"), 1000, help_text=_("用顿号隔开"))


class PromiseForm(RowForm):
    """A promise."""

    metric = _text(_("内容"), 200)
    scope = _text(_("范围"), 120)
    op = forms.ChoiceField(label=_("要求"), choices=_choices(OPERATORS))
    value = _text(_("数值"), 20)
    value2 = _text(_("到（介于两数之间时）"), 20)
    uom = _text(pgettext_lazy("of quantity", "单位"), 20)
    baseline = _text(_("基数（原为）"), 20)
    due_words = _text(_("时限"), 20, help_text=_("例如：2025年底、2026年6月、常抓不懈；没有就留空"))
    per = forms.ChoiceField(label=_("周期"), required=False, choices=[("", _("不重复")), *_choices(PER)])
    level = forms.ChoiceField(label=_("核对到"), required=False, choices=[("", "—"), *_choices(LEVELS)])
    quote = _area(_("原文"), 2)
    task = forms.ChoiceField(label=_("属于哪项任务"), required=False)

    def __init__(self, row: Mapping[str, Any], data: Any = None, tasks: list[Json] | None = None) -> None:
        super().__init__(row, data)
        field = self.fields["task"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("不属于某一项任务")),
            *((each["ref"], f"{each['number']} {each['title']}".strip()) for each in tasks or () if not each["dropped"]),
        ]


class DocForm(forms.Form):
    """What the head of the document says of it."""

    title = forms.CharField(label=_("方案标题"), max_length=200)
    short_title = _text(_("简称"), 60, help_text=_("列表和催办文字里用，例如：乡村教育振兴方案"))
    doc_number = _text(_("文号"), 60)
    issuer = _text(_("发文机关"), 80)
    issued_on = _text(_("印发日期"), 10, help_text=_("例如：2026-11-20"))
    runs_until = _text(_("实施至"), 10, help_text=_("方案写明的截止日期，例如：2027-12-31；没有就留空"))

    @classmethod
    def of(cls, draft: Json) -> DocForm:
        """The form of a draft as it stands. Until when the plan runs is filled in as proposed, with the words that say so, where nobody has
        settled it."""
        until = draft.get("until")
        form = cls(draft["doc"] | ({"runs_until": until["day"]} if until else {}), auto_id="doc-%s")
        if until:
            form.fields["runs_until"].help_text = until_words(until)
        return form


def until_words(until: Json) -> str:
    """Where the proposed end of a plan comes from, and what to do about it."""
    words = (
        now("文件没有直接写明；任务清单里最晚的时限是“%(words)s”一行的") if until["of_list"] else now("按文件里的“%(words)s”读出")
    ) % {"words": until["words"]}
    return now("建议，还没有人确认：%(said)s。核对后点“保存”；不是就改正或清空。") % {"said": words}


# What the fields are called, for the history of corrections.
LABELS = {
    name: field.label for form in (TaskForm, PromiseForm, DocForm) for name, field in form.base_fields.items() if name != "task"
}

# The fields whose values are words of a closed vocabulary.
_CHOSEN = {"op": OPERATORS, "level": LEVELS, "per": PER}


def said(name: str, value: Any) -> str:
    """A value of a field as a reader knows it."""
    if name in _CHOSEN:
        return now(_CHOSEN[name].words[value]) if value else now("空")
    return f"{value:.10g}" if isinstance(value, int | float) else str(value or now("空"))


def carried_words(row: Mapping[str, Any]) -> str:
    """What people decided of this row in the version before, and why; of what was corrected also what was read again. Nothing of others."""
    carried = row.get("carried")
    if not carried:
        return ""
    why = now("理由：%(reason)s") % {"reason": carried["reason"]}
    if carried["how"] == DROP:
        told = now("上一版已撤回") if row["dropped"] else now("上一版已撤回，现在恢复：发布后接着原来的那一条")
    elif carried["how"] == ADD:
        told = now("上一版补录的，这次读取又漏了")
    else:
        read = [now("%(field)s读作“%(words)s”") % {"field": LABELS[n], "words": said(n, v)} for n, v in carried["read"].items()]
        told = now("已按上一版的更正改好；这次又把%(read)s") % {"read": worded(listed(read))}
    return now("%(told)s。%(why)s") % {"told": told, "why": why}


# What a task is split by: the first of these that says most.
_SPLIT_BY = ("measure", "goal", "title")
_BLANK_LINE = re.compile(r"\n[ \t　]*\n")


def split_field(row: Mapping[str, Any]) -> str:
    """Which text of a row is cut when it is split: of a promise its quote, of a task its longest."""
    return "quote" if "quote" in row else max(_SPLIT_BY, key=lambda name: len(row[name]))


def split_parts(row: Mapping[str, Any], words: str) -> list[Json]:
    """The parts between empty lines. The first keeps the row's name, each other is named by its own first sentence."""
    field, name = split_field(row), "metric" if "quote" in row else "title"
    pieces = [piece.strip() for piece in _BLANK_LINE.split(words.replace("\r\n", "\n")) if piece.strip()]
    parts: list[Json] = []
    for n, piece in enumerate(pieces):
        part = {field: piece}
        if n or field == name:
            part[name] = short(piece)
        parts.append(part)
    return parts
