"""Who may say what of which unit, and what a change leaves behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import Http404

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.kernel.permission import Refused
from xiangxu_web.workspaces.areas.api import Unit
from xiangxu_web.workspaces.plans.covered import choice_of
from xiangxu_web.workspaces.plans.covering import Locked, Many, Wish, choose_units, clear, hindrances, state, state_many, verify
from xiangxu_web.workspaces.plans.models import Mark, Plan, Target
from xiangxu_web.workspaces.plans.splitting import ChangedMeanwhile

Who = Callable[[str], Actor]


def school_of_town(actor: Actor, not_this: int = 0) -> Unit:
    """A school in the town of this post."""
    return (
        Unit.objects.filter(kind="school", closed=None, area__path__startswith=actor.area_path)
        .exclude(pk=not_this)
        .earliest("pk")
    )


def test_a_head_states_for_the_own_school(actor: Who, promise: Target) -> None:
    """One tap: the cell says yes, is the unit's own word, waits for a second person; the audit has it."""
    head = actor("headteacher")
    mark = state(head, promise.pk, head.unit_id, "yes")
    assert (mark.word, mark.entered_for, mark.verified, mark.person_id) == ("yes", False, None, head.person_id)
    assert AuditRow.objects.filter(verb="coverage.state", row_key=str(mark.pk)).exists()


def test_a_change_is_a_further_row(actor: Who, promise: Target) -> None:
    """What was said before stays; one row counts."""
    head = actor("headteacher")
    first = state(head, promise.pk, head.unit_id, "no")
    second = state(head, promise.pk, head.unit_id, "yes")
    first.refresh_from_db()
    assert first.replaced is not None
    assert list(Mark.objects.filter(target=promise, unit=head.unit_id, replaced=None)) == [second]


def test_the_same_word_twice_is_one_row(actor: Who, promise: Target) -> None:
    """A slow telephone sends twice."""
    head = actor("headteacher")
    assert state(head, promise.pk, head.unit_id, "yes") == state(head, promise.pk, head.unit_id, "yes")
    assert Mark.objects.filter(target=promise, unit=head.unit_id).count() == 1


def test_nobody_overwrites_what_they_have_not_seen(actor: Who, promise: Target) -> None:
    """Two windows: the second is told, and the first one's word stands."""
    head = actor("headteacher")
    state(head, promise.pk, head.unit_id, "yes", was=0)
    with pytest.raises(ChangedMeanwhile):
        state(head, promise.pk, head.unit_id, "no", was=0)
    assert Mark.objects.get(target=promise, unit=head.unit_id, replaced=None).word == "yes"


@pytest.mark.parametrize("who", ["headteacher", "town", "lead-department", "office", "bureau-leader", "inspector", "supervisor"])
def test_nobody_states_for_a_strange_school(actor: Who, promise: Target, who: str) -> None:
    """Another school, a post that may not act for others, a leader: refused, and nothing is written."""
    other = school_of_town(actor("town"), actor("headteacher").unit_id)
    with pytest.raises((Refused, Http404)):
        state(actor(who), promise.pk, other.pk, "yes", note="电话")
    assert not Mark.objects.filter(target=promise).exists()


@pytest.mark.parametrize("who", ["other-clerk", "other-head", "system-admin", "audit-admin"])
def test_the_other_county_and_administrators(actor: Who, promise: Target, who: str) -> None:
    """They do not even find the promise."""
    with pytest.raises((Refused, Http404)):
        state(actor(who), promise.pk, actor("headteacher").unit_id, "yes", note="电话")


def test_the_education_office_enters_for_its_school_and_not_next_door(actor: Who, promise: Target) -> None:
    """代录 names its source and is marked; a school of another town is out of reach."""
    office = actor("education-office")
    school = school_of_town(office)
    with pytest.raises(ValueError, match="代录"):
        state(office, promise.pk, school.pk, "yes")
    assert state(office, promise.pk, school.pk, "yes", note="11月18日电话").entered_for
    for strange in (actor("headteacher").unit_id, actor("town").unit_id):
        with pytest.raises(Refused):
            state(office, promise.pk, strange, "yes", note="11月18日电话")


def test_out_of_scope_is_refused(actor: Who, promise: Target) -> None:
    """A promise for rural schools asks nothing of a town or a kindergarten."""
    clerk = actor("clerk")
    kindergarten = Unit.objects.filter(kind="kindergarten", closed=None, area__path__startswith=clerk.county_path).earliest("pk")
    with pytest.raises(Refused, match="范围"):
        state(clerk, promise.pk, kindergarten.pk, "yes", note="电话")


def test_many_at_once_leave_what_cannot_be_written(actor: Who, promise: Target) -> None:
    """A column with one evidence: what is locked or out of scope is told by name, the rest is written."""
    clerk, office, head = actor("clerk"), actor("office"), actor("headteacher")
    verify(office, [state(head, promise.pk, head.unit_id, "yes").pk], accept=True)
    school = school_of_town(actor("town"))
    done = state_many(clerk, promise.pk, [Wish(head.unit_id, "no"), Wish(school.pk, "yes"), Wish(clerk.unit_id, "yes")])
    assert done.done == 0  # without a source nothing is entered for others
    wishes = [Wish(head.unit_id, "no"), Wish(school.pk, "yes"), Wish(clerk.unit_id, "yes")]
    done = state_many(clerk, promise.pk, wishes, note="汇总表")
    assert (done.done, len(done.left)) == (1, 2)
    # What is verified already as it is said again is neither written nor in anybody's way.
    wishes = [Wish(head.unit_id, "yes"), Wish(school.pk, "no")]
    assert state_many(clerk, promise.pk, wishes, note="汇总表") == Many(1, (), 1)
    state(clerk, promise.pk, school.pk, "yes", note="汇总表")
    assert Mark.objects.get(target=promise, unit=school, replaced=None).word == "yes"
    assert Mark.objects.get(target=promise, unit=head.unit_id).verified is not None


def test_a_key_takes_no_verification_away(actor: Who, promise: Target) -> None:
    """On a verified cell the same key changes nothing, another is refused whatever 代录依据 stands in the matrix; the cell's own page, where
    the reason is written, may."""
    clerk, head = actor("clerk"), actor("headteacher")
    verify(actor("office"), [state(head, promise.pk, head.unit_id, "yes").pk], accept=True)
    kept = Mark.objects.get(target=promise, unit=head.unit_id, replaced=None)
    assert state(clerk, promise.pk, head.unit_id, "yes", note="11月汇总表", in_passing=True) == kept
    assert state(clerk, promise.pk, head.unit_id, "yes", note="又看了一次") == kept
    with pytest.raises(Locked, match="已经核验"):
        state(clerk, promise.pk, head.unit_id, "no", note="11月汇总表", in_passing=True)
    assert Mark.objects.get(target=promise, unit=head.unit_id, replaced=None) == kept
    state(clerk, promise.pk, head.unit_id, "no", note="复查时热水器已坏")
    assert Mark.objects.get(target=promise, unit=head.unit_id, replaced=None).word == "no"


class TestVerifying:
    """A second person, of another unit where one can."""

    def test_verified_by_the_office(self, actor: Who, promise: Target) -> None:
        """The 科室 verifies what a school said; when and by whom stays."""
        head, office = actor("headteacher"), actor("office")
        mark = state(head, promise.pk, head.unit_id, "yes")
        assert verify(office, [mark.pk], accept=True).done == 1
        mark.refresh_from_db()
        assert (mark.verified_by_person, mark.verified_by_post, mark.refused) == (office.person_id, office.post_id, "")

    def test_never_the_same_person(self, actor: Who, promise: Target) -> None:
        """Whoever entered it cannot verify it, with the reason."""
        clerk, head = actor("clerk"), actor("headteacher")
        mark = state(clerk, promise.pk, head.unit_id, "yes", note="电话")
        done = verify(clerk, [mark.pk], accept=True)
        assert done.done == 0
        assert "另一个人" in done.left[0][1]

    def test_not_the_same_unit_where_another_can(self, actor: Who, promise: Target) -> None:
        """A colleague of the one who entered it is told who could."""
        clerk, head = actor("clerk"), actor("headteacher")
        mark = state(clerk, promise.pk, head.unit_id, "yes", note="电话")
        Mark.objects.filter(pk=mark.pk).update(person_id=None)
        mark.refresh_from_db()
        assert "核验" in hindrances(clerk, [mark])[mark.pk]

    def test_education_office_for_its_own_town_only(self, actor: Who, promise: Target) -> None:
        """The town's education office verifies its schools; the village school of the other town is not among them."""
        education_office, clerk = actor("education-office"), actor("clerk")
        near, far = school_of_town(education_office), actor("headteacher").unit_id
        marks = [state(clerk, promise.pk, unit, "yes", note="电话") for unit in (near.pk, far)]
        assert verify(education_office, [marks[0].pk], accept=True).done == 1
        with pytest.raises(Refused):
            verify(education_office, [marks[1].pk], accept=True)

    @pytest.mark.parametrize("who", ["headteacher", "town", "lead-department", "other-clerk", "supervisor", "system-admin"])
    def test_nobody_else(self, actor: Who, promise: Target, who: str) -> None:
        """Schools, towns, departments, the other county: refused, and the cell stays as it was."""
        mark = state(actor("clerk"), promise.pk, actor("headteacher").unit_id, "yes", note="电话")
        with pytest.raises(Refused):
            verify(actor(who), [mark.pk], accept=True)
        mark.refresh_from_db()
        assert mark.verified is None

    def test_refused_with_a_reason_and_stated_anew(self, actor: Who, promise: Target) -> None:
        """A refusal needs its reason; the unit's next word is a fresh statement."""
        head, office = actor("headteacher"), actor("office")
        mark = state(head, promise.pk, head.unit_id, "yes")
        with pytest.raises(ValueError, match="理由"):
            verify(office, [mark.pk], accept=False)
        verify(office, [mark.pk], accept=False, reason="照片看不清")
        again = state(head, promise.pk, head.unit_id, "yes")
        assert again.pk != mark.pk
        assert again.refused == ""

    def test_a_verified_cell_is_locked(self, actor: Who, promise: Target) -> None:
        """It is changed only with words, and then waits for a second person anew; it cannot be emptied."""
        head, office = actor("headteacher"), actor("office")
        verify(office, [state(head, promise.pk, head.unit_id, "yes").pk], accept=True)
        with pytest.raises(Locked):
            state(head, promise.pk, head.unit_id, "no")
        with pytest.raises(Locked):
            clear(head, promise.pk, head.unit_id)
        changed = state(head, promise.pk, head.unit_id, "no", note="设备坏了")
        assert changed.verified is None

    def test_no_needs_no_second_person(self, actor: Who, promise: Target) -> None:
        """× is not verified: nobody gains by it."""
        head = actor("headteacher")
        mark = state(head, promise.pk, head.unit_id, "no")
        assert "×" in hindrances(actor("office"), [mark])[mark.pk]


def test_taken_back(actor: Who, promise: Target) -> None:
    """A statement taken back leaves an empty cell and its history."""
    head = actor("headteacher")
    state(head, promise.pk, head.unit_id, "yes")
    clear(head, promise.pk, head.unit_id)
    assert not Mark.objects.filter(target=promise, replaced=None).exists()
    assert Mark.objects.filter(target=promise).count() == 1


class TestScope:
    """Which units a promise means."""

    def test_the_clerk_chooses_and_it_is_remembered(self, actor: Who, promise: Target) -> None:
        """A group in words, or units by name."""
        clerk, head = actor("clerk"), actor("headteacher")
        assert choice_of(choose_units(clerk, promise.pk, "towns")).words == "各镇街"
        chosen = choose_units(clerk, promise.pk, keys=[head.unit_id])
        assert Target.objects.get(pk=promise.pk).units["keys"] == [head.unit_id]
        assert choice_of(chosen).words == "指定的 1 个单位"

    @pytest.mark.parametrize("who", ["office", "headteacher", "town", "bureau-leader"])
    def test_only_the_clerk(self, actor: Who, promise: Target, who: str) -> None:
        """Whoever is judged does not choose who is judged."""
        with pytest.raises(Refused):
            choose_units(actor(who), promise.pk, "towns")

    def test_not_the_other_county(self, actor: Who, promise: Target) -> None:
        """The other county's clerk does not find the promise; its units cannot be chosen here."""
        with pytest.raises(Http404):
            choose_units(actor("other-clerk"), promise.pk, "towns")
        with pytest.raises(Refused):
            choose_units(actor("clerk"), promise.pk, keys=[actor("other-head").unit_id])

    def test_a_closed_plan_is_left_alone(self, actor: Who, promise: Target, plan: Plan) -> None:
        """What was settled stays."""
        Plan.objects.filter(pk=plan.pk).update(closed=plan.made)
        head = actor("headteacher")
        with pytest.raises(Refused, match="结束"):
            state(head, promise.pk, head.unit_id, "yes")


def test_the_audit_names_the_unit_that_was_acted_for(actor: Who, promise: Target) -> None:
    """Many cells entered by the clerk: each row of the audit names its own unit; a head's own cell names none."""
    clerk, head = actor("clerk"), actor("headteacher")
    one = school_of_town(actor("education-office"))
    other = school_of_town(actor("education-office"), one.pk)
    state_many(clerk, promise.pk, [Wish(one.pk, "yes"), Wish(other.pk, "no")], note="11月18日电话")
    state(head, promise.pk, head.unit_id, "yes")
    units = dict(Mark.objects.filter(target=promise).values_list("pk", "unit"))
    rows = AuditRow.objects.filter(verb="coverage.state", table="mark")
    told = {units[int(row.row_key)]: row.acting_for for row in rows if int(row.row_key) in units}
    assert told == {one.pk: one.pk, other.pk: other.pk, head.unit_id: None}
