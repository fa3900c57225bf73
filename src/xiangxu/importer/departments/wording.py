"""What a printed name says by itself: of which area, and which body, town, group, section or institution it means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from xiangxu.importer.departments.vocabulary import Body, vocabulary


class Sort(Enum):
    """What sort of unit a name means."""

    BODY = "body"
    TOWN = "town"
    GROUP = "group"
    SECTION = "section"
    INSTITUTION = "institution"


@dataclass(frozen=True, slots=True)
class Wording:
    """A name taken apart. `area`: the prefix as printed (市, 县, 国家, or another place's name; empty: none), `title`: the rest.

    `body` is the kind of body for `Sort.BODY`; `bare` says that the word for the organ was left out (区交通).
    """

    sort: Sort
    area: str
    title: str
    body: Body | None = None
    bare: bool = False


_LONGEST = 60
LEVELS = ("自治区", "自治州", "自治县", "地区", "兵团", "省", "市", "州", "盟", "县", "区", "旗")
_LEVEL = "|".join(LEVELS)
_PREFIX = re.compile(rf"(?P<area>全国|国家|中央|国务院|中国|{_LEVEL})(?:级|直)?")
# Another place by its name: two to eight characters that end in the word for an area and begin with none.
_PLACE = re.compile(rf"(?!{_LEVEL}|各|全|有关|相关|镇|乡|街)[一-鿿]{{1,7}}?(?:{_LEVEL})")
_YOUTH_LEAGUE = re.compile(r"(?:共青团|团)(?P<area>[一-鿿]{1,8}?)委(?:员会)?")
_TOWN = re.compile(
    r"(?P<town>(?!各|全|有关|相关|乡|城镇|村|集镇|市|县|区)[一-鿿]{1,6}?(?:镇|乡|街道|苏木))"
    r"(?:党委|党工委|人民政府|政府|街道办事处|办事处|街道办|办)?"
)
_EACH = re.compile(r"各?(?:有关|相关)?")
# Names of groups begin so, or are nothing but words for areas, or end in a word for many.
_GROUP_START = re.compile(r"各|有关|相关|其他|全[省市县区旗](?!民)|所有")
_GROUP_END = re.compile(r"(?:有关|相关|责任|成员|职能|主管|直属|各|等)(?:行政)?(?:部门|单位|机构|企业)$")
# Words by which an institution of the place ends: it is a unit under its own name.
_INSTITUTION = re.compile(
    r"(?:中心|学校|中学|小学|幼儿园|大学|学院|研究院|研究所|研究室|馆|站|校|台|集团|公司|银行|支行|医院|工会|协会|学会|联合会|商会|"
    r"基金会|支队|大队|总队|管委会|管理委员会|开发区|高新区|园区|街区|委员会|领导小组|工作专班|指挥部|领导小组办公室|海关|总社|工委|办公室)"
)
_INSTITUTION_END = re.compile(_INSTITUTION.pattern + "$")
# How a bureau names what is its own: 局基础教育科, 局学生资助中心.
_ISSUER = ("局", "厅")
# A section of the issuing bureau: 局基础教育科, 人事科, 体卫艺处; 局 or 委 in front where the office says so.
_SECTION = re.compile(r"(?:本局|局机关|局|厅|委)?(?P<title>[一-鿿]{1,12}?)(?P<end>科室|科|处|股|室|办|办公室)")


def plain(name: str) -> str:
    """The name without white space and with full-width brackets, as all comparison wants it."""
    return re.sub(r"\s+", "", name).translate(str.maketrans("()[]﹝﹞", "（）〔〕〔〕"))


@cache
def _group() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """An area with what belongs to it (镇, 县（市、区）, 乡镇人民政府), and what may stand behind the last one."""
    words = vocabulary()
    area = "|".join(words.areas)
    body = "|".join(map(re.escape, words.area_bodies))
    bracket = rf"(?:[（(〔](?:{area}|{body}|、|，)++[）)〕])?"
    item = rf"(?:{area})(?:级|直)?{bracket}(?:(?:{body}){bracket})*+"
    return re.compile(item), re.compile(r"[、，,；;：:。/\s）)]|$|等|按|和|及|与|负责|牵头|配合|参与")


def group_at(text: str, start: int) -> int:
    """Where the name of a group of areas that begins at `start` ends; `start` itself where none begins.

    >>> "各镇、街、区、县财政局"[: group_at("各镇、街、区、县财政局", 0)]
    '各镇、街、区'
    """
    item, follows = _group()
    opening = _EACH.match(text, start)
    at, end = opening.end() if opening else start, start
    lengths: list[bool] = []
    while match := item.match(text, at):
        # Without 各 a group lists like with like: the 县 behind 县教体局、 begins another name, which the line's end cut.
        lengths.append(len(match.group()) > 2)
        if not (opening and opening.group()) and lengths[-1] != lengths[0]:
            break
        at = match.end()
        if follows.match(text, at):
            end = at
        at += text[at : at + 1] in ("、", "/")
    return end


@lru_cache(maxsize=20_000)
def read_wording(name: str, place: str = "") -> Wording | None:
    """Takes a name apart; None where it is no name of a unit that the vocabulary or its own form makes known.

    `place` is the name of the document's own area: what begins with it has the area `place`.

    >>> w = read_wording("区委编办"); w.area, w.title
    ('区', '机构编制委员会办公室')
    >>> read_wording("提高质量") is None
    True
    """
    if len(name) > _LONGEST:
        return None
    text = plain(name).removeprefix("中共")
    main = re.sub(r"（[^（）]*）$", "", text) if not _GROUP_START.match(text) else text
    if not main:
        return None
    return _national(main) or _body(main, place) or _group_name(text) or _town(main, place) or _by_form(main, place)


def _national(text: str) -> Wording | None:
    full = vocabulary().national.get(text)
    return Wording(Sort.BODY, "国家", full, Body(full)) if full else None


def _areas(text: str, place: str) -> list[tuple[str, str]]:
    """The ways to cut the area off the front: (area, rest), the surest first."""
    ways = [(place, text[len(place) :])] if place and text.startswith(place) else []
    ways.append(("", text))
    if text.startswith(_ISSUER):
        ways.append(("", text[1:]))
    if (level := _PREFIX.match(text)) and level.end() < len(text):
        area = level["area"]
        ways.append(("国家" if area in ("全国", "中央", "国务院", "中国") else area, text[level.end() :]))
    if other := _PLACE.match(text):
        ways.append((other.group(), text[other.end() :]))
    return ways


def _body(text: str, place: str) -> Wording | None:
    words = vocabulary()
    if league := _YOUTH_LEAGUE.fullmatch(text):
        body = words.forms["团委"]
        return Wording(Sort.BODY, league["area"], body.title, body)
    ways = _areas(text, place)
    for area, rest in ways:
        if rest and (whole := words.body(rest)):
            return Wording(Sort.BODY, area or whole.level, whole.title, whole)
    for area, rest in ways:
        if stem := words.stems.get(rest):
            return Wording(Sort.BODY, area, stem.title, stem, bare=True)
    return None


def _group_name(text: str) -> Wording | None:
    if _GROUP_START.match(text) or _GROUP_END.search(text) or group_at(text, 0) == len(text):
        core = re.sub("|".join(map(re.escape, (*_OF_GROUPS, *"（）〔〕、/，"))), "", text)
        return Wording(Sort.GROUP, "", core if group_at(core, 0) == len(core) else text)
    return None


# What is left out where two names of a group of areas are compared: 各镇（街道）人民政府（办事处） is 各镇街道.
_OF_GROUPS = ("人民政府", "办事处", "党委政府", "党委", "党工委", "管委会", "政府")


def _town(text: str, place: str) -> Wording | None:
    rest = text.removeprefix(place)
    match = _TOWN.fullmatch(rest)
    return Wording(Sort.TOWN, place if rest != text else "", match["town"]) if match else None


def _by_form(text: str, place: str) -> Wording | None:
    """An institution of the place (with its area in front) or a section of the issuing bureau."""
    for area, rest in _areas(text, place):
        if rest != text and len(rest) > 1 and _INSTITUTION_END.search(rest):
            return Wording(Sort.INSTITUTION, area, rest)
    if (match := _SECTION.fullmatch(text)) and not _PREFIX.match(text):
        title = match["title"]
        if title.removesuffix("教育") in vocabulary().sections:
            title = vocabulary().sections[title.removesuffix("教育")]
        return Wording(Sort.SECTION, "", title + match["end"])
    return None
