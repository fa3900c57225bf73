"""Drafts to work on, a colleague of the clerk, and a browser's requests in short."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.web.browsers import browser_of
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.accounts.api import Post, actor_of
from xiangxu_web.workspaces.plans.models import Draft


@pytest.fixture
def colleague_post(actor: Callable[[str], Actor]) -> Post:
    """The post of another clerk of the bureau."""
    clerk = actor("clerk")
    posts = Post.objects.filter(role="clerk", unit_id=clerk.unit_id).select_related("unit__area", "person")
    return next(post for post in posts if post.person_id != clerk.person_id)


@pytest.fixture
def colleague(colleague_post: Post) -> Actor:
    """Another clerk of the bureau."""
    return actor_of(colleague_post)


@pytest.fixture
def colleague_browser(colleague_post: Post) -> Client:
    """A browser in which the other clerk is signed in."""
    return browser_of(colleague_post)


@pytest.fixture
def correction(draft: Draft) -> Callable[..., Any]:
    """``correction(client, kind, on, **typed)``: one POST as a row's form makes it."""

    def post(client: Client, kind: str, on: str, *, htmx: bool = True, **typed: Any) -> Any:
        sent = {"kind": kind, "on": on, "tab": "tasks", **typed}
        return client.post(f"/drafts/{draft.pk}/correct/", sent, headers={"HX-Request": "true"} if htmx else {})

    return post
