"""The log names requests, routes and faults, and nobody."""

from __future__ import annotations

import io
import json
import logging
import logging.config
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from django.db import connection
from django.test import Client
from django.urls import reverse

from xiangxu_web.kernel.operation.logs import logging_settings
from xiangxu_web.workspaces.accounts.models import Post

MARK = "海棠暗号"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What a real server would write to its standard output."""
    written = io.StringIO()
    told = logging_settings(debug=False)["formatters"]["line"]
    formatter = told.pop("()")(**told)
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    root.handlers, root.level = [handler], logging.INFO
    yield written
    root.handlers, root.level = before, level
    logging_settings(debug=True)


def test_the_server_tells_where_it_listens(log: io.StringIO) -> None:
    """The web server's lines about its own life are filled in; what it says of a request is not, for that holds an address."""
    logging.getLogger("gunicorn.error").info("Listening at: %s (%s)", "http://127.0.0.1:8000", 7)
    logging.getLogger("gunicorn.error").error("Error handling request %s", f"/search/?q={MARK}")
    assert [line["event"] for line in lines(log)] == ["Listening at: http://127.0.0.1:8000 (7)", "Error handling request %s"]


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    """Each line as what it is: one JSON object."""
    return [json.loads(line) for line in log.getvalue().splitlines()]


@pytest.mark.django_db
def test_a_walk_leaves_routes_and_numbers_only(
    log: io.StringIO, signed_in: Callable[[str], Client], post: Callable[[str], Post], world: Any
) -> None:
    """Marker words in the address, the query, the body, the browser's name and headers, and the names of the cast occur in no line."""
    clerk = signed_in("clerk")
    clerk.get("/", {"q": MARK}, HTTP_USER_AGENT=MARK.encode().decode("latin-1"))
    clerk.get(f"/files/1/{MARK}.pdf")
    clerk.get(f"/{MARK}/")
    clerk.post(reverse("account_login"), {"login": MARK, "password": MARK})
    Client().post(reverse("account_login"), {"login": MARK, "password": MARK}, REMOTE_ADDR="10.20.30.40")
    Client().get("/", headers={"Host": f"{MARK.encode().hex()}.example"})
    written = log.getvalue()
    for word in (MARK, MARK.encode().hex(), "10.20.30.40", post("clerk").person.name, post("clerk").person.login, "%E6%B5%B7"):
        assert word not in written
    told = [line for line in lines(log) if line["event"] == "request"]
    assert [line["status"] for line in told][1:3] == [404, 404]
    assert told[1]["route"] == "files/<int:key>/<str:name>"
    assert told[0]["post"] == post("clerk").pk
    assert told[0]["queries"] > 0
    assert set(told[0]) == {
        "event",
        "level",
        "logger",
        "timestamp",
        "request",
        "method",
        "route",
        "status",
        "ms",
        "queries",
        "post",
    }


@pytest.mark.django_db
def test_a_fault_is_told_by_type_and_place(
    log: io.StringIO, signed_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Type, frames and the request's name, also of what caused it; neither the exception's words nor values of variables."""

    def broken(*_arguments: Any, **_more: Any) -> None:
        child = MARK
        try:
            int(child)
        except ValueError as problem:
            raise RuntimeError(f"cannot count {child}") from problem

    monkeypatch.setattr("xiangxu_web.kernel.operation.views.findings", broken)
    client = signed_in("system-admin")
    client.raise_request_exception = False
    answer = client.get(reverse("health"))
    assert answer.status_code == 500
    assert MARK not in log.getvalue()
    fault = next(line for line in lines(log) if line["event"] == "fault")
    assert fault["route"] == "system/health/"
    assert fault["request"] == answer["X-Request-Name"]
    assert [cause["type"] for cause in fault["exception"]] == ["builtins.RuntimeError", "builtins.ValueError"]
    assert fault["exception"][0]["frames"][-1].endswith(" broken")


def test_lines_of_libraries_appear_as_their_bare_pattern(log: io.StringIO) -> None:
    """What would be filled in is left out; a line that is already filled is reduced to its place."""
    logging.getLogger("some.library").warning("cannot reach %s of %s", MARK, MARK)
    logging.getLogger("some.library").error(f"user {MARK} failed")
    try:
        raise KeyError(MARK)
    except KeyError:
        logging.getLogger("some.library").exception("while reading %s", MARK, stack_info=True)
    structlog.get_logger("xiangxu.jobs").info("job", kind="files.sweep")
    assert MARK not in log.getvalue()
    assert lines(log)[0]["event"] == "cannot reach %s of %s"
    assert lines(log)[1]["event"].startswith("test_log:")
    assert lines(log)[2]["exception"][0]["type"] == "builtins.KeyError"
    assert lines(log)[3]["kind"] == "files.sweep"


@pytest.mark.django_db
def test_a_broken_constraint_names_no_value(log: io.StringIO) -> None:
    """A database's own words quote the row: they are not written."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT '{MARK}' FROM no_such_table")
    except Exception:
        logging.getLogger("xiangxu").exception("query failed")
    assert MARK not in log.getvalue()
