"""Runs the parts of layout over a source, in reading order."""

from __future__ import annotations

from itertools import groupby

from xiangxu.importer.layout.flattened import is_cell, read_flattened
from xiangxu.importer.layout.undelimited import is_header, read_undelimited
from xiangxu.importer.layout.wrapped import unwrap
from xiangxu.importer.source import Line, Manuscript, Paragraph, Source, Table


def lay_out(source: Source) -> Manuscript:
    """The document as paragraphs and tables."""
    blocks: list[Paragraph | Table] = []
    for is_table, run in groupby(source.blocks, lambda block: isinstance(block, Table)):
        if is_table:
            blocks.extend(block for block in run if isinstance(block, Table))
        else:
            blocks.extend(_of_lines([block for block in run if isinstance(block, Line)]))
    return Manuscript(source, tuple(blocks), source.doubts)


def _of_lines(lines: list[Line]) -> list[Paragraph | Table]:
    """Paragraphs, and the tables that were flattened to lines."""
    blocks: list[Paragraph | Table] = []
    begun = i = 0
    while i < len(lines):
        found: tuple[Table, int] | None = None
        if is_cell(lines[i]):
            found = read_flattened(lines, i)
        elif is_header(lines[i]):
            found = read_undelimited(lines, i)
        if found is None:
            i += 1
            continue
        blocks.extend(unwrap(lines[begun:i]))
        blocks.append(found[0])
        begun = i = found[1]
    blocks.extend(unwrap(lines[begun:]))
    return blocks
