"""The paragraphs and tables of a web page in reading order.

What a browser would show as a paragraph is one: the text of a block element, and each piece of it between `<br>`. Left out:
scripts, forms, what is hidden, and blocks that are nothing but links (the menus of a site). A table that has a table in it
serves the layout of the page: what its cells hold is read one after another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from xiangxu.importer.read.content import Block, Grid, GridCell, Inline, Paragraph
from xiangxu.importer.read.limits import MAX_CELLS, hostile
from xiangxu.importer.read.numerals import written
from xiangxu.importer.source import Covered
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

_DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "nav",
        "footer",
        "aside",
        "form",
        "select",
        "option",
        "button",
        "input",
        "textarea",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "video",
        "audio",
        "canvas",
        "map",
        "del",
        "xml",
        "dialog",
    ]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "q",
        "ruby",
        "rb",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
        "var",
        "time",
        "p:",
        "o:p",
        "st1:",
        "data",
        "acronym",
    ]
)
_BOLD = frozenset(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"])
_HEADING = re.compile(r"h([1-6])$")
_LISTS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_WHITE = re.compile(r"[ \t\r\n\f\xa0]+")
_STYLE = re.compile(r"(?:^|;)\s*([a-z-]{3,20})\s*:\s*([^;]{1,60})", re.IGNORECASE)
_EM = re.compile(r"([\d.]{1,6})em")

# A block of at least so many links that make up at least so much of its text is a menu.
_MENU_LINKS = 5
_MENU_SHARE = 0.8
_MENU_BLOCKS = frozenset(["div", "ul", "ol", "dl", "section", "header", "p", "table"])

MAX_COLUMNS = 128


@dataclass(frozen=True, slots=True)
class _Look:
    """What an element inherits from those around it."""

    heading: int | None = None
    centred: bool = False
    bold: bool = False
    indent: float | None = None
    preformatted: bool = False


class Blocks:
    """Reads one page."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._cells = 0
        self._menus: set[etree._Element] = set()
        self._found: list[Block] = []
        self._pieces: list[tuple[str, bool]] = []
        self._label = ""
        self._counters: dict[etree._Element, int] = {}

    def read(self, root: etree._Element) -> list[Block]:
        """All blocks of the page whose root this is."""
        self._menus = _menus(root)
        self._element(root, _Look())
        self._end(_Look())
        return self._found

    def _element(self, element: etree._Element, around: _Look) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _DROPPED or element in self._menus:
            return
        style = _style(element)
        if element.get("hidden") is not None or style.get("display") == "none" or style.get("mso-hide") == "all":
            return
        look = _look(element, tag, style, around)
        if tag == "br":
            self._end(around)
        elif tag == "table":
            self._end(around)
            self._table(element, replace(look, centred=False, heading=None))
        elif tag in _INLINE or ":" in tag:
            self._content(element, look)
        else:
            self._end(around)
            if tag == "li":
                self._label = self._number_of(element)
            self._content(element, look)
            self._end(look)

    def _content(self, element: etree._Element, look: _Look) -> None:
        self._text(element.text, look)
        for child in element:
            self._element(child, look)
            self._text(child.tail, look)

    def _text(self, text: str | None, look: _Look) -> None:
        if not text:
            return
        if not look.preformatted:
            self._pieces.append((_WHITE.sub(" ", text), look.bold))
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self._end(look)
            self._pieces.append((line.replace("\r", ""), look.bold))

    def _end(self, look: _Look) -> None:
        """Ends the paragraph, if there is any text for one."""
        pieces, self._pieces = self._pieces, []
        text = "".join(piece for piece, _ in pieces).strip(" ")
        if not text.strip():
            return
        bold = all(is_bold for piece, is_bold in pieces if piece.strip())
        label, self._label = self._label, ""
        self._found.append(Paragraph(Inline(label + text, bold=bold), look.heading, look.centred, look.indent))

    def _number_of(self, item: etree._Element) -> str:
        """The number of an item of a numbered list, as a browser shows it; "" in other lists."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return ""
        number = _number(item.get("value"), self._counters.get(parent, _number(parent.get("start"), 1)))
        self._counters[parent] = number + 1
        style = _style(parent)
        if "none" in (style.get("list-style-type"), style.get("list-style")):
            return ""
        return f"{written(number, _LISTS.get(parent.get('type') or '1', 'decimal'))}. "

    def _inside(self, element: etree._Element, look: _Look) -> tuple[Block, ...]:
        """The blocks of a cell."""
        around, self._found = self._found, []
        self._content(element, look)
        self._end(look)
        inside, self._found = self._found, around
        return tuple(inside)

    def _table(self, table: etree._Element, look: _Look) -> None:
        rows: list[list[GridCell]] = []
        # For each column, into how many further rows a cell reaches, and whether as its first column.
        reaching: dict[int, tuple[int, Covered]] = {}
        for element in _rows(table):
            if element.tag == "caption":
                self._found.extend(self._inside(element, replace(look, centred=True)))
            elif "display:none" not in (element.get("style") or "").replace(" ", "").lower():
                rows.append(self._row(element, look, reaching))
                self._count(len(rows[-1]))
        if any(isinstance(block, Grid) for row in rows for cell in row for block in cell.content):
            self._found.extend(block for row in rows for cell in row for block in cell.content)
            return
        width = max((len(row) for row in rows), default=0)
        self._count(sum(width - len(row) for row in rows))
        for row in rows:
            row.extend(GridCell() for _ in range(width - len(row)))
        own = [c for c in range(width) if any(row[c].covered is not Covered.BY_LEFT for row in rows)]
        kept = tuple(tuple(row[c] for c in own) for row in rows if row)
        if kept and own:
            self._found.append(Grid(kept))

    def _count(self, cells: int) -> None:
        """Counts cells of the grid, covered ones too: a few spans can claim very many."""
        self._cells += cells
        if self._cells > MAX_CELLS:
            raise hostile(self._name, Reason(_("表格超过 %(most)s 个单元格"), most=MAX_CELLS))

    def _row(self, row: etree._Element, look: _Look, reaching: dict[int, tuple[int, Covered]]) -> list[GridCell]:
        cells: list[GridCell] = []

        def covered_from_above() -> None:
            while len(cells) in reaching:
                left, how = reaching.pop(len(cells))
                if left > 1:
                    later[len(cells)] = (left - 1, how)
                cells.append(GridCell(covered=how))

        later: dict[int, tuple[int, Covered]] = {}
        for element in row:
            if element.tag not in ("td", "th") or element in self._menus:
                continue
            covered_from_above()
            own = _look(element, element.tag, _style(element), look)
            across = min(_number(element.get("colspan"), 1), MAX_COLUMNS - len(cells))
            if across < 1:
                break
            down = _number(element.get("rowspan"), 1)
            for offset in range(across):
                if down != 1:
                    # rowspan 0 reaches to the end of the table.
                    how = Covered.BY_LEFT if offset else Covered.BY_ABOVE
                    later[len(cells) + offset] = (down - 1 if down else 1_000_000, how)
            cells.append(GridCell(self._inside(element, own)))
            cells.extend(GridCell(covered=Covered.BY_LEFT) for _ in range(across - 1))
        for column in sorted(reaching):
            cells.extend(GridCell() for _ in range(column - len(cells)))
            covered_from_above()
        reaching.clear()
        reaching.update(later)
        return cells


def _rows(table: etree._Element) -> list[etree._Element]:
    """The rows of a table, and its caption, without those of tables inside."""
    found: list[etree._Element] = []
    for child in table:
        if child.tag in ("tr", "caption"):
            found.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            found.extend(row for row in child if row.tag == "tr")
    return found


def _style(element: etree._Element) -> dict[str, str]:
    written_out = element.get("style")
    return {k.lower(): v.strip().lower() for k, v in _STYLE.findall(written_out)} if written_out else {}


def _look(element: etree._Element, tag: str, style: dict[str, str], around: _Look) -> _Look:
    look = around
    heading = _HEADING.match(tag)
    if heading:
        look = replace(look, heading=int(heading[1]))
    alignment = style.get("text-align") or (element.get("align") or "").lower()
    if tag == "center" or alignment:
        look = replace(look, centred=tag == "center" or alignment == "center")
    weight = style.get("font-weight")
    if weight or tag in _BOLD:
        look = replace(look, bold=weight in ("bold", "bolder", "600", "700", "800", "900") if weight else True)
    indent = _EM.match(style.get("text-indent", ""))
    if indent:
        look = replace(look, indent=float(indent[1]) if indent[1].count(".") < 2 and indent[1] != "." else None)
    return replace(look, preformatted=True) if tag == "pre" else look


def _number(text: str | None, default: int) -> int:
    found = re.match(r"\s*(\d{1,6})", text or "")
    return int(found[1]) if found else default


def _menus(root: etree._Element) -> set[etree._Element]:
    """The blocks that are nothing but links, found in one pass from the leaves up."""
    sums: dict[etree._Element, tuple[int, int, int]] = {}
    menus: set[etree._Element] = set()
    for _event, element in etree.iterwalk(root, events=("end",)):
        if not isinstance(element.tag, str):
            continue
        text = linked = links = 0
        for child in element:
            child_text, child_linked, child_links = sums.pop(child, (0, 0, 0))
            text += child_text + len((child.tail or "").strip())
            linked += child_linked
            links += child_links
        text += len((element.text or "").strip())
        if element.tag == "a":
            linked, links = text, 1
        elif element.tag in _DROPPED:
            text = linked = links = 0
        elif element.tag in _MENU_BLOCKS and links >= _MENU_LINKS and linked >= _MENU_SHARE * text:
            menus.add(element)
        sums[element] = (text, linked, links)
    return menus
