"""One thing of every kind a page can show, in the county at work, and the addresses of these pages under short names."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from xiangxu import clock
from xiangxu.targets.shares import Share
from xiangxu.world import documents
from xiangxu.world.county.world import World
from xiangxu_web.flows.demo import member
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.files.store import store
from xiangxu_web.kernel.jobs.queue import enqueue
from xiangxu_web.kernel.models import Job, JobState
from xiangxu_web.workspaces.accounts import codes
from xiangxu_web.workspaces.accounts.api import Person, Post
from xiangxu_web.workspaces.accounts.links import make_link, revoke
from xiangxu_web.workspaces.accounts.models import SignedLink
from xiangxu_web.workspaces.accounts.posts import AWAITED
from xiangxu_web.workspaces.areas import changing
from xiangxu_web.workspaces.areas.api import Unit
from xiangxu_web.workspaces.areas.changing import Ground
from xiangxu_web.workspaces.areas.exchange.storing import IMPORT_UNITS
from xiangxu_web.workspaces.plans import api, bulletins, covered, covering, reporting, splitting, sub_plans
from xiangxu_web.workspaces.plans.calendars import open_calendar
from xiangxu_web.workspaces.plans.models import Bulletin, Draft, Mark, Plan, SubPlan, Target, Task
from xiangxu_web.workspaces.plans.reading import read_into
from xiangxu_web.workspaces.plans.rules import REPORT_LINK

_WORDS = (("yes", 8), ("no", 2), ("na", 1))
_WRONG_ROW = "第 42 行“办学类型”不是可选的词。请改正后重新导入。"


def fill(world: World) -> dict[str, str]:
    """Coverage with all its states, a sub-plan handed in, a splitting with a dispute, a leader's sentence, bulletins, drafts, a link, a
    calendar, a unit closed, people who wait for a post or a code, a job that runs and one that failed.
    Gives what stands in place of ``{name}`` in the addresses of pages_in_full.py."""
    clerk, town, head = (member(world, who) for who in ("clerk", "town", "headteacher"))
    plan = Plan.objects.get(area__path=clerk.county_path)
    task = Task.objects.filter(plan=plan, parent=None, parts=None, due_on__gt=clock.today()).order_by("order")[0]
    part = _split(world, task)
    splitting.answer(town, part.pk, accept=False, reason="我镇只有一所学校符合条件，请核减为一所。")
    reporting.instruct(member(world, "county-leader"), task.pk, "请教体局、住建局月底前解决。", date(2026, 11, 30))
    promise = _cover(world, plan)
    issued = bulletins.begin(clerk, plan.pk)
    bulletins.issue(clerk, issued.pk, issued.revision, in_spite=True)
    open_calendar(head)
    town_link = make_link(clerk, Unit.objects.get(pk=town.unit_id), REPORT_LINK, {}, 30)
    department = make_link(clerk, Unit.objects.get(pk=member(world, "lead-department").unit_id), REPORT_LINK, {}, 30)
    document = next(path for path in documents() if path.suffix == ".docx")
    reading = api.upload(clerk, [(store(document.read_bytes(), document.name), document.name)])
    return {
        "plan": str(plan.pk),
        "task": str(task.pk),
        "part": str(part.pk),
        "of-school": str(Task.objects.get(parent=task, answerable_id=head.unit_id).pk),
        "promise": str(promise.pk),
        "target": str(Target.objects.filter(plan=plan, task__isnull=False).order_by("order")[0].pk),
        "milestone": str(Target.objects.filter(plan=plan, evaluator_kind="milestone").order_by("order")[0].pk),
        "school": str(head.unit_id),
        "town-unit": str(town.unit_id),
        "sub-plan": str(_sub_plan(world, plan, promise)),
        "sub-plan-of-head": str(SubPlan.objects.get(plan=plan, unit_id=head.unit_id).pk),
        "issued": str(issued.pk),
        "figure": next(figure.key for figure in bulletins.content_of(issued).figures if figure.rows),
        "bulletin": str(bulletins.begin(clerk, plan.pk).pk),
        "draft": str(_draft(plan, document)),
        "reading": str(reading.pk),
        "link": town_link.split("/")[2],
        **_links_that_ended(clerk, town),
        "unreadable": str(_unreadable(world).pk),
        "link-of-department": department.split("/")[2],
        "person": str(clerk.person_id),
        "post": str(clerk.post_id),
        "cluster": str(Unit.objects.filter(kind=Unit.Kind.CLUSTER, area__path__startswith=clerk.county_path)[0].pk),
        "town": Unit.objects.get(pk=town.unit_id).area.code,
        "head": str(head.person_id),
        "post-of-head": str(head.post_id),
        "closed": str(_closed(world).pk),
        "running": str(_job(world, state=JobState.RUNNING, done=137, total=300, words="正在核对第 137 行", attempts=1).pk),
        "failed": str(_job(world, state=JobState.FAILED, done=41, total=300, error=_WRONG_ROW, attempts=2, ended=clock.now()).pk),
        **_waiting(world),
    }


def _split(world: World, task: Task) -> Task:
    clerk, town, head = (member(world, who) for who in ("clerk", "town", "headteacher"))
    units = [unit.pk for unit in splitting.units_offered(clerk) if unit.kind == Unit.Kind.TOWN]
    nodes = {date(2026, 11, 30): 1.0, date(2026, 12, 25): 2.0}
    shares = [(unit, Share(str(unit), 2.0, nodes)) for unit in (*units, head.unit_id)]
    splitting.save(clerk, task.pk, shares, total=2.0 * len(shares) + 4, uom="所", edition=task.edition)
    splitting.send_down(clerk, task.pk)
    return Task.objects.get(parent=task, answerable_id=town.unit_id)


def _cover(world: World, plan: Plan) -> Target:
    """Cells of all states for the promises that go out to every rural school. Gives the promise with the most of them."""
    clerk, office = member(world, "clerk"), member(world, "office")
    dice = random.Random(1)
    everyone = covered.county_members(plan)
    filled: list[tuple[int, Target]] = []
    for promise in covered.plan_promises(clerk, plan):
        if not covered.choice_of(promise):
            promise = covering.choose_units(clerk, promise.pk, "rural-schools")
        words, weights = zip(*_WORDS, strict=True)
        wishes = [
            covering.Wish(each.key, dice.choices(words, weights)[0])
            for each in everyone
            if covered.choice_of(promise).has(each) and dice.random() < 0.6
        ]
        if not wishes:
            continue
        covering.state_many(clerk, promise.pk, wishes, note="11月18日电话核实")
        marks = list(Mark.objects.filter(target=promise, replaced=None).exclude(word="no").values_list("pk", flat=True))
        covering.verify(office, marks[: len(marks) // 2], accept=True)
        covering.verify(office, marks[-2:], accept=False, reason="照片看不清")
        filled.append((len(wishes), promise))
    return max(filled, key=lambda each: each[0])[1]


def _sub_plan(world: World, plan: Plan, promise: Target) -> int:
    clerk, town = member(world, "clerk"), member(world, "town")
    sub_plans.open_round(clerk, plan.pk, None, [town.unit_id, member(world, "headteacher").unit_id], date(2026, 12, 10))
    made = SubPlan.objects.get(plan=plan, unit_id=town.unit_id)
    texts = ["我镇有农村学校六所，2026年底前逐校改造完成，由分管副镇长负责。" for _section in made.body]
    sub_plans.write(town, made.pk, made.title, texts, made.revision)
    sub_plans.hand_in(town, made.pk)
    sub_plans.ask(clerk, made.pk, [member(world, "lead-department").unit_id], date(2026, 11, 30))
    return made.pk


def _draft(plan: Plan, document: Path) -> int:
    draft = Draft.objects.create(area=plan.area, name=document.name, plan=plan, made=clock.now())
    read_into(draft, document)
    return draft.pk


def _closed(world: World) -> Unit:
    """A kindergarten that closed in the summer."""
    clerk = member(world, "clerk")
    open_ones = Unit.objects.filter(kind=Unit.Kind.KINDERGARTEN, area__path__startswith=clerk.county_path, closed=None)
    found = open_ones.order_by("-pk")[0]
    return changing.close(clerk, found.pk, found.edition, Ground(date(2026, 7, 15), "生源不足，砚教体发〔2026〕19号"), None)


def _links_that_ended(clerk: Actor, town: Actor) -> dict[str, str]:
    """A link that ran out and one that was ended."""
    ended = {}
    for name in ("link-expired", "link-revoked"):
        ended[name] = make_link(clerk, Unit.objects.get(pk=town.unit_id), REPORT_LINK, {}, 30).split("/")[2]
        link = SignedLink.objects.order_by("-pk")[0]
        if name == "link-revoked":
            revoke(clerk, link.pk)
        else:
            SignedLink.objects.filter(pk=link.pk).update(expires=clock.now() - timedelta(days=1))
    return ended


def _unreadable(world: World) -> Bulletin:
    """A bulletin of the other county whose content was spoilt: its page is a fault of ours."""
    area = Unit.objects.get(pk=member(world, "other-clerk").unit_id).area
    plan = Plan.objects.create(area=area, title="存坏了的方案", made=clock.now())
    return Bulletin.objects.create(plan=plan, number=1, day=clock.today(), title="存坏了的通报", made=clock.now())


def _job(world: World, **how: object) -> Job:
    """A job of the clerk's that stands so. Its lease lasts, so that no worker of a walk takes it up."""
    job = enqueue(IMPORT_UNITS, {}, member(world, "clerk"))
    Job.objects.filter(pk=job.pk).update(started=clock.now(), lease_until=clock.ticking() + timedelta(days=1), **how)
    return job


def _waiting(world: World) -> dict[str, str]:
    """Heads of kindergartens who have no password yet, one who must change it, and one person each of those whom the security administrator is asked for: named
    for a key post, and given one but without a password. Gives the first of them."""
    clerk = member(world, "clerk")
    heads = Person.objects.filter(
        posts__unit__kind=Unit.Kind.KINDERGARTEN, posts__unit__area__path__startswith=clerk.county_path, posts__unit__closed=None
    ).exclude(posts__role=Post.Role.CLERK)
    *chosen, must_change = heads.distinct().order_by("pk")[:15]
    Person.objects.filter(pk__in=[person.pk for person in chosen]).update(password="!")
    bureau = Unit.objects.get(pk=clerk.unit_id)
    named, given, *_others = chosen
    Post.objects.create(person=named, unit=bureau, role=Post.Role.LEADER, title="副局长", starts=clock.today(), ends=AWAITED)
    Post.objects.create(person=given, unit=bureau, role=Post.Role.CLERK, title="专干", starts=clock.today())
    Person.objects.filter(pk=must_change.pk).update(must_change_password=True)
    return {
        "without-password": str(chosen[-1].pk),
        "must-change": str(must_change.pk),
        "code": codes.issue(clerk, [chosen[-1].pk])[0].code,
    }
