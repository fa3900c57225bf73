"""What units write and the office issues in a county of the walk: bulletins, sub-plans with the words of others on them, coverage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xiangxu import clock
from xiangxu.model.reason import Reason
from xiangxu.monthly.content import Block, BulletinContent, Figure, Kind, Span, to_data
from xiangxu.monthly.state import PlanState, TargetState
from xiangxu.targets.status import Status, Verdict
from xiangxu_web.workspaces.accounts.models import Post
from xiangxu_web.workspaces.areas.models import Unit
from xiangxu_web.workspaces.plans.models import Bulletin, Mark, Opinion, Plan, SubPlan, SubPlanEdition, Target

# The states of a sub-plan that the addresses ask for, and the word that marks each in its title.
WRITTEN, WAITING, APPROVED = SubPlan.State.DRAFT, SubPlan.State.COUNTERSIGNING, SubPlan.State.APPROVED
TITLES = {WRITTEN: "起草分方案", WAITING: "送审分方案", APPROVED: "已批分方案"}
FIGURE_KEY, BLOCK = "one", "first"


def called(word: str, state: str, unit: int) -> str:
    """The title of a unit's sub-plan: a marker that stands in no other's."""
    return f"{word}隐号{TITLES[SubPlan.State(state)]}{unit}号"


@dataclass
class Papers:
    """One county's papers. ``sub_plans``: by unit and state; ``opinions``: by the unit that was asked; ``marks``: by unit."""

    word: str
    plan: Plan
    target: Target
    # Whoever wrote for the office: nobody decides on what they handed in themselves.
    author: Post
    issued: Bulletin = field(init=False)
    draft: Bulletin = field(init=False)
    covered: Target = field(init=False)
    sub_plans: dict[tuple[int, str], SubPlan] = field(default_factory=dict)
    opinions: dict[int, Opinion] = field(default_factory=dict)
    marks: dict[int, Mark] = field(default_factory=dict)

    def made(
        self, units: Iterable[Unit], asked_on: Unit, asked: Iterable[Unit], heads: Iterable[Post], known: list[int]
    ) -> Papers:
        """Makes them: for each unit its sub-plans; on ``asked_on``'s the opinions of ``asked``; what each head stated for their school;
        ``known``: the units that the promise of coverage means."""
        self.issued, self.draft = self._bulletin(9, "通报", clock.now()), self._bulletin(10, "通报稿", None)
        self.covered = self._target("覆盖", known)
        other = self._target("覆盖二", known)
        for unit in units:
            for state, target in ((WRITTEN, None), (WAITING, self.covered), (APPROVED, other)):
                self.sub_plans[unit.pk, state] = self._sub_plan(unit, state, target)
        for unit in asked:
            paper = self.sub_plans[asked_on.pk, WAITING]
            self.opinions[unit.pk] = Opinion.objects.create(sub_plan=paper, unit=unit, edition=1, asked=clock.now())
        for head in heads:
            self.marks[head.unit_id] = Mark.objects.create(
                target=self.covered, unit=head.unit, word="yes", day=date(2026, 11, 10), made=clock.now(),
                note=f"{self.word}隐号覆盖依据{head.unit_id}号", person_id=head.person_id, post_id=head.pk,
            )  # fmt: skip
        return self

    def _target(self, name: str, known: list[int]) -> Target:
        return Target.objects.create(
            plan=self.plan, order=998 if name == "覆盖" else 997, quote=f"{self.word}隐号{name}", metric=f"{self.word}隐号{name}",
            evaluator_kind="coverage", evaluator="unit-plan-share", binding="confirmed", units={"keys": known},
        )  # fmt: skip

    def _bulletin(self, number: int, name: str, issued: Any) -> Bulletin:
        """One sentence with one figure, behind which stands one target."""
        title, key = f"{self.word}隐号{name}", str(self.target.uid)
        aim = TargetState(key, title, title, Verdict(Status.MET, Reason(title)))
        state = PlanState(plan_title=title, number=number, day=date(2026, 11, 1), issuer="隐号", mark="隐号", targets=(aim,))
        block = Block(BLOCK, Kind.PARAGRAPH, (Span(title), Span("1", FIGURE_KEY)))
        content = BulletinContent(title, state, (block,), (Figure(FIGURE_KEY, title, 1, "", counts="targets", rows=(key,)),))
        return Bulletin.objects.create(
            plan=self.plan, number=number, day=state.day, title=title, content=to_data(content), made=clock.now(),
            issued=issued, post_id=self.author.pk,
        )  # fmt: skip

    def _sub_plan(self, unit: Unit, state: str, target: Target | None) -> SubPlan:
        title, now = called(self.word, state, unit.pk), clock.now()
        body = [{"heading": "一、隐号", "asks": "", "text": title}]
        by = {"person_id": self.author.person_id, "post_id": self.author.pk}
        decided = {"decided": now, "decided_by_post": self.author.pk} if state == APPROVED else {}
        made = SubPlan.objects.create(
            plan=self.plan, unit=unit, target=target, title=title, body=body, state=state, made=now, **by, **decided,
            **({} if state == WRITTEN else {"handed_in": now}),
        )  # fmt: skip
        if state != WRITTEN:
            SubPlanEdition.objects.create(
                sub_plan=made, number=1, title=title, body=body, made=now, outcome="approved" if decided else "", **by, **decided,
            )  # fmt: skip
        return made
