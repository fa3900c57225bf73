"""Tells the program's own Chinese from that of data: all data is moved out of the way, and what Chinese is left comes from the program.

Every Chinese character in the tables becomes one of the same place in a plane that no font of the site shows. Of a reason that lies in a
table only the figures are data: its kind is the program's sentence, which the page words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO

import openpyxl
from django.apps import apps
from django.db import connection, models
from django.http import HttpResponse
from lxml import html

from xiangxu.cards.kinds.head import Head
from xiangxu.cards.vocabulary import UOM
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.workspaces.plans.cards import national
from xiangxu_web.workspaces.plans.comparing import shipped_sides
from xiangxu_web.workspaces.plans.models import Bulletin

HAN = re.compile(r"[㐀-鿿]+")
MOVED = {code: 0x20000 + code - 0x3400 for code in range(0x3400, 0xA000)}
# An audit row holds codes only, and a bulletin that was issued cannot be changed.
FIXED = (AuditRow, Bulletin)
# Names that stay. So does what the walk itself put where it cannot be moved: the title of an issued bulletin, the purpose of a link,
# and the kinds of jobs that the tests of jobs bring.
_NAMES = (
    "庠序",
    "中文",
    *(f"{word}隐号{name}" for word in ("砚溪", "墨池", "漱石") for name in ("通报", "通报稿")),
    "测试",
    "短任务",
    "慢任务",
    "不报进度的任务",
    "隐号.xlsx",
    "隐号.png",
)
# What a formula compares with is a word of the forms, which are filled in Chinese: stage is "小学".
_COMPARED = r"\"[^\"]*[\"…]|(?: is| least| most) “[^”]*[”…]"
# A place in a document's text goes by the number that is printed there.
_NUMBERED = r"(?<=body )[一二三四五六七八九十]+"
# A figure keeps the unit of quantity that its document gives it.
_UOM = rf"(?<=\d) ?(?:{'|'.join(sorted(map(re.escape, UOM.words), key=len, reverse=True))})"


def own(words: str, *, shipped: bool = False) -> bool:
    """Whether words of the program's own are Chinese; ``shipped``: on a page that shows the plans which come with the program."""
    return bool(HAN.search(_staying(shipped).sub("", words)))


@cache
def _staying(shipped: bool) -> re.Pattern[str]:
    """What may be Chinese: names, the titles of cards, which stand beside their English, and the words of shipped plans."""
    words = {*_NAMES, *(card.title.zh for card in national().of(Head))}
    if shipped:
        for name, side in shipped_sides().items():
            words |= {name, side.title}
            words |= {aim.scope_text for aim in side.aims if aim.scope_text}
            words |= {str(value) for aim in side.aims for value in aim.params.values() if HAN.search(str(value))}
    parts = sorted(map(re.escape, words), key=len, reverse=True)
    return re.compile("|".join([*parts, _COMPARED, _NUMBERED, *([_UOM] if shipped else [])]))


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
    return None if words is None else json.dumps(moved(json.loads(words)))


def moved(value: object) -> object:
    """A value with all words of data moved away."""
    if isinstance(value, str):
        return value.translate(MOVED)
    if isinstance(value, list):
        return [moved(each) for each in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"zh", "en"}:
        return value
    return {moved(key): each if key == "reason" and "figures" in value else moved(each) for key, each in value.items()}


def texts(answer: HttpResponse) -> Iterator[str]:
    """What a reader meets: the words of a page and of its attributes, the cells of a workbook, the entries of a calendar."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kind = answer.get("Content-Type", "")
    if "spreadsheetml" in kind:
        book = openpyxl.load_workbook(BytesIO(content), read_only=True)
        for sheet in book:
            yield sheet.title
            yield from (str(cell.value) for line in sheet.iter_rows() for cell in line if cell.value is not None)
    elif kind.startswith("text/calendar"):
        yield from content.decode().replace("\r\n ", "").splitlines()
    elif kind.startswith("text/html") and content.strip():
        page = html.fromstring(content.decode())
        for node in page.iter():
            if node.tag in ("script", "style") or not isinstance(node.tag, str):
                continue
            yield from (words for words in (node.text, node.tail) if words)
            yield from (node.get(name, "") for name in ("title", "placeholder", "aria-label", "data-title", "alt"))
