"""Makes a plan's .txt into the Word file that an office would have had before somebody turned it into text.

The .txt holds flattened tables: a cell begins at a line with a leading tab, a row after an empty line. They become real tables:
leading empty cells merge with the cells above, a row with too few cells has a wide first cell, a header row that the text
repeats (at a page break) stands once and is marked to be repeated. Numbers of headings, actions and rows leave the text and
are made by automatic numbering, so that only who renders the numbering finds them. What is read of the file has to be the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from xml.sax.saxutils import escape

from tests.core.importer.read.word import abstract, num, restart, run, word_file
from xiangxu.importer.read.numerals import counting

# The levels of an official document's list as offices define them in Word; then lists of their own for the tasks of a plan, the
# rows of a list and the actions named in its rows. Each: which text it makes, the format, the pattern.
_OUTLINE = (
    (re.compile(r"([一二三四五六七八九十]{1,3})、"), "chineseCounting", "%1、"),
    (re.compile(r"（([一二三四五六七八九十]{1,3})）"), "chineseCounting", "（%2）"),
    (re.compile(r"(\d{1,2})\.(?!\d)"), "decimal", "%3."),
    (re.compile(r"（(\d{1,2})）"), "decimal", "（%4）"),
)
_TASKS = ((re.compile(r"任务([一二三四五六七八九十]{1,3})："), "chineseCounting", "任务%1："),)
_ROWS = ((re.compile(r"(\d{1,3})$"), "decimal", "%1"),)
_ACTIONS = ((re.compile(r"(\d{1,2})\.(?!\d)"), "decimal", "%1."),)
_CHINESE = {counting(n): n for n in range(1, 100)}

_HEADER = "<w:tblHeader/>"
_CENTRED = '<w:jc w:val="center"/>'
_RIGHT = '<w:jc w:val="right"/>'
_BODY = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_TEXT_WIDTH = 8844  # twentieths of a point: 156 mm between the margins of an official document
# As an office sets them: 仿宋 of size 3, smaller in tables, which have lines.
_STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋_GB2312"/>'
    '<w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>'
)
_IN_TABLES = '<w:sz w:val="21"/>'
_LINES = "".join(f'<w:{edge} w:val="single" w:sz="4"/>' for edge in ("top", "left", "bottom", "right", "insideH", "insideV"))
# A column is as wide as its text asks for, within bounds.
_NARROWEST, _WIDEST = 6, 36
_SENTENCE_END = "。；：，、;:,"
# What converters write for a bookmark; in Word it is no text.
_BOOKMARK = re.compile(r"\[bookmark: [^\]\n]{0,60}\]")
# Lines of one flattened table are not farther apart than this, however many lines a cell has.
_REACH = 12


class _Numbers:
    """Takes numbers off texts and has Word make them: the same list goes on where it would give the number, else one is begun."""

    def __init__(self, on: bool) -> None:
        self._on = on
        self._abstracts: list[str] = []
        self._nums: list[str] = []
        self._lists: dict[object, tuple[int, list[int | None]]] = {}

    def markup(self) -> str:
        """The content of numbering.xml."""
        return "".join(self._abstracts + self._nums)

    def taken(self, text: str, *families: tuple[tuple[re.Pattern[str], str, str], ...]) -> tuple[str, str]:
        """The text without its number, and the property that makes the number."""
        for family in families if self._on else ():
            for level, (pattern, _, _) in enumerate(family):
                found = pattern.match(text)
                value = _CHINESE.get(found[1]) or (int(found[1]) if found[1].isdigit() else None) if found else None
                if found and value:
                    listing = self._number(family, level, value)
                    return text[found.end() :], f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{listing}"/></w:numPr>'
        return text, ""

    def _number(self, family: tuple[tuple[re.Pattern[str], str, str], ...], level: int, value: int) -> int:
        if family not in self._lists:
            self._abstracts.append(abstract(len(self._abstracts), *((form, pattern) for _, form, pattern in family)))
            self._nums.append(num(len(self._nums) + 1, len(self._abstracts) - 1))
            self._lists[family] = (len(self._nums), [None] * len(family))
        listing, counters = self._lists[family]
        which = list(self._lists).index(family)
        if (counters[level] or 0) + 1 != value:
            self._nums.append(num(len(self._nums) + 1, which, restart(level, value)))
            listing = len(self._nums)
        self._lists[family] = (listing, [*counters[:level], value, *[None] * (len(counters) - level - 1)])
        return listing


def docx_of_flattened(text: str, path: Path, *, merged: bool = True, numbered: bool = True) -> Path:
    """The Word file of a plan whose tables are flattened, or that has none.

    `merged`: leading empty cells of a row are merged with those above, else they stay empty. `numbered`: numbers are automatic.
    """
    numbers = _Numbers(numbered)
    body: list[str] = []
    lines: list[str] = []
    for part in _parts(_BOOKMARK.sub("", text).split("\n")):
        if isinstance(part, str):
            lines.append(part)
        else:
            body += [*_paragraphs(lines, numbers, before_table=True), _table(part, numbers, merged)]
            lines = []
    body += _paragraphs(lines, numbers, before_table=False)
    return word_file(path, "".join(body), numbers.markup(), _STYLES)


def docx_of_paragraphs(
    paragraphs: Sequence[str], path: Path, rows: Sequence[Sequence[str]] = (), list_title: str = "", *, numbered: bool = True
) -> Path:
    """The Word file of a plan whose list has lost its cells, or that has none; `unwrapped` gives paragraphs of a wrapped text.

    With `rows` (the first is the header) a real table takes the place of all that follows the last paragraph with `list_title`.
    """
    numbers = _Numbers(numbered)
    lines = list(paragraphs)
    if rows and list_title:
        lines = lines[: max((i for i, line in enumerate(lines) if list_title in line), default=len(lines)) + 1]
    body = _paragraphs(lines, numbers, before_table=bool(rows))
    if rows:
        body.append(_table([[cell.split("\n") for cell in row] for row in rows], numbers, merged=True))
    return word_file(path, "".join(body), numbers.markup(), _STYLES)


def rows_of_tasks(tasks: Sequence[Mapping[str, object]]) -> list[list[str]]:
    """The rows of a list out of annotated tasks, header first; columns in which nothing stands are left out."""
    columns = {
        "no": "序号", "project": "项目名称", "action": "行动", "goal": "目标成果", "measure": "内容措施", "due": "完成时限",
        "lead": "牵头部门", "participants": "参与部门",
    }  # fmt: skip
    used = [key for key in columns if any(task.get(key) for task in tasks)]
    return [[columns[key] for key in used], *([_cell_text(key, task.get(key)) for key in used] for task in tasks)]


def _cell_text(key: str, value: object) -> str:
    if isinstance(value, list):
        return "\n".join(str(name) for name in value)
    text = "" if value is None else str(value)
    return f"{text}年" if key == "due" and text.isdigit() else text


def unwrapped(text: str) -> list[str]:
    """Paragraphs out of lines wrapped by hand: a line that is clearly not full, a colon, or a new heading ends one."""
    printed = [line.strip() for line in text.split("\n") if line.strip()]
    full = median(len(line) for line in printed) if printed else 0
    found: list[str] = []
    ended = True
    for line in printed:
        if ended or _is_heading(line):
            found.append(line)
        else:
            found[-1] += line
        ended = len(line) < 0.8 * full or line.endswith("：")
    return found


def _parts(lines: list[str]) -> list[str | list[list[list[str]]]]:
    """The lines of the text, and in their place the tables: rows of cells of lines."""
    tabs = [i for i, line in enumerate(lines) if line.startswith("\t")]
    found: list[str | list[list[list[str]]]] = []
    position = 0
    for k, first in enumerate(tabs):
        if first < position:
            continue
        last = first
        for tab in tabs[k:]:
            if tab - last > _REACH:
                break
            last = tab
        end = next((i for i in range(last + 1, len(lines)) if not lines[i].strip()), len(lines))
        found += lines[position:first]
        found.append(_cells(lines[first:end]))
        position = end
    return found + list(lines[position:])


def _cells(lines: list[str]) -> list[list[list[str]]]:
    """A cell begins at a tab, a row at a tab after an empty line."""
    rows: list[list[list[str]]] = []
    for i, line in enumerate(lines):
        if not line.startswith("\t"):
            rows[-1][-1].append(line.strip())
            continue
        if i == 0 or not (lines[i - 1].strip() or lines[i - 1].startswith("\t")):
            rows.append([])
        rows[-1].append([line.strip()])
    return [[[line for line in cell if line] for cell in row] for row in rows]


def _paragraphs(lines: Sequence[str], numbers: _Numbers, before_table: bool) -> list[str]:
    """Head, title and the title of a list are centred; what was pushed to the right is set right; the rest is body text."""
    printed = [line for line in lines if line.strip()]
    addressed = next((i for i, line in enumerate(printed) if line.rstrip().endswith("：")), 0)
    titled = False
    found = []
    for i, line in enumerate(printed):
        text = line.strip()
        bare, number = numbers.taken(text, _OUTLINE, _TASKS)
        is_short = not text.startswith("附件") and len(text) <= 40 and text[-1] not in _SENTENCE_END and not _is_heading(text)
        titled = is_short and (titled or "公开发布" in printed[i - 1] if i else True)
        if is_short and (i < addressed or titled or (before_table and i >= len(printed) - 2)):
            properties = _CENTRED
        elif line.startswith(" " * 8):
            properties = _RIGHT
        else:
            properties = _BODY + number
        found.append(_paragraph(bare, properties))
    return found


def _is_heading(text: str) -> bool:
    return any(pattern.match(text) for pattern, _, _ in (*_OUTLINE, *_TASKS))


def _paragraph(text: str, properties: str, face: str = "") -> str:
    return f"<w:p><w:pPr>{properties}<w:rPr>{face}</w:rPr></w:pPr>{run(escape(text), face)}</w:p>"


def _table(rows: list[list[list[str]]], numbers: _Numbers, merged: bool) -> str:
    width = max(len(row) for row in rows)
    kept = [row for i, row in enumerate(rows) if i == 0 or row != rows[0]]
    asked = [max(sum(map(len, row[c - width])) for row in kept if len(row) >= width - c) for c in range(width)]
    shares = [min(max(each, _NARROWEST), _WIDEST) for each in asked]
    columns = [_TEXT_WIDTH * share // sum(shares) for share in shares]
    drawn = []
    for i, row in enumerate(kept):
        leading = next((c for c, cell in enumerate(row) if cell), 0) if merged and i > 0 else 0
        below = next((c for c, cell in enumerate(kept[i + 1]) if cell), 0) if merged and 0 < i < len(kept) - 1 else 0
        cells = []
        for c, cell in enumerate(row):
            span = width - len(row) + 1 if c == 0 else 1
            at = c + width - len(row) if c else 0
            merge = "<w:vMerge/>" if c < leading else '<w:vMerge w:val="restart"/>' if c < below else ""
            across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
            properties = f'<w:tcW w:w="{sum(columns[at : at + span])}" w:type="dxa"/>{across}{merge}'
            cells.append(f"<w:tc><w:tcPr>{properties}</w:tcPr>{_cell(cell, numbers)}</w:tc>")
        drawn.append(f"<w:tr><w:trPr>{_HEADER if i == 0 else ''}</w:trPr>{''.join(cells)}</w:tr>")
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    looks = f'<w:tblBorders>{_LINES}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    return f"<w:tbl><w:tblPr>{looks}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(drawn)}</w:tbl>"


def _cell(lines: list[str], numbers: _Numbers) -> str:
    paragraphs = []
    for line in lines or [""]:
        bare, number = numbers.taken(line, _ROWS, _ACTIONS) if len(lines) == 1 else (line, "")
        paragraphs.append(_paragraph(bare, number, _IN_TABLES))
    return "".join(paragraphs)
