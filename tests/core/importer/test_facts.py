"""What head and foot of a paper say of it: title, number, issuer, date, place, ground, publicity."""

from __future__ import annotations

from datetime import date

import pytest

from xiangxu.importer.layout import lay_out
from xiangxu.importer.outline import outline
from xiangxu.importer.outline.facts import parse_date
from xiangxu.importer.read.plain import read_plain
from xiangxu.model.plan import DocumentFacts

BODY = "一、总体要求\n坚持统筹城乡教育发展，把公共资源优先投向乡村学校，用三年时间补齐短板，让每一个乡村孩子都能在家门口享有公平而有质量的教育。\n"
NOTICE = (
    "芦汀县人民政府办公室\n关于印发《芦汀县乡村教育振兴实施方案》的通知\n芦政办发〔2024〕12 号\n\n"
    "各乡镇人民政府，县直各部门：\n《芦汀县乡村教育振兴实施方案》已经县政府同意，现印发给你们，请认真组织实施。\n\n"
    "芦汀县人民政府办公室\n2024年3月5日\n（此件公开发布）\n\n"
)


def facts(text: str) -> DocumentFacts:
    """The facts of a text."""
    return outline(lay_out(read_plain(text.encode(), "a.txt")), "a").facts


def test_a_plan_behind_a_notice() -> None:
    """The notice gives issuer, number, date and publicity, the plan its title."""
    found = facts(NOTICE + "芦汀县乡村教育振兴实施方案\n\n" + BODY)
    assert found.title == "芦汀县乡村教育振兴实施方案"
    assert (found.issuer, found.doc_number) == ("芦汀县人民政府办公室", "芦政办发〔2024〕12号")
    assert (found.issued_on, found.public) == (date(2024, 3, 5), True)
    assert (found.region, found.region_level) == ("芦汀县", "county")


def test_a_plan_behind_a_notice_as_its_attachment() -> None:
    """附件 above the plan's title makes the plan no attachment."""
    read = outline(lay_out(read_plain((NOTICE + "附件\n芦汀县乡村教育振兴实施方案\n\n" + BODY).encode(), "a.txt")), "a")
    assert read.facts.title == "芦汀县乡村教育振兴实施方案"
    assert not read.attachments
    assert [h.no for h in read.headings] == ["一"]


def test_a_plan_without_a_notice_is_signed_at_its_end() -> None:
    """Title at the top, issuer and date below the text."""
    found = facts("芦汀县乡村教育振兴实施方案\n\n" + BODY + "\n芦汀县教育和体育局\n二〇二四年三月五日\n")
    assert (found.title, found.issuer, found.issued_on) == ("芦汀县乡村教育振兴实施方案", "芦汀县教育和体育局", date(2024, 3, 5))
    assert (found.doc_number, found.public) == (None, False)


def test_a_title_over_two_lines_and_years_below_it() -> None:
    """The lines of a title are one title, the years in brackets included."""
    found = facts("芦汀县推进乡村教育高质量发展\n三年行动计划\n（2024—2026年）\n\n" + BODY)
    assert found.title == "芦汀县推进乡村教育高质量发展三年行动计划（2024—2026年）"


def test_the_day_of_printing_is_not_the_day_of_signature() -> None:
    """…印发 at the foot does not count."""
    found = facts(NOTICE + "芦汀县乡村教育振兴实施方案\n\n" + BODY + "芦汀县人民政府办公室 2024年3月9日印发\n")
    assert found.issued_on == date(2024, 3, 5)


@pytest.mark.parametrize(
    "number", ["芦政办发〔2024〕12号", "芦政办发[2024]12号", "芦政办发（2024）12号", "芦政办发〔 2024 〕12 号"]
)
def test_numbers_in_the_brackets_of_typists(number: str) -> None:
    """The number is given with the brackets that the rules prescribe, without blanks."""
    text = NOTICE.replace("芦政办发〔2024〕12 号", number)
    assert facts(text + "芦汀县乡村教育振兴实施方案\n\n" + BODY).doc_number == "芦政办发〔2024〕12号"


def test_the_ground_is_what_the_paper_cites_not_its_own_number() -> None:
    """Each number once, in order, without the words of the sentence before it."""
    cited = "根据《关于办好乡村教育的意见》（霁政发〔2023〕8号）和霁教发〔2022〕3号，并再次按照霁政发〔2023〕8号，制定本方案。\n"
    found = facts(NOTICE + "芦汀县乡村教育振兴实施方案\n\n" + cited + BODY)
    assert found.basis == ("霁政发〔2023〕8号", "霁教发〔2022〕3号")


@pytest.mark.parametrize(
    ("title", "recipients", "expected"),
    [
        ("霁川市乡村教育振兴实施方案", "各县（区）人民政府，市直各部门：", ("霁川市", "city")),
        ("霁川市乡村教育振兴实施方案", "各镇人民政府、街道办事处，市直各部门：", ("霁川市", "county")),
        ("桐坞区乡村教育振兴实施方案", "各镇人民政府，区直各部门：", ("桐坞区", "county")),
        ("云溪省乡村教育振兴实施方案", "各市、县人民政府：", ("云溪省", "province")),
    ],
)
def test_the_level_of_a_place(title: str, recipients: str, expected: tuple[str, str]) -> None:
    """A 市 is a prefecture unless it addresses towns."""
    found = facts(f"关于印发《{title}》的通知\n\n{recipients}\n现将《{title}》印发给你们，请认真贯彻执行。\n\n{title}\n\n{BODY}")
    assert (found.region, found.region_level) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024年12月7日", date(2024, 12, 7)),
        ("二〇二四年十二月七日", date(2024, 12, 7)),
        ("二○二四年十月三十一日", date(2024, 10, 31)),
        ("二零二四年一月二十日", date(2024, 1, 20)),
        ("2024年2月30日", None),
        ("2024年12月", None),
        ("二〇二四年十三月一日", None),
        ("没有日期", None),
    ],
)
def test_dates_in_arabic_and_han_figures(text: str, day: date | None) -> None:
    """A day that the calendar does not know is none."""
    assert parse_date(text) == day


def test_an_untitled_text_has_no_facts() -> None:
    """Nothing is invented."""
    found = facts(BODY)
    assert (found.title, found.issuer, found.doc_number, found.issued_on, found.region) == (None, None, None, None, None)
