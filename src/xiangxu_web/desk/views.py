"""The start page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

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
