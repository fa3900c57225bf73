"""People and posts from a workbook: upload, look, confirm."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from xiangxu_web.kernel.files.kinds import XLSX
from xiangxu_web.kernel.files.serve import made
from xiangxu_web.kernel.jobs.queue import enqueue
from xiangxu_web.kernel.outcome import refusal_at
from xiangxu_web.kernel.permission import demand
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.accounts import staff_import, staff_sheets
from xiangxu_web.workspaces.accounts.forms import Upload
from xiangxu_web.workspaces.accounts.rules import IMPORT_PEOPLE
from xiangxu_web.workspaces.accounts.staff_import import Plan, State

_SHOWN = 500
WORDS = {
    State.WRONG: gettext_lazy("有误"),
    State.NEW: gettext_lazy("新增"),
    State.CHANGED: gettext_lazy("变更"),
    State.LEFT: gettext_lazy("跳过"),
    State.SAME: gettext_lazy("无变化"),
}
_LAMPS = {State.WRONG: "bad", State.NEW: "good", State.CHANGED: "good", State.LEFT: "warning", State.SAME: "none"}


def upload(request: Request) -> HttpResponseBase:
    """Takes the workbook and shows what would become of each row."""
    actor = request.actor
    demand(actor, IMPORT_PEOPLE)
    form = Upload(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        with refusal_at(form, "file", refusals=staff_sheets.Unreadable):
            if file.size > staff_sheets.MOST_BYTES:
                raise staff_sheets.Unreadable(_("文件超过 10 MB。请只保留“人员”“岗位”两张表，去掉图片后再上传。"))
            people, posts = staff_sheets.read(file.read())
            plan = staff_import.check(actor, people, posts)
            token = secrets.token_hex(16)
            cache.set(_key(request, token), (people, posts, plan.digest()), staff_import.KEPT_SECONDS)
            return _look(request, plan, token, file.name)
    return render(request, "accounts/import.html", {"title": _("导入人员和岗位"), "form": form})


def _look(request: Request, plan: Plan, token: str, name: str) -> HttpResponseBase:
    counted = plan.counted()
    order = list(WORDS)
    lines = sorted(plan.lines, key=lambda line: (order.index(line.state), line.sheet, line.row.number))
    shown: list[dict[str, Any]] = [
        {
            "sheet": _(line.sheet),
            "number": line.row.number,
            "what": "　".join(words for words in line.row.cells.values() if words),
            "state": WORDS[line.state],
            "lamp": _LAMPS[line.state],
            "place": _(line.place) if line.place else "",
            "words": line.words or _changes(line),
        }
        for line in lines[:_SHOWN]
    ]
    return render(
        request,
        "accounts/import_look.html",
        {
            "title": _("核对导入内容"),
            "name": name,
            "token": token,
            "counted": [(words, counted[state]) for state, words in WORDS.items()],
            "wrong": counted[State.WRONG],
            "does_something": plan.does_something,
            "lines": shown,
            "more": max(0, len(lines) - _SHOWN),
        },
    )


_NAMES = {
    "name": gettext_lazy("姓名"),
    "phone": gettext_lazy("电话"),
    "email": gettext_lazy("电子邮箱"),
    "title": gettext_lazy("职务"),
    "starts": gettext_lazy("任职日期"),
    "ends": gettext_lazy("离任日期"),
}


def _changes(line: staff_import.Line) -> str:
    if line.state is not State.CHANGED:
        return ""
    return "；".join(f"{_NAMES[n]}：{getattr(line.known, n) or '—'} → {value}" for n, value in line.fresh.items())


@require_POST
def confirm(request: Request) -> HttpResponseBase:
    """Stores what was shown, in one action; nothing where the state of things has moved since."""
    actor = request.actor
    demand(actor, IMPORT_PEOPLE)
    key = _key(request, request.POST.get("token", ""))
    kept = cache.get(key)
    if kept is None:
        messages.error(request, _("核对页已过期（保留 30 分钟），什么都没有导入。请重新上传。"))
        return redirect("people-import")
    if len(kept[0]) + len(kept[1]) > staff_import.MOST_AT_ONCE:
        only = f"{staff_import.IMPORT_PEOPLE_JOB}:{actor.county_path}"
        return redirect("job", enqueue(staff_import.IMPORT_PEOPLE_JOB, {"upload": key}, actor, only_one=only).pk)
    plan = staff_import.store(actor, *kept)
    cache.delete(key)
    if plan is None:
        messages.error(request, _("在您核对期间人员或单位有了变动，什么都没有导入。请重新上传，再核对一次。"))
        return redirect("people-import")
    messages.success(request, staff_import.told(plan))
    return redirect("people")


def _key(request: Request, token: str) -> str:
    return f"people-import:{request.actor.post_id}:{token[:32]}"


def template(request: Request) -> HttpResponseBase:
    """The empty workbook."""
    demand(request.actor, IMPORT_PEOPLE)
    return made(staff_sheets.template(), XLSX, _("人员导入模板") + ".xlsx")
