"""What a role must not know stands nowhere: no page, list, search, filter, count, export, error or e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import urlencode

import openpyxl
import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from lxml import html

from tests.web.duties.asking import form, main_text
from tests.web.duties.secrets import hidden, leaked
from tests.web.duties.table import Line, asked, lines
from tests.web.duties.things import Things

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a visitor might search for, by set, and a word that is nowhere: both must read alike.
NOWHERE = "查无此词"
# A page that searches by itself; the box in the frame leads to a page of its own.
SEARCHES = re.compile(r'id="(filter-words|search-words)"')
# Of a filter with many values the first and the last are asked.
MOST_VALUES = 2
ROLES = [pytest.param(letters, id=about["cast"]) for letters, about in asked().items()]


def text(answer: HttpResponse) -> str:
    """Everything readable in an answer: a page's source, every cell of a workbook, the names it is offered under."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    about = f"{answer.get('Content-Disposition', '')} {answer.get('Location', '')}"
    if answer.get("Content-Type", "") == EXCEL:
        book = openpyxl.load_workbook(BytesIO(content), read_only=True)
        cells = (str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
        return "\n".join((about, *book.sheetnames, *cells))
    return f"{about}\n{content.decode(errors='replace')}"


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


def opens(line: Line, letters: str) -> bool:
    """Whether the role may open this page."""
    return line.method == "GET" and line.expected[letters] == "200"


@pytest.mark.parametrize("letters", ROLES)
def test_no_marker_leaks(letters: str, things: Things) -> None:
    """Every page, list in every showing, export and refusal of a role, read for every word that it must not know."""
    words, client, found = hidden(things, letters), things.client(letters), []
    # A page that breaks is the business of test_statuses; here the others are read all the same.
    client.raise_request_exception = False
    assert all(words.values()), "a set without words proves nothing"
    for line in lines():
        if line.method != "GET" or line.expected[letters] == "302" or line.address == "/account/logout/":
            continue
        path = things.path(line.address, letters, line.at)
        answer = client.get(path)
        shown = text(answer)
        found += [f"{path}: {leak}" for leak in leaked(shown, words)]
        if opens(line, letters) and 'id="filters"' in shown:
            for way in variants(path, shown):
                found += [f"{way}: {leak}" for leak in leaked(text(client.get(way)), words)]
    assert sorted(set(found)) == []
    assert mail.outbox == []


@pytest.mark.parametrize("letters", ROLES)
def test_searching_tells_nothing(letters: str, things: Things) -> None:
    """A search for what the role must not know reads like one for a word that is nowhere: no row, no count, no other page."""
    client = things.client(letters)
    client.raise_request_exception = False
    for line in lines():
        if not opens(line, letters) or "<" in line.address:
            continue
        page = client.get(line.address)
        if page.get("Content-Type", "").startswith("text/html") and SEARCHES.search(page.content.decode()):
            nothing = _searched(client, line.address, NOWHERE)
            for set_name, words in hidden(things, letters).items():
                for word in _sample(words):
                    assert _searched(client, line.address, word) == nothing, f"{line.address}?q={word} ({set_name})"


def _sample(words: tuple[str, ...]) -> list[str]:
    """Some words of a set, spread over it."""
    return [words[n * (len(words) - 1) // 3] for n in range(4)]


def _searched(client: Client, address: str, word: str) -> tuple[str, str]:
    page = main_text(client.get(address, {"q": word}).content.decode())
    for each in {word, urlencode({"q": word})[2:]}:
        page = page.replace(each, "…")
    book = client.get(address, {"q": word, "as": "xlsx"})
    told = text(book) if book.get("Content-Type", "") == EXCEL else ""
    return page, "\n".join(row for row in told.splitlines() if word not in row)


@pytest.mark.parametrize("letters", ROLES)
def test_refused_forms_tell_nothing(letters: str, things: Things) -> None:
    """What comes back to a form, filled in with foreign objects too, holds no word that the role must not know."""
    words, found = hidden(things, letters), []
    for line in lines():
        if line.method == "POST" and line.expected[letters] != "302":
            answer = things.client(letters).post(things.path(line.address, letters, line.at), form(things, line, letters))
            found += [f"{line}: {leak}" for leak in leaked(text(answer), words)]
    assert sorted(set(found)) == []
    assert mail.outbox == []
