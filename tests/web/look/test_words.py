"""Figures, days and words; the English of the site."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings
from django.template import Context, Template
from django.test import Client
from django.utils import translation

from xiangxu_web.kernel.components.figures import Share, day, figure, left
from xiangxu_web.translation import collected, faults, missing, refreshed, words_in


@pytest.mark.parametrize(
    ("value", "places", "words"),
    [
        (None, None, "—"),
        (0, None, "0"),
        (12345, None, "12,345"),
        (2.675, None, "2.68"),
        (3.0, None, "3"),
        (0.05, 1, "0.1"),
        (True, None, "是"),
        (Share(40, 50), None, "80.0%"),
        (Share(2, 3), None, "66.7%"),
        (Share(0, 50), None, "0.0%"),
        (Share(3, 0), None, "—"),
        (Share(None, 5), None, "—"),
    ],
)
def test_figures(value: object, places: int | None, words: str) -> None:
    """No data is "—" and never 0; nothing counted among nothing is no data; half goes up."""
    assert figure(value, places) == words


def test_days() -> None:
    """A list leaves out this year and only this year."""
    assert day(date(2026, 11, 20)) == "2026年11月20日"
    assert day(date(2026, 11, 20), short=True) == "11-20"
    assert day(date(2025, 1, 2), short=True) == "2025-01-02"
    with translation.override("en"):
        assert day(date(2026, 11, 20)) == "20 November 2026"


def test_what_is_left() -> None:
    """The words beside a date, and which of them press."""
    on = date(2026, 11, 20)
    told = [(found.words, found.pressing) for found in (left(date(2026, 11, d), on) for d in (8, 20, 23, 30))]
    assert told == [("时限已过 12 天", "late"), ("今天到期", "near"), ("还剩 3 天", "near"), ("还剩 10 天", "")]


def test_a_lamp_is_read_without_colour() -> None:
    """Shape and word stand in the text; the shape is not read aloud."""
    words = Template('{% lamp "behind" why=why %}').render(Context({"why": "<3 所未报"}))
    assert '<span aria-hidden="true">▲</span> 滞后' in words
    assert "&lt;3 所未报" in words


def test_unknown_icon_is_a_mistake() -> None:
    """A misspelt icon is found when the page is first rendered, not by a gap on the screen."""
    with pytest.raises(Exception, match="no icon hoem"):
        Template('{% icon "hoem" %}').render(Context())


def test_marked_words_are_found_in_code_and_templates(tmp_path: Path) -> None:
    """Code, templates, plurals and contexts."""
    (tmp_path / "a.py").write_text('x = _("甲")\ny = ngettext("乙", "乙", n)\nz = pgettext("c", "丙")\n')
    (tmp_path / "b.html").write_text(
        '{% translate "丁" %}{% blocktranslate count n=n %}戊 {{ n }}{% plural %}戊 {{ n }}{% endblocktranslate %}'
    )
    found = {(words, context) for _file, _line, words, context in words_in(tmp_path)}
    assert found == {("甲", None), (("乙", "乙"), None), ("丙", "c"), ("丁", None), (("戊 %(n)s", "戊 %(n)s"), None)}


def test_faults_of_a_translation_are_told() -> None:
    """Missing, doubtful, a lost placeholder, Chinese left over: each is named; what is right is not."""
    catalog = Catalog(locale="en")
    catalog.add("好", "good", locations=[("a.py", 0)])
    catalog.add("缺", "", locations=[("b.py", 0)])
    catalog.add("疑", "doubt", flags=["fuzzy"], locations=[("c.py", 0)])
    catalog.add("%(n)s 个", "%(m)s", locations=[("d.py", 0)])
    catalog.add("半", "half 半", locations=[("e.py", 0)])
    assert [line.split(":")[0] for line in faults(catalog)] == ["b.py", "c.py", "d.py", "e.py"]


def test_a_word_that_changed_is_a_new_word() -> None:
    """What is translated stays, what is gone goes, nothing is guessed."""
    old, new = Catalog(locale="en"), Catalog(locale="en")
    old.add("保存", "Save")
    old.add("旧词", "Old")
    new.add("保存")
    new.add("新词")
    found = {m.id: m.string for m in refreshed(old, new) if m.id}
    assert found == {"保存": "Save", "新词": None}


def test_english_is_whole() -> None:
    """Every word of the site has its English. What is missing is listed."""
    assert len(list(collected())) > 100
    assert missing() == []


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_frame_speaks_the_language(client: Client, language: str) -> None:
    """The switch changes the language of the pages and leads back to where one was."""
    answer = client.post("/language/", {"language": language, "next": "/account/login/"})
    assert answer.headers["Location"] == "/account/login/"
    assert client.cookies["django_language"].value == language
    assert f'<html lang="{"zh-CN" if language == "zh-hans" else language}">' in client.get("/not-here/").content.decode()
