"""The outline of a document: what it says of itself, its headings, its numbered actions, its attachments."""

from xiangxu.importer.outline.document import FoundTable, Outline, outline

__all__ = ["FoundTable", "Outline", "outline"]
