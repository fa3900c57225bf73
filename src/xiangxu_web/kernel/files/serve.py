"""Gives a file to a browser so that it is never a page of ours: no script in it runs, nothing in it reaches the site."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from whitenoise.middleware import WhiteNoiseFileResponse
from whitenoise.responders import StaticFile

from xiangxu_web.kernel.files.kinds import Kind

# A document under this policy has an origin of its own, runs nothing, loads nothing and cannot be framed.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"


def sent(request: HttpRequest, path: Path, *, media_type: str, name: str, etag: str, shown: bool, kept: bool) -> FileResponse:
    """The file as an answer: whole, a range of it, or "not changed".

    ``shown``: in the browser's own viewer, else only saved. ``kept``: the browser may keep a copy (and asks each time whether it still
    may use it); otherwise nothing is kept anywhere.
    """
    mark = f'"{etag}"'
    charset = "; charset=utf-8" if media_type.startswith("text/") and _is_utf8(path) else ""
    headers = [
        ("Content-Type", media_type + charset),
        ("Content-Disposition", content_disposition_header(not shown, name) or "attachment"),
        ("Cache-Control", "private, no-cache" if kept else "private, no-store"),
        ("ETag", mark),
        ("Accept-Ranges", "bytes"),
        ("Content-Security-Policy", SANDBOX),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        # Keeps the site's compression off: it would break ranges, and these kinds are compressed already.
        ("Content-Encoding", "identity"),
    ]
    asked = {}
    if kept and "HTTP_IF_NONE_MATCH" in request.META:
        asked["HTTP_IF_NONE_MATCH"] = request.META["HTTP_IF_NONE_MATCH"]
    if "HTTP_RANGE" in request.META and request.META.get("HTTP_IF_RANGE", mark) == mark:
        asked["HTTP_RANGE"] = request.META["HTTP_RANGE"]
    found = StaticFile(str(path), headers).get_response(request.method, asked)
    # A bare "not changed" would get the site's own policy, which knows no sandbox.
    guards = [header for header in headers if header[0] in ("Content-Security-Policy", "X-Content-Type-Options", "Cache-Control")]
    answer: FileResponse = WhiteNoiseFileResponse(found.file or (), status=int(found.status))
    for key, value in [*guards, *found.headers]:
        answer.headers[key] = value
    return answer


def _is_utf8(path: Path) -> bool:
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def made(content: bytes, kind: Kind, name: str) -> HttpResponse:
    """A file that was made just now for whoever asked, to be saved under this name; no copy of it is kept."""
    answer = HttpResponse(content, content_type=kind.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
