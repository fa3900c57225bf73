"""The pages of a Word file, by LibreOffice itself: where the words stand, and what a stranger's file may not do."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from tests.page_words import glyphs_of, words_at
from xiangxu.importer.read import office, read
from xiangxu.importer.read.typeset import places_on, typeset

_LINKED = """<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="p"/>
 <a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr>
 <pic:blipFill><a:blip r:link="{}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm>
 <a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"""


@pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed: the pages of Word files are not set")
def test_every_paragraph_and_cell_has_its_place_and_nothing_linked_is_fetched(tmp_path: Path) -> None:
    """The boxes of a paragraph, a numbered one, an equal one and a cell hold their words; a picture that the file only links to, on a
    server and on this machine's disk, is neither asked for nor shown."""
    asked: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    secret = tmp_path / "secret.bmp"
    secret.write_bytes(b"BM" + (58).to_bytes(4, "little") + bytes(4) + (54).to_bytes(4, "little") + (40).to_bytes(4, "little")
                       + (1).to_bytes(4, "little") * 2 + b"\1\0\x18\0" + bytes(24) + b"\0\0\xff\0")  # fmt: skip
    word = Document()
    for words in ("一、总体目标", "到2025年，达到85%以上。", "教体局牵头。"):
        word.add_paragraph(words)
    word.add_paragraph("由 Word 编号的一段。", style="List Number")
    table = word.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "改善办学条件", "教体局"
    word.add_paragraph("教体局牵头。")
    for target in (f"http://127.0.0.1:{server.server_port}/seen.png", secret.as_uri()):
        linked = word.part.relate_to(target, RELATIONSHIP_TYPE.IMAGE, is_external=True)
        word.element.body.insert(-1, parse_xml(_LINKED.format(linked)))
    path = tmp_path / "方案.docx"
    word.save(str(path))
    text = read(path).text
    try:
        with typeset(path, path.name) as made:
            assert made is not None
            pages, glyphs = places_on(made, text), glyphs_of(made)
            with pypdfium2.PdfDocument(made) as pdf:
                assert not [
                    thing for page in pdf for thing in page.get_objects() if thing.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
                ]
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []
    start = 0
    for line in text.splitlines():
        assert words_at(pages, glyphs, start, start + len(line)) == "".join(line.split())
        start += len(line) + 1
    tops = [each.top for each in pages.printed if text[each.start : each.end] == "教体局牵头。"]
    assert len(tops) == 2
    assert tops[0] < tops[1]
