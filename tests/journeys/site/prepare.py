"""Makes an installation for the walks, with the invented county in it, and prints who is signed in by which session.

The first argument is everybody's password. With ``at-work`` the county has published its plan, handed parts of it down to towns and
schools, and reported for some weeks; with ``in-full`` too, there is one thing of every kind that a page can show, and where they are
stands in pages.json. Run in a process of its own, with XIANGXU_HOME naming an empty folder. The installation is as on
a server: no debugging, static files compressed and named by their contents.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date, timedelta
from pathlib import Path

import django
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command

django.setup()

from allauth.mfa.models import Authenticator  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from tests.journeys.site.in_full import fill  # noqa: E402
from xiangxu import clock  # noqa: E402
from xiangxu.targets.shares import Share  # noqa: E402
from xiangxu.world.county import county  # noqa: E402
from xiangxu.world.county.world import World  # noqa: E402
from xiangxu_web.flows.demo import bind_some, member, publish_own_plan, report_some  # noqa: E402
from xiangxu_web.flows.world import load_world  # noqa: E402
from xiangxu_web.workspaces.accounts.api import Post  # noqa: E402
from xiangxu_web.workspaces.accounts.factor import demanded_of, has_factor  # noqa: E402
from xiangxu_web.workspaces.accounts.people import set_rights  # noqa: E402
from xiangxu_web.workspaces.accounts.posts import actor_of  # noqa: E402
from xiangxu_web.workspaces.areas.api import Unit  # noqa: E402
from xiangxu_web.workspaces.plans import nodes  # noqa: E402
from xiangxu_web.workspaces.plans.editing import change_owners  # noqa: E402
from xiangxu_web.workspaces.plans.models import Task  # noqa: E402
from xiangxu_web.workspaces.plans.splitting import save, send_down, units_offered  # noqa: E402

# What is handed down: the row's title, the unit of measure, how much of it each unit gets.
TO_TOWNS = ("教师安居保障", "套", 20.0)
TO_SCHOOL, TO_SCHOOLS = ("特色学校创建", "个", 1.0), ("教育数字化建设", "间", 4.0)
# Rows that a 科室 of the bureau and another department have in charge.
OF_OFFICE, OF_DEPARTMENT = "校长教师交流轮岗", "教师补充配备"


def put_to_work(world: World) -> None:
    """The plan published and reported on; a row handed to all towns with a step, two to the head of the village school and one of these to an
    education office too; one row in the charge of a 科室, one of another department; a right given by the security administrator."""
    plan = publish_own_plan(world)
    bind_some(world, plan)
    report_some(world, plan)
    clerk, head = member(world, "clerk"), member(world, "headteacher")
    towns = [unit.pk for unit in units_offered(clerk) if unit.kind == Unit.Kind.TOWN]
    schools = [head.unit_id, member(world, "education-office").unit_id]
    for (title, uom, each), units in ((TO_TOWNS, towns), (TO_SCHOOL, schools[:1]), (TO_SCHOOLS, schools)):
        task = Task.objects.get(plan=plan, title=title)
        shares = [(unit, Share(str(unit), each, {})) for unit in units]
        save(clerk, task.pk, shares, total=each * len(units), uom=uom, edition=task.edition)
        send_down(clerk, task.pk)
    # Nobody is chased for what was handed down today.
    Task.objects.filter(parent__plan=plan).update(sent_at=clock.now() - timedelta(days=7))
    for part in Task.objects.filter(parent__plan=plan, parent__title=TO_TOWNS[0]):
        nodes.add(clerk, part, date(2026, 12, 10), "完成选址")
    for title, field, who in ((OF_OFFICE, "office", "office"), (OF_DEPARTMENT, "answerable", "lead-department")):
        task = Task.objects.get(plan=plan, title=title)
        owners = {name: getattr(task, name) for name in ("answerable", "leader", "office", "contact", "contact_phone")}
        change_owners(clerk, task.pk, task.edition, owners | {field: Unit.objects.get(pk=member(world, who).unit_id)})
    # The right that wants a second factor, for somebody who has none: the head of another school than the cast's.
    heads = Post.objects.filter(role=Post.Role.SCHOOL, unit__area__path__startswith=clerk.county_path, ends=None)
    other = heads.exclude(unit=head.unit_id).order_by("pk")[0]
    set_rights(member(world, "security-admin"), other.pk, may_open_child_files=True, may_act_for_others=other.may_act_for_others)


def colleague(world: World) -> str:
    """The login of another clerk of the clerk's bureau."""
    login, held = world.cast["clerk"]
    clerks = Post.objects.filter(role=held.role, unit__code=held.unit, ends=None).exclude(person__login=login)
    return str(clerks.order_by("pk").values_list("person__login", flat=True)[0])


def session_of(post: Post) -> str:
    """The key of a session in which this post is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(post.person_id)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = post.person.get_session_auth_hash()
    session["post"] = post.pk
    session.create()
    return str(session.session_key)


def main() -> None:
    """Database, static files, county, sessions."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("collectstatic", interactive=False, verbosity=0)
    world = county()
    load_world(world, sys.argv[1])
    if "at-work" in sys.argv[2:]:
        put_to_work(world)
    sessions = {}
    if "in-full" in sys.argv[2:]:
        pages = fill(world)
        Path(os.environ["XIANGXU_HOME"], "pages.json").write_text(json.dumps(pages), encoding="utf-8")
        for who in ("without-password", "must-change"):
            sessions[who] = session_of(Post.objects.select_related("person").get(person=pages[who]))
    # The walks of the county at work set their second factor up by hand; everywhere else it is there, or nobody would see what lies behind.
    held_back = "at-work" in sys.argv[2:] and "in-full" not in sys.argv[2:]
    for who, (login, held) in {**world.cast, "colleague": (colleague(world), world.cast["clerk"][1])}.items():
        post = Post.objects.select_related("person").get(person__login=login, unit__code=held.unit, role=held.role)
        if not held_back and demanded_of(actor_of(post)) and not has_factor(post.person_id):
            Authenticator.objects.create(user_id=post.person_id, type=Authenticator.Type.TOTP, data={})
        sessions[who] = session_of(post)
    json.dump(sessions, sys.stdout)


if __name__ == "__main__":
    main()
