"""The question before what cannot be undone. Only there: everything else is done at once and can be taken back."""

from __future__ import annotations

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise as LazyText

Words = str | LazyText


def ask(
    request: HttpRequest,
    *,
    title: Words,
    words: Words,
    button: Words,
    back: str,
    lost: Words = "",
    form: BaseForm | None = None,
) -> HttpResponse:
    """The question as a dialog where the link asked for one (``{% confirm %}``), else as a page of its own; its button posts to the
    same address. ``lost`` says what cannot be brought back; ``form`` asks for a reason."""
    context = {"title": title, "words": words, "button": button, "back": back, "lost": lost, "form": form}
    return render(request, "components/confirm.html", context)
