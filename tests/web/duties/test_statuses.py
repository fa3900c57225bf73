"""Every address with every role: what the table says is what happens."""

from __future__ import annotations

import pytest

from tests.web.duties.asking import ask, fits, got
from tests.web.duties.faults import marked
from tests.web.duties.table import Line, lines, roles
from tests.web.duties.things import Things

CASES = [
    pytest.param(line, letters, id=f"{line}-{about['cast']}", marks=marked(line, letters))
    for line in lines()
    for letters, about in roles().items()
    if line.expected[letters] != "·"
]


@pytest.mark.parametrize(("line", "letters"), CASES)
def test_statuses(line: Line, letters: str, things: Things) -> None:
    """The cell of the table holds."""
    answer = ask(things, line, letters)
    assert fits(answer, line.expected[letters]), f"{line} as {letters}: expected {line.expected[letters]}, got {got(answer)}"
