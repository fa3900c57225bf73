"""What the start page says where there is no plan yet."""

from __future__ import annotations

from collections.abc import Callable

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.areas.api import county_of
from xiangxu_web.workspaces.plans.models import Draft, Plan
from xiangxu_web.workspaces.plans.navigation import start

Who = Callable[[str], Actor]


def _first(actor: Actor) -> list[str]:
    return [line.url for section in start(actor).sections if section.title == "第一步" for line in section.lines]


def test_the_first_step_is_the_import(plan: Plan, actor: Who) -> None:
    """A clerk without plan and import is led to the upload; one who has either is not; an import that was given up counts as none."""
    other = actor("other-clerk")
    assert _first(other) == ["/drafts/new/"]
    draft = Draft.objects.create(
        area=county_of(other.county_path),
        name="方案.docx",
        state=Draft.State.READING,
        made=clock.now(),
        made_by_post=other.post_id,
    )
    assert _first(other) == []
    draft.state = Draft.State.DROPPED
    draft.save()
    assert _first(other) == ["/drafts/new/"]
    assert _first(actor("clerk")) == []


def test_nobody_else_is_sent_to_it(plan: Plan, actor: Who) -> None:
    """Who may not import is not told to."""
    assert _first(actor("other-leader")) == []
    assert _first(actor("other-head")) == []
