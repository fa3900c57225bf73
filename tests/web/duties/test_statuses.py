"""Every address with every role: what the table says is what happens."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.web.duties.asking import ask, fits, got
from tests.web.duties.table import Line, asked, lines, roles
from tests.web.duties.things import Things


@pytest.mark.parametrize("line", lines(), ids=str)
def test_statuses(line: Line, things: Things) -> None:
    """Every cell of the line holds. Each role comes to the things as they were: what the one before it did is taken back."""
    wrong = {}
    for letters, cell in line.expected.items():
        if cell == "·" or letters not in asked():
            continue
        with transaction.atomic():
            answer = ask(things, line, letters)
            if not fits(answer, cell):
                wrong[roles()[letters]["cast"]] = f"expected {cell}, got {got(answer)}"
            transaction.set_rollback(True)
    assert wrong == {}
