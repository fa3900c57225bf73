"""The running text of a paragraph, out of its runs: tracked changes accepted, fields by their result, hidden text left out.

Left out on purpose: footnotes, endnotes and comments (their marks are no text), and whatever a field was told to do.
"""

from __future__ import annotations

import re

from lxml import etree

from xiangxu.importer.read.content import Inline, Picture
from xiangxu.importer.read.docx.markup import MC, WP, A, M, R, V, W, number, switch, value
from xiangxu.importer.read.docx.styles import Look, Styles

# What was deleted or moved away, and properties: nothing in them is text of the document.
_DROPPED = frozenset(W + name for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "rt", "fldData"))
_TEXT_OF = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
_DRAWINGS = frozenset({W + "drawing", W + "pict", W + "object"})
_TEXT_BOX = W + "txbxContent"
_VML_WIDTH = re.compile(r"(?:^|;)\s*width:\s*([\d.]{1,12})(pt|in|cm|mm|px)?")
_CENTIMETRES = {"pt": 2.54 / 72, "in": 2.54, "cm": 1.0, "mm": 0.1, "px": 2.54 / 96, None: 2.54 / 96}
_EMU_PER_CENTIMETRE = 360_000

# The characters of the font Wingdings that offices insert as symbols: ticks, boxes, circled figures.
_WINGDINGS = {0xFC: "✓", 0xFE: "☑", 0x52: "☑", 0xA8: "□", 0x6F: "□", 0x71: "□", 0x6C: "●", 0x6E: "■", 0xFB: "✗", 0xFD: "☒"}
_WINGDINGS |= {0x81 + i: chr(ord("①") + i) for i in range(10)} | {0x8C + i: chr(ord("❶") + i) for i in range(10)}
_UNKNOWN_SYMBOL = "□"
_PRIVATE_USE = range(0xF000, 0xF100)


def chosen(alternates: etree._Element) -> etree._Element | None:
    """Of two tellings of one thing (`mc:AlternateContent`) the newer, or the only one."""
    choice = alternates.find(MC + "Choice")
    return choice if choice is not None and len(choice) else alternates.find(MC + "Fallback")


class Runs:
    """Reads paragraph after paragraph; a field may begin in one and end in another, so its state is kept."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        # For each open field whether we stand in its instruction (True) or in its result (False).
        self._fields: list[bool] = []
        self._pieces: list[str] = []
        self._breaks: list[int] = []
        self._pictures: list[Picture] = []
        self._boxes: list[etree._Element] = []
        self._length = 0
        self._bold = True
        self._look = Look()

    def read(self, paragraph: etree._Element, look: Look) -> tuple[Inline, list[etree._Element]]:
        """The text of the paragraph, and the contents of the text boxes that are anchored in it."""
        self._pieces, self._breaks, self._pictures, self._boxes = [], [], [], []
        self._length, self._bold, self._look = 0, True, look
        self._walk(paragraph)
        text = "".join(self._pieces)
        inline = Inline(text, tuple(self._breaks), self._bold and bool(text.strip()), tuple(self._pictures))
        return inline, self._boxes

    def _walk(self, parent: etree._Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self._run(child)
            elif tag in _DROPPED:
                continue
            elif tag == MC + "AlternateContent":
                inner = chosen(child)
                if inner is not None:
                    self._walk(inner)
            elif tag == M + "t":
                self._put(child.text or "", self._look.bold)
            elif tag in _DRAWINGS:
                self._drawing(child)
            elif tag == W + "sdt" and switch(child.find(W + "sdtPr"), "showingPlcHdr"):
                continue
            else:
                self._walk(child)

    def _run(self, run: etree._Element) -> None:
        properties = run.find(W + "rPr")
        bold, hidden = self._look.bold, self._look.hidden
        if properties is not None:
            style_bold, style_hidden = self._styles.character(value(properties, "rStyle"))
            own_bold, own_hidden = switch(properties, "b"), switch(properties, "vanish")
            bold = next((b for b in (own_bold, style_bold) if b is not None), bold)
            hidden = next((h for h in (own_hidden, style_hidden) if h is not None), hidden)
        self._run_content(run, bold, bool(hidden))

    def _run_content(self, run: etree._Element, bold: bool | None, hidden: bool) -> None:
        for child in run:
            tag = child.tag
            if tag == W + "fldChar":
                self._field(child.get(W + "fldCharType", ""))
            elif tag == W + "lastRenderedPageBreak":
                self._breaks.append(self._length)
            elif hidden or any(self._fields):
                continue
            elif tag == W + "t":
                self._put((child.text or "").replace("\n", " ").replace("\r", ""), bold)
            elif tag in _TEXT_OF:
                self._put(_TEXT_OF[tag], bold)
            elif tag == W + "br":
                if child.get(W + "type", "textWrapping") == "textWrapping":
                    self._put("\n", bold)
            elif tag == W + "sym":
                self._put(_symbol(child), bold)
            elif tag == W + "ruby":
                base = child.find(W + "rubyBase")
                if base is not None:
                    self._walk(base)
            elif tag == MC + "AlternateContent":
                inner = chosen(child)
                if inner is not None:
                    self._run_content(inner, bold, hidden)
            elif tag in _DRAWINGS:
                self._drawing(child)

    def _put(self, text: str, bold: bool | None) -> None:
        self._pieces.append(text)
        self._length += len(text)
        if not bold and text.strip():
            self._bold = False

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _drawing(self, drawing: etree._Element) -> None:
        """Text boxes and pictures of a drawing, without looking into the boxes."""
        extent = next(drawing.iter(WP + "extent"), None)
        across = None if extent is None else number(extent.get("cx"))
        width = None if across is None else across / _EMU_PER_CENTIMETRE
        waiting = [drawing]
        while waiting:
            element = waiting.pop()
            tag = element.tag
            if tag == _TEXT_BOX:
                self._boxes.append(element)
                continue
            if tag == MC + "AlternateContent":
                inner = chosen(element)
                waiting.extend([] if inner is None else [inner])
                continue
            if tag in (A + "blip", V + "imagedata"):
                relation = element.get(R + "embed") or element.get(R + "id")
                if relation:
                    self._pictures.append(Picture(relation, width))
            elif width is None and isinstance(tag, str) and tag.startswith(V):
                width = _vml_width(element.get("style", ""))
            waiting.extend(reversed(element))


def _vml_width(style: str) -> float | None:
    found = _VML_WIDTH.search(style)
    try:
        return float(found[1]) * _CENTIMETRES[found[2]] if found else None
    except ValueError:
        return None


def _symbol(element: etree._Element) -> str:
    try:
        code = int(element.get(W + "char", ""), 16)
    except ValueError:
        return ""
    if code in _PRIVATE_USE or element.get(W + "font", "").startswith("Wingdings"):
        return _WINGDINGS.get(code & 0xFF, _UNKNOWN_SYMBOL)
    return chr(code) if 0x20 <= code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else ""
