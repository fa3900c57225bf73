"""Preparing an installation: from nothing, again, and after an upgrade."""

from __future__ import annotations

import stat

from tests.web.operation.site import Site, Sites


def test_from_nothing_to_ready(filled: Site) -> None:
    """One command makes folder, secret, database, cache table and static files; the secret is readable by nobody else."""
    secret = filled.home / "secret"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert len(secret.read_text().strip()) >= 32
    assert (filled.home / "static" / "staticfiles.json").exists()
    words = filled.python(
        "from django.core.cache import cache; cache.set('a', 1); from xiangxu_web.kernel.operation.health import ready\n"
        "print(cache.get('a'), ready())"
    )
    assert words.split() == ["1", "True"]


def test_again_changes_nothing(filled: Site) -> None:
    """A second time keeps secret and rows, takes no backup, and says how the settings stand."""
    secret = (filled.home / "secret").read_text()
    count = "from xiangxu_web.models import Unit; print(Unit.objects.count())"
    before = filled.python(count)
    said = filled.run("site", "prepare")
    assert (filled.home / "secret").read_text() == secret
    assert filled.python(count) == before
    assert "● 运行方式" in said
    assert "▲ 网站地址：只能在本机打开" in said
    assert not (filled.home / "backups").exists()


def test_an_upgrade_saves_the_old_state_first(site: Site, sites: Sites) -> None:
    """Where migrations wait, a backup is made before they run; it holds the old rows. ``--no-backup`` leaves it out."""
    forget = "from django.db import connection as c; c.cursor().execute(\"DELETE FROM django_migrations WHERE app = 'sessions'\")"
    drop = "; c.cursor().execute('DROP TABLE django_session')"
    site.python(forget + drop)
    said = site.run("site", "prepare")
    assert "升级前已备份到" in said
    (backup,) = (site.home / "backups").iterdir()
    site.python("from django.contrib.sessions.models import Session; print(Session.objects.count())")
    site.python(forget + drop)
    site.run("site", "prepare", "--no-backup")
    assert list((site.home / "backups").iterdir()) == [backup]
    old = sites.empty()
    old.run("restore", str(backup))
    assert old.python("from xiangxu_web.models import Unit; print(Unit.objects.count() > 100)").strip() == "True"


def test_wrong_settings_are_told_all_at_once(sites: Sites) -> None:
    """Three mistakes: three lines, each with what to write; nothing is made but the secret."""
    site = sites.empty()
    site.database, site.more = "mysql://x", {"XIANGXU_HOSTS": "*", "XIANGXU_UPLOAD_MB": "viel"}
    said = site.run("site", "prepare", ok=False)
    for line in ("XIANGXU_HOSTS 不能写 *", "XIANGXU_UPLOAD_MB 应为不小于 1 的整数", "DATABASE_URL 应以 postgresql:// 开头"):
        assert line in said
    assert "Traceback" not in said
    assert [p.name for p in site.home.iterdir()] == ["secret"]


def test_a_real_server_without_https_is_red(site: Site) -> None:
    """A public name without HTTPS, debug and demo modes: each is told with what to do, and the command ends with 2."""
    site.more = {"XIANGXU_HOSTS": "jy.example.gov.cn", "XIANGXU_DEMO": "1", "XIANGXU_TODAY": "2026-11-20"}
    said = site.run("site", "prepare", ok=False)
    assert "■ 加密传输：没有启用 HTTPS" in said
    assert "■ 运行方式：演示方式开着" in said
    assert "▲ 运行方式：日期固定在 2026-11-20" in said


def test_a_database_that_is_not_there_is_told(sites: Sites) -> None:
    """No server at the address: words, not a traceback."""
    site = sites.empty()
    site.database = "postgresql://nobody@127.0.0.1:1/none"
    said = site.run("site", "prepare", ok=False)
    assert "连不上数据库" in said
    assert "Traceback" not in said
