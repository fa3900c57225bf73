"""What the invented county has done with its plan: parts, nodes, coverage, sub-plans. All of it invented, said so, the same at every run."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.core.files.base import ContentFile

from xiangxu import clock
from xiangxu.targets.shares import Share, equal_shares
from xiangxu.world.county.world import World
from xiangxu_web.flows.demo import member
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.files.attach import Stored, stored
from xiangxu_web.workspaces.accounts.api import Post, actor_of
from xiangxu_web.workspaces.areas.api import Unit
from xiangxu_web.workspaces.plans import nodes, splitting, sub_plans
from xiangxu_web.workspaces.plans.covered import Member, choice_of, county_members, plan_promises
from xiangxu_web.workspaces.plans.covering import Wish, choose_units, state_many, verify
from xiangxu_web.workspaces.plans.models import Mark, Plan, SubPlan, Target, Task

# Stands in every note, so that nobody takes it for a real county's.
_MARK = "演示数据"
_NOTE = f"{_MARK}：11月18日电话核实"
_EVIDENCE = f"{_MARK}：虚构县的台账摘录，没有对应的真实材料。\n"
# Of a cell: √ verified or waiting, ×, 不适用, nothing said.
_WORDS, _ODDS = ("yes", "no", "na", ""), (62, 14, 6, 18)
# So many promises get their units and cells; the others show what a promise looks like that nobody has begun.
_PROMISES = 5
_TEXT = (
    "由分管负责人牵头，2027年6月底前改造3所学校的饮水设施，8月底前全部验收，合格率100%。",
    "由教管办负责，2026年12月底前完成2所小规模学校撤并前的风险评估，学生分流方案一校一策。",
)
_VAGUE = ("进一步加强组织领导，努力改善办学条件。", "切实做好相关工作。")


def work_some(world: World, plan: Plan, seed: int = 2026) -> None:
    """Everything at once; asks for the plan as it was published."""
    parts_some(world, plan)
    steps_some(world, plan)
    coverage_some(world, plan, seed)
    sub_plans_some(world, plan)


def parts_some(world: World, plan: Plan) -> None:
    """A number of schools over five towns, with two nodes: two towns accepted, one disputes, two have said nothing."""
    clerk = member(world, "clerk")
    asked = Target.objects.filter(
        plan=plan,
        dropped=None,
        same_as=None,
        uom="所",
        value__gte=5,
        task__parent=None,
        task__dropped=None,
        task__due_on__isnull=False,
    )
    found = [(each.task, int(each.value or 0)) for each in asked.select_related("task").order_by("order") if each.task]
    if not found:
        return
    # Rather one that is called by its number: 对14所学校…
    task, total = min(found, key=lambda each: f"{each[1]}所" not in each[0].title)
    towns = _town_posts(plan)[:5]
    shares = [
        (post.unit_id, Share(str(post.unit_id), much, {date(2026, 6, 30): much // 2, date(2026, 8, 31): much}))
        for post, much in zip(towns, equal_shares(total, len(towns)), strict=True)
    ]
    splitting.save(clerk, task.pk, shares, total=total, uom="所", edition=task.edition)
    splitting.send_down(clerk, task.pk)
    parts = {part.answerable_id: part for part in splitting.parts_of(task)}
    for post, reason in zip(towns, ("", "", f"{_MARK}：本镇只有1所符合条件，请核减"), strict=False):
        splitting.answer(actor_of(post), parts[post.unit_id].pk, accept=not reason, reason=reason)


def steps_some(world: World, plan: Plan) -> None:
    """Steps in words on two of the bureau's tasks, and one of a milestone that waits for its second person."""
    clerk = member(world, "clerk")
    own = Task.objects.filter(plan=plan, dropped=None, parent=None, answerable_id=clerk.unit_id, due_on__gt=clock.today())
    for number, task in enumerate(own.order_by("order")[:2]):
        if number:
            nodes.add(clerk, task, date(2026, 12, 20), "完成需求汇总")
            continue
        reached = nodes.add(clerk, task, date(2026, 9, 30), "完成摸底，形成台账")
        nodes.reach(clerk, reached.pk, f"{_MARK}：台账已报局长办公会")
        nodes.add(clerk, task, date(2027, 3, 31), "方案印发到各镇街")
    deeds = Target.objects.filter(
        plan=plan, dropped=None, evaluator_kind=Target.Evaluator.MILESTONE, task__isnull=False, same_as=None
    )
    deed = deeds.filter(task__answerable_id=clerk.unit_id).order_by("order").first()
    if deed is not None:
        step = nodes.add(clerk, deed, date(2026, 10, 31), "征求意见")
        nodes.reach(clerk, step.pk, f"{_MARK}：已征求18个单位意见")


def coverage_some(world: World, plan: Plan, seed: int) -> None:
    """Schools by promises: √, ×, 不适用 and nothing; some with evidence, most of the √ verified by a section, a few refused."""
    clerk, office = member(world, "clerk"), member(world, "office")
    dice, everyone = random.Random(seed), county_members(plan)
    evidence = stored([ContentFile(_EVIDENCE.encode(), "演示依据.txt")])
    asked = [target for target in plan_promises(clerk, plan) if target.evaluator != "unit-plan-share"]
    for number, target in enumerate(asked[:_PROMISES]):
        found = target if choice_of(target) else choose_units(clerk, target.pk, "rural-schools")
        units = [each for each in everyone if choice_of(found).has(each)]
        files = evidence if number % 2 else []
        for part, attached in _halves(_wishes(dice, units), files):
            if part:
                state_many(clerk, target.pk, part, note=_NOTE, files=attached)
        stated = Mark.objects.filter(target=target, replaced=None).exclude(word=Mark.Word.NO).order_by("pk")
        keys = list(stated.values_list("pk", flat=True))
        looked = [key for key in keys if dice.random() < 0.7]
        refused = [key for key in keys if key not in looked][:1]
        for chosen, accept in ((looked, True), (refused, False)):
            if chosen:
                verify(office, chosen, accept=accept, reason="" if accept else f"{_MARK}：照片看不清，请重拍")


def _wishes(dice: random.Random, units: Sequence[Member]) -> list[Wish]:
    words = ((unit.key, dice.choices(_WORDS, _ODDS)[0]) for unit in units)
    return [Wish(key, word) for key, word in words if word]


def _halves(wishes: list[Wish], files: Sequence[Stored]) -> Iterable[tuple[list[Wish], Sequence[Stored]]]:
    """Every fourth cell with its evidence, the others without."""
    yield wishes[::4], files
    yield [wish for n, wish in enumerate(wishes) if n % 4], ()


def sub_plans_some(world: World, plan: Plan) -> None:
    """一镇一案 in four towns: one approved, one returned, one handed in, one still a draft."""
    clerk = member(world, "clerk")
    target = (
        Target.objects.filter(plan=plan, dropped=None, same_as=None, evaluator="unit-plan-share", level="town")
        .order_by("order")
        .first()
    )
    towns = {post.unit_id: actor_of(post) for post in _town_posts(plan)[:4]}
    sub_plans.open_round(clerk, plan.pk, target.pk if target else None, list(towns), date(2026, 12, 10))
    found: Mapping[int, SubPlan] = {each.unit_id: each for each in SubPlan.objects.filter(plan=plan, target=target)}
    for number, (unit, town) in enumerate(towns.items()):
        if number < 3:
            _hand_in(town, found[unit], _TEXT if number != 1 else _VAGUE)
        if number == 0:
            sub_plans.decide(clerk, found[unit].pk, approve=True, reason=f"{_MARK}：同意")
        if number == 1:
            sub_plans.decide(clerk, found[unit].pk, approve=False, reason=f"{_MARK}：没有数量和时间，请写具体")


def _hand_in(town: Actor, sub_plan: SubPlan, lines: Sequence[str]) -> None:
    texts = [f"{lines[n % len(lines)]}（{_MARK}）" for n in range(len(sub_plan.body))]
    sub_plans.write(town, sub_plan.pk, sub_plan.title, texts, sub_plan.revision)
    sub_plans.hand_in(town, sub_plan.pk)


def _town_posts(plan: Plan) -> list[Post]:
    """One officer of each town, in the order of the towns."""
    posts = Post.objects.filter(unit__area__path__startswith=plan.area.path, unit__kind=Unit.Kind.TOWN, role="town", ends=None)
    found = posts.select_related("unit__area", "person").order_by("unit__area__path", "pk")
    return list({post.unit_id: post for post in reversed(found)}.values())[::-1]
