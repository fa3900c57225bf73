"""HTML written from Python so that nothing reaches the page unescaped."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

# Control characters have no picture and some upset parsers; a tab, a line end and a carriage return are white space.
_CONTROLS = {code: None for code in (*range(0x20), 0x7F) if chr(code) not in "\t\n\r"}


class Html(str):
    """A string that is markup already. Every other string is text, and is escaped where it enters an element."""

    __slots__ = ()


class Words(NamedTuple):
    """A word of the interface in both languages. The page is written in Chinese; its script puts `en` in place and back."""

    zh: str
    en: str


Child = Html | str | Words | None
Attribute = str | int | bool | Words | None


def escaped(text: str) -> Html:
    """Text as it may stand in an element or in a quoted attribute.

    >>> escaped('<script>"&')
    '&lt;script&gt;&quot;&amp;'
    """
    return Html(escape(text.translate(_CONTROLS)))


def element(name: str, *children: Child, **attributes: Attribute) -> Html:
    """An element; a trailing underscore and underscores inside attribute names stand for what Python cannot spell.

    Attributes that are None or False are left out, True stands alone. `Words` as the only child or as an attribute carry
    their English along.

    >>> element("button", Words("清除", "Clear"), type="button", aria_label=Words("清除筛选", "Clear the filter"))
    '<button type="button" aria-label="清除筛选" data-en-aria-label="Clear the filter" data-en="Clear">清除</button>'
    >>> element("td", "1<2", element("i", "x"), class_=None)
    '<td>1&lt;2<i>x</i></td>'
    """
    written = "".join(_attribute(key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items())
    if len(children) == 1 and isinstance(children[0], Words):
        words = children[0]
        return Html(f'<{name}{written} data-en="{escaped(words.en)}">{escaped(words.zh)}</{name}>')
    return Html(f"<{name}{written}>{''.join(map(_child, children))}</{name}>")


def void(name: str, **attributes: Attribute) -> Html:
    """An element that has no content and no end tag."""
    return Html(element(name, **attributes).removesuffix(f"</{name}>"))


def joined(parts: list[Html], glue: str = "") -> Html:
    """Pieces of markup one after another."""
    return Html(glue.join(parts))


def _child(child: Child) -> str:
    if child is None or isinstance(child, Html):
        return child or ""
    return element("span", child) if isinstance(child, Words) else escaped(child)


def _attribute(name: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    if isinstance(value, Words):
        return f' {name}="{escaped(value.zh)}" data-en-{name}="{escaped(value.en)}"'
    return f' {name}="{escaped(str(value))}"'
