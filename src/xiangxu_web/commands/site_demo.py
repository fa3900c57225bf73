"""`xiangxu site demo`: the site with the invented county, on its fixed day, for looking round. Started by script/demo."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urljoin

import click
from django.conf import settings
from django.core.management import call_command
from lxml import html

from xiangxu.world.adopting import AdoptedPlan, adopt
from xiangxu.world.county import World, county
from xiangxu_web.flows.adopted import publish_adopted
from xiangxu_web.flows.demo import bind_some, publish_own_plan, report_some
from xiangxu_web.flows.demo_work import work_some
from xiangxu_web.flows.world import load_world
from xiangxu_web.workspaces.accounts.api import Person, Post

PASSWORD = "yanxi-demo-2026"
# A slow machine may take this many seconds to start the server.
_PATIENCE = 120
# Whom --check signs in: the bureau, a school, an administrator, the level above.
_CHECKED = ("clerk", "headteacher", "system-admin", "supervisor")


@click.command("demo")
@click.option("--port", type=int, default=8000, show_default=True, help="在本机这个端口上打开 / the port on this machine")
@click.option("--check", is_flag=True, help="以几个角色打开几页，核对后结束 / open pages as several roles, then end")
@click.option("--reset", is_flag=True, help="先清空演示的数据 / empty the demo first")
@click.option("--empty", is_flag=True, help="清空，不装方案：从导入做起 / emptied, and without a plan: begin by importing one")
@click.option("--plan", "of", help="清空，改用一份真实方案的任务和目标，如“青州” / emptied, with a real plan's tasks and targets")
def demo(port: int, check: bool, reset: bool, empty: bool, of: str | None) -> None:
    """演示：装入虚构的县，启动网站，打印各角色的登录名 / load the invented county, serve, print who can sign in.

    只在 script/demo 为它准备的地方运行，绝不动正式的数据。
    """
    if not settings.CONFIGURATION.demo:
        raise click.ClickException("演示要有自己的地方，不能装进正式的系统：请运行 script/demo。")
    if empty and of:
        raise click.ClickException("--empty 不装方案，--plan 要装一份：两个只用一个。")
    world = county()
    adopted = _adopted(world, of) if of else None
    home = settings.CONFIGURATION.home
    if reset or empty or adopted:
        _empty(home)
    _prepare()
    if not Person.objects.exists():
        click.echo("装入虚构的砚溪县、墨池县 / loading the invented county …")
        load_world(world, PASSWORD)
        if not empty:
            click.echo("发布砚溪县的方案，装入近几周的进展、分解、覆盖 / publishing its plan, with reports, parts, coverage …")
            plan = publish_adopted(adopted, PASSWORD) if adopted else publish_own_plan(world)
            bind_some(world, plan)
            report_some(world, plan)
            work_some(world, plan)
    if not check:
        click.echo(_cast(world))
    # Told to end or left by its terminal, it ends as by Ctrl-C: the server and its worker are not left behind on the port.
    for told in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(told, signal.default_int_handler)
    with _server(0 if check else port) as address:
        if check:
            wrong = [line for who in _CHECKED for line in _walk(address, world.cast[who][0])]
            for line in wrong:
                click.echo(f"✕ {line}", err=True)
            sys.exit(1 if wrong else 0)
        click.echo(f"\n打开 / open  {address}\n演示日期 / its day  {world.today}   Ctrl-C 结束 / to stop\n")
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            click.echo("")


def _adopted(world: World, of: str) -> AdoptedPlan:
    """The real plan of a place, looked for before anything is emptied."""
    try:
        return adopt(world, of)
    except LookupError as problem:
        raise click.ClickException(str(problem.args[0])) from problem


def _empty(home: Path) -> None:
    """Everything goes but the secret, which this process has read already."""
    for each in home.iterdir() if home.is_dir() else ():
        if each.name != "secret":
            shutil.rmtree(each) if each.is_dir() else each.unlink()


def _prepare() -> None:
    click.echo("准备数据库和页面文件 / preparing the database and the pages' files …")
    settings.CONFIGURATION.home.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def _cast(world: World) -> str:
    """Who can sign in: role, login, name, unit."""
    lines = [f"登录（密码都是 {PASSWORD}）/ to sign in (the password is the same for all):", ""]
    for login, post in world.cast.values():
        held = Post.objects.select_related("person", "unit").get(person__login=login, unit__code=post.unit, role=post.role)
        lines.append(f"  {login:<18}{held.person.name}  {held.unit.name} · {held.get_role_display()}")
    return "\n".join(lines)


@contextmanager
def _server(port: int) -> Iterator[str]:
    """The site's server as a process of its own, ended with this one. Port 0 takes a free one."""
    with socket.socket() as door:
        # A server that has just ended leaves its port waiting for a minute; that is no reason to refuse.
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", port))
        except OSError:
            raise click.ClickException(f"端口 {port} 已被占用。换一个：script/demo --port {port + 1}") from None
        port = door.getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    # Its log goes to a file: the terminal is for who can sign in.
    log = settings.CONFIGURATION.home / "demo.log"
    with log.open("wb") as written:
        serve = [sys.executable, "-m", "xiangxu.cli.main", "site", "serve", "--port", str(port)]
        process = subprocess.Popen(serve, stdout=written, stderr=written, start_new_session=True)
    patience = time.monotonic() + _PATIENCE
    try:
        while not _answers(address):
            if process.poll() is not None or time.monotonic() > patience:
                raise click.ClickException(f"服务没有启动，原因见 {log}")
            time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(40)


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(urljoin(address, "health/"), timeout=10).close()
    except (URLError, TimeoutError):
        return False
    return True


def _walk(address: str, login: str) -> list[str]:
    """Signs in and opens the start page and every page of the navigation; says what went wrong."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    wrong: list[str] = []
    opened = 0

    def page(path: str, form: dict[str, str] | None = None) -> html.HtmlElement:
        nonlocal opened
        target = urljoin(address, path)
        body = urlencode(form).encode() if form else None
        request = urllib.request.Request(target, body, headers={"Referer": target})
        try:
            with browser.open(request, timeout=60) as answer:
                opened += 1
                return html.fromstring(answer.read())
        except HTTPError as problem:
            wrong.append(f"{login}：{path} 返回 {problem.code}")
            return html.fromstring("<html></html>")

    entry = page("account/login/")
    token = entry.xpath("string(//input[@name='csrfmiddlewaretoken']/@value)")
    start = page("account/login/", {"csrfmiddlewaretoken": token, "login": login, "password": PASSWORD})
    if start.xpath("//input[@name='password']"):
        wrong.append(f"{login}：登录没有成功")
    links = dict.fromkeys(link for link in start.xpath("//nav//a/@href") if link.startswith("/") and "logout" not in link)
    for link in links:
        page(link)
    click.echo(f"{login}：打开了 {opened} 页 / opened {opened} pages")
    return wrong
