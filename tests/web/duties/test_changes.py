"""A change by whoever has not the duty, or on what is foreign: refused, and nothing is changed."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from tests.web.duties.asking import ask, fits, got
from tests.web.duties.table import Line, asked, lines
from tests.web.duties.things import Things
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.workspaces.accounts.models import Post

REFUSED = ("403", "404", "no", "302")
CHANGING = [line for line in lines() if line.method == "POST" and any(cell in REFUSED for cell in line.expected.values())]


def state() -> dict[str, tuple[int, str]]:
    """Every table of the office's work: how many rows, and a hash of all their values."""
    found: dict[str, tuple[int, str]] = {}
    for model in apps.get_app_config("xiangxu_web").get_models(include_auto_created=True):
        rows = [str(row) for row in model._default_manager.order_by("pk").values_list()]
        found[model.__name__] = len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


@pytest.mark.parametrize("line", CHANGING, ids=str)
def test_refused_changes_nothing(line: Line, things: Things) -> None:
    """With a form that would be taken from the right post: no row made, changed or gone, no audit row of a change."""
    things.path(line.address, "CK", line.at)
    before = state()
    for letters in asked():
        cell = line.expected[letters]
        # A batch passes over what is out of sight and leads on; that too must change nothing.
        if cell not in REFUSED and (line.at, cell) != ("foreign", "on"):
            continue
        rows = AuditRow.objects.count()
        answer = ask(things, line, letters)
        assert fits(answer, cell), f"{letters}: expected {cell}, got {got(answer)}"
        assert AuditRow.objects.count() == rows, f"{letters}: an audit row"
    assert state() == before


def test_the_forms_do_change(things: Things) -> None:
    """The same forms from the right post are taken: else the refusals above would prove nothing."""
    taken = set()
    for line in CHANGING:
        if line.at != "own" or "yes" not in line.expected.values():
            continue
        letters = next(
            who
            for who, cell in line.expected.items()
            if cell == "yes" and (who not in ("CL", "BL") or "instruct" in line.address)
        )
        rows = AuditRow.objects.count()
        with transaction.atomic():
            ask(things, line, letters)
            if AuditRow.objects.count() > rows:
                taken.add(line.address)
            transaction.set_rollback(True)
    assert taken >= {
        "/units/<int:key>/rename/",
        "/units/<int:key>/type/",
        "/units/<int:key>/reopen/",
        "/tasks/<int:key>/report/",
        "/people/<int:pk>/change/",
        "/people/<int:pk>/code/",
        "/people/<int:pk>/post/",
        "/people/post/<int:pk>/rights/",
        "/links/<int:pk>/revoke/",
        "/jobs/<uuid:pk>/cancel/",
    }


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
