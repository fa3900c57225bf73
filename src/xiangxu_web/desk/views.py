"""The start page, and the search of the whole site."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xiangxu.model.unit import Role
from xiangxu_web.desk.searching import alone, together
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.search.declare import SEARCHED
from xiangxu_web.kernel.start import Question, Section, gathered
from xiangxu_web.kernel.web import Request


def start(request: Request) -> HttpResponse:
    """What must I do, what is red, what changed: from every workspace, for the active post; what is red comes first for a leader.

    All three are answered for every post; one under which nothing stands says what will. What holds nothing stands behind what holds
    something: the page never opens on an empty list while there is another one.
    """
    starts = gathered(request.actor) if request.actor else []
    sections = [section for given in starts for section in given.sections if section.count or section.nothing]
    sections.sort(key=_is_empty)
    order = _order(request.actor) if request.actor else []
    questions = [(_TITLES[each], [s for s in sections if s.question is each], _NOTHING[each]) for each in order]
    questions.sort(key=lambda question: all(map(_is_empty, question[1])))
    standing = " ".join(given.sentence for given in starts if given.sentence)
    return render(request, "desk/start.html", {"title": _("首页"), "standing": standing, "questions": questions})


_TITLES = {
    Question.TO_DO: gettext_lazy("要办的"),
    Question.RED: gettext_lazy("要盯的"),
    Question.CHANGED: gettext_lazy("新变化"),
}
_NOTHING = {
    Question.TO_DO: gettext_lazy("现在没有等您办的事。要您填报、审核、核验、授予的，会列在这里。"),
    Question.RED: gettext_lazy("现在没有要盯的。逾期、滞后的任务，出了问题的事项，会列在这里。"),
    Question.CHANGED: gettext_lazy("近 30 天没有新变化。新发布的文件、新接收的进展、人员和权限的变动，会列在这里。"),
}


def _order(actor: Actor) -> list[Question]:
    """A leader looks after what goes wrong; whoever works begins with what is to be done."""
    return sorted(_TITLES, key=lambda each: each is not Question.RED) if actor.is_any(Role.LEADER) else list(_TITLES)


def _is_empty(section: Section) -> bool:
    return not section.count


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
        },
    )
