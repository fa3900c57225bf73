"""Pages in English are English: no Chinese but what people, documents and cards brought.

To tell data from the program's own words, all data is moved out of the way first: every Chinese character in the tables becomes one of
the same place in a plane that no font of the site shows. What Chinese is left on a page then comes from the program.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO

import openpyxl
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.http import HttpResponse
from django.utils import translation
from lxml import html

from tests.web.duties.table import lines, roles
from tests.web.duties.things import Things
from xiangxu.cards.kinds.head import Head
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.workspaces.plans.cards import national
from xiangxu_web.workspaces.plans.models import Bulletin

HAN = re.compile(r"[㐀-鿿]+")
# Names that stay, and the titles of cards, which stand beside their English.
# So does what the walk itself put where it cannot be moved: the title of an issued bulletin, the purpose of a link,
# and the kinds of jobs that the tests of jobs bring.
STAY = re.compile(
    "庠序|中文|砚溪隐号通报|测试|短任务|慢任务|不报进度的任务|"
    + "|".join(sorted({re.escape(card.title.zh) for card in national().of(Head)}, key=len, reverse=True))
)
# What the program itself writes in Chinese whatever the page speaks, or what was not written by it: the office's table and the reader's
# comparison of plans are Chinese documents; a dry run shows the file that was uploaded; samples of components are invented data.
CHINESE = ("/tasks/sheet/", "/plans/compare/", "/units/exchange/<uuid:token>/", "/components/", "/account/logout/")
MOVED = {code: 0x20000 + code - 0x3400 for code in range(0x3400, 0xA000)}
# An audit row holds codes only, and a bulletin that was issued cannot be changed.
FIXED = (AuditRow, Bulletin)


def move_data_away() -> None:
    """Every word in the tables leaves the Chinese characters; codes, states and keys stay."""
    connection.connection.create_function("moved", 1, lambda words: words.translate(MOVED) if isinstance(words, str) else words)
    connection.connection.create_function("moved_json", 1, _moved_json)
    with connection.cursor() as cursor:
        for model in apps.get_app_config("xiangxu_web").get_models():
            if model in FIXED:
                continue
            for field in model._meta.concrete_fields:
                if isinstance(field, models.CharField | models.TextField) and not field.choices and not field.primary_key:
                    cursor.execute(f'UPDATE "{model._meta.db_table}" SET "{field.column}" = moved("{field.column}")')
                elif isinstance(field, models.JSONField):
                    cursor.execute(f'UPDATE "{model._meta.db_table}" SET "{field.column}" = moved_json("{field.column}")')


def _moved_json(words: str | None) -> str | None:
    return None if words is None else json.dumps(_moved(json.loads(words)))


def _moved(value: object) -> object:
    if isinstance(value, str):
        return value.translate(MOVED)
    if isinstance(value, list):
        return [_moved(each) for each in value]
    return {key: _moved(each) for key, each in value.items()} if isinstance(value, dict) else value


def texts(answer: HttpResponse) -> Iterator[str]:
    """What a reader meets: the words of a page and of its attributes, the cells of a workbook."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kind = answer.get("Content-Type", "")
    if "spreadsheetml" in kind:
        book = openpyxl.load_workbook(BytesIO(content), read_only=True)
        for sheet in book:
            yield sheet.title
            yield from (str(cell.value) for line in sheet.iter_rows() for cell in line if cell.value is not None)
    elif kind.startswith("text/html") and content.strip():
        page = html.fromstring(content.decode())
        for node in page.iter():
            if node.tag in ("script", "style") or not isinstance(node.tag, str):
                continue
            yield from (words for words in (node.text, node.tail) if words)
            yield from (node.get(name, "") for name in ("title", "placeholder", "aria-label", "data-title", "alt"))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the words do not hang on the database")
@pytest.mark.parametrize("letters", ["CK", "TN", "BL"])
def test_no_chinese_in_english(letters: str, things: Things) -> None:
    """Every page that the clerk, the town and the leader open: English, but for the data."""
    assert letters in roles()
    client = things.client(letters)
    client.cookies["django_language"] = "en"
    asked = [
        (line.address, things.path(line.address, letters, line.at))
        for line in lines()
        if line.method == "GET" and line.at in ("-", "own") and not line.address.startswith(CHINESE)
    ]
    move_data_away()
    found: dict[str, set[str]] = {}
    opened = 0
    while asked:
        address, path = asked.pop()
        # A page leaves its language behind; the next test is not to inherit it.
        with translation.override(settings.LANGUAGE_CODE):
            answer = client.get(path)
        opened += answer.status_code == 200
        for words in texts(answer):
            if HAN.search(STAY.sub("", words)):
                found.setdefault(words.strip()[:90], set()).add(address)
        if "?" not in path and not answer.streaming and b'id="filters"' in answer.content:
            asked.append((f"{address}?as=xlsx", f"{path}?as=xlsx"))
    assert {words: sorted(where)[:3] for words, where in found.items()} == {}
    assert opened > 30
