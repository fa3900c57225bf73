"""What becomes of a change that a page asks for: it went, or it was refused with a reason that the person reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from xiangxu.model.reason import Reason
from xiangxu_web.kernel.components.reasons import worded

Refusals = type[Exception] | tuple[type[Exception], ...]


@contextmanager
def outcome_told(request: HttpRequest, done: str = "", *, refusals: Refusals = ValueError, at: str = "") -> Iterator[None]:
    """Around a change whose page goes on to the same place either way: tells there that it went (``done``), or why it was refused, and
    what was typed stands there again (``typed_into``). ``at``: the address of the form, where it was sent to another (a signed link).

    What is no refusal of the named kinds is not caught: a row outside the post's sight stays 404, a right that is missing 403.
    """
    try:
        yield
    except refusals as problem:
        messages.error(request, said(problem))
        keep_typed(request, at)
    else:
        if done:
            messages.success(request, done)


# Under this name the session takes what was typed into a refused form to the page that tells of the refusal.
_TYPED = "typed"


def keep_typed(request: HttpRequest, at: str = "") -> None:
    """What was typed into the form that was refused goes along to the page on which that is told; files cannot."""
    values = {name: given for name, given in request.POST.lists() if name != "csrfmiddlewaretoken"}
    request.session[_TYPED] = {"at": at or request.path, "values": values}


def typed_into(request: HttpRequest, address: str) -> MultiValueDict[str, str]:
    """What was typed into the form that is sent to this address, if it was refused just now: for the next page that shows such forms,
    and for no later one."""
    kept = getattr(request, "typed", None)
    if kept is None:
        kept = request.session.pop(_TYPED) if _TYPED in request.session else {}
        request.typed = kept  # type: ignore[attr-defined]
    return MultiValueDict(kept["values"] if kept.get("at") == address else {})


@contextmanager
def refusal_at(form: BaseForm, field: str | None = None, *, refusals: Refusals = ValueError) -> Iterator[None]:
    """Around the change that a valid form asks for: a refusal stands at the field (at the whole form where none is named), and the page
    is shown again with all that was typed."""
    try:
        yield
    except refusals as problem:
        form.add_error(field, problem if isinstance(problem, ValidationError) else said(problem))


def said(problem: Exception) -> str:
    """What a refusal says, in the language of the page: those of the core are reasons."""
    return worded(problem.args[0]) if problem.args and isinstance(problem.args[0], Reason) else str(problem)


def wrong_in(form: BaseForm) -> str:
    """All that is wrong in a form, in one line: for a page that does not show the form again."""
    return "；".join(str(words) for errors in form.errors.values() for words in errors)
