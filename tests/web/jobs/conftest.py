"""An installation of its own, on the database that is being tested, on which real worker processes can be let loose."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest

ROOT = Path(__file__).parents[3]
# A process that stays, so that looking into the database does not cost a start of Django each time: code in, JSON out, line by line.
_ASKED = """
import json, sys, xiangxu_web.commands
from django.core.cache import cache
from tests.web.jobs import playing
from xiangxu_web.kernel.models import *
from xiangxu_web.kernel.jobs.alive import *
from xiangxu_web.kernel.jobs.queue import *
for line in sys.stdin:
    answer = None
    exec(json.loads(line))
    print(json.dumps(answer, default=str), flush=True)
"""


@dataclass
class Installation:
    """One home with its database."""

    environment: dict[str, str]
    asked: subprocess.Popen[str]
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def python(self, code: str) -> Any:
        """Runs code in the installation; what it puts into ``answer`` comes back."""
        assert self.asked.stdin is not None
        assert self.asked.stdout is not None
        self.asked.stdin.write(json.dumps(code) + "\n")
        self.asked.stdin.flush()
        return json.loads(self.asked.stdout.readline())

    def worker(self, *options: str) -> subprocess.Popen[bytes]:
        """Starts a real worker."""
        command = [sys.executable, "-m", "tests.web.jobs.playing", *options]
        process = subprocess.Popen(command, cwd=ROOT, env=self.environment)
        self.started.append(process)
        return process

    def job(self, key: str) -> dict[str, Any]:
        """The job's row."""
        answer = self.python(f"answer = Job.objects.values().get(pk={key!r})")
        assert isinstance(answer, dict)
        return answer


@pytest.fixture(scope="session")
def _place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    home = tmp_path_factory.mktemp("workers")
    environment = {
        **os.environ,
        "XIANGXU_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "xiangxu_web.settings",
        "XIANGXU_DEBUG": "1",
    }
    url, name = os.environ.get("DATABASE_URL", ""), f"workers_{uuid4().hex[:8]}"
    if url:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name}")
        environment["DATABASE_URL"] = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    for command in ("migrate", "createcachetable"):
        subprocess.run([sys.executable, "-m", "django", command, "-v0"], cwd=ROOT, env=environment, check=True)
    command = [sys.executable, "-c", _ASKED]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as asked:
        yield Installation(environment, asked)
        asked.kill()
    if url:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def installation(_place: Installation) -> Iterator[Installation]:
    """The installation without jobs; every worker that a test started is ended."""
    _place.python("Job.objects.all().delete(); Preference.objects.all().delete(); cache.clear()")
    yield _place
    for process in _place.started:
        process.kill()
        process.wait()
    _place.started.clear()


def until(true: Callable[[], Any], seconds: float = 120) -> Any:
    """Waits until something is true, and gives it; fails after so many seconds: long, for a busy machine starts a process slowly."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := true():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s")
