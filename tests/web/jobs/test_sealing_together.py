"""Several sealers and writers at once, as real processes on a real database."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.web.jobs.conftest import ROOT, Installation

_WRITE = """
import xiangxu_web.commands
from xiangxu_web.kernel.audit.record import action
for n in range(60):
    with action(None, "world.load") as record:
        record.noted(None, n=n)
"""
_SEAL = """
import time, xiangxu_web.commands
from xiangxu_web.kernel.audit.seal import seal
until = time.monotonic() + 6
while time.monotonic() < until:
    seal()
"""


def test_two_sealers_do_not_fork_the_chain(installation: Installation) -> None:
    """Two processes seal while two others write: at the end every row is in one chain, without gap or fork, and the anchors agree."""
    environment = {**os.environ, **installation.environment}
    processes = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment) for code in (_SEAL, _SEAL, _WRITE, _WRITE)
    ]
    assert [process.wait(timeout=90) for process in processes] == [0, 0, 0, 0]
    command = [sys.executable, "-m", "xiangxu.cli.main", "audit"]
    subprocess.run([*command, "seal"], cwd=ROOT, env=environment, check=True)
    verified = subprocess.run([*command, "verify"], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert verified.returncode == 0, verified.stdout
    assert installation.python("answer = AuditRow.objects.filter(verb='world.load', position__isnull=False).count()") >= 120
