"""A change by whoever has not the duty, or on what is foreign: refused, and nothing is changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction

from tests.web.duties.asking import ask, fits, got
from tests.web.duties.table import Line, asked, lines
from tests.web.duties.things import Things
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.workspaces.accounts.models import Post

_TABLE = re.compile(r"xiangxu_web_\w+")
# “on”: not taken up, back to the page with the reason.
REFUSED = ("403", "404", "no", "302", "on")
CHANGING = [line for line in lines() if line.method == "POST" and any(cell in REFUSED for cell in line.expected.values())]
# What the right post may send and what yet changes nothing that the audit tells, each for a reason of its own.
# The change itself is held elsewhere, by the tests of its workspace.
NOT_TOLD = (
    # One's own account: the password once more, no other session to end; columns are a preference and no change of the office's.
    "/account/reauthenticate/", "/account/sessions/", "/list/<slug:table>/columns/",
    # Samples, which change nothing.
    "/components/confirm/", "/components/form/",
    # A workbook is only looked at; what it changes is taken in at the address behind.
    "/people/import/", "/tasks/sheet/import/", "/units/exchange/",
    # A bulletin is being drafted already: led to it.
    "/plans/<int:key>/bulletin/",
)  # fmt: skip


def state() -> dict[str, tuple[int, str]]:
    """Every table of the office's work: how many rows, and a hash of all their values."""
    found: dict[str, tuple[int, str]] = {}
    for model in apps.get_app_config("xiangxu_web").get_models(include_auto_created=True):
        rows = [str(row) for row in model._default_manager.order_by("pk").values_list()]
        found[model.__name__] = len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


@pytest.fixture(scope="module")
def untouched(made_things: Things, django_db_blocker: Any) -> dict[str, tuple[int, str]]:
    """The state from which each test of this module starts, as what it did is taken back."""
    with django_db_blocker.unblock():
        return state()


@contextmanager
def writing(where: set[str]) -> Iterator[None]:
    """Notes which tables of the office's work are written to, be it taken back again."""

    def noted(execute: Callable[..., Any], sql: str, *others: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and (table := _TABLE.search(sql)):
            where.add(table[0])
        return execute(sql, *others)

    with connection.execute_wrapper(noted):
        yield


@pytest.mark.parametrize("line", CHANGING, ids=str)
def test_refused_changes_nothing(line: Line, things: Things, untouched: dict[str, tuple[int, str]]) -> None:
    """With a form that would be taken from the right post: no row made, changed or gone, no audit row of a change."""
    written: set[str] = set()
    for letters in asked():
        cell = line.expected[letters]
        if cell in REFUSED:
            with writing(written):
                answer = ask(things, line, letters)
            assert fits(answer, cell), f"{letters}: expected {cell}, got {got(answer)}"
    # What was not written to is as it was; the rest is compared, row by row.
    assert not written or state() == untouched, written


def test_the_forms_do_change(things: Things) -> None:
    """The same forms from the right post are taken, at every address: else the refusals above would prove nothing."""
    taken, asked_at = set(), set()
    for line in CHANGING:
        if line.at == "foreign" or "yes" not in line.expected.values():
            continue
        # A leader instructs and verifies; of who else may do a thing the first does it here.
        letters = next(who for who, cell in line.expected.items() if cell == "yes")
        rows = AuditRow.objects.count()
        asked_at.add(line.address)
        with transaction.atomic():
            ask(things, line, letters)
            if AuditRow.objects.count() > rows:
                taken.add(line.address)
            transaction.set_rollback(True)
    assert sorted(asked_at - taken) == sorted(NOT_TOLD)


@pytest.mark.parametrize("letters", ["CK", "SY", "OC"])
@pytest.mark.parametrize("role", ["leader", "clerk", "supervisor", "system-admin", "audit-admin", "security-admin"])
def test_no_registrar_gives_a_guarded_post(letters: str, role: str, things: Things) -> None:
    """三权分立: whoever enters people gives nobody power over others, neither to somebody else nor to a new person."""
    posts, county = Post.objects.count(), things.county(letters, "own")
    sent: dict[str, Any] = {"unit": county.bureau.pk, "role": role, "title": "隐号", "starts": "2026-11-20"}
    things.client(letters).post(f"/people/{county.post.person_id}/post/", sent)
    things.client(letters).post("/people/new/", {**sent, "login": "yinhao", "name": "隐号人", "phone": "19900700009"})
    assert Post.objects.count() == posts


@pytest.mark.parametrize("letters", ["CK", "SY", "SE"])
def test_nobody_gives_to_themself(letters: str, things: Things) -> None:
    """Neither a post, nor a right, nor a new code, nor the end of a post: there is always a second person."""
    own = things.posts[letters]
    before = list(Post.objects.filter(person=own.person).values())
    sent = {
        "unit": own.unit_id,
        "role": "school",
        "starts": "2026-11-20",
        "ends": "2026-11-20",
        "may_act_for_others": "on",
        "may_open_child_files": "on",
    }
    for path in (
        f"/people/{own.person_id}/post/",
        f"/people/{own.person_id}/code/",
        f"/people/post/{own.pk}/rights/",
        f"/people/post/{own.pk}/end/",
    ):
        assert things.client(letters).post(path, sent).status_code in (403, 404), path
    assert list(Post.objects.filter(person=own.person).values()) == before
