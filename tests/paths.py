"""Where the tests find what is not part of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = REPOSITORY.parent / "shared"
PLANS = SHARED / "plans"

needs_plans = pytest.mark.skipif(
    not PLANS.is_dir(), reason="the real plans are not part of the project; put them into ../shared/plans to run this test"
)
