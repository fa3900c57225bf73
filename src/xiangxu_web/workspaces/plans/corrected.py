"""A correction of a draft put down: the one place where a draft changes once it was read, before it is published and after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.plans.drafting.correcting import UNDO, Step, apply, named, undo
from xiangxu_web.workspaces.plans.models import Correction, Draft


def corrected(draft: Draft, actor: Actor, kind: str, on: str, typed: Mapping[str, Any]) -> Correction:
    """Applies one correction, and keeps it as a row for ever: what was typed, who typed it and when. The draft becomes a newer edition.

    ``undo`` (``on``: the number of an earlier one) is a correction like any other: the rest is applied anew without the one undone.
    Refused where it cannot be applied. The caller has asked the rules and holds the draft's row locked.
    """
    number = draft.edition + 1
    typed = named(kind, typed, number)
    if kind == UNDO:
        steps = [Step(*each) for each in draft.corrections.values_list("number", "kind", "on", "typed")]
        draft.current = undo(draft.as_read, steps, int(on) if on.isdecimal() else 0)
    else:
        draft.current = apply(draft.current, kind, on, typed)
    draft.edition = number
    draft.save(update_fields=["current", "edition"])
    return Correction.objects.create(
        draft=draft,
        number=number,
        at=clock.now(),
        post_id=actor.post_id or None,
        person_id=actor.person_id or None,
        kind=kind,
        on=on,
        typed=typed,
    )
