"""Several sealers and writers at once, as real processes on a real database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.web.jobs.conftest import ROOT, Installation

_WRITE = """
import xiangxu_web.commands
from xiangxu_web.kernel.audit.record import action
for n in range(60):
    with action(None, "world.load") as record:
        record.noted(None, n=n)
"""
# As long as anybody writes, however slowly a busy machine lets them begin.
_SEAL = """
import pathlib, sys, xiangxu_web.commands
from xiangxu_web.kernel.audit.seal import seal
while not pathlib.Path(sys.argv[1]).exists():
    seal()
"""


def test_two_sealers_do_not_fork_the_chain(installation: Installation, tmp_path: Path) -> None:
    """Two processes seal while two others write: at the end every row is in one chain, without gap or fork, and the anchors agree."""
    environment = {**os.environ, **installation.environment}
    written = tmp_path / "written"
    sealers, writers = (
        [subprocess.Popen([sys.executable, "-c", code, str(written)], cwd=ROOT, env=environment) for _ in range(2)]
        for code in (_SEAL, _WRITE)
    )
    try:
        codes = [process.wait(timeout=90) for process in writers]
    finally:
        written.touch()
    assert codes + [process.wait(timeout=90) for process in sealers] == [0, 0, 0, 0]
    command = [sys.executable, "-m", "xiangxu.cli.main", "audit"]
    subprocess.run([*command, "seal"], cwd=ROOT, env=environment, check=True)
    verified = subprocess.run([*command, "verify"], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert verified.returncode == 0, verified.stdout
    assert installation.python("answer = AuditRow.objects.filter(verb='world.load', position__isnull=False).count()") >= 120
