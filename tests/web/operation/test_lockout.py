"""The bound on wrong passwords holds over all server processes together."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tests.web.operation.site import ROOT, Site
from xiangxu.world.county.world import World

# Fewer tries in all than one address may make.
WORKERS, TRIES, BOUND = 3, 16, 5
PASSWORD = "yanxi-demo-2026"


class Browser:
    """One browser, with connections of its own."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def sign_in(self, login: str, password: str) -> str:
        """What the site answers to one try: in, wrong or resting."""
        page = self._ask()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        page = self._ask({"login": login, "password": password, "csrfmiddlewaretoken": token[1]})
        words = {"登录名或密码不对": "wrong", "错误次数过多": "resting", "操作过于频繁": "resting"}
        return next((told for said, told in words.items() if said in page), "in")

    def _ask(self, form: dict[str, str] | None = None) -> str:
        data = urllib.parse.urlencode(form).encode() if form else None
        request = urllib.request.Request(self.address, data, {"Referer": self.address})
        with self.opener.open(request, timeout=60) as answer:
            return str(answer.read().decode())


def _children(of: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{of}/task/{of}/children").read_text().split()]


def _worked(pid: int) -> int:
    """How long a process has computed, in ticks."""
    return sum(int(ticks) for ticks in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13])


@contextmanager
def served(site: Site, log: Path) -> Iterator[tuple[str, list[int]]]:
    """The site with several server processes: the address of its sign-in, and the processes."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    address = f"http://127.0.0.1:{port}/account/login/"
    command = site.command("site", "serve", "--port", str(port), "--workers", str(WORKERS))
    # Without a proxy before it the site is asked without encryption; cookies have to come back all the same.
    with log.open("w") as out:
        process = subprocess.Popen(command, env={**site.environment, "XIANGXU_DEBUG": "1"}, stdout=out, stderr=out, cwd=ROOT)
    try:
        end = time.monotonic() + 90
        while True:
            try:
                Browser(address)._ask()
                break
            except OSError:
                assert time.monotonic() < end, log.read_text()[-2000:]
                time.sleep(0.3)
        web = _children(process.pid)[0]
        yield address, _children(web)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(40)


@pytest.mark.slow
def test_the_bound_holds_over_all_processes(site: Site, world: World, tmp_path: Path) -> None:
    """Many wrong passwords at once over several processes: no more than five are tried; then the right one is refused as well, by
    whichever process is asked, and another person signs in as ever."""
    victim, other = world.cast["clerk"][0], world.cast["office"][0]
    with served(site, tmp_path / "log") as (address, processes):
        assert len(processes) == WORKERS
        before = {pid: _worked(pid) for pid in processes}
        with ThreadPoolExecutor(8) as crowd:
            said = list(crowd.map(lambda n: Browser(address).sign_in(victim, f"wrong-wrong-{n}"), range(TRIES)))
        assert sum(_worked(pid) > before[pid] for pid in processes) >= 2, "one process did all"
        assert set(said) == {"wrong", "resting"}
        assert said.count("wrong") <= BOUND
        assert {Browser(address).sign_in(victim, PASSWORD) for _n in range(2 * WORKERS)} == {"resting"}
        assert Browser(address).sign_in(other, PASSWORD) == "in"
