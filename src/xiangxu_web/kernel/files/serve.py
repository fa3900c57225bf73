"""Gives a file to a browser so that it is never a page of ours: no script in it runs, nothing in it reaches the site."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from whitenoise.responders import StaticFile

# A document under this policy has an origin of its own, runs nothing, loads nothing and cannot be framed.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"
_PIECE = 64 * 1024


def sent(
    request: HttpRequest, path: Path, *, media_type: str, name: str, etag: str, shown: bool, kept: bool
) -> HttpResponseBase:
    """The file as an answer: whole, a range of it, or "not changed".

    ``shown``: in the browser's own viewer, else only saved. ``kept``: the browser may keep a copy (and asks each time whether it still
    may use it); otherwise nothing is kept anywhere.
    """
    charset = "; charset=utf-8" if media_type.startswith("text/") and _is_utf8(path) else ""
    headers = [
        ("Content-Type", media_type + charset),
        ("Content-Disposition", content_disposition_header(not shown, name) or "attachment"),
        ("Cache-Control", "private, no-cache" if kept else "private, no-store"),
        ("ETag", f'"{etag}"'),
        ("Accept-Ranges", "bytes"),
        ("Content-Security-Policy", SANDBOX),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        # Keeps the site's compression off: it would break ranges, and these kinds are compressed already.
        ("Content-Encoding", "identity"),
    ]
    asked = {key: request.META[key] for key in ("HTTP_RANGE", "HTTP_IF_NONE_MATCH") if key in request.META}
    if asked.get("HTTP_IF_RANGE", f'"{etag}"') != f'"{etag}"' or not kept:
        asked.pop("HTTP_IF_NONE_MATCH", None)
    found = StaticFile(str(path), headers).get_response(request.method, asked)
    if found.file is None:
        answer: HttpResponseBase = HttpResponse(status=int(found.status))
        answer.headers.pop("Content-Type", None)
    else:
        answer = StreamingHttpResponse(iter(lambda: found.file.read(_PIECE), b""), status=int(found.status))
        answer._resource_closers.append(found.file.close)  # type: ignore[attr-defined]
    for key, value in [*found.headers, *(h for h in headers if h[0] in ("Content-Security-Policy", "X-Content-Type-Options"))]:
        answer.headers[key] = value
    return answer


def _is_utf8(path: Path) -> bool:
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
