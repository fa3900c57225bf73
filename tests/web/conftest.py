"""The fixed cast of the site's tests, in the invented county, loaded once for all of them.

Bureau leader, bureau clerk, 科室, lead department, town officer, education office, headteacher, inspector, prefecture supervisor, the
three administrators; and the other county's clerk and head, who must see nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from tests.web.browsers import browser_of, cast_post
from xiangxu.world.county import county
from xiangxu.world.county.world import World
from xiangxu_web.flows.world import load_world
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.accounts.models import Post
from xiangxu_web.workspaces.accounts.posts import actor_of

PASSWORD = "yanxi-demo-2026"


@pytest.fixture(scope="session")
def world() -> World:
    """The invented county."""
    return county()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any, world: World) -> None:
    """The invented county stands in the database before the first test; each test's own changes are rolled back."""
    with django_db_blocker.unblock():
        load_world(world, PASSWORD)


@pytest.fixture(autouse=True)
def in_the_usual_language() -> Iterator[None]:
    """A page leaves its language behind in this process; the next test is not to inherit it."""
    yield
    translation.deactivate()


@pytest.fixture
def post(db: None, world: World) -> Callable[[str], Post]:
    """The post of a member of the cast."""

    return lambda who: cast_post(world, who)


@pytest.fixture
def actor(post: Callable[[str], Post]) -> Callable[[str], Actor]:
    """A member of the cast as an actor."""
    return lambda who: actor_of(post(who))


@pytest.fixture
def signed_in(post: Callable[[str], Post]) -> Callable[[str], Client]:
    """A browser in which a member of the cast is signed in, in the post of the cast."""
    return lambda who: browser_of(post(who))
