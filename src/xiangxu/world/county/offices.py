"""Units that are no schools: governments, bureaus with their 科室, departments, towns' governments and education offices.

Codes of these units are the county's six digits and a word: real ones have a credit code (统一社会信用代码), which must not be invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xiangxu.model.unit import Unit, UnitKind
from xiangxu.world.county.areas import LANZHOU, MOCHI, OTHER_TOWNS, TOWNS, YANXI, Town

# 砚溪县: every department that its plan of 2025 names, and some that a plan of other places may name. Id, name, alias.
# The ids are those by which the plan packs call such departments.
DEPARTMENTS = (
    ("post-office", "砚溪县委机构编制委员会办公室", "县委编办"),
    ("publicity-dept", "砚溪县委宣传部", "县委宣传部"),
    ("reform-bureau", "砚溪县发展和改革局", "县发改局"),
    ("industry-bureau", "砚溪县工业和信息化局", "县工信局"),
    ("police", "砚溪县公安局", "县公安局"),
    ("civil-affairs", "砚溪县民政局", "县民政局"),
    ("finance-bureau", "砚溪县财政局", "县财政局"),
    ("personnel-bureau", "砚溪县人力资源和社会保障局", "县人社局"),
    ("land-bureau", "砚溪县自然资源和规划局", "县自然资源和规划局"),
    ("housing-bureau", "砚溪县住房和城乡建设局", "县住建局"),
    ("transport-bureau", "砚溪县交通运输局", "县交通运输局"),
    ("water-bureau", "砚溪县水务局", "县水务局"),
    ("agriculture-bureau", "砚溪县农业农村局", "县农业农村局"),
    ("culture-bureau", "砚溪县文化和旅游局", "县文旅局"),
    ("health-bureau", "砚溪县卫生健康局", "县卫健局"),
    ("emergency-bureau", "砚溪县应急管理局", "县应急管理局"),
    ("market-bureau", "砚溪县市场监督管理局", "县市场监管局"),
    ("data-bureau", "砚溪县大数据局", "县大数据局"),
    ("fire-brigade", "砚溪县消防救援大队", "县消防救援大队"),
    ("youth-league", "共青团砚溪县委员会", "团县委"),
    ("womens-federation", "砚溪县妇女联合会", "县妇联"),
    ("disabled-federation", "砚溪县残疾人联合会", "县残联"),
    ("development-zone", "砚溪县经济开发区管理委员会", "县经济开发区管委会"),
)
# The bureau's 科室: id, name within the bureau.
SECTIONS = (
    ("general", "办公室"),
    ("basic", "基教科"),
    ("preschool", "学前科"),
    ("personnel", "人事科"),
    ("finance", "计财科"),
    ("aid", "资助中心"),
    ("safety", "安全科"),
    ("equipment", "装备站"),
    ("research", "教研室"),
    ("inspection", "督导室"),
    ("health", "体卫艺科"),
    ("vocational", "职成教科"),
)
OTHER_SECTIONS = (("basic", "义务教育股"), ("preschool", "学前教育股"), ("personnel", "人事师训股"), ("inspection", "督导评估股"))
# Three small towns have no education office of their own: their 中心校, led by the head of the central primary school, does its work.
CENTRE_SCHOOL_TOWNS = ("焙坞镇", "雀舌乡", "旗枪乡")


@dataclass(frozen=True, slots=True)
class Seat:
    """One county's government and bureau: what they are called, and the sections of the bureau."""

    county: str
    name: str
    bureau: str
    bureau_words: tuple[str, ...]
    sections: tuple[tuple[str, str], ...]
    towns: tuple[Town, ...]


SEATS = (
    Seat(YANXI, "砚溪县", "砚溪县教育和体育局", ("县教体局", "县教育和体育局", "教体局"), SECTIONS, TOWNS),
    Seat(MOCHI, "墨池县", "墨池县教育局", ("墨池教育局",), OTHER_SECTIONS, OTHER_TOWNS),
)
PREFECTURE_BUREAU = "990700-edu-bureau"


def code(area: str, word: str) -> str:
    """The code of a unit that is no school.

    >>> code(YANXI, "edu-bureau")
    '990721-edu-bureau'
    """
    return f"{area[:6]}-{word}"


def town_office(town: str) -> str:
    """The code of a town's education office."""
    return f"{town[:9]}-edu-office"


def town_government(town: str) -> str:
    """The code of a town's government."""
    return f"{town[:9]}-government"


def offices() -> Iterator[Unit]:
    """All units that are no schools, each after the one that answers for it."""
    yield Unit(PREFECTURE_BUREAU, "澜洲市教育局", UnitKind.BUREAU, LANZHOU, short_name="市教育局", aliases=("市教育局",))
    for seat in SEATS:
        government = code(seat.county, "government")
        bureau = code(seat.county, "edu-bureau")
        yield _government(seat, government)
        yield Unit(
            bureau,
            seat.bureau,
            UnitKind.BUREAU,
            seat.county,
            government,
            short_name=seat.bureau_words[0],
            aliases=seat.bureau_words,
        )
        for word, name in seat.sections:
            yield Unit(
                code(seat.county, f"office-{word}"),
                f"{seat.bureau}{name}",
                UnitKind.OFFICE,
                seat.county,
                bureau,
                short_name="局办公室" if name == "办公室" else name,
                aliases=(f"{seat.bureau_words[0]}{name}",),
            )
        for town in seat.towns:
            yield from _of_town(seat, town, government, bureau)
    yield Unit(
        code(YANXI, "government-office"),
        "砚溪县人民政府办公室",
        UnitKind.GOVERNMENT,
        YANXI,
        code(YANXI, "government"),
        short_name="县政府办公室",
        aliases=("县政府办公室", "县政府办"),
    )
    for word, name, alias in DEPARTMENTS:
        yield department(word, name, (alias,))


def department(word: str, name: str, aliases: tuple[str, ...]) -> Unit:
    """A department of 砚溪县; it answers to the county's government. Its first alias is its short name."""
    return Unit(
        code(YANXI, word),
        name,
        UnitKind.DEPARTMENT,
        YANXI,
        code(YANXI, "government"),
        short_name=aliases[0] if aliases else name,
        aliases=aliases,
    )


def _government(seat: Seat, own: str) -> Unit:
    """Only the larger county has short words for it (县政府): they would lie within any longer ones of the other."""
    words = ("县政府",) if seat.county == YANXI else ()
    name = f"{seat.name}人民政府"
    return Unit(own, name, UnitKind.GOVERNMENT, seat.county, short_name=words[0] if words else name, aliases=words)


def _of_town(seat: Seat, town: Town, government: str, bureau: str) -> Iterator[Unit]:
    area = town.code(seat.county)
    name = f"{town.name}办事处" if town.street else f"{town.name}人民政府"
    short = name if town.street else f"{town.name}政府"
    yield Unit(
        town_government(area),
        f"{seat.name}{name}",
        UnitKind.TOWN,
        area,
        government,
        short_name=short,
        aliases=tuple(dict.fromkeys((name, short, town.name))),
    )
    centre = town.name in CENTRE_SCHOOL_TOWNS
    office = f"{town.name}{'中心校' if centre else '教育管理办公室'}"
    yield Unit(
        town_office(area),
        f"{seat.name}{office}",
        UnitKind.EDUCATION_OFFICE,
        area,
        bureau,
        short_name=office if centre else f"{town.name}教管办",
        aliases=(office,) if centre else (office, f"{town.name}教管办"),
    )
