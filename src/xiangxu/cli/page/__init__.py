"""The page that shows a document and its reading side by side: one HTML file that needs nothing but a browser.

The file is opened from a disk, a shared folder or a mail, on machines without a way to the internet. So it carries its style
and script in itself, asks for nothing from anywhere, and works from `file://`. Its policy (Content-Security-Policy) names the
two by their hash and forbids everything else: a document's text is untrusted and could not run or load anything even if it
slipped through the escaping.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Literal

from xiangxu.cli.page.catalogue import Catalogue
from xiangxu.cli.page.frame import Frame
from xiangxu.cli.page.markup import Html, escaped
from xiangxu.model.plan import PlanReading

Language = Literal["zh", "en"]


def write_page(readings: Sequence[PlanReading], out: Path, *, lang: Language = "zh") -> None:
    """Writes the page of one or several readings to `out`; `lang` is the interface's language at first sight.

    Both languages are in the file, behind a switch; what was read stays in the words of the document. Refused is an empty
    list of readings: a page of nothing would look like a document in which nothing was found.
    """
    if not readings:
        raise ValueError("没有可以显示的读取结果：请先读取至少一份文件，再生成对照页。")
    out.write_text(page(readings, lang=lang), encoding="utf-8", errors="replace", newline="\n")


def page(readings: Sequence[PlanReading], *, lang: Language = "zh") -> str:
    """The text of the page that `write_page` writes."""
    frame = Frame(tuple(Catalogue.of(reading, f"r{i}") for i, reading in enumerate(readings)))
    style, script = _asset("page.css"), _asset("page.js")
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'"
    return Template(_asset("page.html")).substitute(
        policy=escaped(policy),
        lang=lang,
        title=escaped(frame.title),
        style=style,
        script=script,
        top=frame.top(),
        plans=Html("\n").join(frame.plans()),
    )


def _asset(name: str) -> str:
    return files("xiangxu.cli.page").joinpath(name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
