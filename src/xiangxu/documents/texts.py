"""Texts of documents as files can hold them."""

from __future__ import annotations

import re

_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Control characters, halves of surrogate pairs, code points that are no characters.
_UNFIT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def one_line_end(text: str) -> str:
    """The text with line feeds only.

    >>> one_line_end("甲\\r\\n乙\\u2028丙")
    '甲\\n乙\\n丙'
    """
    return _LINE_END.sub("\n", text)


def fit(text: str) -> str:
    """The text without what XML and calendars cannot hold, with one kind of line end and no tabs."""
    return _UNFIT.sub("", one_line_end(text)).replace("\t", " ")
