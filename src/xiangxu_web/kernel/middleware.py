"""What happens to every request before and after its page."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from xiangxu_web.kernel.audit.record import request_name
from xiangxu_web.kernel.errors import refused
from xiangxu_web.kernel.permission import Refused


class RequestNames:
    """Gives each request a name, which stands in the log, in the audit and on the error page: one word to look for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.name = uuid4().hex[:12]  # type: ignore[attr-defined]
        token = request_name.set(request.name)  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
        finally:
            request_name.reset(token)
        response["X-Request-Name"] = request.name  # type: ignore[attr-defined]
        # A fragment for the drawer must never come back from the browser's cache as a page.
        patch_vary_headers(response, ("HX-Request", "HX-Target"))
        return response


class NoCopies:
    """What the site answers is for the one who asked: the browser keeps no copy of it, so that on an office's shared computer nobody
    goes "back" to a page of the one who has signed out. An answer that may be kept (a file under its hash) says so itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class Refusals:
    """Turns a refusal of a permission rule into its page (403)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of the refusal; any other exception is not ours."""
        return refused(request, exception) if isinstance(exception, Refused) else None
