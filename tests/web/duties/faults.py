"""Cells in which the site still departs from the duties. Each is a fault of the site: strict, so that mending it is noticed here."""

from __future__ import annotations

import pytest

from tests.web.duties.table import Line

_LIST = "a list of plans' work opens (empty) to an administrator, who has no business with it; units, people and audit refuse with 403"
_ALL = "CL BL CK OF LD TN EO HT IN SV SY AU SE OC OH"
_PASSED = "asks neither for the plan nor for a right, passes over every row and leads on as if it had worked; nothing is changed"
# Line of the table, roles, what happens instead.
FAULTS: tuple[tuple[str, str, str], ...] = (
    ("GET /plans/ -", "SY AU SE", _LIST),
    ("GET /tasks/ -", "SY AU SE", _LIST),
    ("GET /targets/ -", "SY AU SE", _LIST),
    ("GET /reports/ -", "SY AU SE", _LIST),
    ("GET /bulletins/ -", "SY AU SE", _LIST),
    ("GET /calendar/ -", "SY AU SE", _LIST),
    ("GET /timeline/ -", "SY AU SE", _LIST),
    ("GET /plans/compare/ -", "SY AU SE", _LIST),
    ("GET /plans/terms/ -", "SY AU SE", _LIST),
    ("POST /plans/<int:key>/coverage/verify/ foreign", _ALL, _PASSED),
    ("POST /plans/<int:key>/coverage/promises/<int:target>/many/ foreign", _ALL, _PASSED),
    ("GET /account/outside/error/ -", "NO", "who could not sign in is led to the sign-in page and never reads why"),
)
# Role → what it gets to read.
_PARTS = "the start page names a part that waits for the bureau: rule part.answer (plans/splitting.py, answers) asks no role"
LEAKS: dict[str, str] = {
    "SY": _PARTS,
    "AU": _PARTS,
    "SE": _PARTS,
    "SV": "the course of a task (plans/pages/task.py) names to the supervisor the person who reported",
}


def marked(line: Line, letters: str) -> list[pytest.MarkDecorator]:
    """The mark of a known fault."""
    reasons = [reason for where, who, reason in FAULTS if where == str(line) and letters in who.split()]
    return [pytest.mark.xfail(strict=True, reason=reason) for reason in reasons]


def leak_marks(letters: str) -> list[pytest.MarkDecorator]:
    """The mark of a known leak."""
    return [pytest.mark.xfail(strict=True, reason=LEAKS[letters])] if letters in LEAKS else []
