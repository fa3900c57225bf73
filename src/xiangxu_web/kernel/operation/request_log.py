"""One line in the log for each request, one more for each fault."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

import structlog
from django.core.signals import got_request_exception
from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from xiangxu_web.kernel.audit.record import request_name

_log = structlog.get_logger("xiangxu.request")


class RequestLog:
    """Writes one line for each request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began, queries = perf_counter(), 0

        def count(execute: Callable[..., Any], *arguments: Any) -> Any:
            nonlocal queries
            queries += 1
            return execute(*arguments)

        with structlog.contextvars.bound_contextvars(request=request_name.get()), connection.execute_wrapper(count):
            response = self.get_response(request)
            self.write(request, response, perf_counter() - began, queries)
        return response

    @staticmethod
    def write(request: HttpRequest, response: HttpResponseBase, seconds: float, queries: int) -> None:
        """The line."""
        actor = getattr(request, "actor", None)
        _log.info(
            "request",
            method=request.method if request.method in ("GET", "HEAD", "POST") else "other",
            route=request.resolver_match.route if request.resolver_match else "",
            status=response.status_code,
            ms=round(seconds * 1000, 1),
            queries=queries,
            post=actor.post_id if actor else None,
        )


def _note_fault(sender: Any, request: HttpRequest | None = None, **_more: Any) -> None:
    _log.error("fault", route=request.resolver_match.route if request and request.resolver_match else "", exc_info=True)


got_request_exception.connect(_note_fault, dispatch_uid="xiangxu.log")
