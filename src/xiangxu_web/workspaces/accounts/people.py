"""What is done to people and posts. A post is ended, never deleted: history hangs on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu.model.unit import Role
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import Recorder, action, values
from xiangxu_web.kernel.permission import demand, row, rows
from xiangxu_web.workspaces.accounts.fitting import clash, fits
from xiangxu_web.workspaces.accounts.models import Person, Post
from xiangxu_web.workspaces.accounts.posts import AWAITED, held_on, not_ended
from xiangxu_web.workspaces.accounts.rules import GRANT, GUARDED, MAINTAIN_PEOPLE, givable
from xiangxu_web.workspaces.areas.api import Unit, county_path, here, place_name


def register(
    actor: Actor, *, login: str, name: str, phone: str, email: str, unit_id: int, role: str, title: str, starts: date | None
) -> Person:
    """Enters a person with a first, ordinary post. They have no password yet: they come in by a one-time code.

    Refused: a login name that is taken, a unit outside the actor's ground, a role that the actor may not give.
    """
    demand(actor, MAINTAIN_PEOPLE)
    if Person.objects.filter(login__iexact=login).exists():
        raise ValidationError({"login": _("这个登录名已有人使用，请换一个（可在后面加数字）。")})
    with action(actor, "person.add") as record:
        person = Person.objects.create_user(login, name, None, phone=phone, email=email)
        record.made(person)
        _give(actor, record, person, row("unit.staff", actor, pk=unit_id), Role(role), title, starts)
    return person


def change_person(actor: Actor, person_id: int, *, name: str, phone: str, email: str) -> None:
    """Corrects a person's own data. The login name stays: it stands on slips and in lists."""
    person: Person = row("person.change", actor, pk=person_id)
    before = values(person)
    person.name, person.phone, person.email = name, phone, email
    if values(person) == before:
        return
    with action(actor, "person.change") as record:
        person.save(update_fields=["name", "phone", "email"])
        record.changed(person, before)


def give_post(actor: Actor, person_id: int, *, unit_id: int, role: str, title: str, starts: date | None) -> Post:
    """Gives a person a post. Refused: for oneself, outside the own ground, a role that the actor may not give."""
    person: Person = row("person.appoint", actor, pk=person_id)
    with action(actor, "post.give") as record:
        return _give(actor, record, person, row("unit.staff", actor, pk=unit_id), Role(role), title, starts)


def _give(actor: Actor, record: Recorder, person: Person, unit: Unit, role: Role, title: str, starts: date | None) -> Post:
    wrong = refusal(actor, role, unit, held_roles(person))
    if wrong:
        raise ValidationError({"role": wrong})
    if Post.objects.filter(not_ended(clock.today()), person=person, unit=unit, role=role).exists():
        raise ValidationError({"role": _("此人在这个单位已有同样的岗位，不必再加。")})
    if Post.objects.filter(person=person, unit=unit, role=role, starts=starts).exists():
        raise ValidationError({"starts": _("此人曾在同一天起任过这个岗位，请改任职日期。")})
    post = Post.objects.create(person=person, unit=unit, role=role, title=title or usual_title(unit), starts=starts)
    record.made(post, role=role.value)
    _begins_with(post)
    return post


def usual_title(unit: Unit) -> str:
    """The title of a post for which none was given: of whoever speaks for a county at the prefecture, so that the post can be told from
    the same person's post at home; of any other post none."""
    return _("%(place)s任务联系人") % {"place": place_name(unit.area)} if unit.kind == Unit.Kind.COUNTY_BUREAU else ""


def grant_awaited(actor: Actor, post_ids: Sequence[int]) -> tuple[list[Post], list[str]]:
    """Gives the key posts for which somebody was named; gives those given, and why the others were not. Only the security administrator."""
    given: list[Post] = []
    refused: list[str] = []
    for post in _awaited(actor, post_ids):
        wrong = refusal(actor, Role(post.role), post.unit, held_roles(post.person))
        if wrong:
            refused.append(f"{post.person.name}：{wrong}")
            continue
        with action(actor, "post.give") as record:
            before = values(post)
            post.ends = None
            post.save(update_fields=["ends"])
            record.changed(post, before, role=post.role)
            _begins_with(post)
        given.append(post)
    return given, refused


def drop_awaited(actor: Actor, post_ids: Sequence[int]) -> int:
    """Takes names off the list of key posts without giving these: nobody ever held them, so nothing hangs on them."""
    posts = _awaited(actor, post_ids)
    for post in posts:
        with action(actor, "post.drop") as record:
            record.removed(post, role=post.role)
            post.delete()
    return len(posts)


def _awaited(actor: Actor, post_ids: Sequence[int]) -> list[Post]:
    demand(actor, GRANT)
    found = rows("post.change", actor).filter(ends=AWAITED, pk__in=post_ids).select_related("person", "unit__area")
    return list(found.order_by("pk"))


def _begins_with(post: Post) -> None:
    """Whoever has never signed in begins in the post with power over others, and not in the ordinary one they were entered with."""
    if post.role in GUARDED and post.person.last_login is None:
        Person.objects.filter(pk=post.person_id).update(last_post=post)


def held_roles(person: Person) -> list[str]:
    """The roles of the posts that the person holds or will hold, wherever these are."""
    return list(Post.objects.filter(not_ended(clock.today()), person=person).values_list("role", flat=True))


def refusal(actor: Actor, role: Role, unit: Unit, held: list[str]) -> str:
    """Why the actor may not give this role in this unit to whoever holds those roles; empty where it may be done."""
    words = Post.Role(role).label
    if role not in givable(actor):
        who = _("安全管理员") if actor.is_any(Role.CLERK, Role.SYSTEM_ADMIN) else _("专干或系统管理员")
        return _("“%(role)s”岗位由%(who)s办理，您的岗位不能授予。") % {"role": words, "who": who}
    if not fits(role, unit.kind, bool(county_path(unit.area))):
        return _("“%(role)s”岗位不能设在“%(unit)s”（%(kind)s），请核对单位或角色。") % {
            "role": words,
            "unit": unit.name,
            "kind": unit.get_kind_display(),
        }
    other = clash(role, held)
    if other:
        return _("此人已是%(other)s；三类管理员须由三个人分别担任。") % {"other": Post.Role(other).label}
    return ""


def end_post(actor: Actor, post_id: int, day: date) -> None:
    """Ends a post from a day on. Refused: one's own, one that ended already, and a county's last security administrator, after whom
    nobody could give rights."""
    post: Post = row("post.change", actor, pk=post_id)
    if post.ends and post.ends <= clock.today():
        raise ValidationError({"ends": _("这个岗位已经终止。")})
    if post.starts and day < post.starts:
        raise ValidationError({"ends": _("终止日期不能早于任职日期 %(day)s。") % {"day": post.starts.isoformat()}})
    if post.role == Role.SECURITY_ADMIN and not _another_security_admin(post):
        raise ValidationError({"ends": here(_("这是本县唯一的安全管理员。请先为他人设这个岗位，再终止。"), actor.county_path)})
    before = values(post)
    post.ends = day
    with action(actor, "post.end") as record:
        post.save(update_fields=["ends"])
        record.changed(post, before, role=post.role)


def _another_security_admin(post: Post) -> bool:
    same = Post.objects.filter(held_on(clock.today()), role=Role.SECURITY_ADMIN, ends__isnull=True)
    return (
        same.filter(unit__area__path__startswith=county_path(post.unit.area) or post.unit.area.path).exclude(pk=post.pk).exists()
    )


def set_rights(actor: Actor, post_id: int, *, may_open_child_files: bool, may_act_for_others: bool) -> None:
    """Gives or takes the rights apart from the role (儿童个案、代填代录). Only the security administrator, never for themself."""
    post: Post = row("post.rights", actor, pk=post_id)
    before = values(post)
    post.may_open_child_files, post.may_act_for_others = may_open_child_files, may_act_for_others
    if values(post) == before:
        return
    with action(actor, "post.rights") as record:
        post.save(update_fields=["may_open_child_files", "may_act_for_others"])
        record.changed(post, before, child_files=may_open_child_files, act_for_others=may_act_for_others)


def clear_factor(actor: Actor, person_id: int) -> None:
    """Takes away a person's second factor when the telephone is lost; they set up a new one at the next sign-in where it is asked."""
    person: Person = row("person.factor", actor, pk=person_id)
    with action(actor, "person.factor_cleared") as record:
        found, _kinds = Authenticator.objects.filter(user=person).delete()
        record.noted(person, removed=found)
