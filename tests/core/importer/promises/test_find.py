"""The whole: quotes, places, names, and how well it reads the annotated plans."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.importer.promises.reading import CONTEXT, read
from xiangxu.importer.clause import Clause
from xiangxu.importer.passage import Passage
from xiangxu.importer.promises import find_promises
from xiangxu.model.place import Doubt, Place

TEXT = "到2027年，义务教育学校标准化率达到92%以上，每所乡村学校至少培育1个特色项目；对重度残疾儿童送教上门，每月不少于4次。"


def test_quotes_are_exact_runs_of_the_text() -> None:
    """A quote is what the document says, date and subject included where they stand beside the figure."""
    assert [p.quote for p in read(TEXT)] == [
        "义务教育学校标准化率达到92%以上",
        "每所乡村学校至少培育1个特色项目",
        "对重度残疾儿童送教上门，每月不少于4次",
    ]


def test_quotes_keep_the_script_of_the_document() -> None:
    """Full-width digits are understood and quoted as they are."""
    (promise,) = read("普惠率达到９５％以上")
    assert (promise.quote, promise.value) == ("普惠率达到９５％以上", 95)


def test_metric_scope_and_level() -> None:
    """What is counted, of whom, and at whom it is checked."""
    rate, project, visits = read(TEXT)
    assert (rate.metric, rate.level.value) == ("义务教育学校标准化率", "county")
    assert (project.metric, project.scope, project.level.value) == ("特色项目数", "每所乡村学校", "school")
    assert (visits.level.value, visits.per and visits.per.value) == ("student", "month")


def test_a_metric_carries_on() -> None:
    """Where a later figure of the sentence names nothing, it is of what was counted before; a baseline is no part of the name."""
    assert [p.metric for p in read("2026年底完成率不低于50%，2027年底不低于80%")] == ["完成率", "完成率"]
    assert [p.metric for p in read("乡村小学由46所调整为35所")] == ["乡村小学数"]


def test_place_is_that_of_the_quote() -> None:
    """The place spans the quote in the source, however the clause was put together; the caller adds line and page."""
    passage = Passage.of("新建学校", start=100) + Passage.of("6所", start=300)
    clause = Clause(passage, "list 3", due="2026")
    (promise,) = find_promises([clause], CONTEXT)
    assert (promise.place.start, promise.place.end) == (100, 302)
    (located,) = find_promises([clause], CONTEXT, lambda p: Place(p.start, p.end, 7, 2))
    assert (located.place.line, located.place.page, located.where, located.due) == (7, 2, "list 3", "2026")


def test_doubts_of_the_clause_are_kept() -> None:
    """What was read by OCR stays doubtful; an odd figure is marked so."""
    clause = Clause(Passage.of("师生比达到1:15"), "body 1", doubts=(Doubt.OCR,))
    (promise,) = find_promises([clause], CONTEXT)
    assert promise.doubts == (Doubt.OCR, Doubt.FIGURE_UNSURE)


def test_nothing_comes_of_nothing() -> None:
    """Empty clauses and text without promises give none."""
    assert read("") == []
    assert read("。，；（）") == []
    assert read("各乡镇人民政府、街道办事处：现将方案印发给你们，请认真贯彻执行。") == []


@given(st.text(alphabet="到20257年底前每校所名个、，。；（）“”建成不少于达%一二三十百万以上全部均由至-1:.", max_size=80))
def test_any_text_is_read(text: str) -> None:
    """No text raises, and every quote is a run of it."""
    for promise in read(text):
        assert promise.quote in text
        assert 0 <= promise.place.start < promise.place.end <= len(text)


@pytest.mark.parametrize(
    "piece",
    [
        "到2027年建设基地10个、学校3所", "建设基地10个，", "率达到", "（", "“", "10、", "3至", "一二三四五六七八九十", "全部", "每学期每月", "之比1.5、",
        "各", "11",
    ],
)  # fmt: skip
def test_time_is_linear(piece: str) -> None:
    """Eight times the text takes at most some twenty times as long, whatever it is made of: far from sixty-four, and noise allowed."""

    def seconds(times: int) -> float:
        text = piece * (times // len(piece))
        start = time.process_time()
        read(text)
        return time.process_time() - start

    seconds(1000)
    shortest = min(seconds(16000) for _ in range(3))
    assert shortest < 20 * max(min(seconds(2000) for _ in range(3)), 0.02)
