"""Layout: which lines of a text are one paragraph, and which are cells."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from xiangxu.importer.layout import lay_out
from xiangxu.importer.outline import outline
from xiangxu.importer.read.plain import decode, read_plain
from xiangxu.importer.read.unreadable import Unreadable
from xiangxu.importer.source import Paragraph, Table


def laid_out(text: str) -> list[str | list[list[str]]]:
    """The blocks of a text: paragraphs as strings, tables as rows of cells."""
    found: list[str | list[list[str]]] = []
    for block in lay_out(read_plain(text.encode(), "a.txt")).blocks:
        if isinstance(block, Paragraph):
            found.append(block.text.text)
        else:
            found.append([[cell.text.text for cell in row] for row in block.rows])
    return found


WRAPPED = (
    "一、总体要求\n"
    "以办好每一所乡村学校为目标，坚持问题导向\n"
    "和系统观念，用三年时间补齐短板，让乡村孩\n"
    "子在家门口上好学。\n"
    "二、主要任务\n"
)


def test_wrapped_lines_are_joined_and_headings_stand_alone() -> None:
    """A full line goes on in the next; a short one, and one before a number, ends its paragraph."""
    assert laid_out(WRAPPED) == [
        "一、总体要求",
        "以办好每一所乡村学校为目标，坚持问题导向和系统观念，用三年时间补齐短板，让乡村孩子在家门口上好学。",
        "二、主要任务",
    ]


def test_empty_lines_between_all_lines_part_nothing() -> None:
    """Where every line is followed by an empty one, the empty ones mean nothing."""
    assert laid_out(WRAPPED.replace("\n", "\n\n")) == laid_out(WRAPPED)


@pytest.mark.parametrize("number", ["— 3 —", "- 3 -", "－3－", "第 3 页", "第3页 共9页"])
def test_page_numbers_go_and_interrupt_nothing(number: str) -> None:
    """A page number in the middle of a sentence leaves no trace, also where a heading shortly follows."""
    lines = WRAPPED.split("\n")
    assert laid_out("\n".join([*lines[:2], number, *lines[2:]])) == laid_out(WRAPPED)


def test_a_page_number_leaves_the_widths_of_later_lines_alone() -> None:
    """A short heading behind a page number is not joined to its text: each line is judged by its own width."""
    text = WRAPPED + "（一）优化布局\n" + "科学规划学校布局，办好必要的小规模学校和教\n学点。\n"
    before = "按照小学就近入学、初中相对集中的原则规划好\n学校的布局，稳步推进。\n"
    assert "（一）优化布局" in laid_out(before + "— 1 —\n" + text)


def test_an_indented_line_begins_a_paragraph() -> None:
    """A full line that ends with a full stop is its paragraph's last where the next one is indented."""
    text = (
        "　　坚持立德树人，让每个乡村孩子都能够享有\n"
        "公平而有质量的教育，努力办好每一所乡村学校。\n"
        "　　到二〇二七年，全县乡村学校的办学条件得到\n"
        "明显改善。\n"
    )
    assert len(laid_out(text)) == 2


def test_short_paragraphs_are_not_taken_for_wrapped_lines() -> None:
    """A text of short paragraphs, one a line, stays as it is: its headings are of any width, not full."""
    lines = [
        "芦汀县乡村教育振兴实施方案",
        "芦政办发〔2024〕3号",
        "为办好乡村教育，制定本方案。",
        "一、总体目标",
        "到2027年，建设一批示范学校。",
        "二、主要任务",
        "（一）建强队伍",
        "每年培训教师300人次。",
        "（1）培训对象。乡村学校校长。",
        "芦汀县人民政府办公室",
        "2024年1月5日",
    ]
    assert laid_out("\n".join(lines)) == lines


def test_a_number_of_a_paper_stands_alone() -> None:
    """However wide the title above it: the paper's number is no part of it."""
    text = (
        "芦汀县教育和体育局关于印发乡村学校提质行动方案\n芦教发〔2024〕12号\n各乡镇中心学校，局属各学校，机关各科室：\n" + WRAPPED
    )
    assert "芦教发〔2024〕12号" in laid_out(text)


def test_a_title_as_wide_as_the_page_stands_alone() -> None:
    """Above the first chapter an empty line parts, even if the line before it is full."""
    title = "芦汀县推进乡村教育高质量发展工作实施方案"
    assert laid_out(f"{title}\n\n" + "为贯彻落实上级的决策部署，补齐乡村教育的短\n板，制定本方案。\n" + WRAPPED)[0] == title


def test_classes_counted_at_the_beginning_of_a_line_are_no_chapter() -> None:
    """一、二年级 may begin a wrapped line."""
    text = WRAPPED + "科学设计学生的作业，严格控制作业总量，小学\n一、二年级不布置书面家庭作业，其他年级不超\n过60分钟。\n"
    assert laid_out(text)[-1] == "科学设计学生的作业，严格控制作业总量，小学一、二年级不布置书面家庭作业，其他年级不超过60分钟。"


def test_words_of_latin_script_are_kept_apart() -> None:
    """A line end between two Latin words is a blank, between Han characters nothing."""
    text = "引进 Moodle learning\nmanagement system 平台\n用于教师培训和校际交\n流，实现资源共享共用\n，覆盖乡村学校。\n"
    assert "learning management" in "".join(str(block) for block in laid_out(text))


def test_flattened_tables_become_grids() -> None:
    """A line with a leading tab is a cell, further paragraphs stay in it, an empty line begins the next row."""
    text = "清单\n\n\t序号\n\t项目\n\t单位\n\n\t1\n\t布局\n\t县教体局\n县财政局\n\n\t2\n\t\n\t县住建局\n\n\n三、保障\n"
    table = [["序号", "项目", "单位"], ["1", "布局", "县教体局\n县财政局"], ["2", "", "县住建局"]]
    assert laid_out(text) == ["清单", table, "三、保障"]


def test_a_flattened_table_says_that_it_was_guessed() -> None:
    """Its rows and columns are inferred: an empty cell may be a merged one."""
    (table,) = [b for b in lay_out(read_plain("\t甲\n\t乙\n".encode(), "a.txt")).blocks if isinstance(b, Table)]
    assert not table.ruled


def test_every_character_knows_its_place() -> None:
    """Joining lines keeps for each character the offset at which it stood."""
    source = read_plain(WRAPPED.encode(), "a.txt")
    for block in lay_out(source).blocks:
        assert isinstance(block, Paragraph)
        assert "".join(source.text[i] for i in block.text.at) == block.text.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_texts_are_read_in_the_encodings_of_offices(encoding: str) -> None:
    """UTF-8, with or without its mark, GB 18030 and UTF-16, with any line ends."""
    assert (
        decode("乡村教育振兴方案\r\n一、总体要求\r第二行".encode(encoding), "a.txt") == "乡村教育振兴方案\n一、总体要求\n第二行"
    )


@pytest.mark.parametrize("data", [b"", b" \n\t\n", "\ufeff".encode(), b"\x0c\x0c"])
def test_a_text_without_words_is_refused(data: bytes) -> None:
    """The message names the file and what to check."""
    with pytest.raises(Unreadable, match="空"):
        read_plain(data, "空.txt")


def test_form_feeds_begin_pages() -> None:
    """The place of a line tells its page."""
    source = read_plain("第一页\f第二页".encode(), "a.txt")
    assert [line.page for line in source.blocks if not isinstance(line, Table)] == [1, 2]
    assert source.place((4, 7)).page == 2


HOSTILE: dict[str, Callable[[int], str]] = {
    "one line": lambda n: "全面推进乡村教育振兴" * (n // 10),
    "lines of one character": lambda n: "字\n" * (n // 2),
    "a character and a blank": lambda n: "字 " * (n // 2),
    "figures": lambda n: "1234567890" * (n // 10),
    "lines of figures": lambda n: "12\n" * (n // 3),
    "figures with points": lambda n: "1．" * (n // 2),
    "brackets": lambda n: "（（（）））" * (n // 6),
    "open brackets": lambda n: "（" * n,
    "lines of brackets": lambda n: "（\n）\n" * (n // 4),
    "the same number": lambda n: "（一）" * (n // 3),
    "lines of the same number": lambda n: "（一）\n" * (n // 4),
    "numbers in one line": lambda n: "".join(f"{i % 99 + 1}.优化布局。" for i in range(n // 8)),
    "numbers without full stops": lambda n: "".join(f"{i % 99 + 1}.优化布局 " for i in range(n // 8)),
    "chapters in one line": lambda n: "一、二、三、" * (n // 6),
    "headings": lambda n: "一、甲乙\n（一）甲乙\n1.甲乙\n（1）甲乙\n①甲乙\n" * (n // 25),
    "attachments": lambda n: "附件\n" * (n // 3),
    "mentions of attachments": lambda n: "附件：1.清单\n" + "2.清单\n" * (n // 5),
    "tables": lambda n: "\t字\n\t字\n\n\n一、标题\n" * (n // 14),
    "beginnings of a paper's number": lambda n: "一、甲\n" + "发" * n,
    "blanks": lambda n: "一、总体要求\n字" + " " * n + "字",
    "quotation marks": lambda n: "现将" + "《〈方案〉" * (n // 5) + "》",
}


def seconds(text: str) -> float:
    """Processor time for layout and outline of a text."""
    data = text.encode()
    started = time.process_time()
    outline(lay_out(read_plain(data, "a.txt")), "a")
    return time.process_time() - started


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_the_length_only(make: Callable[[int], str]) -> None:
    """Twice the length takes at most two and a half times the time, four times the length at most that squared."""
    length = 7_000
    single = min(seconds(make(length)) for _ in range(2))
    quadruple = seconds(make(4 * length))
    if quadruple > 2.5**2 * single + 0.3:
        quadruple = seconds(make(4 * length))
    assert quadruple <= 2.5**2 * single + 0.3


def test_a_line_of_a_million_characters_is_read_in_seconds() -> None:
    """The longest line and the most lines that a text may have cost seconds, not minutes."""
    assert seconds("（一）优化学校布局，" * 100_000) < 20
    assert seconds("字\n" * 50_000) < 20
