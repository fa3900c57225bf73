"""What the plan check says of a sub-plan: findings to answer, since it is a draft and can still be mended.

What was typed is checked at once. A sub-plan that was handed in as a file is read by the plan reader, in a job, since a scan takes
seconds a page; until then its finding is that it has not been read. Both sides, who handed it in and who decides, read the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.translation import gettext_noop as _

from xiangxu.importer.plan import read_plan, read_source
from xiangxu.importer.read import Unreadable, read_pages
from xiangxu.importer.read.numerals import counting
from xiangxu.model.plan import PlanReading
from xiangxu.model.reason import Reason, kept, listed
from xiangxu.review.plan_check import Remark, check
from xiangxu_web.kernel.files.kinds import PICTURES
from xiangxu_web.kernel.languages import in_all
from xiangxu_web.workspaces.plans.cards import check_card
from xiangxu_web.workspaces.plans.sub_plan_template import BASICS

Finding = dict[str, Any]
# The remark of the plan check that says that aim, way, owner or effect are missing (四个具体).
NOT_CONCRETE = "not-concrete"
# Nobody knows yet, or can know, what the file says.
NOT_READ, UNREADABLE, NO_PLAN = "not-read", "unreadable", "no-plan"
# With these nothing in the file has been found to be a plan.
UNKNOWN = frozenset((NOT_READ, UNREADABLE, NO_PLAN))
# What is told by the day on which the paper itself was issued.
_BY_ITS_OWN_DAY = frozenset(("short-notice", "hurried-paper"))
# A section with fewer characters says nothing that one could look at.
_LEAST = 20
# By this title the reader knows a plan; a school may call its own as it likes.
_TITLE = "乡村教育振兴实施方案"
# Places of one remark that are named.
_SPOTS = 3


def text_of(title: str, body: Sequence[Mapping[str, Any]]) -> str:
    """The sections that set tasks as the text of a document. Where the unit stands (基本情况) is no task of which owner and day could be
    missing."""
    lines, basics = [title], in_all(BASICS)
    for n, section in enumerate((s for s in body if s["text"].strip() and s["heading"] not in basics), 1):
        lines += [f"{counting(n)}、{section['heading']}", section["text"].strip()]
    return "\n".join(lines) + "\n"


def in_file(body: Sequence[Mapping[str, Any]], *, has_file: bool) -> bool:
    """Whether the sub-plan itself is the file: one is there and the text is not whole. Beside a whole text a file is an annex."""
    return has_file and not all(section["text"].strip() for section in body)


def findings(body: Sequence[Mapping[str, Any]], *, has_file: bool = False, since: date | None = None) -> list[Finding]:
    """The findings: sections that are empty or too short to be looked at, then the plan check's own remarks on the text.

    Where the sub-plan is a file, empty sections are no fault: the text stands there. That it has not been read yet is one. ``since``: the
    day on which the plan itself was issued, before which nothing under it can fall due.
    """
    found: list[Finding] = []
    empty = [section["heading"] for section in body if not section["text"].strip()]
    short = [section["heading"] for section in body if 0 < len(section["text"].strip()) < _LEAST]
    if in_file(body, has_file=has_file):
        found.append(
            _finding(
                NOT_READ,
                "notice",
                Reason(_("上传的文件还没有检查。")),
                Reason(_("报送以后系统读取文件，检查结果报送单位和审核单位都能看到。")),
            )
        )
    elif empty:
        found.append(
            _finding(
                "empty", "serious", Reason(_("还没有写：%(named)s"), named="、".join(empty)), Reason(_("逐段写明本单位怎么做。"))
            )
        )
    if short:
        found.append(
            _finding(
                "short",
                "notice",
                Reason(_("写得太简单：%(named)s"), named="、".join(short)),
                Reason(_("写清数量、责任人和完成日期。")),
            )
        )
    return found + [_told(remark) for remark in _of_text(body, since)]


def findings_of_files(files: Sequence[Path], since: date | None = None) -> list[Finding]:
    """What the check says of a sub-plan that was handed in as files, the newest of which that reads as a plan is meant.

    Photographs are the pages of one document. Where none reads as a plan that is itself the finding: a bulletin or a list of names
    under the name of a plan is none.
    """
    pictures = [file for file in files if _is_picture(file)]
    others = [[file] for file in reversed(files) if file not in pictures]
    wrong: list[Finding] = []
    for papers in [*others, *([pictures] if pictures else [])]:
        name = papers[0].name
        try:
            reading = read_source(read_pages(papers, None), papers[0].stem)
        except Unreadable as problem:
            wrong.append(
                _finding(
                    UNREADABLE,
                    "serious",
                    problem.words,
                    Reason(_("也可以把内容写进各段再报。")),
                )
            )
            continue
        if _reads_as_plan(reading):
            return [_told(remark) for remark in _remarks(reading, since)]
        wrong.append(
            _finding(
                NO_PLAN,
                "serious",
                Reason(_("“%(name)s”里没有读到措施和可以检查的目标，不像是一份方案。"), name=name),
                Reason(_("请核对是不是传错了文件；是方案的，请写清做什么、做到多少、谁负责、什么时候完成。")),
            )
        )
    return wrong


def _is_picture(file: Path) -> bool:
    return file.name.lower().endswith(tuple(ending for kind in PICTURES for ending in kind.endings))


def _reads_as_plan(reading: PlanReading) -> bool:
    return bool(reading.promises and (reading.tasks or reading.body_actions))


def _remarks(reading: PlanReading, since: date | None) -> list[Remark]:
    """The plan check's remarks. A sub-plan that bears no day is measured by that of its plan, but for how little time there is since."""
    if reading.doc.issued_on is not None or since is None:
        return list(check(reading, check_card(), issued=False).remarks)
    dated = replace(reading, doc=replace(reading.doc, issued_on=since))
    return [remark for remark in check(dated, check_card(), issued=False).remarks if remark.kind not in _BY_ITS_OWN_DAY]


def _of_text(body: Sequence[Mapping[str, Any]], since: date | None) -> Sequence[Remark]:
    if not any(section["text"].strip() for section in body):
        return ()
    with TemporaryDirectory(prefix="xiangxu-") as folder:
        path = Path(folder) / "sub-plan.txt"
        path.write_text(text_of(_TITLE, body), encoding="utf-8")
        try:
            return _remarks(read_plan(path), since)
        except Unreadable:
            return ()


def _told(remark: Remark) -> Finding:
    named = [
        Reason(_("%(name)s“%(quote)s”"), name=spot.name, quote=spot.quote) if spot.quote else spot.name
        for spot in remark.spots[:_SPOTS]
    ]
    where = listed(named, _("%(one)s；%(other)s"))
    if len(remark.spots) > _SPOTS:
        where = Reason(_("%(some)s等 %(n)s 处"), some=where, n=len(remark.spots))
    return _finding(
        remark.kind, remark.grade.value, Reason(_("%(what)s：%(where)s"), what=remark.message, where=where), remark.mend
    )


def _finding(kind: str, grade: str, words: str, mend: str) -> Finding:
    """A finding as it is stored: its sentences know their kinds, so that each reader has them in their own language."""
    return {"kind": kind, "grade": grade, "words": kept(words), "mend": kept(mend)}
