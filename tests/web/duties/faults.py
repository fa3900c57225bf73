"""Cells in which the site still departs from the duties. Each is a fault of the site: strict, so that mending it is noticed here."""

from __future__ import annotations

import pytest

from tests.web.duties.table import Line

# Line of the table, roles, what happens instead.
FAULTS: tuple[tuple[str, str, str], ...] = ()
# Role → what it gets to read.
LEAKS: dict[str, str] = {}


def marked(line: Line, letters: str) -> list[pytest.MarkDecorator]:
    """The mark of a known fault."""
    reasons = [reason for where, who, reason in FAULTS if where == str(line) and letters in who.split()]
    return [pytest.mark.xfail(strict=True, reason=reason) for reason in reasons]


def leak_marks(letters: str) -> list[pytest.MarkDecorator]:
    """The mark of a known leak."""
    return [pytest.mark.xfail(strict=True, reason=LEAKS[letters])] if letters in LEAKS else []
