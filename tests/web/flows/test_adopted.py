"""The demo with a real plan: its tasks and targets stand in the invented county, with that county's units."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import LazySettings

from xiangxu.world.adopting import adopt
from xiangxu.world.county.world import World
from xiangxu_web.commands.site_demo import demo
from xiangxu_web.flows.adopted import publish_adopted
from xiangxu_web.flows.demo import bind_some
from xiangxu_web.workspaces.areas.models import Unit
from xiangxu_web.workspaces.plans.models import Target


@pytest.mark.django_db
def test_a_real_plan_stands_in_the_invented_county(world: World) -> None:
    """Every task and target of the pack is there, each task with an owner of the county, each target with the pack's evaluator and under
    its task; the department that the county lacked is there with somebody in it; the real place's name stands in the plan's name only."""
    adopted = adopt(world, "青州")
    plan = publish_adopted(adopted, "yanxi-demo-2026")
    targets = list(plan.targets.select_related("task").order_by("order"))
    assert [(t.metric, t.evaluator) for t in targets] == [
        (t.metric, t.evaluator.id if t.evaluator else "") for t in adopted.targets
    ]
    tasks = list(plan.tasks.select_related("answerable__area").order_by("order"))
    assert len(tasks) == len(adopted.tasks)
    assert {task.answerable.area.path.startswith(plan.area.path) for task in tasks if task.answerable} == {True}
    assert not any(task.answerable is None for task in tasks)
    placed = sum(target.task is not None for target in adopted.targets)
    assert sum(target.task is not None for target in targets) == placed
    added = Unit.objects.get(code=adopted.added[0].code)
    assert added.posts.count() == 1
    said = [plan.title, *(t.quote for t in targets), *(t.title + t.goal + t.measure for t in tasks)]
    assert not any("青州" in words for words in said)
    assert "青州" in str(plan)
    assert bind_some(adopted.world, plan) == Target.objects.filter(plan=plan, binding="confirmed").count() > 100


def test_a_plan_that_nobody_has_leaves_the_demo_as_it_is(settings: LazySettings, tmp_path: Path) -> None:
    """A misspelt place is refused by name before anything is emptied."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, demo=True, home=tmp_path)
    (tmp_path / "xiangxu.sqlite3").write_text("kept")
    answer = CliRunner().invoke(demo, ["--plan", "无此地"])
    assert answer.exit_code == 1
    assert "无此地" in answer.output
    assert (tmp_path / "xiangxu.sqlite3").read_text() == "kept"
