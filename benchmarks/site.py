"""How quick the site's pages are with 2,000 tasks, beside an empty Django page of the same server, and what they weigh.

Twenty signed-in users of all roles open pages, each reading for a second between two pages, against gunicorn with two workers on this
machine; then the same without a pause, which is as fast as the machine goes. The users run here too, so the figures are on the
careful side. At last one user opens every page of the navigation and what lies behind it.
"""

from __future__ import annotations

import gzip
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles

from tests.paths import REPOSITORY

USERS, PAUSE, TASKS = 20, 1.0, 2000
SECONDS, QUICK_SECONDS, WARMING_UP, QUICK_WARMING_UP = 20, 5, 6, 3
# How often one user opens each page.
TIMES, QUICK_TIMES = 5, 2
# The bars: milliseconds at p95 with these users, kilobytes as they come over the line.
MOST_MS, MOST_HTML, MOST_ASSETS = 300, 50, 250
# Of one page: milliseconds of the processor, with which two cores keep up with these users, and queries.
MOST_OF_PROCESSOR, MOST_QUERIES = 100, 30
PORT = 8907
PAGES = ("/", "/tasks/", "/tasks/?page=7", "/tasks/?q=学校", "/tasks/?due=late&sort=due_on", "/targets/", "/units/", "/plans/")
EMPTY = "benchmarks.empty_page"
_PREPARE = """
import django; django.setup()
import json, sys
from benchmarks.site_rows import fill
print(json.dumps(fill(int(sys.argv[1]), int(sys.argv[2]))))
"""


@contextmanager
def site() -> Iterator[tuple[str, list[str], dict[str, str]]]:
    """A site of its own with the rows, served by gunicorn; gives the host, one cookie a user, and its environment."""
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("XIANGXU_")},
            "XIANGXU_HOME": home,
            "XIANGXU_SECRET": "benchmark-" + "0" * 40,
            "XIANGXU_TODAY": "2026-11-20",
            "XIANGXU_SECOND_FACTOR": "0",
            "XIANGXU_HOSTS": "127.0.0.1,testserver",
            "DJANGO_SETTINGS_MODULE": "xiangxu_web.settings",
            "PYTHONPATH": os.pathsep.join((str(REPOSITORY / "src"), str(REPOSITORY))),
        }
        for command in (["migrate"], ["createcachetable"], ["collectstatic", "--noinput"]):
            subprocess.run([sys.executable, "-m", "django", *command], check=True, capture_output=True, env=environment)
        made = subprocess.run(
            [sys.executable, "-c", _PREPARE, str(TASKS), str(USERS)], check=True, capture_output=True, text=True, env=environment
        )
        cookies = json.loads(made.stdout.splitlines()[-1])
        with _served("xiangxu_web.wsgi", PORT, environment):
            yield f"127.0.0.1:{PORT}", cookies, environment


@contextmanager
def _served(application: str, port: int, environment: dict[str, str]) -> Iterator[None]:
    """gunicorn with two workers of four threads, as `site serve` starts it."""
    gunicorn = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--preload", "-w", "2", "--threads", "4"]
    server = subprocess.Popen(
        [*gunicorn, "-b", f"127.0.0.1:{port}", application], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(port)
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def _wait(port: int) -> None:
    for _ in range(400):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/health/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the site did not start")


class User(threading.Thread):
    """One signed-in user, opening pages in an order of their own until the time is up."""

    def __init__(self, host: str, cookie: str, pages: tuple[str, ...], pause: float, until: float, seed: int) -> None:
        super().__init__()
        self.host, self.cookie, self.pages, self.pause, self.until = host, cookie, pages, pause, until
        self.dice = random.Random(seed)
        self.took: dict[str, list[float]] = defaultdict(list)

    def run(self) -> None:
        """Opens pages; anything but 200 ends the run."""
        connection = http.client.HTTPConnection(self.host, timeout=60)
        headers = {"Cookie": f"sessionid={self.cookie}", "Accept-Encoding": "gzip", "Accept-Language": "zh-CN"}
        time.sleep(self.dice.random() * self.pause)
        while time.perf_counter() < self.until:
            page = self.dice.choice(self.pages)
            began = time.perf_counter()
            connection.request("GET", page.encode().decode("latin-1") if page.isascii() else _quoted(page), headers=headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{page}: {answer.status}")
            self.took[page].append(time.perf_counter() - began)
            if self.pause:
                time.sleep(self.pause * (0.5 + self.dice.random()))


def _quoted(page: str) -> str:
    return "".join(c if c.isascii() else "".join(f"%{b:02X}" for b in c.encode()) for c in page)


def measured(host: str, cookies: list[str], pages: tuple[str, ...], pause: float, seconds: float) -> dict[str, list[float]]:
    """The seconds that each page took, over all users."""
    until = time.perf_counter() + seconds
    users = [User(host, cookie, pages, pause, until, n) for n, cookie in enumerate(cookies)]
    for user in users:
        user.start()
    for user in users:
        user.join()
    took: dict[str, list[float]] = defaultdict(list)
    for user in users:
        for page, seconds_taken in user.took.items():
            took[page] += seconds_taken
    return took


def _line(name: str, took: list[float], empty: float) -> str:
    cut = quantiles(took, n=100)
    return f"  {name:32} p50 {cut[49] * 1000:5.0f} ms   p95 {cut[94] * 1000:5.0f} ms   n {len(took):5}   p50 × {cut[49] / empty:4.1f} of the empty page"


def weights(host: str, cookie: str) -> tuple[float, float]:
    """What a page and its assets weigh as they come over the line, in KB; prints each."""
    connection = http.client.HTTPConnection(host, timeout=30)

    def got(address: str) -> bytes:
        connection.request("GET", address, headers={"Cookie": f"sessionid={cookie}", "Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        return answer.read() if answer.status == 200 else b""

    html = got("/tasks/")
    text = gzip.decompress(html).decode() if html[:2] == b"\x1f\x8b" else html.decode()
    assets = sorted({part.split('"')[0].split("#")[0] for part in text.split('"')[1::2] if part.startswith("/static/")})
    sizes = {asset: len(got(asset)) / 1024 for asset in assets}
    print(f"Weight of /tasks/ (compressed): HTML {len(html) / 1024:.0f} KB, assets {sum(sizes.values()):.0f} KB")
    for asset, size in sizes.items():
        print(f"  {size:6.1f} KB  {Path(asset).name}")
    return len(html) / 1024, sum(sizes.values())


def one_by_one(environment: dict[str, str], times: int) -> Iterator[tuple[str, float, float, float]]:
    """Prints what each page takes, the slowest first; gives its name, milliseconds, kilobytes and queries."""
    command = [sys.executable, "-m", "benchmarks.site_pages", str(times)]
    lines = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout.splitlines()
    taken = [json.loads(line) for line in lines]
    print(
        f"One user, each page ({len(taken)}; bars {MOST_OF_PROCESSOR} ms of the processor, {MOST_HTML} KB, {MOST_QUERIES} queries)"
    )
    for page, who, ms, kilobytes, queries in sorted(taken, key=lambda each: -each[2]):
        beyond = " beyond" * (ms > MOST_OF_PROCESSOR or kilobytes > MOST_HTML or queries > MOST_QUERIES)
        print(f"  {page:44} {who:16} {ms:5.0f} ms {kilobytes:5.1f} KB {queries:3} queries{beyond}")
        yield f"{page} ({who})", ms, kilobytes, queries


def run(quick: bool) -> list[str]:
    """Prints every figure; gives those that are over their bar."""
    seconds = QUICK_SECONDS if quick else SECONDS
    over = []

    def check(name: str, value: float, bar: float) -> None:
        if value > bar:
            over.append(f"{name}: {value:.0f} > {bar:g}")

    with _served(EMPTY, PORT + 1, {**os.environ, "PYTHONPATH": os.pathsep.join((str(REPOSITORY / "src"), str(REPOSITORY)))}):
        empty = measured(f"127.0.0.1:{PORT + 1}", ["none"], ("/",), 0, 2)["/"]
    base = quantiles(empty, n=100)[49]
    print(f"An empty Django page, one user: p50 {base * 1000:.1f} ms")
    with site() as (host, cookies, environment):
        # Every worker has opened every page before the clock runs.
        measured(host, cookies, PAGES, 0, QUICK_WARMING_UP if quick else WARMING_UP)
        for page, times in sorted(measured(host, cookies[1:2], PAGES, 0, seconds).items()):
            if len(times) > 2:
                print(_line(f"{page}, one user", times, base))
        for title, pause in ((f"{USERS} users, {PAUSE:g} s between pages", PAUSE), (f"{USERS} users, no pause", 0.0)):
            took = measured(host, cookies, PAGES, pause, seconds)
            everything = [each for times in took.values() for each in times]
            print(f"{title}: {len(everything) / seconds:.0f} pages a second")
            print(_line("all", everything, base))
            for page in PAGES:
                if len(took[page]) > 2:
                    print(_line(page, took[page], base))
            if pause:
                check(f"{USERS} users on {TASKS} tasks, p95 in ms", quantiles(everything, n=100)[94] * 1000, MOST_MS)
        html, assets = weights(host, cookies[0])
        check("HTML of /tasks/ in KB", html, MOST_HTML)
        check("assets of /tasks/ in KB", assets, MOST_ASSETS)
        for page, ms, kilobytes, queries in one_by_one(environment, QUICK_TIMES if quick else TIMES):
            check(f"{page} in ms of the processor", ms, MOST_OF_PROCESSOR)
            check(f"{page} in KB", kilobytes, MOST_HTML)
            check(f"{page} in queries", queries, MOST_QUERIES)
    return over
