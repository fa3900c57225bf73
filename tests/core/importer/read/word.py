"""Word files out of raw markup, so that each test shows the very markup that it is about."""

from __future__ import annotations

import zipfile
from pathlib import Path

from xiangxu.importer.read.docx import read_docx
from xiangxu.importer.source import Covered, Line, Source, Table

NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="png" ContentType="image/png"/>'
    f'<Override PartName="/word/{{main}}" ContentType="{_WORD_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD_TYPE}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_WORD_TYPE}.numbering+xml"/></Types>'
)


def relations(targets: dict[str, tuple[str, str]]) -> str:
    """A relations part: id → (kind, target)."""
    inner = "".join(f'<Relationship Id="{i}" Type="{_RELATION}/{kind}" Target="{to}"/>' for i, (kind, to) in targets.items())
    return f'<Relationships xmlns="{_PACKAGE}">{inner}</Relationships>'


def word_file(
    path: Path,
    body: str,
    numbering: str = "",
    styles: str = "",
    media: dict[str, bytes] | None = None,
    main: str = "document.xml",
) -> Path:
    """A .docx whose `w:body` holds `body`; each file of `media` is related under its own name."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _CONTENT_TYPES.format(main=main))
        archive.writestr("_rels/.rels", relations({"rId1": ("officeDocument", f"word/{main}")}))
        archive.writestr(f"word/{main}", f"<w:document {NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>")
        archive.writestr("word/numbering.xml", f"<w:numbering {NAMES}>{numbering}</w:numbering>")
        archive.writestr("word/styles.xml", f"<w:styles {NAMES}>{styles}</w:styles>")
        targets = {"n": ("numbering", "numbering.xml"), "s": ("styles", "styles.xml")}
        for file, data in (media or {}).items():
            archive.writestr(f"word/media/{file}", data)
            targets[file] = ("image", f"media/{file}")
        archive.writestr(f"word/_rels/{main}.rels", relations(targets))
    return path


def read(path: Path, body: str, numbering: str = "", styles: str = "", media: dict[str, bytes] | None = None) -> Source:
    """What is read of such a file, in the folder `path`."""
    return read_docx(word_file(path / "文件.docx", body, numbering, styles, media), "文件.docx")


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(content: str = "", properties: str = "") -> str:
    """A paragraph; content that is no markup becomes a run."""
    inner = content if content.startswith("<") or not content else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def listed(text: str, num: int, level: int = 0) -> str:
    """A paragraph with an automatic number."""
    return para(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def abstract(identity: int, *levels: tuple[str, str] | tuple[str, str, str], extra: str = "") -> str:
    """An abstract list: for each level its format, its pattern, and more markup."""
    inner = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{level[0]}"/>{"".join(level[2:])}'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{level[1]}"/></w:lvl>'
        for i, level in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{identity}">{extra}{inner}</w:abstractNum>'


def num(identity: int, of: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def restart(level: int, start: int = 1) -> str:
    return f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def cell(content: str = "", properties: str = "") -> str:
    inner = content if content.startswith("<") else para(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(c if c.startswith('<w:tc') else cell(c) for c in cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def lines(source: Source) -> list[str]:
    """The text of each line, tables left out."""
    return [block.text.text for block in source.blocks if isinstance(block, Line)]


def grid(source: Source, which: int = 0) -> list[list[str]]:
    """The cells of a table; ↑ and ← stand for what a merged cell covers."""
    marks = {Covered.BY_ABOVE: "↑", Covered.BY_LEFT: "←"}
    tables = [block for block in source.blocks if isinstance(block, Table)]
    return [[marks[c.covered] if c.covered else c.text.text for c in r] for r in tables[which].rows]


def consistent(source: Source) -> bool:
    """Whether every passage stands in the text where it says."""
    passages = [b.text for b in source.blocks if isinstance(b, Line)]
    passages += [c.text for b in source.blocks if isinstance(b, Table) for r in b.rows for c in r]
    return all(source.text[offset] == char for p in passages for char, offset in zip(p.text, p.at, strict=True))
