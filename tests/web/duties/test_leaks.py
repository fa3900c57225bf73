"""What a role must not know stands nowhere: no list in any showing, search, count or export; test_statuses reads pages and answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from docx import Document
from lxml import html

from tests.web.duties.reading import WORD, main_text, text
from tests.web.duties.secrets import hidden, leaked
from tests.web.duties.table import Line, asked, lines
from tests.web.duties.things import Things
from xiangxu_web.kernel.components.table import Table

# What a visitor might search for, by set, and a word that is nowhere: both must read alike.
NOWHERE = "查无此词"
# A page that searches by itself; the box in the frame leads to a page of its own.
SEARCHES = re.compile(r'id="(filter-words|search-words)"')
# Of a filter with many values the first and the last are asked.
MOST_VALUES = 2
# How the site itself asks for another showing of a list: the list alone, without the frame, which was read once.
LIST = {"HX-Request": "true", "HX-Target": "list"}
ROLES = [pytest.param(letters, id=about["cast"]) for letters, about in asked().items()]


def variants(path: str, page: str) -> Iterator[str]:
    """The other ways of showing a list: every filter's values, a sorting, the last page, the workbook."""
    tree = html.fromstring(page)
    for select in tree.xpath("//form[@id='filters']//select[@name]"):
        values = [option.get("value") for option in select.xpath(".//option") if option.get("value")]
        for value in values if len(values) <= 2 * MOST_VALUES else values[:MOST_VALUES] + values[-MOST_VALUES:]:
            yield f"{path}?{urlencode({select.get('name'): value})}"
    # Every row stands in the workbook; of the orders one is enough.
    sortings = set(re.findall(r"[?&](?:amp;)?sort=(-?[\w.-]+)", page))
    yield from (f"{path}?sort={sorting}" for sorting in sorted(sortings)[-1:])
    yield f"{path}?page=999"
    yield f"{path}?as=xlsx"


def opened(things: Things, letters: str) -> Iterator[Line]:
    """The pages that the role may open."""
    return (line for line in lines() if line.method == "GET" and line.expected[letters] == "200" and "logout" not in line.address)


@pytest.fixture
def rows_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside each page of a search what its workbook would hold, in the same answer: one request in place of two."""
    respond = Table.respond

    def told(self: Table, request: HttpRequest, found: Any, **context: Any) -> HttpResponseBase:
        answer = respond(self, request, found, **context)
        if "q" in request.GET:
            rows, _filters = self.narrowed(request, found)
            answer.rows_told = [[str(column.of(row)) for column in self.columns] for row in rows]  # type: ignore[attr-defined]
        return answer

    monkeypatch.setattr(Table, "respond", told)


@pytest.mark.usefixtures("rows_told")
@pytest.mark.parametrize("letters", ROLES)
def test_lists_tell_nothing(letters: str, things: Things) -> None:
    """Every list of a role, in every showing and exported, holds no word that the role must not know, and none of them breaks. A search
    for such a word reads like one for a word that is nowhere: no row, no count, no other page."""
    words, client, found = hidden(things, letters), things.client(letters), []
    assert all(words.values()), "a set without words proves nothing"
    sought = {word: name for name, them in words.items() for word in _sample(them)}
    for line in opened(things, letters):
        path = things.path(line.address, letters, line.at)
        answer = client.get(path)
        shown = text(answer) if answer.get("Content-Type", "").startswith("text/html") else ""
        if 'id="filters"' in shown:
            for way in variants(path, shown):
                answer = client.get(way, headers={} if way.endswith("xlsx") else LIST)
                found += [f"{way}: {leak}" for leak in leaked(text(answer), words)]
                found += [] if answer.status_code == 200 else [f"{way}: {answer.status_code}"]
        if "<" not in line.address and SEARCHES.search(shown):
            nothing = _searched(client, path, NOWHERE)
            found += [f"{path}?q={word} ({name})" for word, name in sought.items() if _searched(client, path, word) != nothing]
    assert sorted(set(found)) == []


def test_what_is_read(rf: RequestFactory) -> None:
    """Of a Word document every paragraph, above, in and under the page, its runs joined; of any answer what it leaves to be told."""
    document, written = Document(), BytesIO()
    document.add_paragraph("隐号").add_run("正文")
    document.sections[0].header.paragraphs[0].text = "隐号页眉"
    document.save(written)
    answer = HttpResponse(written.getvalue(), content_type=WORD)
    answer.wsgi_request = rf.get("/")  # type: ignore[attr-defined]
    answer.wsgi_request._messages = CookieStorage(answer.wsgi_request)  # type: ignore[attr-defined]
    messages.error(answer.wsgi_request, "隐号提示")  # type: ignore[attr-defined]
    assert all(word in text(answer) for word in ("隐号正文", "隐号页眉", "隐号提示"))


def _sample(words: tuple[str, ...]) -> list[str]:
    """Some words of a set, spread over it: figures stand first, Chinese words last."""
    return [words[n * (len(words) - 1) // 2] for n in range(3)]


def _searched(client: Client, address: str, word: str) -> tuple[str, list[list[str]]]:
    answer = client.get(address, {"q": word})
    page = main_text(answer.content.decode())
    for each in {word, urlencode({"q": word})[2:]}:
        page = page.replace(each, "…")
    return page, getattr(answer, "rows_told", [])
