"""One correction, one POST: parsed, made, answered with the row as it stands then. A refused one comes back as it was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiangxu_web.kernel.audit.names import names
from xiangxu_web.kernel.outcome import outcome_told
from xiangxu_web.kernel.permission import row
from xiangxu_web.kernel.web import Request, number_in
from xiangxu_web.workspaces.areas.api import Unit, call_also, place_name
from xiangxu_web.workspaces.plans.api import CannotPublish, SomebodyElse, correct, take
from xiangxu_web.workspaces.plans.drafting.correcting import LISTS, UNDO
from xiangxu_web.workspaces.plans.drafting.rows import find
from xiangxu_web.workspaces.plans.drafting.units import match_units, names_in
from xiangxu_web.workspaces.plans.drafting.wrong import WrongCorrection
from xiangxu_web.workspaces.plans.hows import chosen, search
from xiangxu_web.workspaces.plans.importing import answer
from xiangxu_web.workspaces.plans.models import Draft
from xiangxu_web.workspaces.plans.pages.draft import pen_of, shown, standing_of
from xiangxu_web.workspaces.plans.pages.draft_document import document_of
from xiangxu_web.workspaces.plans.pages.draft_forms import DocForm, RowForm, split_parts
from xiangxu_web.workspaces.plans.pages.draft_other_tabs import name_of
from xiangxu_web.workspaces.plans.pages.draft_rows import CHECK, DOC, TARGETS, TASKS, Shape, fit_of, form_of, owners, shaped, tabs
from xiangxu_web.workspaces.plans.pages.how_form import HowForm
from xiangxu_web.workspaces.plans.reading import known_units
from xiangxu_web.workspaces.plans.rules import DOCUMENT

Json = dict[str, Any]
# These change one row and nothing else that the page shows; the others change the list.
_ONE_ROW = ("set", "seen", "drop", "restore", "bind", "later")
# Shows the rows that were picked; no correction.
CHOSEN = "chosen"
_MODES = ("", "edit", "split", "how", "fit")
Typed = RowForm | DocForm | HowForm


@dataclass
class Refused(Exception):
    """Why a correction was not made; the form that comes back, filled as it was."""

    words: str
    form: Typed | None = None
    over: bool = False


@require_GET
def draft_row(request: Request, key: int, ref: str) -> HttpResponse:
    """One row in one of its modes; an evaluator that is being set up with what is filled in so far."""
    draft: Draft = row("draft.see", request.actor, pk=key, without=("as_read",))
    mode = request.GET.get("mode", "")
    try:
        found = find(draft.current, ref)
    except WrongCorrection as problem:
        messages.error(request, str(problem))
        return _to(draft, TASKS)
    if not request.htmx or mode not in _MODES:
        return _to(draft, _tab_of(found), ref, mode)
    named = request.GET.get("evaluator", "")
    if mode == "fit" and "quote" in found and "scope" in request.GET:
        fit = fit_of(draft, found, chosen(named, found), request.GET)
        return _row(request, draft, shaped(draft, found, document_of(draft, None), mode, fit=fit))
    return _row(request, draft, shaped(draft, found, document_of(draft, None), mode, named))


@require_GET
def draft_search(request: Request, key: int) -> HttpResponse:
    """Evaluators by their words, for a promise (``ref``), or units, for a printed name (``printed``)."""
    draft: Draft = row("draft.see", request.actor, pk=key, without=DOCUMENT)
    words = request.GET.get("q", "")
    context: Json = {"draft": draft, "words": words, "ref": request.GET.get("ref", ""), "printed": request.GET.get("printed", "")}
    if context["printed"]:
        return render(request, "plans/draft_search_units.html", context | {"found": owners(request, words)})
    return render(request, "plans/draft_search_hows.html", context | {"found": search(words)})


@require_POST
def draft_correct(request: Request, key: int) -> HttpResponse:
    """One correction of the draft."""
    draft: Draft = row("draft.see", request.actor, pk=key)
    given = request.POST
    # The button of another evaluator says which, and means nothing else.
    kind, tab = given.get("kind", "bind" if given.get("evaluator") else ""), given.get("tab", TASKS)
    if kind == CHOSEN:
        return _chosen(request, draft, tab, given)
    # Rows that were picked are merged into the first of them.
    on = given.get("on") or (given.getlist("refs")[:1] or [""])[0]
    try:
        draft = _made(request, draft, kind, on, given)
    except Refused as refused:
        return _refused(request, draft, kind, on, tab, refused)
    after = on if kind in _ONE_ROW or kind in ("merge", "split") else ""
    if kind == "add":
        after = str(draft.corrections.latest("number").typed.get("ref", ""))
    refs = given.getlist("refs")
    if request.htmx and kind in _ONE_ROW and not refs:
        found = find(draft.current, on)
        return _row(request, draft, shaped(draft, found, document_of(draft, None)))
    if not request.htmx and len(refs) > 1:
        messages.success(request, _("已更正 %(n)s 条。") % {"n": len(refs)})
    return _panel(request, draft, tab, after, len(refs))


def _chosen(request: Request, draft: Draft, tab: str, given: QueryDict) -> HttpResponse:
    """The rows that were picked, alone; nothing is changed. They come by POST because they may be many."""
    picked = " ".join(dict.fromkeys(given.getlist("refs")))
    asked = {"tab": tab, "chosen": "1", "picked": picked, **{k: given.get(k, "") for k in ("only", "binding")}}
    if not request.htmx:
        return redirect(f"{reverse('draft', args=[draft.pk])}?{urlencode(asked)}")
    return shown(request, draft, asked)


def _made(request: Request, draft: Draft, kind: str, on: str, given: QueryDict) -> Draft:
    form: Typed | None = None
    try:
        if given.get("over"):
            take(request.actor, draft, over=True)
        if kind == "add":
            form = form_of(draft, {"ref": f"new-{on}", "op": "done"}, given)
        elif kind == "set":
            form = form_of(draft, find(draft.current, on), given)
        elif kind == "doc":
            form = DocForm(given, auto_id="doc-%s")
        elif kind == "bind" and given.get("fit"):
            found = find(draft.current, on)
            form = fit_of(draft, found, chosen(given.get("evaluator", ""), found), given)
        if form is not None and not form.is_valid():
            raise Refused(_("没有保存：请看下面标红的栏目。"), form)
        if kind == "set" or given.get("fit"):
            _fresh(request, draft, on, given.get("edition", ""))
        kind, typed = _typed(request, draft, kind, on, given, form)
        made = correct(request.actor, draft, kind, on, typed)
        if kind == "unit" and given.get("remember") and typed.get("unit"):
            call_also(request.actor, typed["unit"], on)
        return made
    except (WrongCorrection, CannotPublish) as problem:
        raise Refused(str(problem), form) from problem
    except ValidationError as problem:
        raise Refused("；".join(problem.messages), form) from problem
    except SomebodyElse as problem:
        raise Refused(str(problem), form, over=True) from problem


def _fresh(request: Request, draft: Draft, on: str, edition: str) -> None:
    """Refuses once where a colleague changed the row since the form was opened: what was typed comes back beside what stands now."""
    later = (
        draft.corrections.filter(on=on, number__gt=number_in(edition) or 0)
        .exclude(person_id=request.actor.person_id)
        .order_by("number")
        .last()
    )
    if later is not None:
        who = names("person", [later.person_id]).get(later.person_id or 0, "")
        raise WrongCorrection(
            _("您打开这一条后，%(who)s已经改过它。您填的内容还在下面，请与现状核对后再保存一次。") % {"who": who}
        )


def _typed(request: Request, draft: Draft, kind: str, on: str, given: QueryDict, form: Typed | None) -> tuple[str, Json]:
    """The kind and the data of the correction that a form means."""
    refs = [ref for ref in given.getlist("refs") if ref]
    many: Json = {"refs": refs} if refs else {}
    if kind in ("set", "add") and isinstance(form, RowForm):
        typed = form.typed()
        if kind == "set" and not typed:
            return "seen", {}
        known = _known(draft, typed)
        return kind, typed | ({"known": known} if known and kind == "set" else {}) | (
            {"after": given["after"]} if given.get("after") else {}
        )
    if kind == "doc" and isinstance(form, DocForm):
        # Saving settles also what was only proposed, and is left as proposed.
        settled = {"runs_until"} if "until" in draft.current else set()
        return kind, {n: v for n, v in form.cleaned_data.items() if v != draft.current["doc"][n] or n in settled}
    if kind == "split":
        return kind, {"parts": split_parts(find(draft.current, on), given.get("words", ""))}
    if kind == "merge":
        return kind, {"with": refs}
    if kind == "bind" and isinstance(form, HowForm):
        return kind, {"evaluator": form.fitted()}
    if kind == "bind" and given.get("evaluator"):
        evaluator = chosen(given.get("evaluator", ""), find(draft.current, on))
        if evaluator is None:
            raise WrongCorrection(_("没有这个算法，请重新查找。"))
        return kind, {"evaluator": evaluator}
    if kind == "unit":
        return kind, _unit(request, given) | ({"names": given.getlist("names")} if given.getlist("names") else {})
    if kind == "map":
        return kind, {"uids": given.getlist("uids")} if given.getlist("uids") else {
            "to": [ref for ref in given.getlist("to") if ref]
        }
    if kind in ("seen", "drop", "restore", "bind", "later", UNDO):
        return kind, many
    raise WrongCorrection(_("没有这种更正，请刷新页面。"))


def _unit(request: Request, given: QueryDict) -> Json:
    choice = given.get("unit", "")
    if choice == "towns":
        return {"how": "towns"}
    if not choice:
        return {"unit": None}
    found: Unit = row("unit.see", request.actor, pk=number_in(choice) or 0)
    return {"unit": found.pk}


def _known(draft: Draft, typed: Json) -> Json:
    """The units of the place for names that the draft does not hold yet."""
    units = draft.current["units"]
    written = [name for field in LISTS for name in names_in(typed.get(field, ""), units)]
    new = [name for name in written if name not in units]
    if not new:
        return {}
    return {
        name: unit
        for name, unit in match_units(new, known_units(draft.area), "", place_name(draft.area)).items()
        if unit is not None
    }


def _refused(request: Request, draft: Draft, kind: str, on: str, tab: str, refused: Refused) -> HttpResponse:
    """Nothing was changed; whatever was typed stays on the page."""
    draft.refresh_from_db()
    fit = refused.form if isinstance(refused.form, HowForm) else None
    mode = "fit" if fit else {"set": "edit", "split": "split"}.get(kind, "")
    try:
        found = find(draft.current, on)
    except WrongCorrection:
        found = None
    refs = request.POST.getlist("refs")
    again: Json = {
        "form": refused.form if isinstance(refused.form, RowForm) else None,
        "fit": fit,
        "wrong": refused.words,
        "over": refused.over,
        "words": request.POST.get("words", ""),
        "typed": list(_plain(request.POST)),
    }
    if request.htmx and found is not None and kind in (*_ONE_ROW, "split") and not refs:
        came = _row(request, draft, shaped(draft, found, document_of(draft, None), mode, **again))
        if kind == "split":
            came["HX-Retarget"], came["HX-Reswap"] = f"#r-{on}", "outerHTML"
        return came
    asked = {"tab": tab, "at": on, "mode": "new" if kind == "add" else mode, "picked": " ".join(refs)}
    more: Json = {name: again[name] for name in ("wrong", "over", "typed")}
    if isinstance(refused.form, DocForm):
        more["doc_form"] = refused.form
    elif kind == "add":
        more["new_form"] = refused.form
    elif mode and found is not None:
        more["retyped"] = shaped(draft, found, None, mode, **again)
    came = shown(request, draft, asked, **more)
    if request.htmx:
        came["HX-Retarget"], came["HX-Reswap"] = "#panel", "outerHTML"
    return came


def _plain(given: QueryDict) -> Any:
    """What was sent, to be sent again with the pen in one's own hand."""
    return ((name, value) for name, values in given.lists() for value in values if name not in ("csrfmiddlewaretoken", "over"))


def _tab_of(found: Json) -> str:
    return TARGETS if "quote" in found else TASKS


def _to(draft: Draft, tab: str, ref: str = "", mode: str = "") -> HttpResponse:
    asked = urlencode({k: v for k, v in (("tab", tab), ("at", ref), ("mode", mode)) if v})
    return redirect(f"{reverse('draft', args=[draft.pk])}?{asked}" + (f"#r-{ref}" if ref else ""))


def _row(request: Request, draft: Draft, shape: Shape) -> HttpResponse:
    memory = request.session.get(f"draft:{draft.pk}", {})
    request.session[f"draft:{draft.pk}"] = memory | {"tab": _tab_of(shape.row), "at": shape.ref}
    context = {
        "draft": draft,
        "shape": shape,
        "tab": _tab_of(shape.row),
        "tabs": tabs(draft),
        "open": draft.state == Draft.State.OPEN,
    }
    return render(
        request, "plans/draft_row_answer.html", context | {"pen": pen_of(request.actor, draft), "standing": standing_of(draft)}
    )


def _panel(request: Request, draft: Draft, tab: str, ref: str, many: int = 0) -> HttpResponse:
    """The list as it stands then. ``many``: how many rows were corrected at once, which is said, with the way back beside it."""
    if not request.htmx:
        return _to(draft, tab, ref)
    # Of many rows none is the one that one is at, unless they are one now: the list stays where it was.
    at = "" if many > 1 and request.POST.get("kind") != "merge" else ref
    asked = {"tab": tab, "at": at, **{k: request.POST.get(k, "") for k in ("only", "binding", "start")}}
    came = shown(
        request,
        draft,
        asked,
        corrected={"n": many, "number": draft.edition, "kind": request.POST.get("kind")} if many > 1 else None,
        saved=tab == DOC,
    )
    came["HX-Retarget"], came["HX-Reswap"] = "#panel", "outerHTML"
    return came


@require_POST
def draft_answer(request: Request, key: int) -> HttpResponse:
    """What the office says to a finding of the check."""
    draft: Draft = row("draft.see", request.actor, pk=key, without=DOCUMENT)
    finding = request.POST.get("key", "")
    with outcome_told(request):
        answer(request.actor, draft, finding, request.POST.get("answer", ""), request.POST.get("reason", ""))
    return redirect(f"{reverse('draft', args=[draft.pk])}?tab={CHECK}#{name_of(finding)}")
