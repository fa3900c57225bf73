"""Import with a dry run, export, template."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xiangxu_web.kernel.audit.record import action
from xiangxu_web.kernel.files.kinds import XLSX
from xiangxu_web.kernel.files.serve import made
from xiangxu_web.kernel.jobs.queue import enqueue
from xiangxu_web.kernel.outcome import refusal_at
from xiangxu_web.kernel.permission import demand
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.areas.exchange.comparing import Finding, State, compare, counted, digest
from xiangxu_web.workspaces.areas.exchange.reading import LARGEST, Book, Unreadable, read_book
from xiangxu_web.workspaces.areas.exchange.storing import IMPORT_UNITS, MOST_AT_ONCE, Moved, store, told
from xiangxu_web.workspaces.areas.exchange.writing import export, template, wrong_rows
from xiangxu_web.workspaces.areas.forms import UploadForm
from xiangxu_web.workspaces.areas.rules import MAINTAIN_UNITS
from xiangxu_web.workspaces.areas.views.lists import tabs

# An upload waits so long for its confirmation, in seconds.
_WAITS = 3600
# So many rows of each state are shown; the workbook of wrong rows holds all of these.
_SHOWN = 200


def exchange(request: Request) -> HttpResponse:
    """Where one uploads, and takes the template and the export."""
    demand(request.actor, MAINTAIN_UNITS)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        with refusal_at(form, "file", refusals=Unreadable):
            if upload.size > LARGEST:
                raise Unreadable(_("文件超过 10 MB。请删去图片和无关的工作表，或分成几个文件导入。"))
            content = upload.read()
            read_book(content)
            token = uuid4()
            cache.set(_key(request, token), content, _WAITS)
            return redirect("exchange-preview", token)
    context = {"title": _("导入导出"), "form": form, **tabs(request, "exchange")}
    return render(request, "areas/exchange.html", context, status=422 if form.errors else 200)


def preview(request: Request, token: UUID) -> HttpResponse:
    """The dry run; confirmed, everything that is right is stored at once."""
    demand(request.actor, MAINTAIN_UNITS)
    book = _book(request, token)
    if book is None:
        messages.warning(request, _("预览已过期（保留一小时）。请重新上传文件。"))
        return redirect("exchange")
    if request.method == "POST" and len(book.rows) > MOST_AT_ONCE:
        arguments = {"upload": _key(request, token), "shown": request.POST.get("shown", "")}
        job = enqueue(IMPORT_UNITS, arguments, request.actor, only_one=f"{IMPORT_UNITS}:{request.actor.county_path}")
        return redirect("job", job.pk)
    if request.method == "POST":
        try:
            counts = store(request.actor, book, request.POST.get("shown", ""))
        except Moved as problem:
            messages.warning(request, str(problem))
        else:
            messages.success(request, told(counts))
            if not counts["wrong"]:
                cache.delete(_key(request, token))
            return redirect("exchange")
    findings = compare(request.actor, book)
    return render(request, "areas/preview.html", _shown(request, token, book, findings))


def _shown(request: Request, token: UUID, book: Book, findings: tuple[Finding, ...]) -> dict[str, Any]:
    counts = counted(findings)
    groups = []
    for state, title in ((State.WRONG, _("有误")), (State.CHANGED, _("修改")), (State.NEW, _("新增"))):
        of_state = [f for f in findings if f.state is state]
        if of_state:
            groups.append(
                {
                    "state": state.value,
                    "title": title,
                    "count": len(of_state),
                    "rows": of_state[:_SHOWN],
                    "more": len(of_state) - _SHOWN,
                }
            )
    standing = _("读到 %(all)s 行：新增 %(new)s，修改 %(changed)s，未变 %(unchanged)s，有误 %(wrong)s。") % {
        **counts,
        "all": len(findings),
    }
    return {
        "title": _("导入预览"),
        "standing": standing,
        "token": token,
        "remarks": book.remarks,
        "groups": groups,
        "counts": counts,
        "ready": counts["new"] + counts["changed"],
        "shown": digest(findings),
        **tabs(request, "exchange"),
    }


def wrong(request: Request, token: UUID) -> HttpResponse:
    """The wrong rows as a workbook, with the reasons."""
    demand(request.actor, MAINTAIN_UNITS)
    book = _book(request, token)
    if book is None:
        raise Http404
    return made(wrong_rows(book, compare(request.actor, book)), XLSX, "wrong-rows.xlsx")


def take_template(request: Request) -> HttpResponse:
    """The workbook to fill in."""
    demand(request.actor, MAINTAIN_UNITS)
    return made(template(), XLSX, "units-template.xlsx")


def take_export(request: Request) -> HttpResponse:
    """All areas and units that the post sees, in the shape of the import; noted in the audit."""
    demand(request.actor, MAINTAIN_UNITS)
    content = export(request.actor)
    with action(request.actor, "unit.export") as record:
        record.noted(None, bytes=len(content))
    return made(content, XLSX, "units.xlsx")


def _key(request: Request, token: UUID) -> str:
    """An upload belongs to the post that made it."""
    return f"areas-exchange:{request.actor.post_id}:{token}"


def _book(request: Request, token: UUID) -> Book | None:
    content = cache.get(_key(request, token))
    return read_book(content) if content is not None else None
