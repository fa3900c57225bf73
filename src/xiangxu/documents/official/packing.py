"""The file itself: only the parts that are needed, and nothing in it that changes from one run to the next."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document
from docx.oxml.ns import qn

# What python-docx's own template brings along and an office has no use for.
_UNWANTED = ("thumbnail", "customXml", "stylesWithEffects", "numbering", "webSettings")
# The first moment that a zip file can tell.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_NO_DAY = date(2000, 1, 1)


def describe(word: Document, title: str, author: str, day: date | None) -> None:
    """The properties that Word shows: title, author, and the day of the document instead of the moment of writing."""
    moment = datetime.combine(day or _NO_DAY, time())
    properties = word.core_properties
    properties.title, properties.author, properties.last_modified_by = title[:250], author[:250], author[:250]
    properties.comments = properties.keywords = properties.subject = ""
    properties.created = properties.modified = moment
    properties.revision = 1


def settle(word: Document) -> None:
    """Removes what the template brought; has Word lay out as it does today, not as it did for old files."""
    for part in (word.part, word.part.package):
        for key, relation in list(part.rels.items()):
            if any(name in relation.reltype for name in _UNWANTED):
                part.rels.pop(key)
    settings = word.settings.element
    for name in ("w:savePreviewPicture", "w:rsids", "w:zoom"):
        for element in settings.findall(qn(name)):
            settings.remove(element)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def packed(word: Document) -> bytes:
    """The bytes of the file: the same document always gives the same."""
    written = BytesIO()
    word.save(written)
    out = BytesIO()
    with ZipFile(written) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = ZipInfo(name, _EPOCH)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o600 << 16
            target.writestr(info, source.read(name))
    return out.getvalue()
