"""Pages in English are English: no Chinese but what people, documents and cards brought."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import Http404, HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.web.duties.asking import form
from tests.web.duties.chinese import move_data_away, moved, own, texts
from tests.web.duties.table import Line, lines
from tests.web.duties.things import Things
from xiangxu_web.kernel import errors
from xiangxu_web.workspaces.accounts.api import make_link
from xiangxu_web.workspaces.accounts.models import Person
from xiangxu_web.workspaces.accounts.posts import actor_of
from xiangxu_web.workspaces.plans.calendars import open_calendar
from xiangxu_web.workspaces.plans.rules import REPORT_LINK

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="the words do not hang on the database")

# Every duty once: the others of the table open what one of these opens. NO is signed out.
WALKING = ("CK", "BL", "TN", "HT", "IN", "SV", "SY", "AU", "SE", "NO")
# What was not written by the program whatever the page speaks: a dry run shows the file that was uploaded; samples of components are
# invented data; a calendar speaks its owner's language (see below). And the way out.
CHINESE = ("/units/exchange/<uuid:token>/", "/components/", "/calendar/<str:token>.ics", "/account/logout/")
# Tabs and choices of one page that show what its plain address does not.
FURTHER = {
    "/drafts/<int:key>/": ("?tab=tasks", "?tab=targets", "?tab=units", "?tab=check", "?tab=doc", "?tab=versions"),
    "/plans/compare/": ("?all=1",),
}
# Answers that end the session, change its language or post, or lie outside what a form can say.
# What a form leads to that is Chinese whatever the page speaks: the file that was uploaded, and the bulletin, a Chinese document.
SHOWN = ("/units/exchange/", "/bulletins/")
NOT_SENT = ("/components/", "/account/logout/", "/language/", "/account/language/", "/account/post/", "/account/cast/")


class English:
    """A reader in English, who notes what Chinese they meet and where."""

    def __init__(self) -> None:
        self.found: dict[str, set[str]] = {}
        self.opened = 0

    def reads(self, where: str, answer: HttpResponse) -> None:
        """Reads one answer."""
        self.opened += answer.status_code == 200
        for words in texts(answer):
            if own(words, shipped=where.startswith("/plans/compare/")):
                self.found.setdefault(words.strip()[:90], set()).add(where)

    def meets(self) -> dict[str, list[str]]:
        """The Chinese words, each with some of the addresses."""
        return {words: sorted(where)[:3] for words, where in self.found.items()}


def in_english(things: Things, letters: str) -> Client:
    """The browser of this role, in English."""
    client = things.client(letters)
    client.cookies["django_language"] = "en"
    return client


def get(client: Client, path: str) -> HttpResponse:
    """A page; it leaves its language behind, which the next test is not to inherit."""
    with translation.override(settings.LANGUAGE_CODE):
        return client.get(path)


def asked(method: str, without: Iterable[str]) -> Iterator[Line]:
    """The lines of the table about one's own things."""
    return (
        line
        for line in lines()
        if line.method == method and line.at in ("-", "own", "draft") and not line.address.startswith(tuple(without))
    )


@pytest.mark.parametrize("letters", WALKING)
def test_no_chinese_in_english(letters: str, things: Things) -> None:
    """Every page that a role opens, with its tabs and workbooks: English, but for the data."""
    client, reader = in_english(things, letters), English()
    paths = [(line.address, things.path(line.address, letters, line.at)) for line in asked("GET", CHINESE)]
    paths += [(address, path + more) for address, path in paths for more in FURTHER.get(address, ())]
    move_data_away()
    while paths:
        address, path = paths.pop()
        answer = get(client, path)
        reader.reads(address, answer)
        if "?" not in path and not answer.streaming and b'id="filters"' in answer.content:
            paths.append((f"{address}?as=xlsx", f"{path}?as=xlsx"))
    assert reader.meets() == {}
    assert reader.opened > (5 if letters == "NO" else 12)


@pytest.mark.parametrize("letters", ["CK", "HT", "NO"])
def test_no_chinese_in_answers(letters: str, things: Things) -> None:
    """What forms answer, sent filled in and sent empty: done, refused, and what is wrong where."""
    client, reader = in_english(things, letters), English()
    sent = []
    for line in asked("POST", NOT_SENT):
        path, filled = things.path(line.address, letters, line.at), form(things, line, letters)
        # Whoever signs in speaks their own language from then on.
        whole = [] if line.address == "/account/login/" else [_typed(filled)]
        sent += [(line.address, path, data) for data in ({}, *whole)]
    move_data_away()
    for address, path, data in sent:
        with translation.override(settings.LANGUAGE_CODE):
            answer = client.post(path, data, follow=True)
        if not answer.request["PATH_INFO"].startswith(SHOWN):
            reader.reads(address, answer)
    assert reader.meets() == {}
    assert reader.opened > 5


def _typed(filled: dict[str, Any]) -> dict[str, Any]:
    """What the walk types is data too."""
    return {name: moved(value) if isinstance(value, str | list) else value for name, value in filled.items()}


def test_no_chinese_by_link(things: Things) -> None:
    """A unit that comes by a signed link, without account: its tasks, the form, and what an empty form answers."""
    clerk, unit = actor_of(things.posts["CK"]), things.posts["LD"].unit
    address = make_link(clerk, unit, REPORT_LINK, {}, 30)
    task = things.task("LD", "own").pk
    move_data_away()
    client, reader = in_english(things, "NO"), English()
    for path in (address, f"{address}?task={task}"):
        reader.reads("/link/", get(client, path))
    with translation.override(settings.LANGUAGE_CODE):
        reader.reads("/link/", client.post(f"{address}?task={task}", {"task": task}, follow=True))
    assert reader.meets() == {}
    assert reader.opened >= 2


def test_no_chinese_in_the_calendar(things: Things) -> None:
    """The telephone that asks for a calendar has no language: its owner has."""
    post = things.posts["CK"]
    Person.objects.filter(pk=post.person_id).update(language="en")
    address = reverse("calendar-feed", args=[open_calendar(actor_of(post))])
    move_data_away()
    reader = English()
    reader.reads("/calendar/", answer := get(Client(), address))
    assert "SUMMARY:Task due" in answer.content.decode()
    assert reader.meets() == {}


def test_no_chinese_in_errors(things: Things, rf: Any) -> None:
    """What is told when nothing is found, a right is missing, the request was broken, or we are at fault."""
    reader = English()
    request = rf.get("/")
    request.actor = None
    with translation.override("en"):
        pages = [
            errors.bad_request(request, ValueError()),
            errors.refused(request, PermissionError()),
            errors.not_found(request, Http404()),
            errors.broken(request),
        ]
    for page in pages:
        reader.reads(str(page.status_code), page)
    assert [page.status_code for page in pages] == [400, 403, 404, 500]
    assert reader.meets() == {}
