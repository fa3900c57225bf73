"""Changes of units and schools: what each leaves behind, what it refuses, what stood on a day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.test import Client
from django.urls import reverse

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.workspaces.areas import changing, keeping
from xiangxu_web.workspaces.areas.api import named_on, successors, units_on
from xiangxu_web.workspaces.areas.changing import Ground
from xiangxu_web.workspaces.areas.models import ClusterMember, SchoolChange, Unit, UnitAlias
from xiangxu_web.workspaces.areas.panels import ON_CLOSING, on_closing

pytestmark = pytest.mark.django_db
As = Callable[[str], Actor]
SignedIn = Callable[[str], Client]
DAY = date(2026, 10, 1)
BEFORE = date(2026, 9, 30)
GROUND = Ground(DAY, "砚教发〔2026〕12号")


@pytest.fixture
def schools() -> list[Unit]:
    """Village primary schools of three towns that exist, without points or campuses."""
    found = Unit.objects.filter(
        kind="school", school_type="primary", closed=None, parent__code__regex="^99072110[012]-edu-office$"
    )
    return [unit for unit in found.order_by("code") if not unit.children.exists()]


def fresh(unit: Unit) -> Unit:
    """The unit as stored now."""
    return Unit.objects.get(pk=unit.pk)


def refusal(act: Callable[[], Any]) -> str:
    """The words with which an action refuses."""
    with pytest.raises(ValidationError) as caught:
        act()
    return "".join(caught.value.messages)


def new(code: str, name: str, like: Unit) -> dict[str, Any]:
    """What a new school is, where another one is."""
    return {
        "code": code,
        "name": name,
        "kind": "school",
        "school_type": "primary",
        "runner": "public",
        "area": like.area,
        "parent": like.parent,
    }


def test_rename_keeps_the_old_name_as_alias_and_in_history(actor: As, schools: list[Unit]) -> None:
    """From the day on the new name; the day before the old one; documents still find it by the old name; code and key stay."""
    unit = schools[0]
    old = unit.name
    changing.rename(actor("clerk"), unit.pk, unit.edition, "砚溪县眉纹镇希望小学", "希望小学", GROUND)
    now = fresh(unit)
    assert (now.name, now.code, now.edition) == ("砚溪县眉纹镇希望小学", unit.code, unit.edition + 1)
    assert named_on([now], BEFORE) == {unit.pk: old}
    assert named_on([now], DAY) == {unit.pk: now.name}
    assert UnitAlias.objects.filter(unit=unit, words=old).exists()
    assert AuditRow.objects.filter(verb="unit.rename", table="unit", row_key=str(unit.pk)).count() == 1


def test_correction_of_a_slip_writes_no_history(actor: As, schools: list[Unit]) -> None:
    """A slip of the keyboard was never the name."""
    unit = schools[0]
    changes = SchoolChange.objects.count()
    changing.rename(actor("clerk"), unit.pk, unit.edition, "改对了的小学", "", None)
    assert SchoolChange.objects.count() == changes
    assert named_on([fresh(unit)], date(2020, 1, 1)) == {unit.pk: "改对了的小学"}


def test_rename_of_a_future_day_is_refused(actor: As, schools: list[Unit]) -> None:
    """Every page shows today's name, so a name of tomorrow is written tomorrow."""
    unit = schools[0]
    told = refusal(lambda: changing.rename(actor("clerk"), unit.pk, unit.edition, "新", "", Ground(date(2026, 12, 1), "文")))
    assert "还没有到" in told
    assert fresh(unit).name == unit.name


def test_closed_school_stays_and_its_successor_is_known(actor: As, schools: list[Unit]) -> None:
    """It existed the day before, does not on the day; who took over stands for it; its places in clusters end."""
    unit, over = schools[:2]
    changing.close(actor("clerk"), unit.pk, unit.edition, GROUND, over)
    assert unit in units_on(BEFORE)
    assert unit not in units_on(DAY)
    assert successors(fresh(unit), BEFORE) == (unit,)
    assert successors(fresh(unit), DAY) == (over,)
    assert not ClusterMember.objects.filter(school=unit, ends=None).exists()


def test_change_without_ground_is_refused_whole(actor: As, schools: list[Unit]) -> None:
    """No document, no change: and nothing of it is stored."""
    unit = schools[0]
    assert "依据" in refusal(lambda: changing.close(actor("clerk"), unit.pk, unit.edition, Ground(DAY, " "), None))
    assert fresh(unit).closed is None


def test_school_with_points_cannot_just_close(actor: As) -> None:
    """Points would be left without a school: they are named."""
    point = Unit.objects.filter(
        kind="teaching-point", closed=None, parent__kind="school", parent__closed=None, area__path__contains="/990721"
    ).first()
    assert point is not None
    assert point.parent is not None
    over = point.parent
    assert str(point) in refusal(lambda: changing.close(actor("clerk"), over.pk, over.edition, GROUND, None))


def test_merger_hands_over_points_and_closes_the_others(actor: As, schools: list[Unit]) -> None:
    """The schools that go close on the day, their points belong to the one that goes on, all lead to it."""
    point = (
        Unit.objects.filter(kind="teaching-point", closed=None, parent__kind="school", area__path__contains="/990721")
        .select_related("parent")
        .first()
    )
    assert point is not None
    assert point.parent is not None
    goes, stays = point.parent, schools[0]
    changing.merge(actor("clerk"), {goes.pk: goes.edition, stays.pk: stays.edition}, GROUND, stays.pk)
    assert fresh(goes).closed == DAY
    assert fresh(stays).closed is None
    assert fresh(point).path == f"{fresh(stays).path}{point.pk}/"
    assert successors(fresh(goes), DAY) == (stays,)


def test_merger_into_a_new_school(actor: As, schools: list[Unit]) -> None:
    """Two schools close on the day on which the new one opens; a later merger of the new one is followed too."""
    one, two, three = schools[:3]
    made = changing.merge(actor("clerk"), {one.pk: 1, two.pk: 1}, GROUND, None, new("2199721901", "眉纹镇新小学", one))
    assert made.opened == fresh(one).closed == fresh(two).closed == DAY
    later = date(2026, 11, 1)
    changing.merge(actor("clerk"), {made.pk: made.edition, three.pk: 1}, Ground(later, "文"), three.pk)
    assert successors(fresh(one), DAY) == (made,)
    assert successors(fresh(one), later) == (three,)


def test_merger_may_not_close_what_a_later_change_needs(actor: As, schools: list[Unit]) -> None:
    """A school that was renamed in October cannot have been merged away in September; the later change is named."""
    one, two = schools[:2]
    changing.rename(actor("clerk"), one.pk, one.edition, "十月改的名", "", GROUND)
    told = refusal(lambda: changing.merge(actor("clerk"), {one.pk: fresh(one).edition, two.pk: 1}, Ground(BEFORE, "文"), two.pk))
    assert "2026-10-01" in told
    assert fresh(one).closed is None
    assert fresh(two).edition == two.edition


def test_split_opens_new_schools(actor: As, schools: list[Unit]) -> None:
    """The old one closes, two open; both stand for it."""
    unit = schools[0]
    parts = [new("2199721902", "东校", unit), new("2199721903", "西校", unit)]
    made = changing.split(actor("clerk"), unit.pk, unit.edition, GROUND, parts, stays=False)
    assert set(successors(fresh(unit), DAY)) == set(made)
    assert "至少" in refusal(
        lambda: changing.split(actor("clerk"), made[0].pk, made[0].edition, Ground(date(2026, 11, 1), "文"), [], stays=True)
    )


def test_primary_school_becomes_a_teaching_point(actor: As, schools: list[Unit]) -> None:
    """Kind, type and school above change, the code stays; what it was is kept; a kind that does not fit the type is refused."""
    unit, over = schools[:2]
    changed = {"kind": "teaching-point", "school_type": "teaching-point", "parent": over, "name": ""}
    assert "不一致" in refusal(
        lambda: changing.change_type(actor("clerk"), unit.pk, unit.edition, {**changed, "school_type": "junior"}, GROUND)
    )
    changing.change_type(actor("clerk"), unit.pk, unit.edition, changed, GROUND)
    now = fresh(unit)
    assert (now.kind, now.code, now.path) == ("teaching-point", unit.code, f"{over.path}{unit.pk}/")
    assert SchoolChange.objects.get(before=unit, kind="type-changed").was["school_type"] == "primary"


def test_closing_is_taken_back_by_a_further_change(actor: As, schools: list[Unit]) -> None:
    """Both changes stay in the history; the school exists on every day, as if it had never closed."""
    unit = schools[0]
    changing.close(actor("clerk"), unit.pk, unit.edition, GROUND, None)
    changing.reopen(actor("clerk"), unit.pk, unit.edition + 1, "登记有误")
    assert fresh(unit).closed is None
    assert successors(fresh(unit), date(2026, 11, 1)) == (unit,)
    assert [c.kind for c in SchoolChange.objects.filter(day=DAY).order_by("pk")] == ["closed", "opened"]


def test_edit_of_an_older_state_is_refused_with_name_and_time(actor: As, schools: list[Unit]) -> None:
    """Who changed it in between is named; nothing is written over."""
    unit, clerk = schools[0], actor("clerk")
    keeping.edit_unit(clerk, unit.pk, unit.edition, {"phone": "1"}, [])
    told = refusal(lambda: keeping.edit_unit(actor("system-admin"), unit.pk, unit.edition, {"phone": "2"}, []))
    assert clerk.person_name in told
    assert re.search(r"在 \d{4}-\d\d-\d\d \d\d:\d\d 修改了", told)
    assert fresh(unit).phone == "1"


def test_unit_cannot_stand_below_itself(actor: As) -> None:
    """A superior from below is refused; a move takes along what stands below."""
    clerk = actor("clerk")
    bureau = Unit.objects.get(code="990721-edu-bureau")
    office = Unit.objects.get(code="990721100-edu-office")
    assert "之下" in refusal(lambda: keeping.edit_unit(clerk, bureau.pk, bureau.edition, {"parent": office}, []))
    keeping.edit_unit(clerk, office.pk, office.edition, {"parent": Unit.objects.get(code="990721100-government")}, [])
    moved = fresh(office)
    assert all(each.path == f"{moved.path}{each.pk}/" for each in moved.children.all())


@pytest.mark.parametrize("who", ["town", "headteacher", "supervisor", "other-clerk", "audit-admin", "office"])
def test_only_keepers_of_the_county_change(actor: As, schools: list[Unit], who: str) -> None:
    """For everybody else the unit is not there to be changed, whatever the view forgot to ask."""
    unit = schools[0]
    with pytest.raises(Http404):
        keeping.edit_unit(actor(who), unit.pk, unit.edition, {"phone": "1"}, [])
    with pytest.raises(Http404):
        changing.close(actor(who), unit.pk, unit.edition, GROUND, None)


def test_new_unit_in_the_other_county_is_refused(actor: As, schools: list[Unit]) -> None:
    """A clerk founds nothing next door."""
    there = Unit.objects.get(code="990722-edu-bureau")
    told = refusal(lambda: keeping.new_unit(actor("clerk"), {**new("2199721904", "越界小学", schools[0]), "area": there.area}))
    assert "不在您可以维护的区划内" in told


def test_old_form_keeps_what_was_typed(signed_in: SignedIn, actor: As, schools: list[Unit]) -> None:
    """A form opened before another's change is refused with what was typed still in it; sent once more it is taken."""
    unit, client = schools[0], signed_in("clerk")
    page = client.get(reverse("unit-edit", args=[unit.pk]))
    sent = {name: value for name, value in page.context["form"].initial.items() if value is not None}
    sent |= {"edition": unit.edition, "phone": "0099-0123123"}
    keeping.edit_unit(actor("system-admin"), unit.pk, unit.edition, {"address": "新址"}, [])
    answer = client.post(reverse("unit-edit", args=[unit.pk]), sent)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert actor("system-admin").person_name in text
    assert "0099-0123123" in text
    sent["edition"] = answer.context["form"]["edition"].value()
    assert client.post(reverse("unit-edit", args=[unit.pk]), sent).status_code == 302
    assert fresh(unit).phone == "0099-0123123"


def test_closing_tells_what_hangs_on_it_before_it_is_done(signed_in: SignedIn, schools: list[Unit]) -> None:
    """The first sending asks with everything affected and stores nothing; the second closes."""
    unit, client = schools[0], signed_in("clerk")

    def posts(actor: Actor, units: Any, day: date) -> list[str]:
        return [f"{len(units)}个单位的校长岗位"]

    on_closing(posts)
    try:
        sent = {"edition": unit.edition, "day": "2026-10-01", "note": "文", "receiver": ""}
        asked = client.post(reverse("unit-close", args=[unit.pk]), sent)
        assert "1个单位的校长岗位" in asked.content.decode()
        assert fresh(unit).closed is None
        assert client.post(reverse("unit-close", args=[unit.pk]), {**sent, "sure": "1"}).status_code == 302
        assert fresh(unit).closed == DAY
    finally:
        ON_CLOSING.remove(posts)


def test_merge_split_and_new_by_form(signed_in: SignedIn, schools: list[Unit]) -> None:
    """The forms reach the same actions: merged into the school on whose page one stands, split off, founded."""
    one, two, client = schools[0], schools[1], signed_in("clerk")
    page = client.get(reverse("school-merge", args=[one.pk]))
    sent = {"edition": one.edition, "editions": page.context["form"]["editions"].value(), "schools": [two.pk], "into": one.pk}
    sent |= {"day": "2026-10-01", "note": "文", "sure": "1"}
    assert client.post(reverse("school-merge", args=[one.pk]), sent).status_code == 302
    assert fresh(two).closed == DAY
    split = {"edition": fresh(one).edition, "stays": "on", "name1": "分出的小学", "code1": "2199721905", "type1": "primary"}
    split |= {"day": "2026-11-01", "note": "文", "sure": "1"}
    assert client.post(reverse("school-split", args=[one.pk]), split).status_code == 302
    assert Unit.objects.get(code="2199721905").opened == date(2026, 11, 1)
    made = {"code": "2199721906", "name": "新设小学", "kind": "school", "school_type": "primary", "area": one.area_id}
    made |= {"parent": one.parent_id, "day": "2026-11-02", "note": "文", "aliases": "新小、试小"}
    assert client.post(reverse("school-new"), made).status_code == 302
    unit = Unit.objects.get(code="2199721906")
    assert (unit.opened, unit.aliases.count()) == (date(2026, 11, 2), 2)
    again = client.post(reverse("school-new"), made)
    assert (again.status_code, "已被使用" in again.content.decode()) == (422, True)
