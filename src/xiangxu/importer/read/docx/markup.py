"""The names of WordprocessingML and the small questions that are asked of its elements again and again."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
V = "{urn:schemas-microsoft-com:vml}"

# Word's "strict" files say the same under other names; they are turned into the usual ones before parsing.
STRICT_NAMES = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)

VAL = W + "val"
_OFF = frozenset({"0", "false", "off", "none"})


def value(parent: etree._Element | None, child: str) -> str | None:
    """`w:val` of the child of that name (without prefix), None where there is no such child."""
    found = None if parent is None else parent.find(W + child)
    return None if found is None else found.get(VAL, "")


def number(text: str | None) -> int | None:
    """A whole number, None for anything else: offices' files hold all sorts of things where a number belongs."""
    try:
        return int(float(text)) if text else None
    except (ValueError, OverflowError):
        return None


def switch(parent: etree._Element | None, child: str) -> bool | None:
    """An on/off property: None where nothing is said, on where it is there without a value."""
    found = None if parent is None else parent.find(W + child)
    return None if found is None else found.get(VAL, "1") not in _OFF
