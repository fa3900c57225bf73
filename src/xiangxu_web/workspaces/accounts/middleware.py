"""Finds the active post of whoever signed in."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from xiangxu import clock
from xiangxu_web.workspaces.accounts.posts import actor_of, posts_of

SESSION_KEY = "post"


class ActivePost:
    """Sets ``request.actor``: the post chosen in this session, else the last one, else the first. None without a post."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            posts = posts_of(request.user, clock.today())
            wanted = request.session.get(SESSION_KEY, request.user.last_post_id)
            post = next((p for p in posts if p.pk == wanted), posts[0] if posts else None)
            request.posts = posts  # type: ignore[attr-defined]
            request.actor = actor_of(post) if post else None  # type: ignore[attr-defined]
        return self.get_response(request)
