"""One sub-plan: written with autosave or handed in as a file, checked, countersigned, approved or returned, printed."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from xiangxu import clock
from xiangxu.documents.official import Block, Heading, OfficialDocument, Paragraph, layout_of, official_docx
from xiangxu_web.kernel.audit.names import Names
from xiangxu_web.kernel.audit.record import action
from xiangxu_web.kernel.components.lamp import Lamp
from xiangxu_web.kernel.files.attach import attachments, stored
from xiangxu_web.kernel.files.fields import FileField
from xiangxu_web.kernel.files.kinds import DOCX
from xiangxu_web.kernel.files.serve import made
from xiangxu_web.kernel.outcome import outcome_told, typed_into, wrong_in
from xiangxu_web.kernel.permission import Refused, allowed, row, rows
from xiangxu_web.kernel.web import Request, keys_in, number_in
from xiangxu_web.workspaces.areas.api import Unit, existing
from xiangxu_web.workspaces.plans.cards import national
from xiangxu_web.workspaces.plans.models import Opinion, SubPlan, SubPlanEdition
from xiangxu_web.workspaces.plans.pages.sub_plan_round import know_successors, lamp
from xiangxu_web.workspaces.plans.splitting import ChangedMeanwhile
from xiangxu_web.workspaces.plans.sub_plan_check import findings
from xiangxu_web.workspaces.plans.sub_plans import (
    WITH_OFFICE,
    WITH_UNIT,
    add_files,
    ask,
    decide,
    give_opinion,
    hand_in,
    is_own,
    reopen,
    reopens,
    write,
)

# Whose opinion is asked: offices and departments, the town's government and education office.
_ASKED = (Unit.Kind.OFFICE, Unit.Kind.DEPARTMENT, Unit.Kind.BUREAU, Unit.Kind.TOWN, Unit.Kind.EDUCATION_OFFICE)


class DateForm(forms.Form):
    """A day until which somebody answers."""

    due_on = forms.DateField(label=gettext_lazy("答复期限"), required=False, widget=forms.DateInput(attrs={"type": "date"}))


class OpinionForm(forms.Form):
    """The word of a unit that was asked. Where it is entered for the unit: on what it rests, and the paper itself where there is one."""

    word = forms.CharField(required=False)
    line = forms.CharField(
        label=gettext_lazy("意见"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("有意见的，写明是什么意见。"),
    )
    source = forms.CharField(
        label=gettext_lazy("来源"),
        max_length=200,
        help_text=gettext_lazy("谁、什么时候、怎样答复的，例如：预算股11月18日电话；盖章复函。"),
        error_messages={"required": gettext_lazy("代录须写明来源，例如：11月18日电话。")},
    )
    evidence = FileField(label=gettext_lazy("盖章件、照片"), multiple=True, most=5, required=False)

    def __init__(self, *args: object, own: bool, **settings: object) -> None:
        super().__init__(*args, **settings)  # type: ignore[arg-type]
        if own:
            del self.fields["source"], self.fields["evidence"]


class UploadForm(forms.Form):
    """The sub-plan as a file, or an annex."""

    file = FileField(label=gettext_lazy("分方案文件或附件"), multiple=True, most=5)


def sub_plan(request: Request, key: int) -> HttpResponse:
    """The sub-plan as it stands: text, findings, opinions, editions; and what this post may do next."""
    found: SubPlan = row("sub-plan.see", request.actor, pk=key)
    know_successors([found])
    actor = request.actor
    may_write = found.state in WITH_UNIT and allowed("sub-plan.write", actor, found)
    may_decide = found.state in WITH_OFFICE and allowed("sub-plan.decide", actor, found)
    editions = _editions(request, found)
    approved = next((each for each in editions if each.outcome == SubPlanEdition.Outcome.APPROVED), None)
    opinions = list(
        rows("opinion.see", actor).filter(sub_plan=found).select_related("unit").order_by("-edition", "unit__kind", "pk")
    )
    # Whose word this post may give: its own unit's, and as a clerk that of others.
    awaited = list(rows("opinion.give", actor).filter(sub_plan=found))
    forms_of = {
        o.pk: OpinionForm(
            own=is_own(actor, o), auto_id=f"opinion-{o.pk}-%s", initial=typed_into(request, reverse("opinion-give", args=[o.pk]))
        )
        for o in awaited
    }
    posts = Names(
        "post", [k for e in editions for k in (e.post_id, e.decided_by_post, e.reopened_by_post)] + [o.post_id for o in opinions]
    )
    # Above the county posts are told and not people.
    people = Names("person", [e.person_id for e in editions if actor.county_path])
    files = list(attachments(actor, found))
    if not actor.county_path and approved is not None and approved.decided is not None:
        files = [file for file in files if file.made <= approved.decided]
    papers = defaultdict(list)
    for file in rows("attachment.see", actor).filter(table="opinion", row_key__in=[str(o.pk) for o in opinions]).order_by("pk"):
        papers[file.row_key].append(file)
    standing = _standing(request, found, editions, approved, may_write=may_write)
    context = {
        "title": found.title,
        "sub_plan": found,
        "lamp": lamp(found) if actor.county_path else Lamp("good", SubPlan.State.APPROVED.label),
        # What holds while a new edition is being written or decided on.
        "in_force": approved if found.state != SubPlan.State.APPROVED else None,
        "may_reopen": reopens(actor, found, approved),
        "number": standing.number if standing else found.edition,
        "body": standing.body if standing else found.body,
        "findings": standing.findings
        if standing
        else findings(found.body, has_file=bool(files), since=found.plan.issued_on)
        if may_write
        else [],
        "files": files,
        "may_write": may_write,
        "own": is_own(actor, found),
        "may_decide": may_decide,
        "self_handed": bool(standing and standing.person_id == actor.person_id),
        "opinions": [(o, posts.of(o.post_id), papers[str(o.pk)], forms_of.get(o.pk)) for o in opinions],
        "give": next(((o, forms_of[o.pk]) for o in awaited if is_own(actor, o)), None),
        "opinion_words": Opinion.Word.choices,
        "editions": [
            (
                e,
                people.of(e.person_id if actor.county_path else None),
                posts.of(e.post_id),
                posts.of(e.decided_by_post),
                posts.of(e.reopened_by_post),
            )
            for e in editions
        ],
        "date_form": DateForm(initial=typed_into(request, reverse("sub-plan-ask", args=[key]))),
        "askable": _askable(request, found) if may_decide else [],
        "has_text": any(section["text"].strip() for section in found.body),
    }
    return render(request, "plans/sub_plan.html", context)


def _editions(request: Request, found: SubPlan) -> list[SubPlanEdition]:
    """The editions, newest first; above the county those that were approved."""
    editions = found.editions.order_by("-number")
    return list(editions if request.actor.county_path else editions.filter(outcome=SubPlanEdition.Outcome.APPROVED))


def _standing(
    request: Request, found: SubPlan, editions: list[SubPlanEdition], approved: SubPlanEdition | None, *, may_write: bool
) -> SubPlanEdition | None:
    """The edition whose words are shown: the one that was asked for (``?edition=``), what holds, or what was handed in last; none where
    the unit is writing and nothing was approved before."""
    wanted = request.GET.get("edition", "")
    asked = next((each for each in editions if str(each.number) == wanted), None)
    if asked is not None:
        return asked
    if found.state in WITH_UNIT:
        return None if may_write else approved
    return editions[0] if editions else None


def _askable(request: Request, found: SubPlan) -> list[Unit]:
    asked = found.opinions.filter(edition=found.edition).values("unit")
    units = rows("unit.see", request.actor).filter(existing(clock.today()), kind__in=_ASKED).exclude(pk__in=asked)
    town = found.unit.area.path
    offered = units.exclude(pk=found.unit_id).select_related("area").order_by("kind", "area__path", "pk")
    # Of towns and their offices only the own one has a word on a school's plan.
    return [
        unit
        for unit in offered
        if unit.kind not in (Unit.Kind.TOWN, Unit.Kind.EDUCATION_OFFICE) or town.startswith(unit.area.path)
    ]


def write_sub_plan(request: Request, key: int) -> HttpResponse:
    """The form, saved as it is written: htmx posts it while one types; without script the button does."""
    found: SubPlan = row("sub-plan.write", request.actor, pk=key)
    said = ""
    if request.method == "POST":
        revision = number_in(request.POST.get("revision", ""))
        title, texts = request.POST.get("title", ""), request.POST.getlist("text")
        try:
            found = write(request.actor, key, title, texts, -1 if revision is None else revision)
        except (ValueError, ChangedMeanwhile) as problem:
            said = str(problem)
        if request.htmx:
            at = localtime(clock.now())
            return render(request, "plans/sub_plan_saved.html", {"sub_plan": found, "said": said, "at": at})
        if not said:
            messages.success(request, _("已保存。"))
            return redirect("sub-plan", key)
        messages.error(request, said)
        found.title = title
        for section, text in zip(found.body, texts, strict=False):
            section["text"] = text
    context = {"title": found.title, "sub_plan": found, "lamp": lamp(found), "own": is_own(request.actor, found)}
    return render(request, "plans/sub_plan_write.html", context, status=422 if said else 200)


@require_POST
def attach_file(request: Request, key: int) -> HttpResponse:
    """Takes a file beside the text."""
    row("sub-plan.write", request.actor, pk=key)
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        files = stored(form.cleaned_data["file"])
        add_files(request.actor, key, files)
        messages.success(request, _("已上传 %(n)s 个文件。") % {"n": len(files)})
    else:
        messages.error(request, wrong_in(form))
    return redirect("sub-plan", key)


@require_POST
def hand_in_sub_plan(request: Request, key: int) -> HttpResponse:
    """Hands the sub-plan in."""
    with outcome_told(request, _("已报送，等待审核。")):
        hand_in(request.actor, key, request.POST.get("source", ""))
    return redirect("sub-plan", key)


@require_POST
def ask_opinions(request: Request, key: int) -> HttpResponse:
    """Asks the ticked units for their opinion."""
    form = DateForm(request.POST)
    with outcome_told(request):
        if not form.is_valid():
            raise ValueError(_("答复期限不是日期，请重新选。"))
        count = ask(request.actor, key, keys_in(request.POST, "unit"), form.cleaned_data["due_on"])
        messages.success(request, _("已请 %(n)s 个单位会商。") % {"n": count})
    return redirect("sub-plan", key)


@require_POST
def answer_opinion(request: Request, key: int) -> HttpResponse:
    """The asked unit's word, its own or entered for it."""
    opinion: Opinion = row("opinion.give", request.actor, pk=key)
    own = is_own(request.actor, opinion)
    form = OpinionForm(request.POST, request.FILES, own=own)
    with outcome_told(request, _("意见已提交。") if own else _("意见已代录，页面上会标明。")):
        if not form.is_valid():
            raise ValueError(wrong_in(form))
        given = form.cleaned_data
        files = stored(given.get("evidence", ()))
        give_opinion(request.actor, key, given["word"], given["line"], given.get("source", ""), files)
    return redirect("sub-plan", opinion.sub_plan_id)


@require_POST
def decide_sub_plan(request: Request, key: int) -> HttpResponse:
    """Approves or returns."""
    approve = "approve" in request.POST
    done = _("已批复，覆盖情况已更新。") if approve else _("已退回，报送单位会看到理由。")
    with outcome_told(request, done, refusals=(ValueError, Refused)):
        decide(request.actor, key, approve=approve, reason=request.POST.get("reason", ""))
    return redirect("sub-plan", key)


@require_POST
def reopen_sub_plan(request: Request, key: int) -> HttpResponse:
    """Opens an approved sub-plan for a new edition."""
    done = _("已重新打开，报送单位可以写新的一版；批复过的那一版仍然有效。")
    with outcome_told(request, done, refusals=(ValueError, Refused)):
        reopen(request.actor, key, request.POST.get("reason", ""))
    return redirect("sub-plan", key)


def word(request: Request, key: int) -> HttpResponse:
    """The sub-plan in Word, in the layout of official documents: the edition that stands, or an older one (``?edition=``)."""
    found: SubPlan = row("sub-plan.see", request.actor, pk=key)
    wanted = request.GET.get("edition", "")
    editions = _editions(request, found)
    edition = next((each for each in editions if not wanted or str(each.number) == wanted), None)
    body, title = (edition.body, edition.title) if edition else (found.body, found.title)
    day = localtime(edition.made).date() if edition else clock.today()
    content = official_docx(_paper(title, body, found, day, edition), layout_of(national()))
    with action(request.actor, "sub-plan.export") as record:
        record.noted(found, edition=edition.number if edition else 0)
    return made(content, DOCX, f"{title}.docx")


def _paper(title: str, body: list[dict[str, str]], found: SubPlan, day: date, edition: SubPlanEdition | None) -> OfficialDocument:
    blocks: list[Block] = []
    for section in body:
        lines = [line.strip() for line in section["text"].splitlines() if line.strip()]
        if lines:
            blocks += [Heading(section["heading"]), *(Paragraph(line) for line in lines)]
    approved = edition is not None and edition.outcome == SubPlanEdition.Outcome.APPROVED
    remark = "" if approved else _("未批复稿")
    return OfficialDocument(title, tuple(blocks), signature=found.unit.name, day=day, remark=remark)
