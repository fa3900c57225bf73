"""The health pages."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse

from xiangxu import clock
from xiangxu_web.commands import site_serve
from xiangxu_web.kernel.audit import triggers
from xiangxu_web.kernel.audit.record import action
from xiangxu_web.kernel.jobs.alive import say_alive
from xiangxu_web.kernel.models import AuditRow, Blob
from xiangxu_web.kernel.operation import health
from xiangxu_web.kernel.operation.findings import RUNNING, SETTINGS, findings
from xiangxu_web.kernel.operation.version import VERSION

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[3]


def found(title: str) -> list[Any]:
    """What was found under this title."""
    return [each for each in findings(RUNNING, SETTINGS) if str(each.title) == title]


def test_anybody_may_ask_whether_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a sign-in: one word and the version; 503 where the database does not answer or is of another version."""
    answer = Client().get("/health/")
    assert (answer.status_code, answer.content.decode()) == (200, f"ok {VERSION}\n")
    assert "no-store" in answer["Cache-Control"]
    monkeypatch.setattr(health, "_known_migrations", lambda: frozenset({("xiangxu_web", "9999_future")}))
    answer = Client().get("/health/")
    assert (answer.status_code, answer.content.decode()) == (503, f"not ready {VERSION}\n")

    def down() -> list[str]:
        raise DatabaseError("secret words")

    monkeypatch.setattr(health, "pending", down)
    answer = Client().get("/health/")
    assert (answer.status_code, b"secret" in answer.content) == (503, False)


def test_only_the_system_administrator_sees_the_rest(signed_in: Callable[[str], Client], world: Any) -> None:
    """Everybody else is refused."""
    statuses = {who: signed_in(who).get(reverse("health")).status_code for who in world.cast}
    assert {who for who, status in statuses.items() if status == 200} == {"system-admin"}
    assert set(statuses.values()) == {200, 403}


def test_the_page_says_what_to_do_worst_first(signed_in: Callable[[str], Client]) -> None:
    """Nothing was backed up and no worker runs: both are red, at the top, with what to do."""
    page = signed_in("system-admin").get(reverse("health")).content.decode()
    assert "还没有备份过" in page
    assert "运行 script/xiangxu backup" in page
    assert page.index("还没有备份过") < page.index("剩余")


def test_backups_grow_old() -> None:
    """Green for two days, amber to the seventh, then red."""
    with action(None, "backup.make") as record:
        record.noted(None, files=0)
    # The database refuses to change audit rows; time cannot be turned back otherwise.
    triggers.GUARDS.take_away(connection)
    for days, state in ((0, "good"), (3, "warning"), (8, "bad")):
        AuditRow.objects.filter(verb="backup.make").update(at=clock.now() - timedelta(days=days))
        assert [each.state for each in found("备份")] == [state]


def test_a_chain_that_was_found_broken_is_red() -> None:
    """Verified today without a fault: green. Verified today with one: red, with what to do, however fresh it is. Guards gone: red."""
    with action(None, "audit.verify") as record:
        record.noted(None, rows=9, faults=0, told=[])
    assert [each.state for each in found("审计核验")] == ["good"]
    with action(None, "audit.verify") as record:
        record.noted(None, rows=9, faults=1, told=[["changed", 3, 3, None]])
    assert [(each.state, bool(each.remedy)) for each in found("审计核验")] == [("bad", True)]
    assert not found("审计防护")
    triggers.GUARDS.take_away(connection)
    assert [each.state for each in found("审计防护")] == ["bad"]


def test_a_worker_that_lives_is_seen() -> None:
    """Its sign makes the lamp green."""
    assert found("后台进程")[0].state == "bad"
    say_alive("one")
    assert found("后台进程")[0].state == "good"


def test_lost_files_are_seen() -> None:
    """A row without its bytes is red and named by its hash."""
    assert found("附件")[0].state == "good"
    Blob.objects.create(sha256="ab" * 32, size=3, media_type="text/plain", stored=clock.now())
    assert found("附件")[0].state == "bad"
    assert "abababababab" in str(found("附件")[0].words)


def test_pending_migrations_and_a_full_disk_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """An old structure names what is missing; 4 % free is red."""
    monkeypatch.setattr(health, "_known_migrations", lambda: frozenset({("xiangxu_web", "9999_future")}))
    assert "9999_future" in str(found("数据库结构")[0].words)
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _path: type("U", (), {"free": 4, "total": 100}))
    assert found("磁盘空间")[0].state == "bad"


@pytest.mark.parametrize(
    ("change", "title", "state"),
    [
        ({"debug": True}, "运行方式", "bad"),
        ({"demo": True}, "运行方式", "bad"),
        ({"debug": False}, "运行方式", "warning"),
        ({"second_factor": False}, "两步验证", "warning"),
        ({"hosts": ("jy.example.gov.cn",), "https": False}, "加密传输", "bad"),
        ({"hosts": ("jy.example.gov.cn",), "https": True}, "加密传输", "good"),
        ({"hosts": ("localhost",)}, "网站地址", "warning"),
    ],
)
def test_settings_are_judged(monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], title: str, state: str) -> None:
    """Debug, demo, a stopped calendar (the tests' own), the second factor, the way to the site: each with its lamp and a remedy."""
    monkeypatch.setattr(settings, "CONFIGURATION", replace(settings.CONFIGURATION, **{"debug": False, "demo": False, **change}))
    first = found(title)[0]
    assert first.state == state
    assert bool(first.remedy) is (state != "good")


def test_the_server_says_at_its_start_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """Demo mode, no HTTPS, the stopped calendar, the worst first; what is good is not told."""
    public = replace(settings.CONFIGURATION, demo=True, hosts=("jy.example.gov.cn",), https=False)
    monkeypatch.setattr(settings, "CONFIGURATION", public)
    monkeypatch.setattr(site_serve, "ready", lambda: True)
    monkeypatch.setattr(site_serve._Pair, "run", lambda self: 0)
    said = CliRunner().invoke(site_serve.serve, []).output
    assert "■ 运行方式：演示方式开着" in said
    assert "■ 加密传输：没有启用 HTTPS" in said
    assert said.index("▲ 运行方式：日期固定在") > said.index("■ 加密传输")
    assert "●" not in said


def test_a_secret_that_others_can_read_is_red(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The command that mends it is told."""
    monkeypatch.setattr(settings, "CONFIGURATION", replace(settings.CONFIGURATION, home=tmp_path))
    (tmp_path / "secret").write_text("x" * 40)
    (tmp_path / "secret").chmod(0o644)
    assert "chmod 600" in str(found("密钥文件")[0].remedy)
    (tmp_path / "secret").chmod(0o600)
    assert found("密钥文件")[0].state == "good"


def test_there_is_one_version() -> None:
    """The health page, backups and the package say the same."""
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == VERSION
