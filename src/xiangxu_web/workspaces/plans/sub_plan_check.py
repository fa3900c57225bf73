"""What the plan check says of a sub-plan: findings to answer, since it is a draft and can still be mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.translation import gettext as _

from xiangxu.importer.plan import read_plan
from xiangxu.importer.read import Unreadable
from xiangxu.importer.read.numerals import counting
from xiangxu.review.plan_check import Remark, check
from xiangxu_web.workspaces.plans.cards import check_card

Finding = dict[str, Any]
# The remark of the plan check that says that aim, way, owner or effect are missing (四个具体).
NOT_CONCRETE = "not-concrete"
# A section with fewer characters says nothing that one could look at.
_LEAST = 20
# By this title the reader knows a plan; a school may call its own as it likes.
_TITLE = "乡村教育振兴实施方案"
# Places of one remark that are named.
_SPOTS = 3


def text_of(title: str, body: Sequence[Mapping[str, Any]]) -> str:
    """The sub-plan as the text of a document, headings numbered as in print."""
    lines = [title]
    for n, section in enumerate((s for s in body if s["text"].strip()), 1):
        lines += [f"{counting(n)}、{section['heading']}", section["text"].strip()]
    return "\n".join(lines) + "\n"


def findings(body: Sequence[Mapping[str, Any]], *, has_file: bool = False) -> list[Finding]:
    """The findings: sections that are empty or too short to be looked at, then the plan check's own remarks on the text.

    Where the sub-plan was handed in as a file, empty sections are no fault: the text stands there.
    """
    found: list[Finding] = []
    empty = [section["heading"] for section in body if not section["text"].strip()]
    short = [section["heading"] for section in body if 0 < len(section["text"].strip()) < _LEAST]
    if empty and not has_file:
        found.append(
            _finding("empty", "serious", _("还没有写：%(named)s") % {"named": "、".join(empty)}, _("逐段写明本单位怎么做。"))
        )
    if short:
        found.append(
            _finding(
                "short", "notice", _("写得太简单：%(named)s") % {"named": "、".join(short)}, _("写清数量、责任人和完成日期。")
            )
        )
    return found + [_told(remark) for remark in _remarks(body)]


def _remarks(body: Sequence[Mapping[str, Any]]) -> Sequence[Remark]:
    if not any(section["text"].strip() for section in body):
        return ()
    with TemporaryDirectory(prefix="xiangxu-") as folder:
        path = Path(folder) / "sub-plan.txt"
        path.write_text(text_of(_TITLE, body), encoding="utf-8")
        try:
            return check(read_plan(path), check_card()).remarks
        except Unreadable:
            return ()


def _told(remark: Remark) -> Finding:
    named = [spot.name + (f"“{spot.quote}”" if spot.quote else "") for spot in remark.spots[:_SPOTS]]
    more = _("等 %(n)s 处") % {"n": len(remark.spots)} if len(remark.spots) > _SPOTS else ""
    return _finding(remark.kind, remark.grade.value, f"{remark.message}：{'；'.join(named)}{more}", remark.mend)


def _finding(kind: str, grade: str, words: str, mend: str) -> Finding:
    return {"kind": kind, "grade": grade, "words": words, "mend": mend}
