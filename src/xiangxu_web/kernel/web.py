"""The request as our pages see it: with the acting post and what htmx says."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from xiangxu_web.kernel.actor import Actor


class Request(HttpRequest):
    """A request of somebody who signed in. ``actor`` is None where the person holds no post now."""

    actor: Actor
    htmx: HtmxDetails
    name: str
