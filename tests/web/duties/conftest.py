"""The things of three counties, made once for the walk and gone after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.web.duties import counties
from tests.web.duties.things import Things
from xiangxu.world.county.world import World
from xiangxu_web.workspaces.accounts import links


@pytest.fixture(scope="package")
def made_things(django_db_setup: None, django_db_blocker: Any, world: World) -> Iterator[Things]:
    """One transaction around the whole walk, rolled back at its end: other tests never see these things."""
    links.purpose(counties.PURPOSE, "测试", f"{counties.__name__}.opened")
    with django_db_blocker.unblock(), transaction.atomic():
        yield Things(world)
        transaction.set_rollback(True)
    del links.PURPOSES[counties.PURPOSE]


@pytest.fixture
def things(made_things: Things, db: None) -> Things:
    """The things, with each step's own changes rolled back: they come before the step's transaction, so they stay."""
    return made_things


@pytest.fixture(autouse=True)
def contexts_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The walk reads answers; copies of what every template was given would cost it a good part of its time."""
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *told, **more: None)
