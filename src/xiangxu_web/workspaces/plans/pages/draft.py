"""Uploading a document, the draft that becomes a plan, its publishing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.names import names
from xiangxu_web.kernel.components.figures import day
from xiangxu_web.kernel.components.timeline import Event
from xiangxu_web.kernel.files.fields import FileField
from xiangxu_web.kernel.files.kinds import DOCUMENTS, PICTURES, XLS, XLSX
from xiangxu_web.kernel.files.store import store
from xiangxu_web.kernel.jobs.alive import workers_alive
from xiangxu_web.kernel.models import Job, JobState
from xiangxu_web.kernel.outcome import outcome_told
from xiangxu_web.kernel.permission import Refused, demand, row, rows
from xiangxu_web.kernel.web import Request, number_in
from xiangxu_web.workspaces.plans.api import SomebodyElse, take, upload
from xiangxu_web.workspaces.plans.binding import settled_before
from xiangxu_web.workspaces.plans.drafting.correcting import AMEND, UNDO, Step, values_before
from xiangxu_web.workspaces.plans.drafting.rows import doubtful, to_bind, unsettled
from xiangxu_web.workspaces.plans.hows import how
from xiangxu_web.workspaces.plans.importing import as_version, give_up, known_as, read_again, read_before, titled
from xiangxu_web.workspaces.plans.models import Draft, Plan
from xiangxu_web.workspaces.plans.pages.draft_document import document_of
from xiangxu_web.workspaces.plans.pages.draft_forms import LABELS, DocForm
from xiangxu_web.workspaces.plans.pages.draft_rows import TASKS, VERSIONS, panel, tabs
from xiangxu_web.workspaces.plans.rules import DOCUMENT, RUN_PLANS
from xiangxu_web.workspaces.plans.typesetting import course_of

_UNFINISHED = (Draft.State.READING, Draft.State.FAILED, Draft.State.OPEN)
_WORDS_OF = {
    "set": gettext_lazy("改"), "add": gettext_lazy("新增"), "merge": gettext_lazy("合并"), "split": gettext_lazy("拆分"),
    "drop": gettext_lazy("删去"), "restore": gettext_lazy("恢复"), "seen": gettext_lazy("看过"), "unit": gettext_lazy("对应单位"),
    "bind": gettext_lazy("确认算法"), "later": gettext_lazy("暂不计算"), "doc": gettext_lazy("改文件信息"),
    "map": gettext_lazy("确认新旧对照"), AMEND: gettext_lazy("发布后更正"), UNDO: pgettext_lazy("a correction", "撤销"),
}  # fmt: skip


class UploadForm(forms.Form):
    """The file or the photographs of its pages, whether it is still to be issued, and of which plan it is a new version."""

    file = FileField(
        label=gettext_lazy("方案文件"),
        help_text=gettext_lazy(
            "Word、WPS、PDF、扫描件、照片都可以。拍成几张照片的，按页次一起选上。读完后由您校对，不会直接生效。"
        ),
        kinds=(*DOCUMENTS, XLSX, XLS, *PICTURES),
        multiple=True,
        most=60,
    )
    plan = forms.ModelChoiceField(
        Plan.objects.none(),
        label=gettext_lazy("是哪份方案的新版本"),
        required=False,
        empty_label=gettext_lazy("不是新版本，是一份新方案"),
    )
    is_draft = forms.BooleanField(label=gettext_lazy("这是还没有印发的征求意见稿"), required=False)
    # The import that failed, which this file stands in for.
    instead = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, request: Request, **more: Any) -> None:
        super().__init__(request.POST or None, request.FILES or None, **more)
        # What was chosen stays chosen when the form comes back refused.
        self.fields["file"].widget.attrs["hx-preserve"] = "true"
        field = self.fields["plan"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = (
            rows("plan.see", request.actor).filter(area__path=request.actor.county_path, closed=None).order_by("-made")
        )
        if not field.queryset.exists():
            del self.fields["plan"]

    def clean_file(self) -> Any:
        """Several files only where all are photographs: which of them would else be the document?"""
        files = self.cleaned_data["file"]
        endings = tuple(ending for kind in PICTURES for ending in kind.endings)
        if len(files) > 1 and not all(file.name.lower().endswith(endings) for file in files):
            raise forms.ValidationError(_("几个文件一起上传时，只能都是同一份文件各页的照片；其他文件请一次上传一份。"))
        return files


def new_draft(request: Request) -> HttpResponse:
    """The form, and the upload: the file is kept, a job reads it, the page of the draft shows how far it is."""
    demand(request.actor, RUN_PLANS)
    form = UploadForm(request, initial={"plan": request.GET.get("plan")})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        files = [(store(file, file.name), file.name) for file in given["file"]]
        made = upload(request.actor, files, is_draft=given["is_draft"], plan=given.get("plan"))
        if (before := read_before(made)) is not None and before.pk != given["instead"]:
            told = {"name": before.name, "day": day(localtime(before.made).date()), "state": before.get_state_display()}
            messages.warning(request, _("同一个文件 %(day)s 已经上传过（%(name)s，%(state)s），请确认是否需要两份。") % told)
        if given["instead"]:
            give_up(request.actor, row("draft.see", request.actor, pk=given["instead"]))
        there = reverse("draft", args=[made.pk])
        return HttpResponseClientRedirect(there) if request.htmx else redirect(there)
    return render(request, "plans/new_draft.html", {"title": _("导入方案"), "form": form, "unfinished": unfinished(request)})


def unfinished(request: Request) -> list[Draft]:
    """The imports that are still under way, the newest first."""
    found = titled(rows("draft.see", request.actor).filter(state__in=_UNFINISHED)).select_related("plan").order_by("-made")
    return list(found.defer(*DOCUMENT)[:10])


def draft(request: Request, key: int) -> HttpResponse:
    """The draft: left the document, right what was read, row by row. Whoever comes back finds the place that was left."""
    found: Draft = row("draft.see", request.actor, pk=key, without=("as_read",))
    if found.state in (Draft.State.READING, Draft.State.FAILED, Draft.State.DROPPED):
        return render(request, "plans/draft_reading.html", _course(request, found) | {"title": found.name})
    return shown(request, found, request.GET.dict())


def shown(request: Request, found: Draft, asked: Mapping[str, str], **more: Any) -> HttpResponse:
    """The whole page of an open draft, or for htmx the panel alone. ``asked``: what the address asks for, or a correction leads to."""
    memory = f"draft:{found.pk}"
    if "tab" not in asked:
        asked = {**asked, **request.session.get(memory, {})}
    first = VERSIONS if unsettled(found.current) else TASKS
    tab = asked.get("tab", first)
    if tab not in {each.key for each in tabs(found)}:
        tab = first
    request.session[memory] = {"tab": tab, **{k: asked[k] for k in ("at", "only") if asked.get(k)}}
    at = asked.get("at")
    lit = next((r["place"] for r in (*found.current["tasks"], *found.current["promises"]) if r["ref"] == at), None)
    document = document_of(found, lit or None, as_text=asked.get("as") == "text")
    context = panel(found, tab, document, asked) | _frame(request, found) | more
    if request.htmx:
        return render(request, "plans/draft_panel_answer.html", context)
    whole = {"title": called(found), "document": document, "course": course_of(found)}
    return render(request, "plans/draft.html", context | whole)


def called(found: Draft) -> str:
    """What the draft is called at the head of its page: the document's title as it stands now, else the file's name."""
    return str(found.current["doc"]["title"] or found.name)


def standing_of(found: Draft) -> str:
    """How the draft stands, in one sentence with the figures that matter."""
    tasks = [each for each in found.current["tasks"] if not each["dropped"]]
    promises = [each for each in found.current["promises"] if not each["dropped"]]
    kept = settled_before(found)
    words = _("读到 %(tasks)s 项任务、%(promises)s 条目标，其中待核对 %(left)s 条；算法待确认 %(waiting)s 条（可以以后再定）。")
    return words % {
        "tasks": len(tasks),
        "promises": len(promises),
        "left": sum(map(doubtful, (*tasks, *promises))),
        "waiting": sum(each["ref"] not in kept for each in to_bind(promises)),
    }


def _frame(request: Request, found: Draft) -> dict[str, Any]:
    return {
        "standing": standing_of(found),
        "called": called(found),
        "open": found.state == Draft.State.OPEN,
        "doc_form": DocForm.of(found.current),
        "pen": pen_of(request.actor, found),
        "known": known_as(found) if found.state == Draft.State.OPEN else None,
    }


def pen_of(actor: Actor, found: Draft) -> dict[str, Any]:
    """Who is editing, and until when."""
    until: datetime | None = found.editor_until
    held = found.editor_person is not None and until is not None and until > clock.now()
    return {
        "who": names("person", [found.editor_person])[found.editor_person] if held and found.editor_person else "",
        "mine": held and found.editor_person == actor.person_id,
        "until": localtime(until).strftime("%H:%M") if held and until else "",
    }


@require_GET
def draft_pen(request: Request, key: int) -> HttpResponse:
    """Who is editing: asked now and then by an open page."""
    found: Draft = row("draft.see", request.actor, pk=key, without=DOCUMENT)
    return render(
        request,
        "plans/draft_pen.html",
        {"draft": found, "open": found.state == Draft.State.OPEN, "pen": pen_of(request.actor, found)},
    )


@require_POST
def draft_take(request: Request, key: int) -> HttpResponse:
    """Takes the pen over; what the other typed is kept already."""
    found: Draft = row("draft.see", request.actor, pk=key)
    take(request.actor, found, over=True)
    messages.success(request, _("现在由您校对。之前的更正都已保存，在“更正记录”里可以看到。"))
    return redirect("draft", key)


def _course(request: Request, found: Draft) -> dict[str, Any]:
    job = Job.objects.filter(pk=found.job_id).first() if found.job_id else None
    failed = found.state == Draft.State.FAILED
    ended = job is not None and job.state in (JobState.FAILED, JobState.CANCELLED)
    live = found.state == Draft.State.READING and job is not None and not ended and job.state != JobState.DONE
    return {
        "draft": found,
        "job": job,
        "live": live,
        "idle": live and not workers_alive(),
        "cancel": reverse("job-cancel", args=[job.pk])
        if job and live and rows("job.cancel", request.actor).filter(pk=job.pk).exists()
        else "",
        "why": found.failure if failed else (job.error if job and ended else ""),
        "cancelled": job is not None and job.state == JobState.CANCELLED,
        "form": UploadForm(request, initial={"instead": found.pk, "plan": found.plan_id, "is_draft": found.is_draft})
        if failed or ended
        else None,
    }


@require_GET
def draft_progress(request: Request, key: int) -> HttpResponse:
    """How far the reading is, for the page that waits. When it is over the page is loaded anew, once."""
    found: Draft = row("draft.see", request.actor, pk=key, without=DOCUMENT)
    course = _course(request, found)
    if not course["live"]:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "plans/draft_progress.html", course)


@require_POST
def draft_again(request: Request, key: int) -> HttpResponse:
    """Reads the same file once more."""
    read_again(request.actor, row("draft.see", request.actor, pk=key))
    return redirect("draft", key)


@require_POST
def draft_version(request: Request, key: int) -> HttpResponse:
    """Makes the draft the new version of the plan that was named, or with none a new plan again."""
    found: Draft = row("draft.see", request.actor, pk=key)
    wanted = number_in(request.POST.get("plan", ""))
    plan: Plan | None = row("plan.see", request.actor, pk=wanted) if wanted else None
    done = _("现在是《%(plan)s》的新版本：请在“新旧对照”里确认每项旧任务变成了什么。") % {"plan": plan} if plan else ""
    with outcome_told(request, done or _("现在是一份新方案。"), refusals=(ValueError, Refused, SomebodyElse)):
        as_version(request.actor, found, plan)
    return redirect(f"{reverse('draft', args=[key])}?tab={VERSIONS if plan else TASKS}")


@require_POST
def draft_give_up(request: Request, key: int) -> HttpResponse:
    """Puts the import aside."""
    found = give_up(request.actor, row("draft.see", request.actor, pk=key))
    messages.success(request, _("已放弃导入“%(name)s”。原文件和更正记录都还保存着。") % {"name": found.name})
    return redirect("new-draft")


@require_GET
def draft_history(request: Request, key: int) -> HttpResponse:
    """Every correction, who made it and when, the newest first; each that still counts can be undone."""
    found: Draft = row("draft.see", request.actor, pk=key)
    made = list(found.corrections.order_by("-number"))
    people = names("person", [each.person_id for each in made])
    # Told from the first on: their own numbers are editions of the draft, which has one as it was read.
    told_as = {each.number: n for n, each in enumerate(reversed(made), 1)}
    before = values_before(found.as_read, [Step(each.number, each.kind, each.on, each.typed) for each in made])
    titles = {r["ref"]: r.get("title") or r.get("metric") for r in (*found.current["tasks"], *found.current["promises"])}
    events = [
        {
            "number": each.number,
            "told_as": told_as[each.number],
            "counts": each.number in before,
            "event": Event(
                each.at,
                f"{_WORDS_OF[each.kind]}{_told(each.kind, each.on, titles, told_as)}",
                _typed(each.typed, before.get(each.number, {})),
                people.get(each.person_id or 0, ""),
            ),
        }
        for each in made
    ]
    return render(
        request,
        "plans/draft_history.html",
        {"title": _("更正记录"), "draft": found, "open": found.state == Draft.State.OPEN, "events": events},
    )


def _told(kind: str, on: str, titles: dict[str, Any], told_as: Mapping[int, int]) -> str:
    words = _("第 %(n)s 号更正") % {"n": told_as[int(on)]} if kind == UNDO else titles.get(on) or (on if kind == "unit" else "")
    return f"“{words}”" if words else ""


def _typed(typed: dict[str, Any], before: dict[str, Any]) -> str:
    """What was typed, shortly: the words of the fields with what stood there before, how the chosen evaluator counts, or how many rows."""
    if (chosen := how(typed.get("evaluator"))) is not None:
        return "；".join(
            (chosen.title, *((_("范围：%(words)s") % {"words": chosen.scope},) if chosen.scope else ()), *chosen.parameters)
        )
    if "names" in typed:
        return _short(typed["names"])
    if "refs" in typed and "parts" not in typed:
        return _("%(n)s 条") % {"n": len(typed["refs"])}
    # Of a row that is new ``after`` names the row before it.
    fields = after if isinstance(after := typed.get("after"), dict) else typed
    words = [
        _("%(field)s：%(now)s（原为 %(was)s）") % {"field": LABELS[name], "now": _short(value), "was": _short(before[name])}
        if name in before
        else _("%(field)s：%(now)s") % {"field": LABELS[name], "now": _short(value)}
        for name, value in fields.items()
        if name in LABELS and (name in before or value not in (None, ""))
    ]
    return "；".join(words)


def _short(value: Any) -> str:
    """A value as the history tells it; a long wording cut, for both wordings stand in full where they are."""
    words = "、".join(map(str, value)) if isinstance(value, list) else str(value if value is not None else "")
    return Truncator(words).chars(60) or _("空")
