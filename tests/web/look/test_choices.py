"""The choices of the tables are those of the core: one list of words, kept in one place."""

from __future__ import annotations

from enum import StrEnum

import pytest
from django.db.models import TextChoices

from xiangxu.coverage import Word as CoverageWord
from xiangxu.model.area import AreaLevel
from xiangxu.model.unit import Role, Runner, SchoolType, UnitKind
from xiangxu_web.workspaces.accounts.models import Post
from xiangxu_web.workspaces.areas.models import Area, Unit
from xiangxu_web.workspaces.plans.models import Mark


@pytest.mark.parametrize(
    ("choices", "core"),
    [
        (Area.Level, AreaLevel),
        (Unit.Kind, UnitKind),
        (Unit.SchoolType, SchoolType),
        (Unit.Runner, Runner),
        (Post.Role, Role),
        (Mark.Word, CoverageWord),
    ],
    ids=lambda each: f"{each.__module__}.{each.__qualname__}",
)
def test_choices_are_the_cores(choices: type[TextChoices], core: type[StrEnum]) -> None:
    """Every word of the core has its words on the site, and the site knows no other, in the same order."""
    assert [(each.name, each.value) for each in choices] == [(each.name, each.value) for each in core]
