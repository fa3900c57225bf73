"""What all tests share."""

from __future__ import annotations

import os
import time

import pytest
from hypothesis import settings

from tests.journeys.site.sheet import contact_sheet

# Before a change lands the same examples are tried every time; at the desk new ones are.
settings.register_profile("landing", derandomize=True, deadline=None)
settings.register_profile("desk", deadline=None)
settings.load_profile("landing" if os.environ.get("CI") else "desk")

_BEGAN = time.time()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """All photographs of the run on one sheet: made once, after the last of the workers."""
    if not hasattr(session.config, "workerinput"):
        contact_sheet(since=_BEGAN)


def pytest_make_parametrize_id(val: object) -> str | None:
    """A file's bytes are no name for a test, and one with a time in it (a zip) would be called otherwise in every worker."""
    return f"{len(val)}-bytes" if isinstance(val, bytes) else None
