"""People in the navigation, on the start page and on the page of a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xiangxu import clock
from xiangxu.model.unit import Role
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.frame import Entry, navigation
from xiangxu_web.kernel.permission import may, rows
from xiangxu_web.kernel.start import Line, Question, Section, Start, on_start
from xiangxu_web.workspaces.accounts.first_steps import first_steps
from xiangxu_web.workspaces.accounts.models import Person
from xiangxu_web.workspaces.accounts.posts import held_on
from xiangxu_web.workspaces.accounts.rules import GRANT, MAINTAIN_PEOPLE, SEE_PEOPLE
from xiangxu_web.workspaces.accounts.watching import changed, ending, red
from xiangxu_web.workspaces.areas.api import Panel, Unit, on_closing, unit_panel

# Importing it declares what an installation that has just begun asks of its administrators.
__all__ = ["first_steps", "start"]
_FEW = 6

navigation(
    Entry(90, gettext_lazy("人员"), "people", "users", lambda actor: may(actor, SEE_PEOPLE), under=("/people/", "/links/"))
)


@on_start(80)
def start(actor: Actor) -> Start:
    """For the administrators of people: who waits for a password or whose post ends, whose account or post needs a look, what changed."""
    if actor.is_any(Role.SYSTEM_ADMIN) and may(actor, MAINTAIN_PEOPLE):
        waiting = rows("person.change", actor).filter(is_active=True, password__startswith="!").order_by("name")
        nothing = _("没有。由您办理的人员里谁还没有设密码，会列在这里；重要岗位的由安全管理员发登录码。")
        to_do = _people(_("还没有设密码的人员"), waiting, reverse("slips"), nothing)
    elif may(actor, GRANT):
        to_do = ending(actor)
    else:
        return Start()
    return Start("", [to_do, *red(actor), changed(actor)])


def _people(title: str, found: Any, url: str, nothing: str) -> Section:
    people: list[Person] = list(found[:_FEW])
    lines = [Line(person.name, reverse("person", args=[person.pk])) for person in people]
    return Section(Question.TO_DO, title, found.count(), lines, url, nothing)


def _of_unit(actor: Actor, unit: Unit) -> Mapping[str, Any] | None:
    """Who serves in the unit today, as far as the post knows them."""
    if not may(actor, SEE_PEOPLE):
        return None
    posts = rows("post.see", actor).filter(held_on(clock.today()), unit=unit).select_related("person").order_by("role", "pk")
    return {"posts": list(posts)}


def _end_with(actor: Actor, units: Sequence[Unit], day: date) -> Sequence[str]:
    """Who holds a post in units that are about to close."""
    posts = rows("post.see", actor).filter(held_on(day), unit__in=units).select_related("person", "unit").order_by("unit", "pk")
    names = "、".join(f"{post.person.name}（{post.unit}）" for post in posts)
    count = len(posts)
    return (
        [ngettext("%(n)s 个岗位随之空置：%(names)s", "%(n)s 个岗位随之空置：%(names)s", count) % {"n": count, "names": names}]
        if count
        else []
    )


unit_panel(Panel(order=30, name="people", title=gettext_lazy("人员"), template="accounts/unit_people.html", context=_of_unit))
on_closing(_end_with)
