"""The invented county at work: its plan published, some of it reported, as it stands on the demo's fixed day."""

from __future__ import annotations

import random
from datetime import datetime, time, timedelta
from pathlib import Path

from django.db import transaction

from xiangxu import clock
from xiangxu.coverage.asking import asks_each_unit
from xiangxu.model.plan import Op
from xiangxu.world import documents
from xiangxu.world.county.world import World
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import action
from xiangxu_web.kernel.files.attach import attach
from xiangxu_web.kernel.files.store import store
from xiangxu_web.workspaces.accounts.api import Post, actor_of
from xiangxu_web.workspaces.areas.api import county_of
from xiangxu_web.workspaces.plans.api import Draft, Plan, Report, Task, correct, decide, publish_draft
from xiangxu_web.workspaces.plans.binding import confirm
from xiangxu_web.workspaces.plans.covered import choice_of
from xiangxu_web.workspaces.plans.models import Target
from xiangxu_web.workspaces.plans.reading import read_into

# What units say in their reports: invented, in the sober style of such lines.
_LINES = {
    "normal": (
        "已完成前期摸底，正按计划推进。",
        "方案已印发，责任到人，进展顺利。",
        "已完成过半，年底前可全部完成。",
        "已组织专题培训两期，覆盖全部学校。",
    ),
    "behind": ("资金尚未到位，施工进度偏慢。", "用地手续仍在办理，开工时间推后。", "人员缺口较大，报名人数不足。"),
    "done": ("已全部完成并通过验收。", "目标已达到，资料已归档。"),
}
_OBSTACLES = ("需财政部门协调资金。", "需自然资源部门加快审批。", "缺少专业教师。")
# So long ago the invented county's plan came into the system.
_AGO = timedelta(days=45)


def member(world: World, who: str) -> Actor:
    """A member of the cast as an actor."""
    login, post = world.cast[who]
    return actor_of(
        Post.objects.select_related("unit__area", "person").get(person__login=login, unit__code=post.unit, role=post.role)
    )


def publish_own_plan(world: World) -> Plan:
    """The invented county's own plan, read from its Word file and published by the bureau's clerk as it was read, who confirmed until when
    it runs. It stands in the system for some weeks, so that its units could have reported."""
    clerk, draft = member(world, "clerk"), read_own_plan(world)
    correct(clerk, draft, "doc", "doc", {"runs_until": draft.current["until"]["day"]})
    plan = publish_draft(clerk, draft)
    plan.made -= _AGO
    plan.save(update_fields=["made"])
    plan.versions.update(published=plan.made)
    return plan


def publish_document(clerk: Actor, path: Path) -> Plan:
    """A document read and published as it stands, without a correction."""
    return publish_draft(clerk, _read(clerk, path))


def read_own_plan(world: World) -> Draft:
    """The invented county's own plan as it was read from its Word file, waiting to be read over."""
    return _read(member(world, "clerk"), next(p for p in documents() if p.suffix == ".docx"))


def _read(clerk: Actor, path: Path) -> Draft:
    """A document as an import of the clerk; the file itself is kept, as an upload would keep it."""
    blob = store(path, path.name)
    with action(clerk, "draft.upload") as record:
        draft = Draft.objects.create(
            area=county_of(clerk.county_path), name=path.name, made=clock.now(), made_by_post=clerk.post_id
        )
        record.made(draft)
        attach(blob, path.name, to=draft, actor=clerk)
    read_into(draft, path)
    draft.refresh_from_db()
    return draft


def bind_some(world: World, plan: Plan) -> int:
    """The clerk confirms how the plan's promises are computed where the proposal is fairly sure; of those that units are asked one by one
    only what units can be asked: 每名留守儿童 means children, not schools. The others wait, as they do in a real office. Gives the number
    of the confirmed."""
    clerk = member(world, "clerk")
    targets = Target.objects.filter(plan=plan, dropped=None).exclude(evaluator="").order_by("order")
    sure = [target.pk for target in targets if target.proposals[0].get("sure") != "low" and _askable(target)]
    return confirm(clerk, sure).done


def _askable(target: Target) -> bool:
    """Whether the promise asks something of each of several units, and whom it means are units, as far as the proposal names anybody."""
    if target.evaluator_kind != Target.Evaluator.COVERAGE:
        return True
    return asks_each_unit(target.quote, Op(target.op)) and (not target.evaluator_scope or bool(choice_of(target)))


def report_some(world: World, plan: Plan, seed: int = 2026) -> int:
    """Reports of the last weeks on most tasks that are asked about, accepted but for a few; the same at every run. Gives their number."""
    clerk = member(world, "clerk")
    dice, hours = random.Random(seed), random.Random(seed)
    tasks = Task.objects.filter(plan=plan, dropped=None, same_as=None).select_related("answerable").order_by("order")
    made = 0
    for task in tasks:
        if task.answerable is None or dice.random() < 0.2:
            continue
        word = dice.choices(("normal", "behind", "done"), (6, 2, 2))[0]
        came = _office_hour(hours, dice.randrange(1, 40))
        with transaction.atomic(), action(clerk.on_behalf_of(task.answerable_id), "report.hand-in") as record:
            report = Report.objects.create(
                task=task,
                unit=task.answerable,
                day=came.date(),
                word=word,
                line=dice.choice(_LINES[word]),
                obstacles=dice.choice(_OBSTACLES) if word == "behind" else "",
                post_id=clerk.post_id,
                person_id=clerk.person_id,
                entered_for=True,
                source="电话核实",
                made=came,
                token=f"demo-{plan.pk}-{task.pk}",
            )
            record.made(report, word=word, entered_for=True)
        made += 1
        if dice.random() < 0.85:
            decide(clerk, report.pk, accept=True)
            Report.objects.filter(pk=report.pk).update(decided=min(came + timedelta(hours=18), clock.now()))
    return made


def _office_hour(dice: random.Random, days: int) -> datetime:
    """A moment in working hours so many days ago, so that what came in does not all stand at one minute."""
    return datetime.combine(clock.today() - timedelta(days=days), time(dice.randrange(9, 17), dice.randrange(60)), clock.SHANGHAI)
