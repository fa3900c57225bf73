"""What the kernel is told about people: how a job finds the post it works for, and what audit and jobs call people, posts and units."""

from __future__ import annotations

from collections.abc import Iterable

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.names import named_by
from xiangxu_web.kernel.jobs.work import actors_found_by
from xiangxu_web.workspaces.accounts.models import Person, Post
from xiangxu_web.workspaces.accounts.posts import actor_of, posts_of
from xiangxu_web.workspaces.areas.api import Unit


def actor_by_post(post_id: int) -> Actor | None:
    """The actor of a post that is held today by a person who may sign in; None otherwise."""
    post = Post.objects.select_related("person").filter(pk=post_id, person__is_active=True).first()
    if post is None:
        return None
    return next((actor_of(held) for held in posts_of(post.person, clock.today()) if held.pk == post_id), None)


def _people(keys: Iterable[int]) -> dict[int, str]:
    return dict(Person.objects.filter(pk__in=keys).values_list("pk", "name"))


def _posts(keys: Iterable[int]) -> dict[int, str]:
    return {post.pk: post.title or post.get_role_display() for post in Post.objects.filter(pk__in=keys)}


def _units(keys: Iterable[int]) -> dict[int, str]:
    return {unit.pk: str(unit) for unit in Unit.objects.filter(pk__in=keys)}


actors_found_by(actor_by_post)
named_by("person", _people)
named_by("post", _posts)
named_by("unit", _units)
