"""Import and export of areas, units and schools: what is told beforehand, what is stored, what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from xiangxu.world.county.world import World
from xiangxu.world.sheets import workbook
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.workspaces.areas.exchange.comparing import Finding, State, compare, counted, digest
from xiangxu_web.workspaces.areas.exchange.reading import Unreadable, read_book
from xiangxu_web.workspaces.areas.exchange.storing import Moved, store
from xiangxu_web.workspaces.areas.exchange.writing import export, template, wrong_rows
from xiangxu_web.workspaces.areas.models import Area, Unit, UnitAlias

pytestmark = pytest.mark.django_db
YANXI = "990721000000"
SCHOOL_HEAD = ["学校标识码", "名称", "类别", "区划代码", "上级单位代码", "办学类型", "举办者", "设立日期"]
TOWN = "990721100000"
OFFICE = "990721100-edu-office"
As = Callable[[str], Actor]
HAN = re.compile(r"[㐀-鿿]")


def book(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """A workbook of these sheets, each a list of rows, the header first."""
    out = BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name)
        for n, row in enumerate(rows):
            for m, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(n, m, cell)
                elif isinstance(cell, str):
                    sheet.write_string(n, m, cell)
                else:
                    sheet.write(n, m, cell)
    made.close()
    return out.getvalue()


def school(code: str = "2199721999", name: str = "砚溪县眉纹镇试行小学", **other: Any) -> list[Any]:
    """A right row for the sheet of schools."""
    usual = dict(zip(SCHOOL_HEAD, [code, name, "学校", TOWN, OFFICE, "小学", "公办", "2026-09-01"], strict=True))
    return list({**usual, **other}.values())


def found(actor: Actor, content: bytes) -> tuple[Finding, ...]:
    """The dry run of a workbook."""
    return compare(actor, read_book(content))


def stored(actor: Actor, content: bytes) -> dict[str, int]:
    """Dry run and confirmation."""
    read = read_book(content)
    return store(actor, read, digest(compare(actor, read)))


def problems(actor: Actor, *rows: list[Any], head: Sequence[str] = SCHOOL_HEAD) -> list[tuple[int, str, str]]:
    """Row, field and what is wrong, of the sheet of schools."""
    return [(f.row.number, p.field, p.what) for f in found(actor, book({"学校": [head, *rows]})) for p in f.problems]


def test_the_worlds_own_workbook_says_all_unchanged(actor: As, world: World) -> None:
    """What `xiangxu world --out` wrote is what stands in the database: no row is new, changed or wrong."""
    told = counted(found(actor("clerk"), workbook(world, YANXI)))
    assert told.pop("unchanged") > 300
    assert told == {"new": 0, "changed": 0, "wrong": 0}


def test_export_read_again_says_all_unchanged(actor: As) -> None:
    """An export can be imported again and changes nothing; the county's export holds nothing of the other county."""
    content = export(actor("clerk"))
    told = counted(found(actor("clerk"), content))
    assert told.pop("unchanged") > 300
    assert set(told.values()) == {0}
    names = {row.values["name"] for row in read_book(content).rows}
    assert not [name for name in names if "墨池" in name or "洗笔" in name]


def test_the_template_says_nothing_until_filled(actor: As) -> None:
    """The template's own hints are no rows; a filled row of it is read."""
    with pytest.raises(Unreadable, match="没有内容"):
        read_book(template())
    made = openpyxl.load_workbook(BytesIO(template()))
    sheet = made["学校"]
    headers = {cell.value: cell.column for cell in sheet[1]}
    for header, value in zip(SCHOOL_HEAD, school(), strict=True):
        sheet.cell(row=3, column=headers[header], value=value)
    out = BytesIO()
    made.save(out)
    [only] = found(actor("clerk"), out.getvalue())
    assert (only.state, only.row.number) == (State.NEW, 3)


def test_new_school_is_stored_once(actor: As) -> None:
    """A new row is stored with its superior's path and an audit row; the same file again changes nothing."""
    clerk, content = actor("clerk"), book({"学校": [SCHOOL_HEAD, school()]})
    assert stored(clerk, content)["new"] == 1
    unit = Unit.objects.get(code="2199721999")
    assert unit.path == f"{Unit.objects.get(code=OFFICE).path}{unit.pk}/"
    assert AuditRow.objects.filter(verb="unit.import", table="unit", row_key=str(unit.pk)).exists()
    before = AuditRow.objects.filter(table="unit").count()
    assert stored(clerk, content) == {"new": 0, "changed": 0, "unchanged": 1, "wrong": 0}
    assert AuditRow.objects.filter(table="unit").count() == before


def test_change_tells_old_and_new(actor: As) -> None:
    """A changed row says old → new by header; columns that the sheet lacks stay as they are."""
    clerk = actor("clerk")
    old = Unit.objects.filter(kind="school", closed=None, area__path__startswith=clerk.county_path).first()
    assert old is not None
    content = book({"学校": [["电话", "学校标识码", "备注"], ["0099-0777777", old.code, "看看"]]})
    [only] = found(clerk, content)
    assert [(c.column.header, c.old, c.new) for c in only.changes] == [("电话", old.phone, "0099-0777777")]
    assert "备注" in read_book(content).remarks[0]
    stored(clerk, content)
    new = Unit.objects.get(pk=old.pk)
    assert (new.phone, new.name, new.edition) == ("0099-0777777", old.name, old.edition + 1)


def test_superior_may_stand_later_in_the_file(actor: As) -> None:
    """A village before its town, a point before its school, the school on a later sheet's row: all are stored with right paths."""
    clerk = actor("clerk")
    content = book(
        {
            "学校": [
                SCHOOL_HEAD,
                school(
                    "2199721998",
                    "新教学点",
                    类别="教学点",
                    办学类型="小学教学点",
                    上级单位代码="2199721999",
                    区划代码="990721900201",
                ),
                school("2199721999", 上级单位代码="990721900-edu-office", 区划代码="990721900201"),
            ],
            "单位": [
                ["单位代码", "名称", "类别", "区划代码", "上级单位代码"],
                ["990721900-edu-office", "新镇教管办", "教管办", "990721900000", "990721-edu-bureau"],
            ],
            "区划": [
                ["区划代码", "名称", "级别", "上级区划代码", "城乡分类代码"],
                ["990721900201", "新村", "村居", "990721900000", "220"],
                ["990721900000", "新镇", "镇街", YANXI, ""],
            ],
        }
    )
    assert stored(clerk, content)["new"] == 5
    point, over = Unit.objects.get(code="2199721998"), Unit.objects.get(code="2199721999")
    assert point.path == f"{over.path}{point.pk}/"
    assert Area.objects.get(code="990721900201").path.endswith(f"{YANXI}/990721900000/990721900201/")


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        (school(code=""), "学校标识码", "是空的"),
        (school(name=" "), "名称", "是空的"),
        (school(name="长" * 81), "名称", "太长"),
        (school(类别="衙门"), "类别", "衙门"),
        (school(类别="部门"), "类别", "部门"),
        (school(区划代码="9907"), "区划代码", "12 位"),
        (school(区划代码="990721777000"), "区划代码", "990721777000"),
        (school(区划代码="990722100000"), "区划代码", "990722100000"),
        (school(上级单位代码="990722-edu-bureau"), "上级单位代码", "没有"),
        (school(上级单位代码="nobody"), "上级单位代码", "没有"),
        (school(上级单位代码="2199721999"), "上级单位代码", "绕成"),
        (school(办学类型="幼儿园"), "办学类型", "不一致"),
        (school(办学类型=""), "办学类型", "是空的"),
        (school(设立日期="去年"), "设立日期", "去年"),
        (school(设立日期="2026-13-01"), "设立日期", "不是日期"),
    ],
)
def test_wrong_cell_is_named(actor: As, row: list[Any], field: str, words: str) -> None:
    """Each wrong cell is told with its row, its header and what is wrong; nothing of the row is stored."""
    told = problems(actor("clerk"), row)
    assert [(n, f) for n, f, w in told if words in w] == [(2, field)], told


def test_other_countys_unit_cannot_be_touched_or_learned_of(actor: As, world: World) -> None:
    """A row with the other county's code is wrong, and neither its name nor anything of it is told; the same for its areas."""
    other = world.cast["other-head"][1].unit
    [only] = found(actor("clerk"), book({"学校": [SCHOOL_HEAD, school(other)]}))
    assert only.state is State.WRONG
    assert "墨池" not in str(only)
    assert only.changes == ()
    [area] = found(
        actor("clerk"), book({"区划": [["区划代码", "名称", "级别", "上级区划代码"], ["990722100000", "我镇", "镇街", YANXI]]})
    )
    assert (area.state, area.changes) == (State.WRONG, ())


def test_areas_above_the_county_cannot_be_changed(actor: As) -> None:
    """A county's clerk sees the prefecture in the export and cannot rename it, nor put a county beside the own one."""
    head = ["区划代码", "名称", "级别", "上级区划代码"]
    told = found(
        actor("clerk"),
        book({"区划": [head, ["990700000000", "新名市", "市", "990000000000"], ["990723000000", "新县", "县", "990700000000"]]}),
    )
    assert [f.state for f in told] == [State.WRONG, State.WRONG]


def test_wrong_rows_come_back_with_reasons_and_can_be_mended(actor: As) -> None:
    """The wrong rows' workbook holds those rows, what is wrong in a last column, and is itself an upload; the right rows are stored."""
    clerk = actor("clerk")
    content = book({"学校": [["某县学校一览表"], SCHOOL_HEAD, school(), school("2199721997", 办学类型="大学")]})
    read = read_book(content)
    told = compare(clerk, read)
    back = wrong_rows(read, told)
    lines = list(openpyxl.load_workbook(BytesIO(back))["学校"].values)
    assert len(lines) == 2
    assert lines[0][-1] == "哪里不对，怎么改"
    assert "大学" in str(lines[1][-1])
    assert "第 4 行" in str(lines[1][-1])
    assert stored(clerk, content) == {"new": 1, "changed": 0, "unchanged": 0, "wrong": 1}
    [again] = found(clerk, back)
    assert again.state is State.WRONG


def test_row_that_rests_on_a_wrong_row_is_wrong(actor: As) -> None:
    """A point whose new school is wrong is not stored without it."""
    point = school("2199721996", "小教学点", 类别="教学点", 办学类型="小学教学点", 上级单位代码="2199721997")
    told = found(actor("clerk"), book({"学校": [SCHOOL_HEAD, point, school("2199721997", 办学类型="大学")]}))
    assert [f.state for f in told] == [State.WRONG, State.WRONG]


def test_double_code_names_the_first_row(actor: As) -> None:
    """The same code twice: the second row is wrong and says where the first stands."""
    assert problems(actor("clerk"), school(), school()) == [(3, "学校标识码", "与“学校”第 2 行重复")]


def test_closing_is_not_done_by_import(actor: As) -> None:
    """A day of closing for a school that exists is refused with the way to do it: history needs the ground and the successor."""
    clerk = actor("clerk")
    old = Unit.objects.filter(kind="school", closed=None, area__path__startswith=clerk.county_path).first()
    assert old is not None
    [only] = found(clerk, book({"学校": [["学校标识码", "撤销日期"], [old.code, "2026-09-01"]]}))
    assert only.problems[0].field == "撤销日期"
    assert "页面办理" in only.problems[0].remedy


def test_confirmation_of_an_outdated_dry_run_is_refused(actor: As) -> None:
    """Where a unit was changed between dry run and confirmation, nothing is stored and the dry run is shown again."""
    clerk = actor("clerk")
    old = Unit.objects.filter(kind="school", closed=None, area__path__startswith=clerk.county_path).first()
    assert old is not None
    read = read_book(book({"学校": [["学校标识码", "电话"], [old.code, "1"]]}))
    shown = digest(compare(clerk, read))
    Unit.objects.filter(pk=old.pk).update(phone="2")
    with pytest.raises(Moved):
        store(clerk, read, shown)
    assert Unit.objects.get(pk=old.pk).phone == "2"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "打不开"),
        (b"PK\x03\x04 not a zip", "打不开"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "打不开"),
        ("代码,名称".encode(), "打不开"),
        (b"x" * (10 * 1024 * 1024 + 1), "10 MB"),
        (book({"花名册": [["姓名"], ["某人"]]}), "没有找到"),
        (book({"学校": [SCHOOL_HEAD, *([str(n)] for n in range(20_001))]}), "20000 行"),
    ],
    ids=["empty", "torn", "torn xls", "csv", "large", "other", "long"],
)
def test_unreadable_file_is_refused_as_a_whole(content: bytes, words: str) -> None:
    """What is no workbook of ours is refused with what to do."""
    with pytest.raises(Unreadable, match=words):
        read_book(content)


def test_town_that_moves_takes_its_villages_along(actor: As) -> None:
    """A village put under another town, and a unit put under another office, get the paths of their new places."""
    clerk = actor("clerk")
    village = Area.objects.filter(level="village", parent__code=TOWN).first()
    assert village is not None
    head = ["区划代码", "名称", "级别", "上级区划代码"]
    assert stored(clerk, book({"区划": [head, [village.code, village.name, "村居", "990721101000"]]}))["changed"] == 1
    assert "990721101000/" in Area.objects.get(pk=village.pk).path
    over = Unit.objects.filter(kind="school", children__kind="teaching-point", closed=None, parent__code=OFFICE).first()
    assert over is not None
    stored(clerk, book({"学校": [["学校标识码", "上级单位代码"], [over.code, "990721101-edu-office"]]}))
    moved = Unit.objects.get(pk=over.pk)
    assert moved.path == f"{Unit.objects.get(code='990721101-edu-office').path}{moved.pk}/"
    assert all(child.path == f"{moved.path}{child.pk}/" for child in moved.children.all())


_NAMES = st.text(alphabet="砚溪县眉纹镇第一中心小学（东）·—ABCabc019 -=+'@#", min_size=1, max_size=40).map(str.strip).filter(bool)
_DAYS = st.none() | st.dates(date(1900, 1, 1), date(2026, 8, 31))


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    code=st.from_regex("[0-9A-Za-z][0-9A-Za-z_-]{3,20}", fullmatch=True),
    name=_NAMES,
    short=_NAMES | st.just(""),
    aliases=st.lists(_NAMES, max_size=3, unique=True),
    opened=_DAYS,
    longitude=st.floats(-180, 180),
    latitude=st.floats(-90, 90),
)
def test_any_unit_survives_the_round_trip(
    actor: As, code: str, name: str, short: str, aliases: list[str], opened: date | None, longitude: float, latitude: float
) -> None:
    """Whatever is stored, its export says unchanged: names that look like numbers or formulas, codes with zeros in front, old days."""
    town = Area.objects.get(code=TOWN)
    with transaction.atomic():
        unit = Unit.objects.create(
            code=f"T{code}",
            name=name,
            short_name=short,
            kind="school",
            school_type="primary",
            area=town,
            opened=opened,
            longitude=longitude,
            latitude=latitude,
            path="0/",
        )
        UnitAlias.objects.bulk_create(UnitAlias(unit=unit, words=words) for words in aliases)
        told = [f for f in found(actor("clerk"), export(actor("clerk"))) if f.state is not State.UNCHANGED]
        transaction.set_rollback(True)
    assert [(f.state, f.code, f.changes, f.problems) for f in told] == []


def test_english_goes_out_and_comes_in(actor: As) -> None:
    """An export on an English page has no Chinese header and none to choose from; imported again, on a page of either language, it
    changes nothing. The template's hints are passed over in both."""
    clerk = actor("clerk")
    with translation.override("en"):
        content = export(clerk)
        empty = openpyxl.load_workbook(BytesIO(template()))
    sheets = openpyxl.load_workbook(BytesIO(content))
    heads = [sheet.title for sheet in sheets] + [str(cell.value) for sheet in (*sheets, *empty) for cell in sheet[1]]
    assert not [words for words in heads if HAN.search(words)]
    kinds = {str(row[4].value) for row in list(sheets["School"].rows)[1:]}
    assert {"School", "Teaching point", "Kindergarten"} <= kinds
    for language in ("en", "zh-hans"):
        with translation.override(language):
            told = counted(found(clerk, content))
            assert told.pop("unchanged") > 300
            assert told == {"new": 0, "changed": 0, "wrong": 0}
    with translation.override("en"), pytest.raises(Unreadable):
        read_book(template())


def test_what_is_wrong_is_told_in_english(actor: As) -> None:
    """Field, what is wrong and what to do, in the dry run and in the workbook of wrong rows; that workbook is read again."""
    clerk = actor("clerk")
    with translation.override("en"):
        read = read_book(book({"学校": [SCHOOL_HEAD, school(办学类型="大学", 区划代码="1")]}))
        told = compare(clerk, read)
        problems = [(p.title, p.what, p.remedy) for f in told for p in f.problems]
        assert len(problems) >= 2
        assert not [words for each in problems for words in each if HAN.search(words.replace("大学", ""))]
        again = read_book(wrong_rows(read, told))
    assert [row.sheet for row in again.rows] == ["学校"]
