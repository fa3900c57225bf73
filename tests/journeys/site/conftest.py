"""The site as a person meets it: a server in a process of its own, a real browser, a look at every page."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.databases import drop, new_database
from tests.journeys.browser import CHROMIUM, QUIET
from tests.journeys.site.sheet import SCREENS
from xiangxu.world.county import county

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed; the site is not tried in a browser")

ROOT = Path(__file__).parents[3]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# Of everybody in the invented county.
PASSWORD = "yanxi-demo-2026"
DESK, PHONE = 1280, 390
WIDTHS = (DESK, PHONE)
# So much of a long page is photographed: of 40,000 it would take half a minute.
HIGHEST = 3000
# On a photograph of the whole page what sticks to the window's foot stands at its end: it would lie over the middle.
AT_THE_END = """(place) => { for (const node of document.querySelectorAll('.foot, .form-buttons, .split-save, .sub-plan-bar')) node.style.position = place; }"""
# What can be touched and is lower than a thumb's width. A checkbox is touched by its label; links inside a text flow with it.
SMALL = """() => [...document.querySelectorAll('button, .btn, select, input:not([type=hidden]):not([type=checkbox]):not([type=radio]), summary, .menu-item, .menu-check, nav a')]
  .filter(node => node.checkVisibility({visibilityProperty: true}) && !node.closest('.visually-hidden') && node.getBoundingClientRect().height < 43.5)
  .map(node => node.outerHTML.slice(0, 90) + ' ' + Math.round(node.getBoundingClientRect().height))"""

# Making a site takes half a minute: the tests of one county share a worker, and with it the site.
COUNTIES = ("county_in_full", "county_at_work", "site")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that look at the same county run in the same worker, whatever file they stand in."""
    for item in (each for each in items if each.path.is_relative_to(Path(__file__).parent)):
        for fixture in COUNTIES:
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.xdist_group(fixture))
                break


def _environment(home: Path, database: str) -> dict[str, str]:
    """As on a server, on the fixed day. The tests' own settings name another home and another database."""
    return {k: v for k, v in os.environ.items() if not k.startswith("XIANGXU_")} | {
        "DATABASE_URL": database,
        "XIANGXU_HOME": str(home),
        "XIANGXU_SECRET": "walk-" + "0" * 40,
        "XIANGXU_TODAY": "2026-11-20",
        "DJANGO_SETTINGS_MODULE": "xiangxu_web.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }


def _run(environment: dict[str, str], *command: str) -> str:
    done = subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@contextmanager
def served(home: Path, *how: str) -> Iterator[Site]:
    """The site on a port of its own, prepared in this empty folder and, where the tests run on PostgreSQL, in a database of its own;
    ``how``: what prepare.py is told."""
    environment = _environment(home, database := new_database())
    sessions = json.loads(_run(environment, "-m", "tests.journeys.site.prepare", PASSWORD, *how).splitlines()[-1])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert bool(database) is not (home / "xiangxu.sqlite3").exists(), "the site stands on another database than was asked for"
    log = (home / "server.log").open("w")
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "xiangxu_web.wsgi",
            "--bind",
            f"127.0.0.1:{port}",
            "--threads",
            "4",
            "--no-control-socket",
        ],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=log,
    )
    try:
        _wait(f"http://127.0.0.1:{port}/account/login/", server, home / "server.log")
        yield Site(f"http://127.0.0.1:{port}", sessions, home, environment)
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()
        drop(database)


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site with the invented county in a database of its own, on the fixed day."""
    with served(tmp_path_factory.mktemp("site")) as ready:
        yield ready


@pytest.fixture(scope="package")
def county_at_work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site on which the invented county has published its plan, handed parts down and reported for some weeks."""
    with served(tmp_path_factory.mktemp("at-work"), "at-work") as ready:
        yield ready


@pytest.fixture(scope="package")
def county_in_full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The same with one thing of every kind that a page can show; pages.json in its home says where."""
    with served(tmp_path_factory.mktemp("in-full"), "at-work", "in-full") as ready:
        yield ready


@pytest.fixture(scope="package")
def filled(county_in_full: Site) -> dict[str, str]:
    """What stands in place of ``{name}`` in the addresses."""
    found: dict[str, str] = json.loads((county_in_full.home / "pages.json").read_text(encoding="utf-8"))
    return found


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(900):
        try:
            urlopen(address, timeout=2).close()
            return
        except HTTPError:
            # It answers; whether rightly is what the walks find out.
            return
        except OSError:
            assert server.poll() is None, log.read_text()[-3000:]
            time.sleep(0.1)
    raise AssertionError(f"the server does not answer: {log.read_text()[-3000:]}")


class Site:
    """Where the server is and who is signed in by which session."""

    def __init__(self, address: str, sessions: dict[str, str], home: Path, environment: dict[str, str]) -> None:
        self.address = address
        self.sessions = sessions
        self.home = home
        self.environment = environment

    def work_off(self) -> None:
        """The worker does what waits, and ends."""
        _run(self.environment, "-c", "from xiangxu.cli.main import main; main()", "site", "worker", "--once")


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """Chromium, for all walks. It ends with the package: while it runs, this process can use no database of Django's."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine; install it to try the site in a browser")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield running
        running.close()


class Visit:
    """A page in a browser, with what it complained of, what it asked elsewhere and how much it weighed."""

    def __init__(
        self, browser: Any, site: Site, who: str | None, width: int, locale: str = "zh-CN", script: bool = True, scale: int = 2
    ) -> None:
        self.site, self.width = site, width
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        phone = {"viewport": {"width": PHONE, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": scale}
        desk = {"viewport": {"width": DESK, "height": 800}}
        self.context = browser.new_context(
            **(phone if width == PHONE else desk), locale=locale, timezone_id="Asia/Shanghai", java_script_enabled=script
        )
        if who is not None:
            self.context.add_cookies([{"name": "sessionid", "value": site.sessions[who], "url": site.address}])
        self.page = self.context.new_page()
        self.page.on(
            "console", lambda message: self.complaints.append(message.text) if message.type in ("error", "warning") else None
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._asked)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.site.address, "data:", "blob:")):
            self.foreign.append(request.url)

    def go(self, path: str) -> Any:
        """Opens a page of the site and gives its answer."""
        answer = self.page.goto(self.site.address + path)
        self.page.wait_for_load_state("networkidle")
        return answer

    def sign_in(self, who: str) -> None:
        """As a person does it: a session of its own, for walks that sign out again. The one of ``page_as`` serves all walks."""
        self.go("/account/login/")
        self.page.fill("input[name=login]", county().cast[who][0])
        self.page.fill("input[name=password]", PASSWORD)
        self.page.press("input[name=password]", "Enter")
        self.page.wait_for_url(self.site.address + "/")

    def _screen(self, name: str) -> Path:
        SCREENS.mkdir(parents=True, exist_ok=True)
        return SCREENS / f"{name}-{self.width}.png"

    def photograph(self, part: str, name: str) -> None:
        """One part of the page, however high it is."""
        self.page.locator(part).screenshot(path=self._screen(name))

    def look(self, name: str, *, also: tuple[str, ...] = (), whole: bool = True, axe: bool = True) -> None:
        """Nothing complained of, nothing asked elsewhere, nothing that axe finds serious, no overflow; and a photograph.

        ``also`` are complaints that this page may utter: the browser notes every answer of 400 and above. Without ``whole`` the
        photograph shows what stands on the screen, as for a drawer or a dialog over a long page. Without ``axe`` it is not asked: where
        the same page is looked at in another width. On PostgreSQL only complaints count: looks do not hang on the database.
        """
        page = self.page
        page.wait_for_load_state("networkidle")
        complaints = [c for c in self.complaints if not any(words in c for words in also)]
        assert not complaints, complaints
        assert not self.foreign, self.foreign
        if self.site.environment["DATABASE_URL"]:
            return
        if whole:
            page.evaluate(AT_THE_END, "static")
        high = min(page.evaluate("() => document.documentElement.scrollHeight"), HIGHEST)
        clip = {"clip": {"x": 0, "y": 0, "width": self.width, "height": high}} if whole else {}
        page.screenshot(path=self._screen(name), full_page=whole, **clip)
        if whole:
            page.evaluate(AT_THE_END, "")
        if self.width == PHONE:
            wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{name}: {wide} px wider than the telephone"
            assert page.evaluate(SMALL) == [], f"{name}: too small to touch"
        if not axe:
            return
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        serious = [
            (each["id"], each["impact"], [node["target"] for node in each["nodes"]][:5])
            for each in found["violations"]
            if each["impact"] in ("serious", "critical")
        ]
        assert not serious, f"{name}: {serious}"


@contextmanager
def windows(browser: Any, site: Site) -> Iterator[Callable[..., Visit]]:
    """Opens browser windows on a site, and closes them in the end."""
    visits: list[Visit] = []

    def open_for(who: str | None, width: int = DESK, **more: Any) -> Visit:
        visits.append(Visit(browser, site, who, width, **more))
        return visits[-1]

    yield open_for
    for visit in visits:
        visit.context.close()


@contextmanager
def staying(browser: Any, site: Site) -> Iterator[Callable[[str | None, int], Visit]]:
    """Gives a person's window of a width, in which nothing was complained of yet. It stays open until another person comes: what stands
    open without being looked at goes on asking the server."""
    visits: dict[tuple[str | None, int], Visit] = {}

    def close() -> None:
        for visit in visits.values():
            visit.context.close()
        visits.clear()

    def at(who: str | None, width: int) -> Visit:
        if any(person != who for person, _width in visits):
            close()
        if (who, width) not in visits:
            visits[who, width] = Visit(browser, site, who, width, scale=1)
        visit = visits[who, width]
        visit.complaints.clear()
        visit.foreign.clear()
        return visit

    yield at
    close()


@pytest.fixture
def page_as(browser: Any, site: Site) -> Iterator[Callable[..., Visit]]:
    """``page_as("clerk", 390)``: a browser window in which a member of the cast is signed in; None: nobody."""
    with windows(browser, site) as opened:
        yield opened


@pytest.fixture
def at_work_as(browser: Any, county_at_work: Site) -> Iterator[Callable[..., Visit]]:
    """As ``page_as``, in the county that is at work."""
    with windows(browser, county_at_work) as opened:
        yield opened


@pytest.fixture
def in_full_as(browser: Any, county_in_full: Site) -> Iterator[Callable[..., Visit]]:
    """As ``page_as``, in the county where every page has something to show."""
    with windows(browser, county_in_full) as opened:
        yield opened


@pytest.fixture(scope="module")
def looking(browser: Any, site: Site) -> Iterator[Callable[[str | None, int], Visit]]:
    """Windows that stay open for the next page of the same person: for what is only looked at. A window of its own for every page starts a
    process and reads all scripts anew, which takes as long as the page."""
    with staying(browser, site) as at:
        yield at


@pytest.fixture(scope="module")
def looking_in_full(browser: Any, county_in_full: Site) -> Iterator[Callable[[str | None, int], Visit]]:
    """As ``looking``, in the county where every page has something to show."""
    with staying(browser, county_in_full) as at:
        yield at
