"""The outline: headings and their nesting, actions, attachments, tables under their headings."""

from __future__ import annotations

import pytest

from xiangxu.importer.layout import lay_out
from xiangxu.importer.outline import Outline, outline
from xiangxu.importer.outline.roles import Role, role_of
from xiangxu.importer.read.plain import read_plain
from xiangxu.model.place import Doubt

TITLE = "芦汀县乡村教育振兴实施方案\n\n"
SENTENCE = (
    "坚持统筹城乡教育发展，把公共资源优先投向乡村学校，用三年时间补齐短板，让每一个乡村孩子都能在家门口享有公平而有质量的教育。"
)


def read(text: str) -> Outline:
    """The outline of a text under a title."""
    return outline(lay_out(read_plain((TITLE + text).encode(), "a.txt")), "a")


def headings(text: str) -> list[tuple[str, int, str]]:
    """Number, level and title of every heading."""
    return [(h.no, h.level, h.title.text) for h in read(text).headings]


def titles_of_actions(text: str) -> list[str]:
    """The titles of the actions."""
    found = read(text)
    return [found.headings[i].title.text for i in found.actions]


def test_styles_of_numbers_nest_as_they_first_appear() -> None:
    """Which style stands under which is read off the document, not fixed."""
    text = f"一、主要任务\n任务一：优化布局\n1.建好学校\n（1）建设标准。{SENTENCE}\n任务二：建强队伍\n1.配齐教师\n{SENTENCE}\n"
    assert headings(text) == [
        ("一", 1, "主要任务"),
        ("任务一", 2, "优化布局"),
        ("1", 3, "建好学校"),
        ("（1）", 4, "建设标准"),
        ("任务二", 2, "建强队伍"),
        ("1", 3, "配齐教师"),
    ]


def test_parts_and_articles_are_headings() -> None:
    """第一章 and 第一条 as laws and long plans have them."""
    text = f"第一章 总则\n第一条 {SENTENCE}\n第二章 学校\n第二条 {SENTENCE}\n"
    assert [no for no, _, _ in headings(text)][:1] == ["第一章"]


def test_a_title_runs_in_up_to_the_first_full_stop() -> None:
    """What follows the full stop is the heading's text."""
    (first, second) = read(f"一、总体要求\n（一）指导思想。{SENTENCE}\n").headings
    assert (first.run_in, second.run_in) == (False, True)
    assert [p.text for p in second.body] == [SENTENCE]


def test_headings_inside_a_joined_paragraph_are_found_by_their_sequence() -> None:
    """A converter joined the lines of a page: only a number that follows in sequence is believed."""
    text = f"一、主要任务\n1.优化布局。{SENTENCE}2.建强队伍。{SENTENCE}7.不在序列。{SENTENCE}\n"
    found = read(text).headings
    assert [h.no for h in found] == ["一", "1", "2"]


def test_a_gap_in_the_numbers_is_doubted() -> None:
    """1., 3.: read as printed, and marked."""
    found = read(f"一、主要任务\n1.优化布局\n{SENTENCE}\n3.建强队伍\n{SENTENCE}\n").headings
    assert [Doubt.NUMBERING_GAP in h.doubts for h in found] == [False, False, True]


@pytest.mark.parametrize(
    "item",
    [
        "1.到2027年，全县义务教育学校全部达到规定的办学标准，乡村学校教师交流轮岗的比例达到百分之十以上。",
        "（1）按规定配齐教师；",
        "2.配齐教师；",
    ],
)
def test_numbered_sentences_are_no_headings(item: str) -> None:
    """A sentence that happens to be numbered is text."""
    assert headings(f"一、工作目标\n{SENTENCE}\n{item}\n") == [("一", 1, "工作目标")]


ACTIONS = f"一、总体目标\n{SENTENCE}\n二、重点任务\n（一）优化布局\n1.建好学校\n{SENTENCE}\n2.办好教学点\n{SENTENCE}\n"


def test_actions_are_the_figures_in_chapters_of_tasks() -> None:
    """Goals before and safeguards after give headings, not actions."""
    assert titles_of_actions(ACTIONS + f"三、保障措施\n（一）加强领导\n{SENTENCE}\n") == ["建好学校", "办好教学点"]


def test_safeguards_that_carry_on_the_numbering_are_actions() -> None:
    """Numbered on through the whole document, the last ones are tasks too."""
    more = f"三、工作保障\n3.加强领导\n{SENTENCE}\n4.强化督导\n{SENTENCE}\n"
    assert titles_of_actions(ACTIONS + more)[2:] == ["加强领导", "强化督导"]


def test_safeguards_that_count_anew_are_no_actions() -> None:
    """Nor is the one whose number happens to follow the last action's."""
    more = "三、保障措施\n" + "".join(
        f"{n}.{name}\n{SENTENCE}\n" for n, name in enumerate(("加强领导", "强化督导", "加大投入"), 1)
    )
    assert titles_of_actions(ACTIONS + more) == ["建好学校", "办好教学点"]


def test_without_figures_the_innermost_headings_are_actions() -> None:
    """（一） under the chapter of tasks."""
    text = f"一、指导思想\n{SENTENCE}\n二、行动路径\n（一）优化布局\n{SENTENCE}\n（二）建强队伍\n{SENTENCE}\n三、行动保障\n（一）加强领导\n{SENTENCE}\n"
    assert titles_of_actions(text) == ["优化布局", "建强队伍"]


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("总体要求", Role.GOALS),
        ("主要目标", Role.GOALS),
        ("工作原则", Role.GOALS),
        ("重点任务", Role.TASKS),
        ("建强乡村教师队伍", Role.TASKS),
        ("目标任务", Role.TASKS),
        ("保障措施", Role.SAFEGUARDS),
        ("组织实施", Role.SAFEGUARDS),
    ],
)
def test_the_title_of_a_chapter_tells_its_role(title: str, role: Role) -> None:
    """Goals, tasks or safeguards."""
    assert role_of(title) is role


def test_where_names_actions_by_number_or_by_path() -> None:
    """A number that occurs once names the action; one that starts again needs the path."""
    assert read(ACTIONS).where[3:] == ("body 1", "body 2")
    again = read(ACTIONS + f"（二）建强队伍\n1.配齐教师\n{SENTENCE}\n")
    assert [again.where[i] for i in again.actions] == ["body 二（一）1", "body 二（一）2", "body 二（二）1"]


def test_each_heading_knows_the_one_above() -> None:
    """-1 at the top."""
    assert read(ACTIONS).parent == (-1, -1, 1, 2, 2)


def test_an_attachment_is_not_its_mention() -> None:
    """附件：… under the text announces it, 附件 at its head begins it; its table stands under its title."""
    found = read(ACTIONS + "附件：芦汀县重点任务清单\n\n附件\n芦汀县重点任务清单\n\n\t序号\n\t任务\n\n\t1\n\t优化布局\n")
    assert [(a.no, a.title.text) for a in found.attachments] == [("附件", "芦汀县重点任务清单")]
    assert [t.under for t in found.tables] == ["芦汀县重点任务清单"]
    assert [h.title.text for h in found.headings][-1] == "办好教学点"


def test_several_attachments_keep_their_numbers() -> None:
    """附件1, 附件2, each with its own table."""
    table = "\n\t序号\n\t任务\n\n\t1\n\t优化布局\n\n\n"
    found = read(ACTIONS + f"附件1\n任务清单\n{table}附件2\n项目清单\n{table}")
    assert [(a.no, a.title.text) for a in found.attachments] == [("附件1", "任务清单"), ("附件2", "项目清单")]
    assert [t.under for t in found.tables] == ["任务清单", "项目清单"]


def test_a_table_in_the_body_has_caption_and_heading() -> None:
    """What stands just above it, and the heading it stands under."""
    (table,) = read(f"一、主要目标\n{SENTENCE}\n表1 主要指标\n\n\t指标\n\t数值\n\n\t学位\n\t600\n").tables
    assert (table.caption, table.under) == ("表1 主要指标", "主要目标")


def test_the_foot_of_the_paper_is_no_text() -> None:
    """Day of printing and addressees of copies do not belong to the last heading."""
    found = read(f"一、保障措施\n{SENTENCE}\n抄送：县委各部门，县人大常委会办公室。\n芦汀县人民政府办公室 2024年3月5日印发\n")
    assert [p.text for p in found.headings[-1].body] == [SENTENCE]


def test_a_text_without_headings_is_all_preamble() -> None:
    """Nothing is invented."""
    found = read(SENTENCE)
    assert (found.headings, found.actions, found.tables) == ((), (), ())
    assert [p.text for p in found.preamble] == [SENTENCE]
