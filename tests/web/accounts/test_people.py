"""People and posts: who sees whom, who gives what, and that nobody gives anything to themself (三权分立)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404
from django.test import Client
from django.urls import reverse

from xiangxu.model.unit import Role
from xiangxu.world.county.world import World
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.kernel.permission import Refused, allowed, rows
from xiangxu_web.workspaces.accounts import people
from xiangxu_web.workspaces.accounts.fitting import fits
from xiangxu_web.workspaces.accounts.models import Person, Post
from xiangxu_web.workspaces.accounts.rules import ADMINISTRATORS, GUARDED
from xiangxu_web.workspaces.areas.api import county_path

pytestmark = pytest.mark.django_db
As = Callable[[str], Actor]
Find = Callable[[str], Post]
SignIn = Callable[[str], Client]
TODAY = date(2026, 11, 20)


def seen(actor: Actor) -> set[str]:
    """The login names of the people whom the actor sees."""
    return set(rows("person.see", actor).values_list("login", flat=True))


def test_every_post_of_the_world_fits() -> None:
    """The table of roles and kinds of unit allows every post of the invented county."""
    for post in Post.objects.select_related("unit__area"):
        assert fits(Role(post.role), post.unit.kind, bool(county_path(post.unit.area))), post


def test_a_clerk_sees_the_county_and_nothing_else(actor: As, world: World) -> None:
    """The clerk sees everybody with a post in the county, and nobody who has none there."""
    posts = Post.objects.filter(unit__area__path__startswith=actor("clerk").county_path)
    assert seen(actor("clerk")) == set(posts.values_list("person__login", flat=True))
    assert len(seen(actor("clerk"))) > 200
    assert not seen(actor("clerk")) & seen(actor("other-clerk"))


def test_a_head_sees_the_own_school(actor: As, post: Find) -> None:
    """A headteacher sees who has a post in the own school or a unit under it, and of these people only such posts."""
    head = post("headteacher")
    own = Q(unit=head.unit) | Q(unit__parent=head.unit)
    assert seen(actor("headteacher")) == set(Post.objects.filter(own).values_list("person__login", flat=True))
    assert set(rows("post.see", actor("headteacher"))) == set(Post.objects.filter(own))


def test_supervisor_and_auditor_see_no_people_of_counties(actor: As) -> None:
    """The prefecture's supervisor sees the own bureau only, the audit administrator nobody."""
    units = rows("person.see", actor("supervisor")).values_list("posts__unit__area__level", flat=True)
    assert set(units) == {"prefecture"}
    assert not seen(actor("audit-admin"))


@pytest.mark.parametrize("who", ["other-clerk", "other-head", "headteacher", "supervisor", "inspector", "lead-department"])
def test_markers_do_not_leak(signed_in: SignIn, post: Find, who: str) -> None:
    """The county's clerk occurs in no list, search, page or export of those who may not know the people of the bureau."""
    clerk = post("clerk").person
    client = signed_in(who)
    for address in ("", "?q=" + clerk.name, "?q=" + clerk.login, "?role=clerk", "?entry=ready", "?as=xlsx"):
        answer = client.get(reverse("people") + address)
        assert answer.status_code == 200
        body = answer.content.decode(errors="replace") if "xlsx" not in address else ""
        found = answer.context["page"].paginator.object_list if "xlsx" not in address else rows("person.see", _actor(client))
        assert clerk.pk not in {p.pk for p in found}
        assert f">{clerk.name}<" not in body
    for name in ("person", "person-change", "post-give", "person-reset"):
        assert client.get(reverse(name, args=[clerk.pk])).status_code == 404
    assert client.post(reverse("person-reset", args=[clerk.pk])).status_code == 404
    clerk.refresh_from_db()
    assert clerk.has_usable_password()


def _actor(client: Client) -> Actor:
    return client.get(reverse("people")).wsgi_request.actor  # type: ignore[attr-defined, no-any-return]


def test_the_audit_administrator_only_reads_the_audit(signed_in: SignIn, post: Find) -> None:
    """No page of people, slips, imports or links opens for the audit administrator."""
    client = signed_in("audit-admin")
    for name in ("people", "person-new", "slips", "people-import", "links"):
        assert client.get(reverse(name)).status_code == 403
    assert client.get(reverse("person", args=[post("clerk").person_id])).status_code == 403


@pytest.mark.parametrize("who", ["clerk", "system-admin"])
def test_registrars_enter_people_with_ordinary_posts(actor: As, post: Find, who: str) -> None:
    """Clerk and system administrator enter a person with a school's post; the person has no password; the rows name who did it."""
    unit = post("headteacher").unit
    made = people.register(
        actor(who), login="xin.ren", name="新人", phone="", email="", unit_id=unit.pk, role="school", title="副校长", starts=TODAY
    )
    assert not made.has_usable_password()
    assert {r.table for r in AuditRow.objects.filter(verb="person.add", post_id=post(who).pk)} == {"person", "post"}


@pytest.mark.parametrize("who", ["clerk", "system-admin"])
@pytest.mark.parametrize("role", sorted(GUARDED))
def test_registrars_give_no_guarded_post(actor: As, post: Find, who: str, role: str) -> None:
    """Neither gives the post of a leader, a clerk, a supervisor or an administrator: the words say who does."""
    bureau = post("clerk").unit
    with pytest.raises(ValidationError, match="安全管理员"):
        people.give_post(actor(who), post("office").person_id, unit_id=bureau.pk, role=role, title="", starts=TODAY)


def test_the_security_administrator_gives_guarded_posts_only(actor: As, post: Find) -> None:
    """The security administrator makes a clerk of somebody in the county, but enters nobody and gives no ordinary post."""
    security, office = actor("security-admin"), post("office")
    bureau = post("clerk").unit
    given = people.give_post(security, office.person_id, unit_id=bureau.pk, role="clerk", title="", starts=TODAY)
    assert AuditRow.objects.get(verb="post.give").row_key == str(given.pk)
    with pytest.raises(ValidationError):
        people.give_post(security, office.person_id, unit_id=office.unit_id, role="inspector", title="", starts=TODAY)
    with pytest.raises(Refused):
        people.register(
            security, login="x.y", name="新", phone="", email="", unit_id=bureau.pk, role="clerk", title="", starts=None
        )


@pytest.mark.parametrize("who", ["clerk", "system-admin", "security-admin"])
def test_nobody_serves_themself(actor: As, post: Find, who: str) -> None:
    """Nobody gives themself a post or a right, changes their own post, or lets themself in anew."""
    me, mine = actor(who), post(who)
    for rule, on in (
        ("person.appoint", mine.person),
        ("person.change", mine.person),
        ("post.change", mine),
        ("post.rights", mine),
    ):
        assert not allowed(rule, me, on), rule
    with pytest.raises(Http404):
        people.give_post(me, me.person_id, unit_id=me.unit_id, role="inspector", title="", starts=TODAY)


def test_three_administrators_are_three_people(actor: As, post: Find) -> None:
    """Whoever is one of the three administrators cannot become another."""
    with pytest.raises(ValidationError, match="三类管理员"):
        people.give_post(
            actor("security-admin"),
            post("system-admin").person_id,
            unit_id=post("clerk").unit_id,
            role="audit-admin",
            title="",
            starts=TODAY,
        )


def test_no_way_round_by_a_code(actor: As, post: Find) -> None:
    """A clerk cannot take over a stronger person by a one-time code or another e-mail address; the security administrator can."""
    for who in ("security-admin", "audit-admin", "bureau-leader"):
        assert not allowed("person.change", actor("clerk"), post(who).person)
        assert not allowed("person.change", actor("system-admin"), post(who).person)
    assert allowed("person.change", actor("security-admin"), post("bureau-leader").person)
    assert allowed("person.change", actor("clerk"), post("headteacher").person)
    assert not allowed("person.change", actor("security-admin"), post("headteacher").person)
    Post.objects.filter(pk=post("headteacher").pk).update(may_open_child_files=True)
    assert not allowed("person.change", actor("clerk"), post("headteacher").person)


def test_rights_apart_only_by_the_security_administrator(actor: As, post: Find) -> None:
    """Only the security administrator gives 儿童个案 and 代填代录, in the own county, never to an administrator's post."""
    people.set_rights(actor("security-admin"), post("office").pk, may_open_child_files=True, may_act_for_others=False)
    row = AuditRow.objects.get(verb="post.rights")
    assert row.facts == {"child_files": True, "act_for_others": False}
    for who in ("clerk", "system-admin", "bureau-leader", "other-clerk"):
        with pytest.raises(Http404):
            people.set_rights(actor(who), post("office").pk, may_open_child_files=True, may_act_for_others=True)
    for target in ("system-admin", "other-clerk"):
        with pytest.raises(Http404):
            people.set_rights(actor("security-admin"), post(target).pk, may_open_child_files=True, may_act_for_others=True)


def test_ending_keeps_the_post(actor: As, post: Find, signed_in: SignIn) -> None:
    """An ended post stays in the history, gives nothing any more, and cannot be ended twice."""
    head = post("headteacher")
    client = signed_in("headteacher")
    count = Post.objects.count()
    for held in Post.objects.filter(person=head.person):
        people.end_post(actor("clerk"), held.pk, TODAY)
    assert Post.objects.count() == count
    assert client.get(reverse("people"))["Location"] == reverse("my-account")
    assert client.get(reverse("my-account")).status_code == 200
    with pytest.raises(ValidationError, match="已经终止"):
        people.end_post(actor("clerk"), head.pk, TODAY)
    assert not set(rows("post.see", actor("clerk")).filter(pk=head.pk).values_list("ends", flat=True)) - {TODAY}


def test_a_county_keeps_a_security_administrator(actor: As, post: Find) -> None:
    """The last one's post cannot be ended, even by a colleague whose post ends before."""
    bureau = post("clerk").unit
    second = people.give_post(
        actor("security-admin"), post("office").person_id, unit_id=bureau.pk, role="security-admin", title="", starts=TODAY
    )
    people.end_post(actor("security-admin"), second.pk, TODAY)
    last = post("security-admin")
    colleague = Actor(
        **{**{f: getattr(actor("security-admin"), f) for f in Actor.__slots__}, "person_id": post("office").person_id}
    )
    with pytest.raises(ValidationError, match="唯一"):
        people.end_post(colleague, last.pk, TODAY)


def test_wrong_kind_of_unit_is_refused(actor: As, post: Find) -> None:
    """A school's post in a department is refused with the words for the clerk."""
    with pytest.raises(ValidationError, match="请核对单位或角色"):
        people.give_post(
            actor("clerk"),
            post("headteacher").person_id,
            unit_id=post("lead-department").unit_id,
            role="school",
            title="",
            starts=TODAY,
        )


def test_other_countys_units_are_out_of_reach(actor: As, post: Find) -> None:
    """A clerk gives no post in the other county's school, not even to an own person."""
    with pytest.raises(Http404):
        people.give_post(
            actor("clerk"), post("office").person_id, unit_id=post("other-head").unit_id, role="school", title="", starts=TODAY
        )


def test_switching_in_one_click(signed_in: SignIn, post: Find) -> None:
    """A person with two posts switches, the next page is the other post's, the next sign-in begins with it, and a row tells of it."""
    inspector = post("inspector")
    head = Post.objects.exclude(pk=inspector.pk).filter(person=inspector.person).first()
    assert head is not None
    client = signed_in("inspector")
    client.post(reverse("post-switch"), {"post": head.pk})
    assert client.get(reverse("my-account")).wsgi_request.actor.post_id == head.pk  # type: ignore[attr-defined]
    fresh = Client()
    fresh.force_login(Person.objects.get(pk=inspector.person_id))
    assert fresh.get(reverse("my-account")).wsgi_request.actor.post_id == head.pk  # type: ignore[attr-defined]
    assert AuditRow.objects.get(verb="post.switch").post_id == head.pk


def test_no_switching_to_anothers_post(signed_in: SignIn, post: Find) -> None:
    """Another person's post, an ended one and nonsense are not found."""
    ended = Post.objects.create(
        person=post("headteacher").person, unit=post("clerk").unit, role="clerk", starts=date(2020, 1, 1), ends=TODAY
    )
    client = signed_in("headteacher")
    for wanted in (post("clerk").pk, ended.pk, "", "x"):
        assert client.post(reverse("post-switch"), {"post": wanted}).status_code == 404


def test_forms_offer_only_what_may_be_given(signed_in: SignIn, post: Find) -> None:
    """The form of the clerk names no guarded role and no unit of the other county; that of the security administrator no ordinary one."""
    target = reverse("post-give", args=[post("office").person_id])
    clerk = signed_in("clerk").get(target).context["form"]
    assert {key for key, _words in clerk.fields["role"].choices} == {r.value for r in Role} - {r.value for r in GUARDED}
    assert post("other-head").unit not in clerk.fields["unit"].queryset
    security = signed_in("security-admin").get(target).context["form"]
    assert {key for key, _words in security.fields["role"].choices} >= {r.value for r in ADMINISTRATORS}


def test_pages_of_the_clerk(signed_in: SignIn, post: Find) -> None:
    """The clerk enters a person on the page, corrects the data, gives a second post and ends it."""
    client, unit = signed_in("clerk"), post("headteacher").unit
    told = {"login": "xin.ren", "name": "新人", "phone": "0099-0300999", "unit": unit.pk, "role": "school", "title": "副校长"}
    assert client.post(reverse("person-new"), told).status_code == 302
    person = Person.objects.get(login="xin.ren")
    taken = client.post(reverse("person-new"), {**told, "login": "Xin.Ren"})
    assert "login" in taken.context["form"].errors
    client.post(reverse("person-change", args=[person.pk]), {"name": "新人甲", "phone": "", "email": ""})
    other = post("inspector").unit
    client.post(reverse("post-give", args=[person.pk]), {"unit": other.pk, "role": "inspector", "starts": "2026-11-01"})
    given = Post.objects.get(person=person, role="inspector")
    client.post(reverse("post-end", args=[given.pk]), {"ends": "2026-11-20"})
    given.refresh_from_db()
    assert given.ends == TODAY
    page = client.get(reverse("person", args=[person.pk])).content.decode()
    assert "新人甲" in page


def test_the_cast_begins_in_the_post_that_is_told(world: World, post: Callable[[str], Post]) -> None:
    """Whoever signs in by a login name of the cast stands in the post that is printed beside it, also where they hold another."""
    for who in world.cast:
        client = Client()
        client.force_login(post(who).person)
        assert client.get(reverse("my-account")).context["actor"].post_id == post(who).pk, who


def test_two_posts_are_switched_with_one_click(signed_in: Callable[[str], Client], post: Callable[[str], Post]) -> None:
    """Whoever holds two posts finds both in the open on every page; the active one is marked. One post needs no switch."""
    page = signed_in("inspector").get(reverse("my-account")).content.decode()
    strip = page[page.index('class="posts"') : page.index("</form>", page.index('class="posts"'))]
    assert strip.count('name="post"') == 2
    assert re.search(rf'value="{post("inspector").pk}" aria-current="true"', strip)
    assert 'class="posts"' not in signed_in("clerk").get(reverse("my-account")).content.decode()
