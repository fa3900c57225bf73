"""What an installation that has just begun asks of its administrators, step by step, on their start pages."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from xiangxu.model.unit import Role
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.permission import may, rows
from xiangxu_web.kernel.start import FEW, Line, Question, Section, Start, on_start
from xiangxu_web.workspaces.accounts.models import Post
from xiangxu_web.workspaces.accounts.posts import AWAITED
from xiangxu_web.workspaces.accounts.rules import GRANT, MAINTAIN_PEOPLE, own_ground
from xiangxu_web.workspaces.areas.api import Unit


@on_start(70)
def first_steps(actor: Actor) -> Start:
    """The system administrator's way from an empty county to its people, gone step by step; the security administrator's key posts."""
    if actor.is_any(Role.SYSTEM_ADMIN) and may(actor, MAINTAIN_PEOPLE):
        steps = _registers(actor)
        return Start("", [Section(Question.TO_DO, _("下一步"), len(steps), steps)] if steps else [])
    if may(actor, GRANT):
        return Start("", list(_key_posts(actor)))
    return Start()


def _registers(actor: Actor) -> list[Line]:
    """What the registers still lack; nothing once there are units and people."""
    steps = []
    bureaus = (Unit.Kind.BUREAU, Unit.Kind.OFFICE)
    if actor.county_path and not Unit.objects.filter(area__path__startswith=actor.county_path).exclude(kind__in=bureaus).exists():
        steps.append(Line(_("导入单位和学校"), reverse("exchange"), _("先有单位，才能给人员设岗位。表格模板在导入页下载。")))
    if not rows("person.change", actor).exists() and not _awaited(actor):
        steps.append(Line(_("导入人员和岗位"), reverse("people-import"), _("专干、领导也写在表里：由安全管理员授予并发登录码。")))
    elif named := _awaited(actor):
        words = _("%(n)s 个重要岗位等安全管理员授予") % {"n": named}
        steps.append(Line(words, reverse("people"), _("请告诉安全管理员：登录后在首页授予，并给本人发登录码。")))
    return steps


def _awaited(actor: Actor) -> int:
    return Post.objects.filter(own_ground(actor, "unit__"), ends=AWAITED).count()


def _key_posts(actor: Actor) -> list[Section]:
    """Who was named for a key post, and who holds one and has no password yet: both wait for the security administrator alone."""
    found = []
    named = rows("post.change", actor).filter(ends=AWAITED).select_related("person", "unit").order_by("role", "pk")
    if count := named.count():
        address = reverse("people-awaited")
        lines = [Line(post.person.name, address, f"{post.unit} · {post.get_role_display()}") for post in named[:FEW]]
        found.append(Section(Question.TO_DO, _("等您授予的重要岗位"), count, lines, address))
    waiting = rows("person.change", actor).filter(is_active=True, password__startswith="!").order_by("name")
    if count := waiting.count():
        lines = [
            Line(person.name, reverse("person-reset", args=[person.pk]), _("还没有密码：发登录码给本人。"))
            for person in waiting[:FEW]
        ]
        found.append(Section(Question.TO_DO, _("等您发登录码的人"), count, lines, reverse("people-awaited")))
    return found
