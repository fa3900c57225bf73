"""How targets stand: what is not bound or has no data waits; each kind of evaluator finds out the rest by itself.

A kind that can be computed declares its judge, for many targets at once so that a list asks little::

    @judge("coverage")
    def covered(targets: Sequence[Target], on: date) -> Mapping[int, Verdict]: ...

A target that the answer leaves out has no data yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu.targets.status import Status, Verdict
from xiangxu.targets.target import TargetFacts, target_verdict
from xiangxu_web.kernel.components.lamp import Lamp
from xiangxu_web.kernel.components.reasons import worded
from xiangxu_web.workspaces.plans.looking import is_doubtful
from xiangxu_web.workspaces.plans.models import Target
from xiangxu_web.workspaces.plans.twins import asked_of

Judge = Callable[[Sequence[Target], date], Mapping[int, Verdict]]
JUDGES: dict[str, Judge] = {}


def judge(kind: str) -> Callable[[Judge], Judge]:
    """Declares what finds out how targets of a kind stand. A second one for a kind is a mistake in the program."""

    def declare(given: Judge) -> Judge:
        if kind in JUDGES:
            raise ValueError(f"judge of {kind} is declared twice")
        JUDGES[kind] = given
        return given

    return declare


def verdicts(targets: Iterable[Target], on: date | None = None) -> dict[int, Verdict]:
    """The verdict of each target by its key, on a day (default: today). What is told twice stands as the telling that is judged."""
    targets = list(targets)
    on = on or clock.today()
    known = {target.pk: target for target in targets}
    known |= Target.objects.in_bulk({target.same_as_id for target in targets if target.same_as_id} - set(known))
    judged = [target for target in known.values() if target.same_as_id is None]
    bound = [target for target in judged if is_bound(target)]
    found: dict[int, Verdict] = {}
    for kind, its_judge in JUDGES.items():
        own = [target for target in bound if target.evaluator_kind == kind]
        if own:
            found.update(its_judge(own, on))
    stands = {target.pk: target_verdict(_facts(target, found.get(target.pk))) for target in judged}
    return {target.pk: stands[target.same_as_id or target.pk] for target in targets}


# A person confirmed how it is computed: only such a promise is computed, gets a lamp and is asked of units. The same in the database.
BOUND = Q(binding=Target.Binding.CONFIRMED) & ~Q(evaluator="")


def is_bound(target: Target) -> bool:
    """Whether a person confirmed how the target is computed; see ``BOUND``."""
    return bool(target.evaluator) and target.binding == Target.Binding.CONFIRMED


def _facts(target: Target, found: Verdict | None) -> TargetFacts:
    return TargetFacts(
        bound=is_bound(target),
        doubtful=is_doubtful(target),
        later=target.binding == Target.Binding.LATER,
        kind=target.evaluator_kind if target.evaluator else "",
        nature=target.nature,
        found=found,
    )


def plain(lamp: Lamp) -> Lamp:
    """The lamp for a list: what only waits needs no line of explanation in every row."""
    return Lamp(lamp.state, lamp.words) if lamp.look.tone == "none" else lamp


def target_lamp(target: Target, verdict: Verdict) -> Lamp:
    """A target's verdict as a lamp; what somebody chose not to compute says so."""
    later = verdict.status is Status.WAITING_BINDING and asked_of(target).binding == Target.Binding.LATER
    return Lamp(verdict.status, _("暂不计算") if later else "", worded(verdict.why))
