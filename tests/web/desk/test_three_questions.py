"""The start page of every post answers three questions: what must I do, what is red, what changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from xiangxu import clock
from xiangxu.world.county.world import World
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.jobs.queue import enqueue
from xiangxu_web.kernel.models import Job, JobState
from xiangxu_web.kernel.start import Line
from xiangxu_web.workspaces.accounts.codes import reset
from xiangxu_web.workspaces.accounts.models import Person, Post
from xiangxu_web.workspaces.accounts.people import register, set_rights
from xiangxu_web.workspaces.accounts.watching import red

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
TO_DO, RED, CHANGED = "要办的", "要盯的", "新变化"


def told(client: Client) -> dict[str, dict[str, list[Line]]]:
    """Question → panel → its lines."""
    questions = client.get("/").context["questions"]
    return {str(q): {str(s.title): list(s.lines) for s in sections} for q, sections, _nothing in questions}


def titles(lines: list[Line]) -> list[str]:
    """What the lines are called."""
    return [str(line.title) for line in lines]


def test_every_post_has_three_answers(world: World, signed_in: SignIn) -> None:
    """Whoever it is, in a county where nothing has happened yet: each question stands there, with something under it or with what will
    stand there; and a list of nothing leads nowhere."""
    for who in world.cast:
        page = signed_in(who).get("/")
        asked = page.context["questions"]
        assert sorted(str(title) for title, _sections, _nothing in asked) == sorted((TO_DO, RED, CHANGED)), who
        text = page.content.decode()
        for _title, sections, nothing in asked:
            said = [s.lines or s.hint or s.nothing for s in sections] or [nothing]
            assert all(said), who
            assert sections or str(nothing) in text, who
            assert not any(s.to_all for s in sections if not s.count), who


def test_the_security_administrator_sees_unguarded_and_unused_posts(
    actor: Callable[[str], Actor], post: Callable[[str], Post], signed_in: SignIn, settings: LazySettings
) -> None:
    """A right that was given stands under what changed, with who gave it; whoever opens children's files without a second factor under
    what is red, where the installation demands one; so does a key post that nobody has used for a quarter. The list is empty otherwise."""
    security = actor("security-admin")
    page = told(signed_in("security-admin"))
    assert [line for lines in page[RED].values() for line in lines] == []
    office, leader = post("office"), post("bureau-leader")
    set_rights(security, office.pk, may_open_child_files=True, may_act_for_others=office.may_act_for_others)
    Person.objects.filter(pk=leader.person_id).update(last_login=clock.now() - timedelta(days=91))
    page = told(signed_in("security-admin"))
    (given,) = page[CHANGED]["近 30 天的人员、岗位和权限"]
    assert office.person.name in str(given.title)
    assert security.person_name in str(given.why)
    assert titles(page[RED]["90 天没有登录的重要岗位，请核对是否仍应保留"]) == [leader.person.name]
    settings.CONFIGURATION = replace(settings.CONFIGURATION, second_factor=True)
    # The page is held back until they have a factor of their own; what will stand on it is asked for by itself.
    unguarded = next(section for section in red(security) if str(section.title) == "还没有设两步验证的岗位")
    assert office.person.name in titles(list(unguarded.lines))


def test_an_act_is_told_once(actor: Callable[[str], Actor], post: Callable[[str], Post], signed_in: SignIn) -> None:
    """A new person with a first post is one line, and so is a new sign-in code: not one for every row that the act touched."""
    system, school = actor("system-admin"), post("headteacher").unit_id
    new = register(
        system, login="new.head", name="新校长", phone="", email="", unit_id=school, role="school", title="", starts=None
    )
    reset(system, new.pk)
    lines = told(signed_in("security-admin"))[CHANGED]["近 30 天的人员、岗位和权限"]
    assert titles(lines) == ["重置登录：新校长", "新增人员：新校长"]


def test_whoever_can_let_in_anew_sees_who_is_locked_out(signed_in: SignIn, post: Callable[[str], Post]) -> None:
    """Five wrong passwords: a head's account stands on the system administrator's page, a clerk's on the security administrator's, and on
    the audit administrator's how many they were, without a name. Four are nobody's business."""
    head, clerk, office = (post(who).person for who in ("headteacher", "clerk", "office"))
    for person, times in ((head, 5), (clerk, 5), (office, 4)):
        for _n in range(times):
            Client().post(reverse("account_login"), {"login": person.login, "password": "wrong-wrong-1"})
    system, security, audit = (told(signed_in(who))[RED] for who in ("system-admin", "security-admin", "audit-admin"))
    assert titles(system["输错密码被暂停的账号"]) == [head.name]
    assert titles(security["输错密码被暂停的账号"]) == [clerk.name]
    assert titles(audit["审计链和登录"])[-1].startswith("2 个账号")


def test_a_failed_job_is_red_for_a_week(signed_in: SignIn) -> None:
    """The system administrator is told of what the background did not get done; of what failed before, no more."""
    for ago, kind in ((1, "files.sweep"), (8, "audit.verify")):
        job: Any = enqueue(kind)
        Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, ended=clock.now() - timedelta(days=ago))
    assert titles(told(signed_in("system-admin"))[RED]["近 7 天没有办成的后台作业"]) == ["清理无主文件"]
