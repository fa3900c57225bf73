"""Who answers: nobody, several side by side, somebody unknown, or somebody whom this document cannot oblige."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from xiangxu.importer.departments.wording import Sort, plain, read_wording
from xiangxu.importer.link.parts import squeezed
from xiangxu.model.plan import Task, UnitMention
from xiangxu.model.reason import Reason, listed
from xiangxu.model.reason import gettext_noop as _
from xiangxu.review.plan_check.finding import Finding
from xiangxu.review.plan_check.items import Item, Matter
from xiangxu.review.plan_check.remark import Spot

# Groups carry out what one unit leads: 县教体局、各乡镇 is no doubt about the lead; 各有关部门 alone is nobody.
_GROUP, _EVERYBODY = re.compile(r"各|^全|所有|有关|相关"), re.compile(r"部门|单位")
# So many rows show that the whole list was written so, and not one row in haste.
_WITHOUT_ROLES = 3
# The bureau to whom it falls to lead what plainly is school work, unless the document says otherwise.
_EDUCATION, _SCHOOL_WORK = re.compile(r"教育|教体"), re.compile(r"学校|教师|学生|课程|教学|幼儿园|校园|中小学|校长")
# A section of a bureau leads the schools and centres that stand behind it in the same cell.
_SECTION, _INSTITUTION = re.compile(r"[科股室办队]$"), re.compile(r"[校园院所站]$|学校|中心|基地")
# Who is asked by name: a column or a line beside that of the units.
_PERSON, _NEAR = re.compile(r"责任人|责任领导|分管领导|包[保抓]领导|联系人"), 24
# Each answers for what is its office anyway.
_BY_FUNCTION = re.compile(r"\s*(?:等)?(?:按|依)(?:照)?(?:各自)?职[责能](?:分工)?|\s*分(?:别|工)负责")
# The convention that the first of several leads, where the document says so.
_FIRST_LEADS = re.compile(r"(?:排名?|列)?(?:在)?(?:第一|首|最前|前)(?:个|位|名|面)?的?(?:责任)?(?:单位|部门)?(?:为|是)?牵头")
# Somebody whom one can ask although no unit is printed at the end: a group, an office, or a unit as the subject of the sentence.
_SOMEBODY = re.compile(
    r"领导小组|专班|联席会议|指挥部|委员会|[局委办]\)?(?:负责|牵头|会同|统筹|要|应)|部门(?:负责|牵头|会同|要|应)"
)
# A notice to the bureaus of the level below, by its first lines; and a text that says whose work it is all the same.
_TO_BUREAUS_BELOW, _HEAD = re.compile(r"各[^，。；：:]{1,16}(?:教体|教育|教育体育|教育和体育)局[^。；]{0,40}[:：]"), 800
_CARRIER = re.compile(r"以[^，。；]{2,14}为主[体题]|由[^，。；]{2,14}(?:负责|牵头)")
# A sentence of the body that says who does it: 由镇教管办负责, 责任人：王校长, 镇中心校牵头.
_WHO = re.compile(
    r"由[^，。；]{2,14}(?:负责|牵头|承担|组织|实施|落实|完成|把关)|(?:责任|牵头|承办)(?:单位|部门|科室|人)(?:是|为|[:：])[^，。；]"
    r"|(?:局|委|办|科|股|站|中心|校|园|政府|校长|园长|主任|[镇乡]长|书记|同志|老师)(?:具体|总|统一)?(?:负责|牵头)"
)
# An office for the whole plan: 领导小组办公室设在某局.
_OFFICE = re.compile(r"办公室设在|日常工作由")
# So many actions are named where several tell more of one row.
_NAMED = 3
_LEVEL_BEFORE = re.compile(r"^[省市县区旗镇]委?")
_BRACKETS = re.compile(r"[（(〔].*?[）)〕]")
# How a unit's name ends; the directory need not know every one that a town has.
_BUILT_AS_UNIT = re.compile(
    r"(?:局|委|部|办|厅|院|校|园|所|站|中心|公司|协会|联合会|学会|工会|妇联|残联|科协|团委|集团|支队|大队|中队|政府|法院)$"
)
# How high the areas stand that a name's prefix means, and the level of a document.
_HEIGHT = {"国家": 0, "省": 1, "自治区": 1, "市": 2, "州": 2, "盟": 2, "地区": 2, "自治州": 2, "县": 3, "区": 3, "旗": 3}
_LEVEL = {"country": 0, "province": 1, "city": 2, "county": 3}
# A superior's branch in the place obeys the place in its daily work and may be named.
_BRANCH = "分局"


def unowned(matter: Matter) -> Iterator[Finding]:
    """Tasks that name nobody, in the sentences of the body neither; those whose owners stand in the body alone; and, where most actions of the body name somebody,
    those in which nobody is named, not even a leading group.

    A notice to the bureaus below leaves the work to them: there it is less that nobody is named, and nothing where the text says
    whose work it is. An office that carries the plan as a whole answers for the chapter in which it is set up.
    """
    tasks = [item for item in matter.tasks if not item.owned]
    notes = {id(item): note for item in tasks if (note := _told_in_body(matter, item))}
    # What the body only tells has no column for the unit: there a sentence that says who does it is one that names somebody.
    nobody = [item for item in tasks if id(item) not in notes and (item.is_row or not _WHO.search(item.text.text))]
    message = _without_owner(len(nobody), len(matter.tasks), bool(notes))
    if len(nobody) == len(matter.tasks) and _TO_BUREAUS_BELOW.search(squeezed(matter.reading.text[:_HEAD])):
        spots = [item.spot() for item in nobody if not _CARRIER.search(item.text.text)]
        told = Reason(_("%(message)s，其中 %(n)s 项文中也没有分清由谁办"), message=message, n=len(spots))
        yield Finding("no-owner-in-notice", spots, told)
    else:
        yield Finding("no-owner", [item.spot() for item in nobody], message)
    in_body = [item.spot(note=notes[id(item)]) for item in tasks if id(item) in notes]
    yield Finding("owner-in-body-only", in_body, Reason(_("%(all)s 项任务中 %(n)s 项"), all=len(matter.tasks), n=len(in_body)))
    own = [item for item in matter.actions if item not in matter.tasks]
    without = [item for item in own if not item.owned]
    if own and len(without) < len(own) * (1 - matter.limits.owned_elsewhere_share):
        offices = {item.chapter for item in own if _OFFICE.search(item.text.text)}
        spots = [item.spot() for item in without if item.chapter not in offices and not _SOMEBODY.search(item.text.text)]
        message = Reason(
            _("正文 %(all)s 项措施中 %(n)s 项没有写，其中 %(dark)s 项文中也看不出由谁负责"),
            all=len(own),
            n=len(without),
            dark=len(spots),
        )
        yield Finding("action-without-owner", spots, message)


def _told_in_body(matter: Matter, item: Item) -> Reason | None:
    """Which actions say who answers for a row, and who that is; None where none does."""
    owned = [action for action in matter.told_of(item) if action.told.lead]
    if not owned:
        return None
    where = listed([action.number for action in owned[:_NAMED]])
    if len(owned) > _NAMED:
        where = Reason(_("%(names)s等 %(n)s 项"), names=where, n=len(owned))
    units = "、".join(unit for unit, _times in Counter(action.told.lead[0] for action in owned).most_common())
    more = any(len(action.units) > 1 for action in owned)
    return Reason(_("%(where)s写有%(units)s等") if more else _("%(where)s写有%(units)s"), where=where, units=units)


def _without_owner(some: int, every: int, told_in_body: bool) -> Reason:
    """How many tasks name nobody; `told_in_body`: of others the body says who it is, so that these were looked for there too."""
    if some == every:
        kind = (
            _("%(all)s 项任务全部没有责任单位，正文里也没有认出对应的措施")
            if told_in_body
            else _("%(all)s 项任务全部没有责任单位")
        )
    elif told_in_body:
        kind = _("%(all)s 项任务中 %(n)s 项没有责任单位，正文里也没有认出对应的措施")
    else:
        kind = _("%(all)s 项任务中 %(n)s 项没有责任单位")
    return Reason(kind, all=every, n=some)


def undivided(matter: Matter) -> Iterator[Finding]:
    """Units side by side in a list that tells no leading from joining ones. 牵头单位：甲、乙 is a decision, no oversight.

    By custom the first one leads. So single rows are told only where that misleads: the body says that another one leads; the
    bureau of education stands among the owners of plain school work and not first; or there are only groups (各有关部门). All
    others are told once, with their number; not those where somebody is first all the same: the issuer itself, a person who is
    named, whom the body has leading; nor where the text says that the first one leads, or that each acts by its functions.
    """
    if _FIRST_LEADS.search(squeezed(matter.reading.text)):
        return
    for items, called in ((matter.rows, _("清单")), (matter.actions, _("正文"))):
        if any(item.told.participants for item in items):
            continue
        several = [item for item in items if item.leading and _side_by_side(item) and not _first_is_clear(matter, item)]
        nobody = [item for item in items if item.leading and _only_groups(item)]
        told = [(item, note) for item in several if (note := _misleads(matter, item))]
        told += [(item, Reason(_("只写了各部门、各单位，没有一家牵头"))) for item in nobody]
        spots = [item.spot(_printed(item), note) for item, note in told]
        where = Reason(called)
        message = Reason(_("%(where)s %(all)s 项中 %(n)s 项"), where=where, all=len(items), n=len(spots))
        yield Finding("undivided-owners", spots, message)
        rest = [item for item in several if item not in [one for one, _ in told]]
        if len(rest) >= _WITHOUT_ROLES:
            most = max(rest, key=lambda item: len(item.leading))
            note = Reason(_("其中%(name)s并列最多，%(n)s 家"), name=most.name, n=len(most.leading))
            kind = _("%(where)s %(all)s 项中 %(n)s 项是几个单位并列，没有分牵头和配合")
            message = Reason(kind, where=where, all=len(items), n=len(rest))
            yield Finding("owners-without-roles", [rest[0].spot(_printed(rest[0]), note)], message)


def _printed(item: Item) -> str:
    return "、".join(unit.printed for unit in item.leading)


def _only_groups(item: Item) -> bool:
    names = [unit.printed for unit in item.leading]
    return len(names) > 1 and all(_GROUP.search(name) for name in names) and any(_EVERYBODY.search(name) for name in names)


def _misleads(matter: Matter, item: Item) -> Reason | None:
    """Who should stand first, where the list prints another one first; None where the first may well lead."""
    if in_body := _leads_in_body(matter, item):
        return in_body
    first, *others = [unit.printed for unit in item.leading]
    bureau = next((name for name in others if _EDUCATION.search(name)), None)
    if bureau and not _EDUCATION.search(first) and _SCHOOL_WORK.search(item.told_title):
        return Reason(_("这是学校里的事，%(bureau)s却不在首位"), bureau=bureau)
    return None


def _side_by_side(item: Item) -> bool:
    bodies = [unit.printed for unit in item.leading if not _GROUP.search(unit.printed)]
    if bodies and _SECTION.search(bodies[0]):
        bodies = [name for name in bodies if not _INSTITUTION.search(name)]
    return len(bodies) > 1


def _first_is_clear(matter: Matter, item: Item) -> bool:
    first, last = item.leading[0], item.leading[-1]
    issuer = matter.reading.doc.issuer or ""
    if first.printed in issuer or (first.unit or first.printed) in issuer:
        return True
    if isinstance(item.told, Task) and any(_PERSON.search(header) and text.strip() for header, text in item.told.others):
        return True
    behind = matter.reading.text[last.place.end : last.place.end + _NEAR] if last.place else ""
    if _PERSON.search(behind) or _BY_FUNCTION.match(behind):
        return True
    # A row that tells no action is led by whoever leads throughout the body.
    actions = matter.told_in(item) or [action for action in matter.actions if any(first.unit == u.unit for u in action.units)]
    led = [action for action in actions if action.told.lead and _divides(action)]
    return item.is_row and bool(led) and all(any(first.unit == unit.unit for unit in action.leading) for action in led)


def _leads_in_body(matter: Matter, item: Item) -> Reason | None:
    """Who leads in the body, where that is not the one printed first here."""
    led = [action for action in matter.told_in(item) if action.told.lead and _divides(action)]
    if not led or any(unit.unit == item.leading[0].unit for action in led for unit in action.leading):
        return None
    return Reason(_("%(where)s写的是%(unit)s牵头"), where=led[0].number, unit=led[0].told.lead[0])


def _divides(action: Item) -> bool:
    """Whether an action says who leads: it tells participants apart, or names one alone."""
    return bool(action.told.participants) or len(action.leading) == 1


def spelled_twice(matter: Matter) -> Iterator[Finding]:
    """Units that the document names in two ways among its owners (区交通, 区交通局).

    What a unit adds in brackets is no other name, nor is a name without the level that stands before it elsewhere (市教育局, 教育局).
    """
    named: dict[str, dict[str, tuple[Item, UnitMention]]] = {}
    for item in _items(matter):
        for unit in item.units:
            if unit.unit:
                named.setdefault(unit.unit, {}).setdefault(_plain(unit.printed), (item, unit))
    spots = []
    for forms in named.values():
        first = next(iter(forms))
        for form in [form for form in forms if form != first]:
            item, unit = forms[first]
            there, other = forms[form]
            here, elsewhere = (squeezed(mention.printed) for mention in (unit, other))
            kind = _("%(first)s写“%(one)s”，%(second)s写“%(other)s”")
            note = Reason(kind, first=item.number, one=here, second=there.number, other=elsewhere)
            spots.append(Spot(unit.place or item.place, note, other=other.place or there.place))
    yield Finding("two-spellings", spots, Reason(_("%(n)s 处"), n=len(spots)))


def _plain(printed: str) -> str:
    return _LEVEL_BEFORE.sub("", _BRACKETS.sub("", squeezed(printed)))


def unknown_units(matter: Matter) -> Iterator[Finding]:
    """Names that lead to no unit and are not even built as a unit's name is, each with the first place where it stands."""
    named = {
        unit.printed: (item, unit)
        for item in reversed(_items(matter))
        for unit in item.units
        if unit.unit is None and not _BUILT_AS_UNIT.search(unit.printed)
    }
    spots = [_unit_spot(item, unit) for item, unit in reversed(named.values())]
    yield Finding("unknown-unit", spots, Reason(_("%(n)s 个名称"), n=len(spots)))


def foreign_units(matter: Matter) -> Iterator[Finding]:
    """Units of a higher level or of another place. 市局 is the own bureau in a city's plan and the superior in a district's."""
    region, height = plain(matter.reading.doc.region or ""), _LEVEL.get(matter.reading.doc.region_level or "")
    if not height or not region:
        return  # an unknown level; above the nation there is nobody
    named = {u.printed: (item, u) for item in reversed(_items(matter)) for u in item.units if _foreign(u, region, height)}
    spots = [_unit_spot(item, unit) for item, unit in reversed(named.values())]
    yield Finding("foreign-unit", spots, Reason(_("%(n)s 个单位"), n=len(spots)))


def _items(matter: Matter) -> list[Item]:
    return [*matter.actions, *matter.rows]


def _unit_spot(item: Item, unit: UnitMention) -> Spot:
    return Spot(unit.place or item.place, item.name, unit.printed)


def _foreign(unit: UnitMention, region: str, height: int) -> bool:
    wording = read_wording(unit.printed, region)
    if wording is None or wording.sort is not Sort.BODY or _BRANCH in unit.printed:
        return False
    area = wording.area
    if not area or area == region or region[:-1] in unit.printed or area == region[-1]:
        return False
    other = next((_HEIGHT[word] for word in sorted(_HEIGHT, key=len, reverse=True) if area.endswith(word)), None)
    # A city may name a county of its own; a county names no other county, and nobody names what is above.
    return other is not None and (other < height or (other == height and len(area) > 1))
