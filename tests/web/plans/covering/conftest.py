"""A promise of the invented county that every rural school is asked about."""

from __future__ import annotations

import pytest

from xiangxu_web.workspaces.plans.covered import choice_of
from xiangxu_web.workspaces.plans.models import Plan, Target


@pytest.fixture
def promise(plan: Plan) -> Target:
    """A promise that the document makes of each rural school."""
    found = Target.objects.filter(
        plan=plan, dropped=None, evaluator_kind="coverage", evaluator="pairing-coverage-share", op="all"
    ).first()
    assert found is not None
    assert choice_of(found).words == "乡村学校"
    return found
