"""Every address with every role: what the table says is what happens, and nothing is shown that the role must not know."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import transaction

from tests.web.duties.asking import ask, fits, got
from tests.web.duties.bounds import beyond, counted
from tests.web.duties.reading import text
from tests.web.duties.secrets import hidden, leaked
from tests.web.duties.table import Line, asked, lines, roles
from tests.web.duties.things import Things


@pytest.mark.parametrize("line", lines(), ids=str)
def test_statuses(line: Line, things: Things) -> None:
    """Every cell of the line holds, every page that opens keeps its bound of queries and weight, and no page, refusal or answer to a form
    holds a word that is hidden from the role: each is asked once for all of it. Each role comes to the things as they were: what the one
    before it did is taken back."""
    wrong = {}
    for letters, cell in line.expected.items():
        if cell == "·" or letters not in asked():
            continue
        with transaction.atomic():
            with counted() as queries:
                answer = ask(things, line, letters)
            if not fits(answer, cell):
                wrong[roles()[letters]["cast"]] = f"expected {cell}, got {got(answer)}"
            elif line.method == "GET" and cell == "200" and (more := beyond(line.address, answer, queries)):
                wrong[roles()[letters]["cast"]] = more
            elif leaks := leaked(text(answer), hidden(things, letters)):
                wrong[roles()[letters]["cast"]] = f"shows {leaks}"
            transaction.set_rollback(True)
    assert wrong == {}
    assert mail.outbox == []
