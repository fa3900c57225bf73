"""Files in tests: a folder of its own for each test, and a table that carries files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from xiangxu_web.kernel.files.carriers import CARRIERS, carrier
from xiangxu_web.workspaces.areas.models import Unit


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files of this test lie in a folder of its own; one file may have two megabytes."""
    monkeypatch.setattr(settings, "CONFIGURATION", replace(settings.CONFIGURATION, home=tmp_path, upload_megabytes=2))
    return tmp_path


@pytest.fixture
def units_carry_files() -> Iterator[None]:
    """Units carry files, by their own rules."""
    declared = "unit" in CARRIERS
    if not declared:
        carrier(Unit, see="unit.see", change="unit.change")
    yield
    if not declared:
        del CARRIERS["unit"]
