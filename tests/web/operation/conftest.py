"""Installations for the tests of operation. One is prepared and filled once; tests work on copies."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.operation.site import Site, Sites

_FILL = """
from xiangxu.world.county import county
from xiangxu_web.flows.world import load_world
from xiangxu_web.kernel.files.store import store
from xiangxu_web.kernel.models import Attachment
from xiangxu import clock
load_world(county(), "yanxi-demo-2026")
for n in range(12):
    blob = store(f"第 {n} 份说明".encode(), f"{n}.txt")
    Attachment.objects.create(blob=blob, name=f"{n}.txt", table="unit", row_key="1", made=clock.now())
"""


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    """Makes installations."""
    made = Sites(tmp_path_factory.mktemp("sites"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def filled(sites: Sites) -> Site:
    """An installation with the invented county and twelve files. Not to be changed."""
    site = sites.empty()
    site.run("site", "prepare")
    site.python(_FILL)
    return site


@pytest.fixture
def site(sites: Sites, filled: Site) -> Site:
    """A copy of it for this test."""
    return sites.copy(filled)
