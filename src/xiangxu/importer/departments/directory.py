"""The units of one document's place: every name that means the same unit leads to one name of it.

A document calls one department 教体局, 市教体局, 市教育和体育局 and by the place's full name; the directory gives all of them the
unit's full name at its place. Which departments a place has is taken from the document itself: where it names 教体局, an older
or shorter 教育局 is the same one; where it names 教育局 and 体育局, they are two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from xiangxu.importer.departments.vocabulary import Body, vocabulary
from xiangxu.importer.departments.wording import LEVELS, Sort, Wording, plain, read_wording

_NATION = "国家"
_EDUCATION = "教育"
# What stands before the full name of a national body where documents leave it out.
_NATIONAL_PREFIXES = ("", "国家", "国务院", "中央", "中共中央", "中华全国", "全国", "中国")
# The longest name of a department without its place.
_LONGEST = 14

# What a town has of its own: 镇派出所, 镇妇联, 镇文化站.
_OF_TOWN_PREFIX = re.compile("^(?:镇|乡|街道)")
_OF_TOWN = re.compile(r"(?:镇|乡|街道)[一-鿿]{1,10}(?:所|站|办|室|中心|队|会|联|团委|工委|院|校)")
# A section named with its bureau: 县教育局后勤股, 市财政局教科文科.
_SECTION_OF = re.compile(r"(?P<bureau>[一-鿿]{2,12}?[局委部])(?P<section>[一-鿿]{2,8}(?:科|股|室|处|站|办))")


@dataclass(frozen=True)
class UnitDirectory:
    """`place`: the full name of the document's area (empty: unknown). `own`: the word for an area that means it (市, 县, 国家).

    `departments`: those that the document names, as (area, body), each once, the most often named first.
    """

    place: str
    own: str
    departments: tuple[tuple[str, Body], ...]

    @staticmethod
    def of_document(text: str, region: str | None, level: str | None, mentions: Iterable[str]) -> UnitDirectory:
        """The directory of a document: its text, the area that issued it and that area's level, the owners as printed.

        >>> d = UnitDirectory.of_document("", "云溪县", "county", ["县教体局", "县委编办", "县交通"])
        >>> d.resolve("教育局"), d.resolve("县交通运输局"), d.resolve("云溪县委编办"), d.resolve("提高质量")
        ('云溪县教育和体育局', '云溪县交通运输局', '云溪县委机构编制委员会办公室', None)
        """
        nation = level == "country" or region in ("全国", "国家")
        place = "" if nation else plain(region or "")
        own = _NATION if nation else next((word for word in LEVELS if place.endswith(word)), "")
        empty = UnitDirectory(place, "省" if own == "自治区" else own, ())
        spoken: Counter[tuple[str, Body]] = Counter()
        for name in mentions:
            wording = read_wording(name, place)
            if wording is not None and wording.body is not None and wording.body.tasks:
                spoken[empty._area(wording), wording.body] += 1
        for body in empty._in_text(text):
            spoken["", body] += 1
        return UnitDirectory(place, empty.own, tuple(key for key, _ in spoken.most_common()))

    def resolve(self, name: str) -> str | None:
        """The full name of the unit that is meant, or None where the name is no unit's that the vocabulary or its form knows.

        Names that differ only in form (short, old, with or without the place) lead to the same unit; 各镇、街、区 and 各镇街区 to
        one group. A second name in brackets is passed over: 区教体局（区委教育工委） is the bureau. 县教育局后勤股 is a section of
        its bureau, under the bureau's full name.
        """
        wording = read_wording(name, self.place)
        if wording is None:
            if _OF_TOWN.fullmatch(plain(name)) and self.place.endswith(("镇", "乡", "街道")):
                return self.place + _OF_TOWN_PREFIX.sub("", plain(name))
            section = _SECTION_OF.fullmatch(plain(name))
            bureau = self.resolve(section["bureau"]) if section else None
            return f"{bureau}{section['section']}" if bureau and section else None
        area = self._area(wording)
        if wording.sort is Sort.INSTITUTION:
            return (area or self.place or wording.area) + wording.title
        if wording.sort is not Sort.BODY or wording.body is None:
            return wording.title
        body = self._of_place(area, wording.body)
        if area == _NATION or (not area and self.own == _NATION):
            return _national_name(plain(name), body)
        return _named(area or self.place or self.own, body)

    def _area(self, wording: Wording) -> str:
        """The area that a name's prefix means; empty for the document's own."""
        return "" if wording.area in (self.place, self.own) else wording.area

    def _of_place(self, area: str, body: Body) -> Body:
        """The department of the area that does the tasks of `body`, as the document's fullest name for it says."""
        if not body.tasks:
            return body
        wider = [known for known_area, known in self.departments if known_area == area and known.tasks >= body.tasks]
        return max(wider, key=lambda known: len(known.tasks), default=body)

    def _in_text(self, text: str) -> Iterator[Body]:
        """The departments that the text names with the own area in front."""
        forms = vocabulary().forms
        for prefix in filter(None, {self.place, self.own}):
            at = text.find(prefix)
            while at >= 0:
                start = at + len(prefix)
                body = next((b for n in range(_LONGEST, 2, -1) if (b := forms.get(text[start : start + n]))), None)
                if body is not None and body.tasks and not body.level:
                    yield body
                at = text.find(prefix, start)


def education_bureau(directory: UnitDirectory) -> str | None:
    """The education bureau of the document's own area: its owner where nobody else is named.

    Where the document never names it, the place's 教育行政部门, by whatever name it goes; None where the place is unknown too.
    """
    bureaus = [body for area, body in directory.departments if not area and _EDUCATION in body.tasks]
    if directory.own == _NATION:
        return _EDUCATION + "部"
    if bureaus:
        return _named(directory.place or directory.own, max(bureaus, key=lambda body: len(body.tasks)))
    return directory.place + "教育行政部门" if directory.place else None


def answerable(lead: Sequence[str], bureau: str | None) -> str | None:
    """The one unit that answers for a task: the only one that leads; of several the education bureau, else the first.

    The others are co-leads; a person confirms. None where nobody leads.

    >>> answerable(["云溪县财政局", "云溪县教育局"], "云溪县教育局")
    '云溪县教育局'
    """
    if bureau in lead:
        return bureau
    return lead[0] if lead else None


def _named(area: str, body: Body) -> str:
    """The full name of a body at an area: 共青团青山县委员会, 青山县委组织部, 青山县人民政府办公室, 青山县财政局."""
    if body.under == "共青团":
        return f"共青团{area}{body.title}"
    if body.under == "委":
        return f"{area}委{body.title}"
    if body.under == "政府":
        return f"{area}人民政府{body.title}"
    return ("中共" if body.title == "委员会" else "") + area + body.title


def _national_name(name: str, body: Body) -> str:
    national = vocabulary().national
    for called in (name, body.title):
        for prefix in _NATIONAL_PREFIXES:
            if prefix + called in national:
                return national[prefix + called]
    return body.title
