"""Runs the parts of layout over a source, in reading order."""

from __future__ import annotations

from xiangxu.importer.layout.flattened import is_cell, read_flattened
from xiangxu.importer.layout.wrapped import unwrap
from xiangxu.importer.source import Line, Manuscript, Paragraph, Source, Table


def lay_out(source: Source) -> Manuscript:
    """The document as paragraphs and tables."""
    blocks: list[Paragraph | Table] = []
    pending: list[Line] = []
    queue = source.blocks
    i = 0
    while i < len(queue):
        block = queue[i]
        if isinstance(block, Line) and not is_cell(block):
            pending.append(block)
            i += 1
            continue
        blocks.extend(unwrap(pending))
        pending = []
        if isinstance(block, Table):
            blocks.append(block)
            i += 1
        else:
            run = _lines_from(queue, i)
            table, used = read_flattened(run, 0)
            blocks.append(table)
            i += used
    blocks.extend(unwrap(pending))
    return Manuscript(source, tuple(blocks), source.doubts)


def _lines_from(queue: tuple[Line | Table, ...], start: int) -> list[Line]:
    """The lines from `start` up to the next table."""
    run = []
    for block in queue[start:]:
        if isinstance(block, Table):
            break
        run.append(block)
    return run
