"""The start page, and the search of the whole site."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiangxu_web.desk.searching import alone, together
from xiangxu_web.kernel.search.declare import SEARCHED
from xiangxu_web.kernel.start import Question, gathered
from xiangxu_web.kernel.web import Request


def start(request: Request) -> HttpResponse:
    """What must I do, what is red, what changed: from every workspace, for the active post."""
    starts = gathered(request.actor) if request.actor else []
    sections = [section for given in starts for section in given.sections if section.count or section.nothing]
    questions = [
        (title, [section for section in sections if section.question is question])
        for question, title in (
            (Question.TO_DO, _("要办的")),
            (Question.RED, _("要盯的")),
            (Question.CHANGED, _("新变化")),
        )
    ]
    standing = " ".join(given.sentence for given in starts if given.sentence)
    return render(
        request, "desk/start.html", {"title": _("首页"), "standing": standing, "questions": [q for q in questions if q[1]]}
    )


def search(request: Request) -> HttpResponse:
    """What a few words find: plans, tasks, targets, units that the post may see. ``kind`` shows all of one table."""
    if request.actor is None:
        raise Http404
    words = request.GET.get("q", "").strip()[:80]
    kind = request.GET.get("kind", "")
    if kind and kind not in SEARCHED:
        raise Http404
    page = None
    if kind:
        group, page = alone(request.actor, words, kind, request.GET.get("page"))
        groups = [group] if group.count else []
    else:
        groups = together(request.actor, words)
    count = sum(group.count for group in groups)
    standing = ngettext("“%(words)s”：找到 %(n)s 条", "“%(words)s”：找到 %(n)s 条", count) % {"words": words, "n": count}
    return render(
        request,
        "desk/search.html",
        {
            "title": _("搜索"),
            "standing": standing if words else "",
            "find_words": words,
            "groups": groups,
            "kind": kind,
            "page": page,
            "pages": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1) if page else (),
        },
    )
