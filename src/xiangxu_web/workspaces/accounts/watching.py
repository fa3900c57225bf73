"""What the administrators of people must look after on their start pages, and what changed in posts and rights."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.lately import guessed_at
from xiangxu_web.kernel.audit.names import names
from xiangxu_web.kernel.audit.record import keyed_hash
from xiangxu_web.kernel.audit.verbs import verb_words
from xiangxu_web.kernel.components.figures import day
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.kernel.permission import may, rows
from xiangxu_web.kernel.start import FEW, LATELY, Line, Question, Section, few
from xiangxu_web.workspaces.accounts.models import Person, Post
from xiangxu_web.workspaces.accounts.posts import held_on
from xiangxu_web.workspaces.accounts.rules import ADMINISTRATORS, GRANT, GUARDED

# A key post whose holder has not signed in for so long may no longer be needed.
_UNUSED = timedelta(days=90)
_SOON = timedelta(days=30)
_IMPORT = "person.import"


def ending(actor: Actor) -> Section:
    """The key posts that end within a month: given anew, or somebody else has to be found."""
    today = clock.today()
    found = rows("post.see", actor).filter(held_on(today), role__in=GUARDED, ends__lte=today + _SOON)
    count, posts = few(found.select_related("person", "unit").order_by("ends", "pk"))
    lines = [Line(p.person.name, reverse("person", args=[p.person_id]), _held(p), p.ends) for p in posts]
    return Section(Question.TO_DO, _("快到期的重要岗位"), count, lines, reverse("people"))


def red(actor: Actor) -> Iterator[Section]:
    """For both: accounts that rest after wrong passwords, of those whom the actor can let in anew. For the security administrator also
    posts with power that nothing but a password guards, and key posts that nobody uses."""
    if may(actor, GRANT):
        yield _without_factor(actor)
        yield _unused(actor)
    yield _resting(actor)


def _without_factor(actor: Actor) -> Section:
    """Administrators, and posts that open children's files, whose holders have set up no second factor yet."""
    posts = Post.objects.none()
    if settings.CONFIGURATION.second_factor:
        factors = Authenticator.objects.filter(type=Authenticator.Type.TOTP).values("user_id")
        demanded = Q(role__in=ADMINISTRATORS) | Q(may_open_child_files=True)
        posts = rows("post.see", actor).filter(held_on(clock.today()), demanded).exclude(person_id__in=factors)
    count, found = few(posts.select_related("person", "unit").order_by("role", "pk"))
    lines = [
        Line(
            p.person.name,
            reverse("person", args=[p.person_id]),
            _("%(post)s · 可查看儿童个案") % {"post": _held(p)} if p.may_open_child_files else _held(p),
        )
        for p in found
    ]
    return Section(
        Question.RED,
        _("还没有设两步验证的岗位"),
        count,
        lines,
        reverse("people"),
        _("三类管理员和可查看儿童个案的岗位，谁还没有设两步验证，会列在这里。"),
    )


def _unused(actor: Actor) -> Section:
    """Key posts whose holders have a password and have not signed in for a quarter of a year."""
    since = clock.now() - _UNUSED
    idle = Q(person__last_login__lt=since) | Q(person__last_login=None, person__made__lt=since)
    found = rows("post.see", actor).filter(held_on(clock.today()), idle, role__in=GUARDED)
    count, posts = few(
        found.exclude(person__password__startswith="!").select_related("person", "unit").order_by("person__last_login", "pk")
    )
    lines = [
        Line(
            p.person.name,
            reverse("person", args=[p.person_id]),
            f"{_held(p)} · "
            + (
                _("最近登录 %(day)s") % {"day": day(localtime(p.person.last_login).date())}
                if p.person.last_login
                else _("没有登录过")
            ),
        )
        for p in posts
    ]
    return Section(Question.RED, _("90 天没有登录的重要岗位，请核对是否仍应保留"), count, lines, reverse("people"))


def _resting(actor: Actor) -> Section:
    guessed = guessed_at()
    known = rows("person.change", actor).filter(is_active=True) if guessed else Person.objects.none()
    found = [(p, guessed[key]) for p in known.order_by("name") if (key := keyed_hash(p.login.lower()) or "") in guessed]
    lines = [
        Line(
            person.name,
            reverse("person", args=[person.pk]),
            ngettext(
                "一天内输错密码 %(n)s 次；忘了密码的，可重发登录码",
                "一天内输错密码 %(n)s 次；忘了密码的，可重发登录码",
                tries.times,
            )
            % {"n": tries.times},
            at=tries.last,
        )
        for person, tries in found
    ]
    nothing = _("连续输错密码、被暂停登录的账号，会列在这里。")
    return Section(Question.RED, _("输错密码被暂停的账号"), len(lines), lines[:FEW], reverse("people"), nothing)


def changed(actor: Actor) -> Section:
    """Who got or lost which post or right, who was let in anew: the last month's, the newest first, with who did it. An act is told once,
    by the person or post that it was about; an import as one, by how many people it brought."""
    lately = rows("person.lately", actor).filter(at__gte=clock.now() - LATELY)
    found = lately.exclude(verb=_IMPORT).exclude(verb="person.add", table="post").exclude(table="entrycode")
    count, told = few(found.order_by("-id"))
    posts = rows("post.see", actor).select_related("person", "unit").in_bulk(_keys(told, "post"))
    people = rows("person.see", actor).in_bulk(_keys(told, "person"))
    who = names("person", [row.person_id for row in told])
    lines = []
    for row in told:
        post = posts.get(int(row.row_key)) if row.table == "post" else None
        person = post.person if post else people.get(int(row.row_key)) if row.table == "person" else None
        by = _("%(name)s 办理") % {"name": who[row.person_id]} if row.person_id is not None else ""
        lines.append(
            Line(
                _("%(what)s：%(name)s") % {"what": verb_words(row.verb), "name": person} if person else verb_words(row.verb),
                reverse("person", args=[person.pk]) if person else reverse("people"),
                " · ".join(words for words in (_held(post) if post else "", by) if words),
                at=row.at,
            )
        )
    imported = lately.filter(verb=_IMPORT, table="person").aggregate(people=Count("pk"), last=Max("at"))
    if imported["people"]:
        words = ngettext("%(n)s 人", "%(n)s 人", imported["people"]) % {"n": imported["people"]}
        lines.append(Line(verb_words(_IMPORT), reverse("people"), words, at=imported["last"]))
        lines.sort(key=lambda line: str(line.at), reverse=True)
        count += 1
    nothing = _("近 30 天没有。谁得到、失去了什么岗位和权限，谁重发过登录码，会列在这里。")
    return Section(Question.CHANGED, _("近 30 天的人员、岗位和权限"), count, lines[:FEW], reverse("people"), nothing)


def _held(post: Post) -> str:
    return f"{post.unit} · {post.get_role_display()}"


def _keys(told: list[AuditRow], table: str) -> set[int]:
    return {int(row.row_key) for row in told if row.table == table}
