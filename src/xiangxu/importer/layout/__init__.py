"""From lines to a manuscript: wrapped lines become paragraphs, tables that were flattened to text become grids again."""

from xiangxu.importer.layout.manuscript import lay_out

__all__ = ["lay_out"]
