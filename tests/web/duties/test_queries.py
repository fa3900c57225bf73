"""A list asks the database as often for many rows as for few."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.web.duties.counties import PURPOSE, YANXI
from tests.web.duties.things import Things
from xiangxu import clock
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.workspaces.accounts.models import Person, Post, SignedLink
from xiangxu_web.workspaces.accounts.posts import AWAITED
from xiangxu_web.workspaces.areas.models import Unit
from xiangxu_web.workspaces.plans.models import (
    Bulletin,
    Mark,
    Node,
    Opinion,
    Plan,
    Report,
    SubPlan,
    SubPlanEdition,
    Target,
    Task,
    TaskUnit,
)

FEW, MANY = 2, 20


def _person(n: int) -> Person:
    return Person.objects.create_user(f"counted-{n}", f"计数人{n}", phone=f"1990080{n:04}")


def _people(things: Things, n: int) -> None:
    Post.objects.create(person=_person(n), unit=things.posts["CK"].unit, role="office")


def _named(things: Things, n: int) -> None:
    Post.objects.create(person=_person(n), unit=things.posts["CK"].unit, role="clerk", starts=AWAITED, ends=AWAITED)


def _audit(things: Things, n: int) -> None:
    post = _school(things, n).posts.first() or things.posts["CK"]
    AuditRow.objects.create(
        at=clock.now(), verb="unit.rename", table="unit", row_key="counted", area_path=things.counties[YANXI].area.path,
        post_id=post.pk, person_id=post.person_id, unit_id=post.unit_id,
    )  # fmt: skip


def _link(things: Things, n: int) -> None:
    SignedLink.objects.create(
        hashed=uuid4().hex, unit=_school(things, n), purpose=PURPOSE, made=clock.now(), expires=clock.now() + timedelta(days=9),
        made_by_post=things.posts["CK"].pk,
    )  # fmt: skip


def _sub_plan(things: Things, n: int) -> None:
    county = things.counties[YANXI]
    SubPlan.objects.create(
        plan=county.plan, unit=_school(things, n), target=county.papers.covered, title="计数", state="returned", made=clock.now()
    )


def _edition(things: Things, n: int) -> None:
    """Another edition of one sub-plan, by another person and post, with a word on it."""
    paper = things.sub_plan("/sub-plans/<int:key>/", "CK", "own")
    post = Post.objects.filter(unit=_school(things, n)).first() or things.posts["CK"]
    SubPlanEdition.objects.create(
        sub_plan=paper, number=n + 2, title="计数", body=paper.body, made=clock.now(), post_id=post.pk, person_id=post.person_id
    )
    Opinion.objects.create(sub_plan=paper, unit=post.unit, edition=n + 2, asked=clock.now(), post_id=post.pk)


def _bulletin(things: Things, n: int) -> None:
    papers = things.counties[YANXI].papers
    Bulletin.objects.create(
        plan=papers.plan, number=100 + n, day=date(2026, 11, 1), title="计数", content=papers.draft.content, made=clock.now(),
        issued=clock.now(),
    )  # fmt: skip


def _mark(things: Things, n: int) -> None:
    post = Post.objects.filter(unit=_school(things, n)).first() or things.posts["CK"]
    covered = things.counties[YANXI].papers.covered
    Target.objects.filter(pk=covered.pk).update(units={"group": "all-schools"})
    Mark.objects.create(
        target=covered, unit=_school(things, n), word="yes", day=date(2026, 11, 1), made=clock.now(),
        person_id=post.person_id, post_id=post.pk,
    )  # fmt: skip


def _school(things: Things, n: int) -> Unit:
    """One of the county's schools, another for each number."""
    schools = Unit.objects.filter(kind="school", closed=None, area__path__startswith=things.counties[YANXI].area.path)
    return schools.exclude(pk__in={key for key, _state in things.counties[YANXI].papers.sub_plans}).order_by("-pk")[n]


def _work(things: Things, n: int) -> None:
    """A task of another unit for each number, past its day: with a promise that is asked of schools and one to be confirmed, a step, who
    takes part, a report that waits and a part handed down."""
    plan, unit = things.counties[YANXI].plan, _school(things, n)
    task = _handed(plan, unit, None, n)
    _handed(plan, _school(things, n + 1), task, n)
    TaskUnit.objects.create(task=task, unit=_school(things, n + 2), printed="计数单位", part=TaskUnit.Part.PARTICIPANT)
    Node.objects.create(task=task, due_on=date(2026, 9, 1), words="计数节点")
    for kind, binding in (("coverage", "confirmed"), ("numeric", "proposed")):
        Target.objects.create(
            plan=plan, task=task, order=2000 + n, quote=f"计数承诺{n}", metric="计数", op="ge", value=n, due_on=date(2026, 9, 1),
            evaluator_kind=kind, evaluator="safe-water-share", binding=binding, units={"group": "all-schools"},
        )  # fmt: skip
    post = unit.posts.first() or things.posts["CK"]
    Report.objects.create(
        task=task, unit=unit, day=date(2026, 11, 1), word="behind", line="计数", post_id=post.pk, person_id=post.person_id,
        made=clock.now(), token=uuid4().hex,
    )  # fmt: skip


def _handed(plan: Plan, unit: Unit, parent: Task | None, n: int) -> Task:
    """A task of the unit; below another one a part of it."""
    task = Task.objects.create(
        plan=plan, kind=Task.Kind.PART if parent else Task.Kind.ROW, parent=parent, order=2000 + n, number=str(n), title=f"计数任务{n}",
        answerable=unit, sent=Task.Sent.ACCEPTED, due_on=date(2026, 9, 1),
    )  # fmt: skip
    task.path = f"{parent.path if parent else ''}{task.pk}/"
    task.save(update_fields=["path"])
    return task


def _part(things: Things, n: int) -> None:
    """A part of one task, with what its unit reported."""
    task = _handed(things.counties[YANXI].plan, _school(things, n), things.counties[YANXI].root, n)
    post = task.answerable.posts.first() or things.posts["CK"]
    for state in ("accepted", "waiting"):
        Report.objects.create(
            task=task, unit=task.answerable, day=date(2026, 11, 1), word="normal", line="计数", state=state, post_id=post.pk,
            person_id=post.person_id, made=clock.now(), token=uuid4().hex,
        )  # fmt: skip


LISTS = [
    ("CK", "/people/?q=计数人", _people, 20),
    ("SE", "/people/awaited/", _named, 15),
    ("AU", "/audit/?q=counted", _audit, 27),
    ("CK", "/links/", _link, 18),
    ("CK", "/plans/<int:key>/sub-plans/?state=returned", _sub_plan, 30),
    ("CK", "/sub-plans/<int:key>/", _edition, 40),
    ("CK", "/bulletins/?q=计数", _bulletin, 18),
    ("CK", "/plans/<int:key>/coverage/promises/<int:target>/", _mark, 40),
    ("CK", "/", _work, 33),
    ("BL", "/", _work, 33),
    ("CK", "/tasks/", _work, 30),
    ("CK", "/tasks/?as=print", _work, 30),
    ("CK", "/targets/?q=计数", _work, 30),
    ("CK", "/chase/", _work, 30),
    ("CK", "/timeline/", _work, 30),
    ("CK", "/reports/?q=计数", _work, 30),
    ("CK", "/search/?q=计数", _work, 30),
    ("CK", "/plans/<int:key>/", _work, 30),
    ("CK", "/plans/<int:key>/coverage/?level=school", _work, 30),
    ("CK", "/tasks/<int:key>/", _part, 32),
    ("CK", "/tasks/<int:key>/split/", _part, 30),
]


@pytest.mark.parametrize(("who", "address", "make", "most"), LISTS, ids=[f"{who} {address}" for who, address, *_others in LISTS])
def test_the_count_does_not_grow(who: str, address: str, make: Callable[[Things, int], None], most: int, things: Things) -> None:
    """Twenty rows cost no query more than two, and the page keeps its bound; as many rows more are on it."""
    address, _question, query = address.partition("?")
    path, client, told = things.path(address, who, "own"), things.client(who), []
    for start, end in ((0, FEW), (FEW, MANY)):
        for n in range(start, end):
            make(things, n)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(f"{path}?{query}")
        told.append((len(asked), len(answer.content)))
        assert answer.status_code == 200
    (few, short), (many, long) = told
    assert long > short
    assert many <= few, [query["sql"][:200] for query in asked.captured_queries]
    assert many <= most
