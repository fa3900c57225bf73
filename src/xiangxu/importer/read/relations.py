"""Relations of an Office file: which part holds what. Word's and Excel's files are built alike in this."""

from __future__ import annotations

import posixpath
from zipfile import ZipFile

from xiangxu.importer.read.limits import parsed_xml, part

_MAIN = "/officeDocument"
_FALLBACK_MAIN = "word/document.xml"


def main_part(archive: ZipFile, name: str) -> str | None:
    """Where the archive keeps its main document; None where it names none."""
    for kind, target in relations(archive, "", name).values():
        if kind.endswith(_MAIN):
            return target
    return _FALLBACK_MAIN if _FALLBACK_MAIN in archive.namelist() else None


def relations(archive: ZipFile, entry: str, name: str) -> dict[str, tuple[str, str]]:
    """Kind and target of each relation of a part ("" for the package) inside the archive."""
    folder, base = posixpath.split(entry)
    data = part(archive, posixpath.join(folder, "_rels", base + ".rels"), name)
    if data is None:
        return {}
    found: dict[str, tuple[str, str]] = {}
    for element in parsed_xml(data, name):
        target = element.get("Target", "")
        if element.get("TargetMode") != "External":
            inside = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[element.get("Id", "")] = (element.get("Type", ""), inside)
    return found
