"""Names resolve to the units of the document's place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.core.importer.departments.invented import departments
from xiangxu.importer.departments import UnitDirectory, answerable, education_bureau

COUNTY = UnitDirectory.of_document("", "青石市", "county", ["教体局", "市交通运输局", "市发改局", "市自然资源和规划局"])


@pytest.mark.parametrize(
    "names",
    [
        ("市教体局", "市教育和体育局", "教体局", "青石市教育和体育局", "市教育局", "市教体局（市委教育工委）", "市 教体局"),
        ("市交通", "市交通局", "市交通运输局", "交通"),
        ("市市场监管局", "市场监督管理局", "市场监管局"),
        ("编办", "市委编办", "市编办", "机构编制委员会办公室", "中共青石市委编办"),
        ("发改局", "发展和改革局", "市发展改革局"),
        ("资规分局", "自然资源和规划局", "自规局", "市自然资源局"),
        ("卫健局", "市卫生健康局"),
        ("团市委", "共青团", "共青团青石市委", "团委"),
        ("妇联", "市妇女联合会"),
        ("残联", "市残疾人联合会"),
        ("公安局", "市公安分局"),
        ("文明办", "市委文明办"),
        ("市政府教育督导室", "市人民政府教育督导委员会办公室"),
        ("各镇、街、区", "各镇街区"),
        ("各县（市、区）人民政府", "各县（市、区）"),
        ("柳泉镇", "柳泉镇人民政府"),
        ("局基教科", "基础教育科"),
        ("消防救援大队", "市消防救援大队"),
    ],
)
def test_forms_of_one_unit(names: tuple[str, ...]) -> None:
    """Full names, short names and aliases lead to one unit."""
    units = {COUNTY.resolve(name) for name in names}
    assert len(units) == 1
    assert None not in units


def test_units_of_other_levels_are_others() -> None:
    """省教育厅, 教育部 and another place's bureau are not the own bureau."""
    names = ("市教体局", "省教育厅", "教育部", "白沙市教育局", "县教育局")
    assert len({COUNTY.resolve(name) for name in names}) == len(names)


def test_two_bureaus_stay_two() -> None:
    """Where a place has 教育局 and 体育局, neither is the other; 文旅局 and 教体局 share nothing."""
    city = UnitDirectory.of_document("", "白沙市", "city", ["市教育局", "市体育局", "市文旅局"])
    assert [city.resolve(n) for n in ("教育局", "体育局", "文化和旅游局")] == [
        "白沙市教育局",
        "白沙市体育局",
        "白沙市文化和旅游局",
    ]


def test_the_text_tells_the_full_name() -> None:
    """A department that only the running text names in full is the one that the short name means."""
    county = UnitDirectory.of_document("领导小组办公室设在县教育和体育局。", "青山县", "county", ["县教育局"])
    assert county.resolve("县教育局") == "青山县教育和体育局"
    assert education_bureau(county) == "青山县教育和体育局"


def test_bureau_or_commission_as_the_document_says() -> None:
    """发改局 is the commission where the document calls it so; 水务局 is not renamed to 水利局."""
    county = UnitDirectory.of_document("", "青山县", "county", ["县发展改革委", "县水务局"])
    assert county.resolve("发改局") == "青山县发展和改革委员会"
    assert county.resolve("县水务局") == "青山县水务局"


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("教育部", "教育部"),
        ("国家发展改革委", "国家发展和改革委员会"),
        ("发展改革委", "国家发展和改革委员会"),
        ("中央编办", "中央机构编制委员会办公室"),
        ("人力资源社会保障部", "人力资源和社会保障部"),
        ("卫生健康委", "国家卫生健康委员会"),
        ("共青团中央", "中国共产主义青年团中央委员会"),
        ("扶贫办", "国务院扶贫开发领导小组办公室"),
        ("国家乡村振兴局", "国家乡村振兴局"),
    ],
)
def test_national_bodies(name: str, unit: str) -> None:
    """On the national level a name without prefix is the nation's."""
    nation = UnitDirectory.of_document("", "全国", "country", [name])
    assert nation.resolve(name) == unit
    assert education_bureau(nation) == "教育部"


@pytest.mark.parametrize("name", ["", "提高教育质量", "某某某", "办好每一所学校", "2025年"])
def test_what_is_no_unit_resolves_to_nothing(name: str) -> None:
    """Unknown names give None; the caller marks the doubt."""
    assert COUNTY.resolve(name) is None


@settings(deadline=None, max_examples=200)
@given(departments())
def test_every_kind_resolves_with_and_without_the_place(name: str) -> None:
    """Any body of the vocabulary resolves, and the place's full name in front changes nothing."""
    directory = UnitDirectory.of_document("", "青山" + name[0], "county", [name])
    assert directory.resolve(name) is not None
    assert directory.resolve(name) == directory.resolve("青山" + name)


def test_answerable() -> None:
    """One leads: that one. Several: the education bureau where it is among them, else the first. Nobody: nobody."""
    bureau = "青山县教育局"
    assert answerable(["青山县财政局", bureau], bureau) == bureau
    assert answerable(["青山县财政局", "青山县公安局"], bureau) == "青山县财政局"
    assert answerable(["青山县财政局"], None) == "青山县财政局"
    assert answerable([], bureau) is None


def test_the_bureau_of_a_place_that_never_names_it() -> None:
    """The education administration of the place, whatever it is called; of no place, none."""
    assert education_bureau(UnitDirectory.of_document("", "青山县", "county", [])) == "青山县教育行政部门"
    assert education_bureau(UnitDirectory.of_document("", None, None, [])) is None
