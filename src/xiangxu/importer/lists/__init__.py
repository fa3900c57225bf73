"""From the tables of a manuscript to task rows and to the promises of indicator tables."""

from xiangxu.importer.lists.reader import read_lists
from xiangxu.importer.lists.reading import CaptionedTable, ListReading, TaskRow

__all__ = ["CaptionedTable", "ListReading", "TaskRow", "read_lists"]
