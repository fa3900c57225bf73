"""Bulletins on the web: the list, the draft with its sentences, the issued one, the rows behind each figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from xiangxu import clock
from xiangxu.monthly import Block, BulletinContent, Figure, Retold, disagreements
from xiangxu.targets.status import Verdict
from xiangxu_web.kernel.audit.names import names
from xiangxu_web.kernel.components.confirm import ask
from xiangxu_web.kernel.components.figures import day
from xiangxu_web.kernel.components.lamp import Lamp
from xiangxu_web.kernel.components.table import Action, Column, Filter, Table
from xiangxu_web.kernel.files.attach import attachments
from xiangxu_web.kernel.files.kinds import DOCX
from xiangxu_web.kernel.files.serve import made
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.kernel.outcome import outcome_told, refusal_at, typed_into
from xiangxu_web.kernel.permission import allowed, demand, may, row, rows
from xiangxu_web.kernel.web import Request, number_in
from xiangxu_web.workspaces.plans import bulletins as actions
from xiangxu_web.workspaces.plans.bulletins import CannotIssue, NotThatDay, content_of, file_name, word_file
from xiangxu_web.workspaces.plans.models import Bulletin
from xiangxu_web.workspaces.plans.plan_state import Frame, frame_of
from xiangxu_web.workspaces.plans.rules import RUN_PLANS

BULLETINS = Table(
    "bulletins",
    columns=[
        Column("title", gettext_lazy("标题"), sort=("title",), url=lambda b: reverse("bulletin", args=[b.pk])),
        Column("number", gettext_lazy("期号"), value=lambda b: called(b), sort=("number", "edition"), narrow=True, telling=True),
        Column("plan", gettext_lazy("方案"), sort=("plan__title",)),
        Column("day", gettext_lazy("截至"), sort=("day",), kind="date", telling=True),
        Column(
            "issued",
            gettext_lazy("印发"),
            value=lambda b: localtime(b.issued).date() if b.issued else None,
            sort=("issued",),
            kind="date",
        ),
        Column("state", gettext_lazy("状态"), value=lambda b: state_words(b), kind="tag", telling=True),
    ],
    filters=[
        Filter(
            "state",
            gettext_lazy("状态"),
            lambda r: (("issued", gettext_lazy("已印发")), ("draft", gettext_lazy("草稿"))),
            lambda found, value: found.filter(issued__isnull=value == "draft"),
        )
    ],
    search=("title",),
    order=("-day", "-number", "-edition"),
    empty=gettext_lazy("还没有通报。教育局专干在方案页面点“起草通报”，系统按当前进展写出初稿。"),
)


def called(bulletin: Bulletin) -> str:
    """What an edition is called: 第3期, 第3期（更正1）."""
    edition = _("（更正%(n)s）") % {"n": bulletin.edition - 1} if bulletin.edition > 1 else ""
    return _("第%(n)s期") % {"n": bulletin.number} + edition


def state_words(bulletin: Bulletin) -> str:
    """Draft, issued, or corrected by a later edition."""
    if bulletin.issued is None:
        return _("草稿")
    return _("已被更正") if any(each.issued for each in bulletin.corrected_by.all()) else _("已印发")


def bulletins(request: Request) -> HttpResponseBase:
    """All bulletins that the post may see; whoever drafts them is led to the plan where the first one is begun."""
    found = rows("bulletin.see", request.actor).select_related("plan").prefetch_related("corrected_by")
    return BULLETINS.respond(request, found, title=_("通报"), first_step=_first_step(request))


def _first_step(request: Request) -> Action | None:
    if not may(request.actor, RUN_PLANS):
        return None
    plan = rows("plan.see", request.actor).filter(area__path=request.actor.county_path).order_by("-made").first()
    if plan is None:
        return Action(_("先导入方案"), reverse("new-draft"), "upload")
    return Action(_("到方案页面起草通报"), reverse("plan", args=[plan.pk]), "pencil")


@require_POST
def begin(request: Request, key: int) -> HttpResponse:
    """The draft of a plan's next bulletin, or the one that is being drafted."""
    return redirect("bulletin", actions.begin(request.actor, key).pk)


@dataclass(frozen=True)
class Piece:
    """A piece of a sentence; a figure leads to its rows."""

    text: str
    name: str = ""
    url: str = ""


@dataclass(frozen=True)
class Sentence:
    """A block as the page shows it."""

    block: Block
    pieces: list[Piece]
    wrong: list[str]
    editing: bool
    adding: bool
    # What was typed here and could not be saved, to be seen and sent again.
    typed: str


class FrameForm(forms.Form):
    """The head of the bulletin."""

    title = forms.CharField(label=gettext_lazy("标题"), max_length=120)
    number = forms.IntegerField(label=gettext_lazy("期号"), min_value=1, max_value=999)
    day = forms.DateField(
        label=gettext_lazy("截至"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy(
            "填今天，保存时按现在的进展重新取数；草稿原来的日期早于今天、保留不改的，数字不变。不能填别的日期。"
        ),
    )
    mark = forms.CharField(label=gettext_lazy("刊头名称"), max_length=40, help_text=gettext_lazy("如：工作通报。"))
    issuer = forms.CharField(label=gettext_lazy("印发单位"), max_length=60)
    form = forms.ChoiceField(
        label=gettext_lazy("版式"),
        choices=(("brief", gettext_lazy("简报（刊头、期号）")), ("red", gettext_lazy("红头文件（文号、落款）"))),
    )
    doc_number = forms.CharField(label=gettext_lazy("发文字号"), max_length=40, required=False)
    to = forms.CharField(label=gettext_lazy("主送"), max_length=200, required=False)
    copies = forms.CharField(label=gettext_lazy("抄送"), max_length=200, required=False)
    answer_by = forms.DateField(
        label=gettext_lazy("要求各单位答复的日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def bulletin(request: Request, key: int) -> HttpResponse:
    """A draft to be worked on, or an issued bulletin to be read; figures open their rows."""
    seen = rows("bulletin.see", request.actor).select_related("plan", "corrects").prefetch_related("corrected_by")
    found: Bulletin = get_object_or_404(seen, pk=key)
    content = content_of(found)
    typed = typed_into(request, reverse("bulletin-edit", args=[key]))
    text = str(typed.get("text", ""))
    if text and all(block.id != typed.get("block") for block in content.blocks):
        _tell_lost(request, [text])
    working = found.issued is None and allowed("bulletin.change", request.actor, found)
    context = {
        "title": found.title,
        "bulletin": found,
        "called": called(found),
        "state": state_words(found),
        "working": working,
        "sentences": list(_sentences(found, content, request.GET if working else {}, typed)),
        "differing": len(disagreements(content)),
        "files": list(attachments(request.actor, found)),
        "later": [each for each in found.corrected_by.all() if each.issued],
        "may_correct": found.issued is not None and may(request.actor, RUN_PLANS) and not found.corrected_by.all(),
        "state_of": content.state,
    }
    return render(request, "plans/bulletin.html", context)


def _sentences(
    bulletin: Bulletin, content: BulletinContent, asked: Mapping[str, Any], typed: Mapping[str, str]
) -> Iterable[Sentence]:
    figures = {figure.key: figure for figure in content.figures}
    wrong: dict[str, list[str]] = {}
    for each in disagreements(content):
        wrong.setdefault(each.block, []).append(each.sentence)
    for block in content.blocks:
        if bulletin.issued is not None and block.dropped:
            continue
        pieces = [Piece(block.text)] if block.edited is not None else [_piece(bulletin, span, figures) for span in block.spans]
        own = typed if typed.get("block") == block.id else {}
        yield Sentence(
            block,
            pieces,
            wrong.get(block.id, []),
            editing=asked.get("edit") == block.id or own.get("do") == "write",
            adding=asked.get("after") == block.id or own.get("do") == "after",
            typed=own.get("text", ""),
        )


def _piece(bulletin: Bulletin, span: Any, figures: Mapping[str, Figure]) -> Piece:
    figure = figures.get(span.figure)
    if figure is None:
        return Piece(span.text)
    return Piece(span.text, figure.name, f"{reverse('bulletin-figure', args=[bulletin.pk])}?key={figure.key}")


_DO: dict[str, Callable[..., Bulletin]] = {
    "write": lambda actor, key, revision, block, text: actions.write(actor, key, revision, block, text),
    "leave-out": lambda actor, key, revision, block, text: actions.leave_out(actor, key, revision, block),
    "bring-back": lambda actor, key, revision, block, text: actions.bring_back(actor, key, revision, block),
    "after": lambda actor, key, revision, block, text: actions.write_after(actor, key, revision, block, text),
}


@require_POST
def edit(request: Request, key: int) -> HttpResponse:
    """One change of one sentence; where it is refused, its form stands open again with what was typed. Where the draft was issued or
    given up in the meantime, the words come back with what became of it."""
    do, block = request.POST.get("do", ""), request.POST.get("block", "")
    if do not in _DO:
        raise Http404
    try:
        with outcome_told(request, refusals=CannotIssue):
            _DO[do](request.actor, key, _revision(request.POST.get("revision", "")), block, request.POST.get("text", ""))
    except KeyError as problem:
        raise Http404(_("草稿里没有这一段，可能刚重新取过数。请刷新页面。")) from problem
    except Http404:
        return _too_late(request, key)
    return redirect(f"{reverse('bulletin', args=[key])}#s-{block}")


def _too_late(request: Request, key: int) -> HttpResponse:
    """The way on from a draft that is one no longer: to the issued bulletin, or, where it was given up, to all of them."""
    issued = rows("bulletin.see", request.actor).filter(pk=key, issued__isnull=False).first()
    given_up = AuditRow.objects.filter(
        verb=actions.GIVE_UP, table="bulletin", row_key=str(key), area_path=request.actor.county_path
    ).last()
    if issued is not None:
        told = _("%(called)s已于 %(day)s 印发，内容不再改，这一次没有保存。") % {
            "called": called(issued),
            "day": day(localtime(issued.issued).date()),
        }
    elif given_up is not None:
        who = names("person", [given_up.person_id]).get(given_up.person_id or 0, "")
        told = _("这份通报草稿已由%(who)s于 %(day)s 放弃，这一次没有保存。") % {
            "who": who,
            "day": day(localtime(given_up.at).date()),
        }
    else:
        raise Http404
    messages.error(request, told)
    _tell_lost(request, filter(None, [request.POST.get("text", "").strip()]))
    return redirect("bulletin", key) if issued is not None else redirect("bulletins")


def _revision(words: str) -> int:
    """The revision that the page showed; one that never was where it names none, so that nothing is written over unseen."""
    shown = number_in(words)
    return -1 if shown is None else shown


def _tell_lost(request: Request, lost: Iterable[str]) -> None:
    for text in lost:
        messages.warning(request, _("这一段在新的情况下没有位置了，请自行决定是否补写：%(text)s") % {"text": text})


def head(request: Request, key: int) -> HttpResponse:
    """The head of a draft: number, day, name, issuer. With today as its day everything is counted anew; sentences of people stay."""
    demand(request.actor, RUN_PLANS)
    found: Bulletin = row("bulletin.change", request.actor, pk=key)
    now = frame_of(content_of(found).state)
    names = ("number", "day", "mark", "issuer", "form", "doc_number", "to", "copies", "answer_by")
    form = FrameForm(request.POST or None, initial={"title": found.title, **{name: getattr(now, name) for name in names}})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        title = given.pop("title")
        with refusal_at(form, "number", refusals=CannotIssue), refusal_at(form, "day", refusals=NotThatDay):
            _found, lost = actions.reframe(request.actor, key, found.revision, Frame(**given), title)
            messages.success(request, _("刊头和日期已保存，您改过的句子都保留了。"))
            _tell_lost(request, lost)
            return redirect("bulletin", key)
    context = {"title": _("刊头和日期"), "bulletin": found, "form": form}
    return render(request, "plans/bulletin_head.html", context, status=422 if form.errors else 200)


@require_POST
def refresh(request: Request, key: int) -> HttpResponse:
    """Counts everything anew as it stands now: the day is today."""
    found: Bulletin = row("bulletin.change", request.actor, pk=key)
    content = content_of(found)
    with outcome_told(request, refusals=CannotIssue):
        shown = _revision(request.POST.get("revision", ""))
        frame = replace(frame_of(content.state), day=clock.today())
        _found, lost = actions.reframe(request.actor, key, shown, frame, content.title)
        messages.success(request, _("已重新取数，您改过的句子都保留了。"))
        _tell_lost(request, lost)
    return redirect("bulletin", key)


class SpiteForm(forms.Form):
    """The clerk's word that figures which differ are meant so."""

    in_spite = forms.BooleanField(label=gettext_lazy("我已逐处核对，改写的数就是要这样写"))


def issue(request: Request, key: int) -> HttpResponse:
    """The question before issuing, and the issuing: it cannot be undone."""
    demand(request.actor, RUN_PLANS)
    found: Bulletin = row("bulletin.change", request.actor, pk=key)
    differing = disagreements(content_of(found))
    form = SpiteForm(request.POST or None) if differing else None
    revision = request.POST.get("revision") or request.GET.get("revision") or str(found.revision)
    if request.method == "POST" and (form is None or form.is_valid()):
        with outcome_told(request, _("已印发。内容和 Word 文件已固定，不会再变。"), refusals=CannotIssue):
            actions.issue(request.actor, key, _revision(revision), in_spite=bool(differing))
        return redirect("bulletin", key)
    words = _("印发后，%(called)s的内容和数字就固定下来，不能再改；发现错误时另发更正版。") % {"called": called(found)}
    lost = "".join(each.sentence for each in differing)
    return ask(
        request, title=_("印发通报？"), words=words, button=_("印发"), back=reverse("bulletin", args=[key]), lost=lost, form=form
    )


class ReasonForm(forms.Form):
    """Why a bulletin is corrected."""

    reason = forms.CharField(
        label=gettext_lazy("更正原因"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("会印在更正版上，如：误将两个镇的任务数对调。"),
    )


def correct(request: Request, key: int) -> HttpResponse:
    """A new edition of an issued bulletin."""
    demand(request.actor, RUN_PLANS)
    found: Bulletin = row("bulletin.see", request.actor, pk=key)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_at(form, "reason", refusals=CannotIssue):
            return redirect("bulletin", actions.correct(request.actor, key, form.cleaned_data["reason"]).pk)
    context = {"title": _("更正%(called)s") % {"called": called(found)}, "bulletin": found, "form": form}
    return render(request, "plans/bulletin_correct.html", context, status=422 if form.errors else 200)


def give_up(request: Request, key: int) -> HttpResponse:
    """The question before a draft is taken away, and the taking away."""
    demand(request.actor, RUN_PLANS)
    found: Bulletin = row("bulletin.change", request.actor, pk=key)
    if request.method == "POST":
        return redirect("plan", actions.give_up(request.actor, key))
    words = _("%(called)s的草稿连同改过的句子都会删除。") % {"called": called(found)}
    return ask(request, title=_("放弃草稿？"), words=words, button=_("放弃"), back=reverse("bulletin", args=[key]))


def preview(request: Request, key: int) -> HttpResponse:
    """The Word file of a draft as it is now, for whoever drafts and whoever signs; that of an issued bulletin is its attachment and
    never made anew."""
    found: Bulletin = row("bulletin.see", request.actor, pk=key, issued=None)
    return made(word_file(content_of(found)), DOCX, _("草稿 ") + file_name(found))


def figure(request: Request, key: int) -> HttpResponse:
    """The rows behind a figure, as they stood when it was counted; each leads to what it is today."""
    found: Bulletin = row("bulletin.see", request.actor, pk=key)
    content = content_of(found)
    try:
        told = content.figure(request.GET.get("key", ""))
    except KeyError as problem:
        raise Http404(_("这一期里没有这个数。")) from problem
    context = {
        "title": told.name,
        "bulletin": found,
        "called": called(found),
        "figure": told,
        "lines": list(_lines(request, content, told)),
    }
    return render(request, "plans/bulletin_figure.html", context)


@dataclass(frozen=True)
class Line:
    """A row behind a figure."""

    name: str
    url: str = ""
    line: str = ""
    lamp: Lamp | None = None


def _lines(request: Request, content: BulletinContent, told: Figure) -> Iterable[Line]:
    state, again = content.state, tuple[Retold, ...]()
    if told.counts == "tasks":
        rule, page, again = "task.see", "task", tuple(state.tasks_retold)
        known = {task.key: Line(task.name, "", task.unit, _lamp(task.verdict)) for task in state.tasks}
    elif told.counts == "targets":
        rule, page, again = "target.see", "target", tuple(state.targets_retold)
        known = {target.key: Line(target.name, "", target.requirement, _lamp(target.verdict)) for target in state.targets}
    elif told.counts == "gaps":
        rule, page = "target.see", "target"
        known = {gap.key: Line(gap.name) for gap in state.gaps}
    else:
        yield from (Line(name) for name in told.rows)
        return
    known |= {each.key: Line(each.name, "", _("与“%(name)s”是同一件事，合并计") % {"name": each.told_by}) for each in again}
    keys = dict(_addresses(rows(rule, request.actor), told.rows))
    for key in told.rows:
        yield replace(known[key], url=reverse(page, args=[keys[key]]) if key in keys else "")


def _lamp(verdict: Verdict) -> Lamp:
    return Lamp(verdict.status, why=verdict.why)


def _addresses(seen: Any, uids: Iterable[str]) -> Iterable[tuple[str, int]]:
    return ((str(uid), key) for uid, key in seen.filter(uid__in=list(uids)).values_list("uid", "pk"))
