"""Where a policy term lives: cards, glossary, fields of forms."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xiangxu.cards.homes import homes
from xiangxu.cards.layers import shipped
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.plans.cards import packs

_MOST = 60


def glossary(request: Request) -> HttpResponse:
    """The homes of a term, exact names first; without a term what can be looked up."""
    term = request.GET.get("term", "").strip()[:40]
    found = homes(packs(), term) if term else []
    lines = [(home, home.file.resolve().relative_to(shipped().resolve())) for home in found[:_MOST]]
    context = {
        "title": _("政策用词"),
        "term": term,
        "lines": lines,
        "more": max(0, len(found) - _MOST),
        "count": len(found),
    }
    return render(request, "plans/glossary.html", context)
