"""A document is read and looked over for a person in English: all that the program says of it is English, at the plan's own words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from tests.web.duties.chinese import HAN
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.components.reasons import worded
from xiangxu_web.kernel.files.store import store
from xiangxu_web.kernel.jobs.worker import run_waiting
from xiangxu_web.workspaces.accounts.models import Person
from xiangxu_web.workspaces.plans.api import upload
from xiangxu_web.workspaces.plans.models import Draft

pytestmark = pytest.mark.django_db
# A plan with much to remark on: no owner, no date, a figure that the list gives otherwise, one title in two wordings.
WANTING = """云溪县乡村教育振兴实施方案

一、总体目标
到2025年，全县义务教育学校专任教师本科率达到85%以上。办学水平显著提升。
二、主要任务
1.优化学校布局。新建幼儿园3所，配备一批教师。（牵头单位：县教育局；配合单位：县财政局）
2.改善办学条件。改造农村厕所20处，全市办学条件明显改善。
3.加强队伍建设。进一步提高教师水平。（县教育局、县人社局、县财政局）
附件：任务清单
"""
# What the document and its numbering say, and the names of units.
_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|《[^》]*》|[一二三四五六七八九十]+(?:（[一二三四五六七八九十]+）)?\d*")
_UNITS = re.compile(r"县[教财人住]\w{1,3}局")


def own_words(current: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """All that a draft says of its document, as it lies in the database."""
    for remark in current["check"]:
        yield from ((remark["kind"], remark[name]) for name in ("message", "why", "mend"))
        yield from ((remark["kind"], spot[name]) for spot in remark["spots"] for name in ("name", "note"))
    yield from (("contradiction", each["words"]) for each in current["contradictions"])
    yield from (("remark", each["words"]) for each in current["remarks"])
    yield from (("doubt", doubt) for row in (*current["tasks"], *current["promises"]) for doubt in row["doubts"])


def read(clerk: Actor, folder: Path, name: str, content: bytes) -> Draft:
    """The document, uploaded and read."""
    path = folder / name
    path.write_bytes(content)
    draft = upload(clerk, [(store(path, name), name)])
    run_waiting()
    draft.refresh_from_db()
    return draft


def test_remarks_are_worded_for_the_reader(actor: Callable[[str], Actor], tmp_path: Path) -> None:
    """Title, why and remedy of the plan check, where it was found, doubts: English on an English page, Chinese on a Chinese one."""
    draft = read(actor("clerk"), tmp_path, "方案.txt", WANTING.encode())
    told = list(own_words(json.loads(json.dumps(draft.current))))
    assert len({kind for kind, _words in told}) > 5
    for language, chinese in (("en", False), ("zh-hans", True)):
        with translation.override(language):
            said = {(kind, _UNITS.sub("", _QUOTED.sub("", worded(words)))) for kind, words in told}
        assert {(kind, words) for kind, words in said if words.strip() and bool(HAN.search(words)) is not chinese} == set()


def test_a_file_that_cannot_be_read(actor: Callable[[str], Actor], tmp_path: Path) -> None:
    """What is wrong with it and what to do is told in the language of whoever uploaded it."""
    clerk = actor("clerk")
    Person.objects.filter(pk=clerk.person_id).update(language="en")
    draft = read(clerk, tmp_path, "plan.pdf", b"%PDF-1.7 and nothing more")
    assert draft.state == Draft.State.FAILED
    assert "plan.pdf" in draft.failure
    assert not HAN.search(draft.failure)
