"""The parts of a .docx file: the document and what it refers to, found by the package's own relations."""

from __future__ import annotations

from zipfile import ZipFile

from lxml import etree

from xiangxu.importer.read.docx.markup import STRICT_NAMES
from xiangxu.importer.read.limits import MAX_ELEMENTS, MAX_PARAGRAPHS, MAX_PICTURE, broken, parsed_xml, part, refuse_more
from xiangxu.importer.read.relations import main_part, relations


class Package:
    """An opened .docx; parts that are missing are None."""

    def __init__(self, archive: ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        main = main_part(archive, name)
        document = None if main is None else self._xml(main)
        if main is None or document is None:
            raise broken(name)
        refuse_more(MAX_ELEMENTS, document, name)
        refuse_more(MAX_PARAGRAPHS, document, name, "p")
        self.document = document
        self._targets = relations(archive, main, name)
        self.styles = self._related("/styles")
        self.numbering = self._related("/numbering")

    def picture(self, relation: str) -> bytes | None:
        """The file of a picture by the relation that leads to it; None where it is not in the package."""
        _, target = self._targets.get(relation, ("", ""))
        return part(self._archive, target, self._name, MAX_PICTURE) if target else None

    def _related(self, kind: str) -> etree._Element | None:
        return next((self._xml(target) for found, target in self._targets.values() if found.endswith(kind)), None)

    def _xml(self, entry: str) -> etree._Element | None:
        data = part(self._archive, entry, self._name)
        if data is None:
            return None
        for strict, usual in STRICT_NAMES:
            if strict in data:
                data = data.replace(strict, usual)
        return parsed_xml(data, self._name)
