"""What the reader found to contradict between two places of the document: figures, dates, wordings, names, owners."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from xiangxu.importer.link.parts import squeezed
from xiangxu.importer.link.settling import said_alone
from xiangxu.model.place import Place
from xiangxu.model.plan import Contradiction, Promise
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _
from xiangxu.review.plan_check.dates import spoken
from xiangxu.review.plan_check.finding import Finding
from xiangxu.review.plan_check.items import Item, Matter
from xiangxu.review.plan_check.remark import Spot

# The kinds of the reader's contradictions, and those of remarks.
_KINDS = {"figure": "two-figures", "date": "two-dates", "wording": "two-wordings", "name": "two-names", "owner": "two-owners"}

# A bound from above, which turns a figure into another promise.
_AT_MOST = re.compile(r"不超过|不高于|不多于|至多|以内|以下")
# How the reader names the actions that one row sums up.
_SUMMED_UP = re.compile(r"正文第([^项“]+)项与")
# Quotes that end in the same so many characters (学科基地) speak of one thing.
_THING = 4


def contradictions(matter: Matter) -> Iterator[Finding]:
    """One remark a kind; each place says both sides.

    A figure for each is none for all, and 50% is no other promise than 50%以上: either is met from there on. A date must be printed
    on both sides and be the end, not the beginning. A row may add participants, or pick one of two leaders; a list that calls its
    rows otherwise throughout did not mean their titles to be the body's.
    """
    told: dict[str, list[Contradiction]] = {remark: [] for remark in _KINDS.values()}
    for found in matter.reading.contradictions:
        remark = _KINDS[found.kind]
        if found.kind == "figure":
            remark = _of_figures(matter, found)
        elif (
            (found.kind == "owner" and not _other_owners(matter, found))
            or (found.kind == "date" and not _both_printed(matter, found))
            or (found.kind == "wording" and not _meant_alike(matter, found))
        ):
            continue
        if remark:
            told[remark].append(found)
    spots = {remark: [Spot(c.first, said_alone(c.message), other=c.second) for c in group] for remark, group in told.items()}
    spots["two-figures"] += _retold_otherwise(matter)
    spots["two-dates"] += _dated_apart(matter)
    for remark, places in spots.items():
        yield Finding(remark, places, Reason(_("%(n)s 处"), n=len(places)))


def _retold_otherwise(matter: Matter) -> Iterator[Spot]:
    """Tellings that a person or the reader took for one promise, though their figures differ; steps of a course do not count."""
    first: dict[tuple[str, str | None, str | None], Promise] = {}
    for promise in matter.reading.promises:
        if promise.same_as is None or promise.value is None:
            continue
        known = first.setdefault((promise.same_as, promise.uom, promise.due), promise)
        if (known.value, known.value2) != (promise.value, promise.value2):
            one, other = matter.promised(known), matter.promised(promise)
            said = Reason(
                _("%(first)s写“%(one)s”，%(second)s写“%(other)s”"),
                first=one.name,
                one=one.quote,
                second=other.name,
                other=other.quote,
            )
            yield Spot(known.place, said, other=promise.place)


def _dated_apart(matter: Matter) -> Iterator[Spot]:
    """The same number of the same thing, in a row for one year and in the action that it sums up for another."""
    pairs = [(action, row) for row in matter.rows if (action := matter.told_also(row))]
    for action, row in pairs:
        for here, there in product(action.promises, row.promises):
            if _same_count(here, there) and not _dates_of(there, action) & _dates_of(here, row):
                said = Reason(
                    _("同一事项时限不一致：%(action)s写“%(one)s”（%(due)s），%(row)s写“%(other)s”（%(due2)s）"),
                    action=action.name,
                    one=here.quote,
                    due=spoken(here.due or ""),
                    row=row.name,
                    other=there.quote,
                    due2=spoken(there.due or ""),
                )
                yield Spot(here.place, said, other=there.place)


def _same_count(here: Promise, there: Promise) -> bool:
    """Whether two promises count the same thing once, with the same figure, for different years; shares are no counts."""
    if here.value is None or here.value != there.value or here.per or there.per or "%" in (here.uom, there.uom):
        return False
    if (here.same_as or here.id) == (there.same_as or there.id) or here.quote[-_THING:] != there.quote[-_THING:]:
        return False
    years = {(promise.due or "")[:4] for promise in (here, there)}
    return len(years) == 2 and all(year.isdigit() for year in years)


def _dates_of(promise: Promise, item: Item) -> set[str]:
    """The years for which a row or action, too, promises this thing."""
    return {(p.due or "")[:4] for p in item.promises if p.quote[-_THING:] == promise.quote[-_THING:]}


def _of_figures(matter: Matter, found: Contradiction) -> str:
    """The kind of a contradiction of figures; empty where the two say the same, or one speaks of each and the other of all."""
    one, other = (_promise_at(matter, place) for place in (found.first, found.second))
    if one is None or other is None:
        return "two-figures"
    if one.value != other.value:
        return "" if ("每" in one.quote) != ("每" in other.quote) else "two-figures"
    opposed = [bool(_AT_MOST.search(promise.quote)) for promise in (one, other)]
    return "two-wordings" if opposed[0] != opposed[1] else ""


def _promise_at(matter: Matter, place: Place) -> Promise | None:
    return next((promise for promise in matter.reading.promises if promise.place == place), None)


def _both_printed(matter: Matter, found: Contradiction) -> bool:
    """Whether both years stand in the text near their promise, and neither as the beginning (2027年1月起)."""
    text = matter.reading.text
    for place in (found.first, found.second):
        promise = _promise_at(matter, place)
        item = matter.holding(promise) if promise else None
        if promise is None or not promise.due:
            return False
        start, end = (item.place.start, item.place.end) if item and item.is_row else matter.sentence(place)
        around, year = squeezed(text[start:end]), promise.due[:4]
        if year not in around or re.search(rf"{year}年[^，。；]{{0,8}}?起", around):
            return False
    return True


def _meant_alike(matter: Matter, found: Contradiction) -> bool:
    """Whether other rows bear the very title of their action, so that this one should, and it is not the same title with a word
    left out; of other wordings always."""
    row = next((item for item in matter.rows if item.place == found.second), None)
    if row is None or not found.message.startswith("标题"):
        return True
    pairs = [
        (item.told_title, action.told_title) for item in matter.rows if (action := matter.told_also(item)) and item is not row
    ]
    title = next((action.told_title for action in matter.actions if action.place == found.first), "")
    if _left_out(squeezed(row.told_title), squeezed(title)):
        return False
    return 2 * sum(squeezed(one) == squeezed(other) for one, other in pairs) >= len(pairs)


def _left_out(one: str, other: str) -> bool:
    """Whether the shorter text is the longer one with characters left out.

    >>> _left_out("城乡协作工程", "城乡学校协作工程"), _left_out("安全提升行动", "安全稳定行动")
    (True, False)
    """
    shorter, longer = sorted((one, other), key=len)
    rest = iter(longer)
    return bool(shorter) and all(character in rest for character in shorter)


def _other_owners(matter: Matter, found: Contradiction) -> bool:
    """Whether the row is led by a unit that does not lead the action; where the list tells no roles, whether each has a unit that
    the other lacks."""
    row = next((item for item in matter.rows if item.place == found.second), None)
    action = next((item for item in matter.actions if item.place == found.first), None)
    if row is None or action is None:
        return True
    if not any(item.told.participants for item in matter.rows):
        return "正文列有" in found.message and "清单列有" in found.message
    numbers = _SUMMED_UP.search(found.message)
    kin = [item for item in matter.actions if numbers and item.told.no in numbers[1].split("、")]
    leading = {unit.unit for item in [action, *kin] for unit in item.leading}
    return any(unit.unit not in leading for unit in row.leading if unit.unit)
