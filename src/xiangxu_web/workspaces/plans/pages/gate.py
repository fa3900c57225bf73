"""The gate before the lists of plans: administrators keep the system and have no business with the work (三权分立)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http.response import HttpResponseBase

from xiangxu_web.kernel.permission import Refused, demand
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.plans.rules import SEE_WORK

View = Callable[..., HttpResponseBase]


def at_work(view: View) -> View:
    """The view, refused to posts that have no business with plans, and to whoever holds no post."""

    @wraps(view)
    def gated(request: Request, *args: Any, **settings: Any) -> HttpResponseBase:
        if request.actor is None:
            raise Refused
        demand(request.actor, SEE_WORK)
        return view(request, *args, **settings)

    return gated
