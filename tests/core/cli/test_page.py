"""The page that shows a document beside its reading: what is in the file. What it does is tried in tests/journeys."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.core.cli.invented import TEXT, bare_plan, invented_plan, long_plan
from xiangxu.cli.page import page, write_page
from xiangxu.cli.page.wording import doubt, due, level, per, requirement, where
from xiangxu.model.place import Doubt, Place
from xiangxu.model.plan import DocumentFacts, Level, Op, Per, Promise, Task

VOID = {"meta", "input", "link", "br", "img", "hr"}


class Tree(HTMLParser):
    """The elements of a page: names and attributes in order, the text of the document's side, and whether tags match."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[tuple[str, str]] = []
        self.said: list[str] = []
        self.visible: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.elements.append((tag, given))
        if tag not in VOID:
            self.open.append((tag, given.get("class") or ""))
        if given.get("data-line"):
            self.said.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        names = [name for name, _ in self.open]
        if "script" not in names and "style" not in names:
            self.visible.append(data)
        if any(classes == "said" for _, classes in self.open):
            self.said[-1] += data

    def ids(self) -> list[str]:
        return [attributes["id"] or "" for _, attributes in self.elements if "id" in attributes]


@pytest.fixture(scope="module")
def tree() -> Tree:
    return Tree(page([invented_plan(), bare_plan()]))


def test_document_is_shown_line_by_line_as_written(tree: Tree) -> None:
    """Every line of the text is on the page, in order, character for character; blank ones keep their place."""
    expected = [line if line.strip() else "" for line in TEXT.removesuffix("\n").split("\n")]
    assert tree.said[: len(expected)] == expected


def test_untrusted_text_becomes_no_element() -> None:
    """Markup in the text, in names and in facts stays text: no element, no attribute, no end of an attribute comes of it."""
    hostile = "\"><img src=x onerror=alert(1)><script>alert(2)</script>'&amp;"
    reading = invented_plan()
    reading = replace(
        reading,
        doc=DocumentFacts(hostile, hostile, hostile, hostile),
        text=hostile + reading.text,
        tasks=(
            Task(
                hostile, hostile, hostile, hostile, hostile, hostile, (hostile,), (hostile,), Place(0, 40, 1), proposed=(hostile,)
            ),
        ),
        promises=(Promise(hostile, hostile, hostile, hostile, Op.GE, Place(3, 30, 1), 1.0, uom=hostile, due=hostile),),
    )
    found = Tree(page([reading, reading]))
    names = [name for name, _ in found.elements]
    assert names.count("script") == 1
    assert "img" not in names
    assert not any(key.startswith("on") or key in {"src", "style"} for _, attributes in found.elements for key in attributes)
    assert found.said[0] == hostile + TEXT.split("\n", 1)[0]


def test_nothing_is_asked_from_anywhere(tree: Tree) -> None:
    """No address but fragments of the page itself, no inline handlers or styles, and a policy that allows the page's own parts only."""
    for _, attributes in tree.elements:
        assert not {"src", "srcset", "style", "action"} & set(attributes)
        assert (attributes.get("href") or "#").startswith("#")
    written = page([invented_plan()])
    assert "url(" not in written
    assert "@import" not in written
    for name in ("style", "script"):
        inside = re.search(f"<{name}>(.*?)</{name}>", written, re.DOTALL)
        assert inside is not None
        digest = base64.b64encode(hashlib.sha256(inside[1].encode()).digest()).decode()
        assert f"{name}-src &#x27;sha256-{digest}&#x27;" in written
    assert "default-src &#x27;none&#x27;" in written


def test_every_link_has_its_target_and_every_id_is_unique(tree: Tree) -> None:
    """Without script too, an entry leads to its line and a place to its entry."""
    ids = tree.ids()
    assert len(ids) == len(set(ids))
    targets = {attributes["href"] for name, attributes in tree.elements if name == "a"}
    assert {f"#{name}" for name in ids} >= targets
    assert {"#r0p0", "#r0t1", "#r0a0", "#r0c0", "#r0m0"} <= targets


def test_places_are_cut_out_exactly(tree: Tree) -> None:
    """A promise over a line's end is marked on both lines, and is one stop for the keyboard."""
    pieces = [
        attributes
        for name, attributes in tree.elements
        if name == "a" and attributes.get("href") == "#r0p2" and "data-at" in attributes
    ]
    assert [int(piece["data-at"] or 0) for piece in pieces] == [TEXT.index("每学期"), TEXT.index("家访")]
    assert [piece.get("tabindex") for piece in pieces] == [None, "-1"]


def test_summary_and_counts() -> None:
    """The sentence on top says what the document is and how its reading stands; each tab says how many."""
    written = page([invented_plan()])
    assert "云溪县人民政府，2024年3月5日，云政发〔2024〕7号。读出标题 4 个、任务 2 项、正文行动 1 项、目标 5 条；" in written
    assert "▲ 存疑 3 条，前后矛盾 1 处。" in written
    assert re.findall(r'class="count">(\d+)<', written) == ["4", "2", "1", "5", "6"]


def test_columns_that_the_office_did_not_have_are_left_out(tree: Tree) -> None:
    """The list of the invented plan has projects and measures, no actions and no goals; no data is —, never nothing."""
    heads = "".join(tree.visible)
    assert "措施" in heads
    written = page([invented_plan()])
    table = written[written.index('<table class="tasks"') : written.index("</table>", written.index('<table class="tasks"'))]
    assert re.findall(r'<th[^>]*data-en="([^"]*)"', table) == ["No.", "Project", "Measure", "Due", "Lead", "Participants"]
    assert "—" in table
    assert "建议：县教育和体育局" in table
    assert "▲ 原文没有写明责任单位，这里是建议" in table
    assert "责任领导：王清泉" in table


def test_same_promise_is_linked_both_ways() -> None:
    """A group may be named by its first telling, which does not repeat its own name."""
    written = page([invented_plan()])
    row = {name: written[written.index(f'<tr id="r0{name}"') :].split("</tr>")[0] for name in ("p0", "p4")}
    assert 'href="#r0p4"' in row["p0"]
    assert 'href="#r0p0"' in row["p4"]
    assert "同一承诺 1" in row["p0"]
    assert "同一承诺 1" in row["p4"]


def test_a_doubt_of_the_whole_list_is_said_once() -> None:
    """What every task has in common stands over the list and once among the doubts, and leaves each row its own doubts."""
    reading = invented_plan()
    common = tuple(replace(task, doubts=(Doubt.TABLE_GUESSED, *task.doubts)) for task in (*reading.tasks, *reading.tasks))
    written = page([replace(reading, tasks=common)])
    assert written.count(">▲ 以下各条均：原文没有表格线，按文字的排列分的行和列，请核对<") == 1
    assert written.count(">▲ 原文没有表格线，按文字的排列分的行和列，请核对<") == 1
    assert "▲ 任务清单整体存疑，另有存疑 4 条，前后矛盾 1 处。" in written
    assert "仅看存疑（2）" in written


def test_nothing_found_says_so() -> None:
    """A document without plan, title or issuer gives a page that says why its lists are empty."""
    written = page([bare_plan()])
    for words in ("发文机关未读出", "日期未读出", "无文号", "没有读出任务清单", "没有读出可检查的目标", "没有存疑"):
        assert words in written


def test_no_reading_is_refused(tmp_path: Path) -> None:
    """A page of nothing would look like a document in which nothing was found."""
    with pytest.raises(ValueError, match="没有可以显示的读取结果"):
        write_page([], tmp_path / "x.html")


def test_file_is_one_and_the_same_each_time(tmp_path: Path) -> None:
    """Deterministic, UTF-8, one file; characters that cannot be written do not stop it."""
    reading = replace(invented_plan(), text="破\ud800损\x00\x0c的文字\r\n第二行")
    first, second = tmp_path / "1.html", tmp_path / "2.html"
    write_page([reading], first)
    write_page([reading], second)
    assert first.read_bytes() == second.read_bytes()
    assert "损的文字" in first.read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.html", "2.html"]


def test_places_outside_the_text_do_no_harm() -> None:
    """Empty, reversed or overlong places are marked as far as they go."""
    reading = invented_plan()
    odd = (Place(0, 0, 1), Place(9, 3, 1), Place(-5, 4, 1), Place(len(TEXT) - 3, len(TEXT) + 50, 19), Place(10**9, 10**9 + 1, 99))
    Tree(page([replace(reading, promises=tuple(Promise("x", "body 1", "x", None, Op.DONE, place) for place in odd))]))


@pytest.mark.parametrize(
    ("op", "rest", "zh", "en"),
    [
        (Op.EQ, {"value": 41.0, "uom": "所", "baseline": 54.0}, "为 41 所（原为 54 所）", "41 所 (from 54 所)"),
        (Op.GE, {"value": 50.0, "uom": "%"}, "至少 50%", "at least 50%"),
        (Op.GT, {"value": 70.0, "uom": "项"}, "超过 70 项", "more than 70 项"),
        (Op.LE, {"value": 1.05}, "不超过 1.05", "at most 1.05"),
        (Op.LT, {"value": 3.0, "uom": "%"}, "低于 3%", "less than 3%"),
        (Op.BETWEEN, {"value": 1.0, "value2": 2.0, "uom": "项"}, "1 至 2 项", "1 to 2 项"),
        (Op.ALL, {}, "全部", "all"),
        (Op.ALL, {"value": 1.0, "uom": "处"}, "全部，各 1 处", "all, 1 处 each"),
        (Op.ZERO, {}, "清零", "none"),
        (Op.INCREASE, {"value": 5.0, "uom": "个百分点"}, "增加 5 个百分点", "increase by 5 个百分点"),
        (Op.DECREASE, {}, "减少、降低", "decrease"),
        (Op.DONE, {}, "完成", "done"),
        (Op.GE, {}, "至少 —", "at least —"),
    ],
)
def test_requirements_in_words(op: Op, rest: dict[str, float | str], zh: str, en: str) -> None:
    """A comparison reads as a clerk says it, in both languages."""
    assert requirement(Promise("", "", "", None, op, Place(0, 0, 1), **rest)) == (zh, en)  # type: ignore[arg-type]


def test_every_closed_word_has_both_languages() -> None:
    """Operators, doubts, levels and periods are all worded; English holds no Chinese."""
    chinese = re.compile("[一-龥]")
    words = [
        *(requirement(Promise("", "", "", None, op, Place(0, 0, 1), value)) for op in Op for value in (None, 1.0)),
        *map(doubt, Doubt),
        *map(level, Level),
        *(per(value) for value in Per),
        *map(due, ("2025", "2025-12", "2025-12-31", "ongoing", None)),
        *map(where, ("list 3", "table 1", "body 4")),
    ]
    for word in words:
        assert word is not None
        assert word.zh
        assert word.en
        assert not chinese.search(word.en)


def test_odd_dates_are_shown_as_they_are() -> None:
    """What is not of the exchange form is neither hidden nor a stop."""
    assert due("2025-13").zh == "2025-13"
    assert due("近期").zh == "近期"


def test_long_documents_stay_quick() -> None:
    """A text of some 500 pages is written in time linear in its length, in blocks that a browser lays out as they are needed."""
    started = time.process_time()
    written = page([long_plan(12_000)])
    assert time.process_time() - started < 5
    assert written.count('class="block"') >= 200
    assert len(written) < 6_000_000
