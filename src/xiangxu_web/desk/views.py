"""The start page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def start(request: HttpRequest) -> HttpResponse:
    """What must I do, what is red, what changed."""
    return render(request, "start.html", {"title": _("首页")})
