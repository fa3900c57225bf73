"""A browser in which a member of the cast is signed in: for the tests, the walks and the benchmark, which come in by no form."""

from __future__ import annotations

from django.test import Client

from xiangxu.world.county.world import World
from xiangxu_web.workspaces.accounts.models import Post


def cast_post(world: World, who: str) -> Post:
    """The post of a member of the cast."""
    login, post = world.cast[who]
    return Post.objects.select_related("unit__area", "person").get(person__login=login, unit__code=post.unit, role=post.role)


def browser_of(post: Post) -> Client:
    """A browser in which the post's person is signed in, in this post."""
    client = Client()
    client.force_login(post.person)
    session = client.session
    session["post"] = post.pk
    session.save()
    return client
