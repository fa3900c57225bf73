"""Small files of each kind, made here so that nothing binary lies in the repository."""

from __future__ import annotations

import io
import zipfile

from PIL import Image

MARK = "海棠暗号"


def docx(words: str = "方案") -> bytes:
    """The least package that declares itself a Word document."""
    return package(
        {
            "[Content_Types].xml": '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.wordprocessingml.document.main+xml"/></Types>',
            "word/document.xml": f"<w:document>{words}</w:document>",
        }
    )


def package(parts: dict[str, str]) -> bytes:
    """A zip of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in parts.items():
            bundle.writestr(name, content)
    return buffer.getvalue()


def bomb() -> bytes:
    """A Word document of some hundred kilobytes that unpacks to more than 400 MB."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bundle:
        bundle.writestr("[Content_Types].xml", "<Types/>")
        with bundle.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(401):
                part.write(bytes(1024 * 1024))
    return buffer.getvalue()


def ole(stream: str) -> bytes:
    """An old Office file that holds a stream of this name."""
    return bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504) + stream.encode("utf-16-le") + b"\x00\x00" + bytes(100)


def photo(size: tuple[int, int] = (640, 480), form: str = "JPEG") -> bytes:
    """A picture as a phone makes it: lying on its side, with place, time and the owner's name in its notes. Red above, blue below."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    notes = Image.Exif()
    # Turned by a quarter: what is stored left is seen above.
    notes[0x0112] = 6
    notes[0x013B] = MARK
    notes.get_ifd(0x8769)[0x9003] = "2026:11:18 09:30:00"
    notes.get_ifd(0x8825).update({1: "N", 2: (36.0, 11.0, 6.0), 3: "E", 4: (118.0, 9.0, 36.0)})
    buffer = io.BytesIO()
    picture.save(buffer, form, exif=notes, comment=MARK.encode())
    return buffer.getvalue()


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200) + b"This program cannot be run in DOS mode."
