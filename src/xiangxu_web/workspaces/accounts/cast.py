"""The cast of the invented county, one person for each role, for the sign-in page of a demo."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.http import Http404

from xiangxu.world.county import county
from xiangxu_web.workspaces.accounts.models import Post


@dataclass(frozen=True)
class Member:
    """A button of the demo's sign-in page."""

    who: str
    post: Post


@cache
def _places() -> dict[str, tuple[str, str, str]]:
    """Role word → login, unit, role."""
    return {who: (login, post.unit, post.role.value) for who, (login, post) in county().cast.items()}


def members() -> list[Member]:
    """Those of the cast who are in this installation, in the cast's order."""
    posts = Post.objects.filter(person__login__in=[login for login, _unit, _role in _places().values()])
    found = {(p.person.login, p.unit.code, p.role): p for p in posts.select_related("person", "unit__area")}
    return [Member(who, found[place]) for who, place in _places().items() if place in found]


def member(who: str) -> Post:
    """The post of one of the cast."""
    post = next((each.post for each in members() if each.who == who), None)
    if post is None:
        raise Http404
    return post
