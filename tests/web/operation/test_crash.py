"""Killed at any point, a store leaves bytes without a row at worst, never a row without its bytes."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time

import pytest

from tests.web.operation.site import ROOT, Site

_KILLED_BEFORE_THE_ROW = """
import os, signal
from xiangxu_web.kernel.files import store as storing
place = storing._placed
def placed(*arguments):
    place(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
storing._placed = placed
storing.store("没有行的字节".encode(), "a.txt")
"""
_STATE = """
import os, pathlib, time
from xiangxu_web.kernel.files.store import path_of, root
from xiangxu_web.kernel.files.sweep import sweep
from xiangxu_web.models import Blob
def state():
    there = {p.name for p in root().glob("??/??/*")}
    rows = {b.sha256: b.size for b in Blob.objects.all()}
    whole = all(path_of(s).exists() and path_of(s).stat().st_size == n for s, n in rows.items())
    return len(there - set(rows)), whole, len(rows)
print(*state())
for p in [*root().glob("??/??/*"), *(root() / "incoming").iterdir()]:
    os.utime(p, (time.time() - 90000,) * 2)
print(sweep().files, *state(), len(list((root() / "incoming").iterdir())))
"""
_STORES = """
import itertools, os
from xiangxu_web.kernel.files.store import store
print("going", flush=True)
for n in itertools.count():
    store(f"{os.getpid()} 第 {n} 个".encode() * 2000, f"{n}.txt")
"""


@pytest.mark.slow
def test_killed_between_the_bytes_and_the_row(site: Site) -> None:
    """The bytes lie there without a row; a day later the sweep removes them and nothing else."""
    site.python(_KILLED_BEFORE_THE_ROW, ok=False)
    before, after = site.python(_STATE).splitlines()
    assert before == "1 True 12"
    assert after == "1 0 True 12 0"


@pytest.mark.slow
def test_killed_at_any_moment(site: Site) -> None:
    """A process that stores without pause is killed at chance moments: each row that stands has all its bytes."""
    chance = random.Random(4)
    for _ in range(4):
        whole = "import xiangxu_web.commands\n" + _STORES
        with subprocess.Popen(
            [sys.executable, "-c", whole], env=site.environment, stdout=subprocess.PIPE, text=True, cwd=ROOT
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline().strip() == "going"
            time.sleep(0.3 + chance.random() / 2)
            child.send_signal(signal.SIGKILL)
    before, after = site.python(_STATE).splitlines()
    assert before.split()[1] == "True"
    assert int(before.split()[2]) > 12
    assert after.split()[2] == "True"
    assert (after.split()[1], after.split()[-1]) == ("0", "0")
