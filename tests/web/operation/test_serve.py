"""Serving: web server and worker start together and stop together."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest
from django.db import connection

from tests.web.operation.site import ROOT, Site

MARK = "%E6%B5%B7%E6%A3%A0"


def _children(of: int) -> list[int]:
    """The processes that a process started."""
    return [int(pid) for pid in Path(f"/proc/{of}/task/{of}/children").read_text().split()]


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _until(what: object, seconds: float = 90) -> None:
    assert callable(what)
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.2)


@pytest.mark.slow
def test_both_run_and_both_stop(site: Site, tmp_path: Path) -> None:
    """The site answers and a worker lives; a killed worker is replaced; SIGTERM ends all within the grace, with code 0.

    The log holds one JSON object a line, without what was asked.
    """
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    address = f"http://127.0.0.1:{port}/health/"

    def answers() -> bool:
        try:
            with urllib.request.urlopen(f"{address}?q={MARK}", timeout=5) as answer:
                return bool(answer.read().startswith(b"ok"))
        except OSError:
            return False

    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            site.command("site", "serve", "--port", str(port)), env=site.environment, stdout=log, stderr=log, cwd=ROOT
        )
    try:
        _until(answers)
        web, worker = _children(process.pid)
        subprocess.run(["kill", "-9", str(worker)], check=True)
        _until(lambda: len(_children(process.pid)) == 2 and worker not in [p for p in _children(process.pid) if _alive(p)])
        everything = [*_children(process.pid), *_children(web)]
        assert len(everything) >= 4
        process.send_signal(signal.SIGTERM)
        assert process.wait(40) == 0
        _until(lambda: not any(map(_alive, everything)), 5)
        assert not answers()
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(40)
    written = (tmp_path / "log").read_text()
    assert MARK not in written
    told = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
    assert any(line.get("route") == "health/" and line["status"] == 200 for line in told)
    assert "Traceback" not in written


def test_an_unprepared_place_is_not_served(sites: object, tmp_path: Path) -> None:
    """Without a database: said what to run first."""
    site = Site(tmp_path / "home", more={"XIANGXU_SECRET": "x" * 40})
    site.home.mkdir()
    assert "请先运行 script/xiangxu site prepare" in site.run("site", "serve", "--port", "9", ok=False)


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the demo stands on an SQLite file of its own")
def test_a_demo_told_to_end_leaves_nobody_on_its_port(sites: object, tmp_path: Path) -> None:
    """SIGTERM to the demo, as a closed session sends it: its server and worker end with it, and the port is free at once."""
    home = tmp_path / "home"
    demo = {"XIANGXU_DEMO": "1", "XIANGXU_SECOND_FACTOR": "0", "XIANGXU_TODAY": "2026-11-20"}
    site = Site(home, more={"XIANGXU_SECRET": "x" * 40, **demo})
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]

    def listens() -> bool:
        with socket.socket() as door:
            return door.connect_ex(("127.0.0.1", port)) == 0

    process = subprocess.Popen(
        site.command("site", "demo", "--empty", "--port", str(port)),
        env=site.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    )
    try:
        _until(listens, 240)
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        assert not listens()
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(60)
