"""Web pages, and what web systems hand out under the name of .doc: HTML, and HTML packed as a "single file web page" (.mht).

`parsing` finds the encoding and makes the tree, `blocks` reads paragraphs and tables out of it.
"""

from __future__ import annotations

from xiangxu.importer.read.html.blocks import Blocks
from xiangxu.importer.read.html.parsing import page_of, tree_of
from xiangxu.importer.read.setting import Setting
from xiangxu.importer.source import Source


def read_html(data: bytes, name: str) -> Source:
    """A web page. Refuses what is too large, nested beyond reason, or without a word."""
    setting = Setting()
    setting.put(Blocks(name).read(tree_of(data, name)))
    return setting.source(name, "html")


def read_web_archive(data: bytes, name: str) -> Source:
    """The page inside a "single file web page"."""
    return read_html(page_of(data, name), name)
