"""Where in a document something stands, and why a reading of it may be wrong."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a document's text, with what a person needs to find it.

    `start` and `end` are character offsets into the text that the reader kept of the document (`Reading.text`); `page` and
    `line` count from 1 and name the first character's page, where the format has pages, and line.
    """

    start: int
    end: int
    line: int
    page: int | None = None


class Doubt(StrEnum):
    """Why a person should look at a reading again; the value is stable and goes into exports."""

    OCR = "ocr"
    TABLE_GUESSED = "table_guessed"
    CELL_GUESSED = "cell_guessed"
    HEADER_SHIFTED = "header_shifted"
    NO_TABLE_HEADER = "no_table_header"
    PICTURE_UNREAD = "picture_unread"
    NUMBERING_GAP = "numbering_gap"
    DATE_UNREAD = "date_unread"
    DUE_CARRIED = "due_carried"
    UNIT_UNKNOWN = "unit_unknown"
    OWNER_PROPOSED = "owner_proposed"
    FIGURE_UNSURE = "figure_unsure"
    NOT_A_PLAN = "not_a_plan"
    TABLE_SKIPPED = "table_skipped"

    @property
    def reason(self) -> Reason:
        """The reason as a clerk reads it."""
        return Reason(_REASONS[self])


_REASONS = {
    Doubt.OCR: _("由图像识别得到，请对照原件"),
    Doubt.TABLE_GUESSED: _("原文没有表格线，按文字的排列分的行和列，请核对"),
    Doubt.CELL_GUESSED: _("这一格没有字或跨了几行，按相邻的行读的，请核对"),
    Doubt.HEADER_SHIFTED: _("表头和下面各列没有对齐，按各列的内容读的，请核对"),
    Doubt.NO_TABLE_HEADER: _("清单没有表头，按各列的内容读的，请核对"),
    Doubt.PICTURE_UNREAD: _("此处是一张图片，没有读出文字"),
    Doubt.NUMBERING_GAP: _("标题序号不连续"),
    Doubt.DATE_UNREAD: _("时限的写法没有读懂"),
    Doubt.DUE_CARRIED: _("这一条没有写时限，按前面写的时限读的，请核对"),
    Doubt.UNIT_UNKNOWN: _("单位名称没有对应到任何单位"),
    Doubt.OWNER_PROPOSED: _("原文没有写明责任单位，这里是建议"),
    Doubt.FIGURE_UNSURE: _("数字或它的意思可能读错，请核对"),
    Doubt.NOT_A_PLAN: _("这份文件不是布置任务的方案"),
    Doubt.TABLE_SKIPPED: _("此表既不是任务清单也不是指标表，没有读入"),
}
