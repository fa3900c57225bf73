"""Cells in which the site still departs from the duties. Each is a fault of the site: strict, so that mending it is noticed here."""

from __future__ import annotations

import pytest

from tests.web.duties.table import Line

_LIST = "a list of plans' work opens (empty) to an administrator, who has no business with it; units, people and audit refuse with 403"
# Line of the table, roles, what happens instead.
FAULTS: tuple[tuple[str, str, str], ...] = (
    ("GET /plans/ -", "SY AU SE", _LIST),
    ("GET /tasks/ -", "SY AU SE", _LIST),
    ("GET /targets/ -", "SY AU SE", _LIST),
    ("GET /reports/ -", "SY AU SE", _LIST),
    ("GET /account/outside/error/ -", "NO", "who could not sign in is led to the sign-in page and never reads why"),
)
# Role → what it gets to read.
LEAKS: dict[str, str] = {}


def marked(line: Line, letters: str) -> list[pytest.MarkDecorator]:
    """The mark of a known fault."""
    reasons = [reason for where, who, reason in FAULTS if where == str(line) and letters in who.split()]
    return [pytest.mark.xfail(strict=True, reason=reason) for reason in reasons]


def leak_marks(letters: str) -> list[pytest.MarkDecorator]:
    """The mark of a known leak."""
    return [pytest.mark.xfail(strict=True, reason=LEAKS[letters])] if letters in LEAKS else []
