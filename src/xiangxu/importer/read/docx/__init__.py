"""Word files (.docx), as Word, WPS and LibreOffice write them.

Read from the markup itself, since what matters most is not in the text: the numbers of headings and rows that Word makes,
merged cells, text boxes, tracked changes (read as accepted). Left out: headers and footers, footnotes, comments, hidden text,
and the table of contents, which only repeats the headings. The stages: `package` opens, `styles` and `numbering` know the
rules of the document, `runs` and `blocks` read its content, `read.setting` sets that as text.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from xiangxu.importer.read.content import pictures_of
from xiangxu.importer.read.docx.blocks import Blocks
from xiangxu.importer.read.docx.markup import W
from xiangxu.importer.read.docx.numbering import Numbering
from xiangxu.importer.read.docx.package import Package
from xiangxu.importer.read.docx.styles import Styles
from xiangxu.importer.read.limits import opened_zip
from xiangxu.importer.read.setting import MAX_PICTURES, Setting
from xiangxu.importer.source import Source
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

_CONTENTS_NOTE = _("文中的目录没有读入，它只是重复各级标题。")
_EMBEDDED_NOTE = _("文中嵌有 %(count)s 个其他文件的内容，没有读出。请在 Word 中打开并另存为 .docx，再上传。")


def read_docx(path: Path, name: str, on_progress: Callable[[int, int, str], None] | None = None) -> Source:
    """The Word document at `path`; `name` is what the clerk calls it. Refuses what is broken, locked, hostile or empty.

    `on_progress` is called for each picture that goes through text recognition, which is the only slow thing here.
    """
    with opened_zip(path, name) as archive:
        package = Package(archive, name)
        styles = Styles(package.styles)
        blocks = Blocks(styles, Numbering(package.numbering, styles), name)
        body = package.document.find(W + "body")
        content = () if body is None else blocks.read(body)
        count = min(MAX_PICTURES, sum(picture.is_worth_reading for picture in pictures_of(content)))
        asked = 0

        def picture_file(relation: str) -> bytes | None:
            nonlocal asked
            asked += 1
            if on_progress is not None:
                on_progress(asked, count, Reason(_("识别文中的图片 %(asked)s/%(count)s"), asked=asked, count=count))
            return package.picture(relation)

        setting = Setting(next(package.document.iter(W + "lastRenderedPageBreak"), None) is not None, picture_file)
        setting.put(content)
    if blocks.contents_left_out:
        setting.note(Reason(_CONTENTS_NOTE))
    if blocks.embedded_files:
        setting.note(Reason(_EMBEDDED_NOTE, count=blocks.embedded_files))
    return setting.source(name, "docx")
