"""A stranger's file in LibreOffice: its macro does not run, and what it links to is neither fetched nor taken from this machine.

Each time the same file is opened by a LibreOffice that is told less, where it does its harm: else it would prove nothing.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pdfplumber
import pytest
from PIL import Image

from xiangxu.importer.read import office, office_profile

pytestmark = pytest.mark.skipif(
    office.program() is None, reason="LibreOffice is not installed: there is no program whose macros and links could run"
)

_OPEN = "urn:oasis:names:tc:opendocument:xmlns"
_BASIC = {
    "content.xml": f"""<office:document-content xmlns:office="{_OPEN}:office:1.0" xmlns:text="{_OPEN}:text:1.0"
 xmlns:script="{_OPEN}:script:1.0" xmlns:dom="http://www.w3.org/2001/xml-events" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:ooo="http://openoffice.org/2004/office" office:version="1.2"><office:scripts><office:event-listeners>
<script:event-listener script:language="ooo:script" script:event-name="dom:load" xlink:type="simple"
 xlink:href="vnd.sun.star.script:Standard.Module1.Main?language=Basic&amp;location=document"/></office:event-listeners></office:scripts>
<office:body><office:text><text:p>通知</text:p></office:text></office:body></office:document-content>""",
    "Basic/script-lc.xml": """<library:libraries xmlns:library="http://openoffice.org/2000/library">
<library:library library:name="Standard" library:link="false"/></library:libraries>""",
    "Basic/Standard/script-lb.xml": """<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false"><library:element library:name="Module1"/></library:library>""",
    "Basic/Standard/Module1.xml": """<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">Sub Main
Open &quot;{trace}&quot; For Output As #1
Close #1
End Sub</script:module>""",
}
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _with_macro(path: Path, trace: Path) -> Path:
    """A text whose macro writes a file as soon as it is opened."""
    entries = "".join(f'<m:file-entry m:full-path="{name}" m:media-type="text/xml"/>' for name in _BASIC)
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        for name, words in _BASIC.items():
            packed.writestr(name, words.replace("{trace}", str(trace)))
        packed.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{_OPEN}:manifest:1.0" m:version="1.2"><m:file-entry m:full-path="/"'
            f' m:media-type="application/vnd.oasis.opendocument.text"/>{entries}</m:manifest>',
        )
    return path


def _with_links(path: Path, *pictures: str) -> Path:
    """A Word file with pictures that stand elsewhere."""
    drawn, links = "", ""
    for n, address in enumerate(pictures, 1):
        links += f'<Relationship Id="p{n}" Type="{_OFFICE}/image" Target="{address}" TargetMode="External"/>'
        drawn += (
            f'<w:p><w:r><w:drawing><wp:inline><wp:extent cx="720000" cy="720000"/><wp:docPr id="{n}" name="p"/><a:graphic>'
            f'<a:graphicData uri="{_DRAWING}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="{n}" name="p"/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:link="p{n}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
            '<a:off x="0" y="0"/><a:ext cx="720000" cy="720000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        )
    spaces = f'xmlns:w="{_WORD}" xmlns:r="{_OFFICE}" xmlns:a="{_DRAWING}/main" xmlns:pic="{_DRAWING}/picture"'
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml"'
            ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        main = f'<Relationship Id="d" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        for name, inside in (("_rels/.rels", main), ("word/_rels/document.xml.rels", links)):
            packed.writestr(name, f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>')
        packed.writestr(
            "word/document.xml",
            f'<w:document {spaces} xmlns:wp="{_DRAWING}/wordprocessingDrawing"><w:body>{drawn}</w:body></w:document>',
        )
    return path


@contextmanager
def _opened(folder: Path) -> Iterator[Path]:
    """LibreOffice with our profile opens a file with a macro and stays; gives the file that the macro would write."""
    folder.mkdir()
    trace = folder / "trace"
    profile, environment = office_profile.profile_in(folder)
    (folder / "after.txt").write_text("后")
    command = [str(office.program()), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    files = [str(_with_macro(folder / "macro.odt", trace)), str(folder / "after.txt")]
    process = subprocess.Popen(
        command + files, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        # The first has been opened when the second is: each open file has its lock beside it.
        _wait((folder / ".~lock.after.txt#").exists)
        yield trace
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(until: Callable[[], bool]) -> None:
    for _ in range(600):
        if until():
            return
        time.sleep(0.05)
    raise AssertionError("LibreOffice has not opened the file")


def _told(monkeypatch: pytest.MonkeyPatch, without: str = "", **instead: str) -> None:
    """From here on LibreOffice is told other things."""
    settings = [(path, name, instead.get(name, value)) for path, name, value in office_profile.SETTINGS if name != without]
    monkeypatch.setattr(office_profile, "SETTINGS", settings)


def test_a_macro_does_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither while the file is made into pages, which LibreOffice always does without macros, nor if it were opened like any other:
    macros are off, even where they would need no signature. With that one setting left out the macro runs: it is a working one."""
    trace = tmp_path / "trace"
    with office.as_pages(_with_macro(tmp_path / "a.odt", trace), "a.odt", ".odt"):
        assert not trace.exists()
    _told(monkeypatch, MacroSecurityLevel="0")
    with _opened(tmp_path / "ours") as ours:
        _told(monkeypatch, without="DisableMacrosExecution")
        with _opened(tmp_path / "careless") as careless:
            _wait(careless.exists)
        assert not ours.exists()


def _pictures(path: Path) -> int:
    with office.as_pages(path, path.name, path.suffix) as made, pdfplumber.open(made) as pages:
        return sum(len(page.images) for page in pages.pages)


def test_links_are_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture on another host is not asked for, one on this machine is not shown to whoever named its place. A LibreOffice that is told
    nothing fetches the one and shows both."""
    picture, asked = tmp_path / "mine.png", list[str]()
    Image.new("RGB", (40, 40), "red").save(picture)

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(picture.read_bytes())

        def log_message(self, *words: object) -> None:
            """Nothing."""

    with HTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        path = _with_links(tmp_path / "a.docx", picture.as_uri(), f"http://127.0.0.1:{server.server_port}/theirs.png")
        assert (_pictures(path), asked) == (0, [])
        monkeypatch.setattr(office_profile, "SETTINGS", ())
        assert _pictures(path) == 2
        assert set(asked) == {"/theirs.png"}
        server.shutdown()
