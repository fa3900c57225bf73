"""How a target is computed (怎么算), settled by a person: the proposal confirmed, another evaluator chosen, or put off (暂不计算).

What the reader or a shipped plan proposes stays a proposal until then. What was settled is never undone by a new version of the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import action, values
from xiangxu_web.kernel.permission import Refused, row, rows
from xiangxu_web.workspaces.plans.drafting.correcting import Step, standing
from xiangxu_web.workspaces.plans.hows import How, chosen, how, likely
from xiangxu_web.workspaces.plans.looking import is_doubtful
from xiangxu_web.workspaces.plans.models import Draft, Target, Task
from xiangxu_web.workspaces.plans.succession import settle

Json = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What came of many targets at once: how many were settled, and the names of those that have nothing to confirm."""

    done: int
    left: tuple[str, ...] = ()


def fields_of(candidate: Mapping[str, Any] | None) -> Json:
    """An evaluator as a target keeps it: kind, card, parameters, scope and threshold; all empty where there is none. The units only
    where a person said with it which are meant."""
    given = candidate or {}
    return {
        "evaluator_kind": given.get("kind", ""),
        "evaluator": given.get("id", ""),
        "parameters": given.get("parameters", {}),
        "evaluator_scope": given.get("scope") or "",
        "threshold": given.get("threshold") or "",
        **({"units": given["units"]} if "units" in given else {}),
    }


def held(target: Target) -> Json | None:
    """The evaluator that stands at the target, as it was proposed or chosen; None where there is none."""
    if not target.evaluator:
        return None
    known = next((each for each in target.proposals if each["id"] == target.evaluator), {"score": 0.0, "words": []})
    return dict(known) | {
        "kind": target.evaluator_kind,
        "id": target.evaluator,
        "parameters": target.parameters,
        "scope": target.evaluator_scope or None,
        "threshold": target.threshold or None,
    }


def proposed(target: Target) -> How | None:
    """What is confirmed with one touch: the evaluator at the target, as far as there is a card of it."""
    return how(held(target))


def alternatives(target: Target) -> list[How]:
    """The other proposals, the best first."""
    first = proposed(target)
    found = [each for each in map(how, target.proposals) if each is not None and (first is None or each.id != first.id)]
    return found[:3]


def is_sure(target: Target) -> bool:
    """Whether nobody has settled it yet and the proposal is likely right; not where the reader doubts what it says."""
    return target.binding == Target.Binding.PROPOSED and likely(held(target)) and not is_doubtful(target)


def confirm(actor: Actor, keys: Sequence[int]) -> Outcome:
    """Confirms of each target what is proposed; what is settled already stays as it is, and what has no proposal is left and told."""
    with transaction.atomic():
        done, left = 0, []
        waiting = [target for target in _locked(actor, keys) if target.binding == Target.Binding.PROPOSED]
        ready = [(target, first) for target in waiting if (first := proposed(target)) is not None]
        left = [target.metric for target in waiting if proposed(target) is None]
        if ready:
            with action(actor, "target.bind") as record:
                for target, first in ready:
                    record.changed(*_written(actor, target, chosen(first.id, _known(target)), Target.Binding.CONFIRMED))
                    done += 1
    return Outcome(done, tuple(left))


def choice(target: Target, evaluator: str) -> Json | None:
    """The evaluator of this id as the target could be computed by it: as it stands, as proposed, or as its card is; None without a card."""
    found = chosen(evaluator, _known(target))
    return found if how(found) is not None else None


def choose(actor: Actor, key: int, evaluator: str, fitted: Json | None = None) -> Target:
    """One evaluator is how the target is computed, proposed or not; ``fitted``: with this scope, these parameters and this bar.

    Refused: there is no such card.
    """
    with transaction.atomic():
        row("target.bind", actor, pk=key)
        target = _locked(actor, [key])[0]
        candidate = fitted or choice(target, evaluator)
        if candidate is None:
            raise ValueError(_("没有这个算法，请重新查找。"))
        with action(actor, "target.bind") as record:
            record.changed(*_written(actor, target, candidate, Target.Binding.CONFIRMED))
    return target


def put_off(actor: Actor, keys: Sequence[int]) -> Outcome:
    """These targets are not computed for now. What stood there stays among the proposals, to be chosen again."""
    with transaction.atomic():
        waiting = [target for target in _locked(actor, keys) if target.binding != Target.Binding.LATER]
        if waiting:
            with action(actor, "target.later") as record:
                for target in waiting:
                    now = held(target)
                    if now is not None:
                        target.proposals = [now, *(each for each in target.proposals if each["id"] != now["id"])]
                    record.changed(*_written(actor, target, None, Target.Binding.LATER))
    return Outcome(len(waiting))


def put_to_task(actor: Actor, key: int, task: int | None) -> Target:
    """The target belongs to this task of the document (None: to none of them); a new version leaves it there."""
    with transaction.atomic():
        row("target.bind", actor, pk=key)
        target = _locked(actor, [key])[0]
        if task is not None and not tasks_of(actor, target).filter(pk=task).exists():
            raise ValueError(_("请选同一份方案里的任务。"))
        with action(actor, "target.place") as record:
            before = values(target)
            target.task_id, target.placed_by_post = task, actor.post_id
            target.edition += 1
            target.save(update_fields=["task", "placed_by_post", "edition"])
            record.changed(target, before)
    return target


def tasks_of(actor: Actor, target: Target) -> QuerySet[Task]:
    """The tasks to which a target can belong: those of its document, no parts."""
    found: QuerySet[Task] = rows("task.see", actor).filter(plan=target.plan_id, parent=None, dropped=None, same_as=None)
    return found.order_by("order", "pk")


def _known(target: Target) -> Json:
    return {"evaluator": held(target), "proposals": target.proposals}


def _locked(actor: Actor, keys: Iterable[int]) -> list[Target]:
    """The targets among these that the actor may settle, locked; refused where the plan has ended."""
    allowed = rows("target.bind", actor).filter(pk__in=keys).order_by().values("pk")
    found = list(Target.objects.select_for_update(of=("self",)).filter(pk__in=allowed).select_related("plan").order_by("pk"))
    if any(target.plan.closed is not None for target in found):
        raise Refused(_("这份方案已经结束，怎么算不能再改。"))
    return found


_WRITTEN = (*fields_of(None), "units", "proposals", "binding", "bound_by_post", "bound", "seen", "edition")


def _written(actor: Actor, target: Target, candidate: Mapping[str, Any] | None, binding: str) -> tuple[Target, Json]:
    """The target with what was settled, by whom and when; and what stood there before."""
    before = values(target)
    for name, value in fields_of(candidate).items():
        setattr(target, name, value)
    target.binding, target.bound_by_post, target.bound = binding, actor.post_id, clock.now()
    # Whoever settles how it is computed has looked at it; what the reader doubted is compared with the text, and said so, by itself.
    target.seen, target.edition = target.seen or not target.doubts, target.edition + 1
    target.save(update_fields=_WRITTEN)
    return target, before


# A draft and the version before it -------------------------------------------------------------------------------------------------
def settled_in(draft: Draft) -> dict[str, tuple[int | None, datetime]]:
    """Who settled last, and when, how the promise of each ref is computed: by the corrections that count."""
    made = {each.number: each for each in draft.corrections.filter(kind__in=("bind", "later", "undo"))}
    steps = [Step(each.number, each.kind, each.on, each.typed) for each in made.values()]
    return {
        ref: (made[step.number].post_id, made[step.number].at)
        for step in standing(steps)
        for ref in step.typed.get("refs", [step.on])
    }


def settled_before(draft: Draft) -> dict[str, Json | None]:
    """By the new version's refs how a person settled the computing in the version in force (None: 暂不计算): it goes on, unless it is
    settled anew here."""
    heirs = settle(draft.current).heirs
    if draft.plan_id is None or not heirs:
        return {}
    found = Target.objects.filter(plan=draft.plan_id, dropped=None, uid__in=heirs.values())
    by_uid = {str(target.uid): target for target in found.exclude(binding=Target.Binding.PROPOSED).defer("quote", "place")}
    return {ref: _settled(by_uid[uid]) for ref, uid in heirs.items() if uid in by_uid}


def _settled(target: Target) -> Json | None:
    """How a target is computed, with the units that a person chose for it."""
    stands = held(target)
    return stands and stands | {"units": target.units}
