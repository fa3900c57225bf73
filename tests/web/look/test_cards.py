"""What of a list's row a telephone shows before its card is unfolded."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from xiangxu_web.kernel.components.table import Cell, Column, RowShown, telling_columns

NAME = Column("name", "任务")
NUMBER = Column("number", "序号", narrow=True)
UNIT = Column("unit", "单位")
OTHERS = Column("others", "配合单位")
DAY = Column("day", "时限", kind="date")
LAMP = Column("lamp", "状态", kind="lamp")


def test_name_lamp_one_word_and_one_day() -> None:
    """Where no column is marked: the name, the lamps, the first words that are no mere number, the first day."""
    assert telling_columns([NAME, NUMBER, UNIT, OTHERS, DAY, LAMP]) == [NAME, UNIT, DAY, LAMP]


def test_what_is_marked_stands_instead() -> None:
    """Columns marked as telling take the place of the usual two; name and lamps stand in any case."""
    marked = Column("others", "配合单位", telling=True)
    assert telling_columns([NAME, UNIT, marked, DAY, LAMP]) == [NAME, marked, LAMP]


def test_a_card_unfolds_only_where_something_is_folded() -> None:
    """A row whose folded cells are all empty gets nothing to unfold."""

    def row(others: str | None) -> RowShown:
        return RowShown([Cell(NAME, "任务一", None, "任务"), Cell(OTHERS, others, None, "配合单位", folded=True)], ())

    assert not row(None).folds
    assert not row("").folds
    assert row("县财政局").folds


def test_the_list_page_folds(signed_in: Callable[[str], Client]) -> None:
    """On a real list the telling cells stand open, the others are folded, and each card says how to see the rest."""
    page = signed_in("clerk").get("/units/").content.decode()
    row = page[page.index("<tbody") :].split("</tr>")[1]
    assert 'data-title="主管单位" class="folded"' in row
    assert 'data-title="镇街">' in row
    assert '<summary aria-label="更多">' in row
