"""What the administrator sets: read from the environment, checked at the start, each mistake told in plain words."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import dj_database_url

# Where an installation lies unless ``XIANGXU_HOME`` says otherwise.
HOME = "build/site"


class Misconfigured(Exception):
    """A setting is missing or cannot be read: which, what it holds now, what to write."""


@dataclass(frozen=True)
class Configuration:
    """The settings of one installation. Everything has a sound default but the secret and the hosts of a real server."""

    home: Path
    secret: str
    debug: bool
    hosts: tuple[str, ...]
    database_url: str
    https: bool
    password_length: int
    # So many classes of characters a password holds at least; after so many days a new one is asked for (0: never).
    password_classes: int
    password_days: int
    # Besides the present password so many of before are not taken again (0: only the present one).
    password_last: int
    upload_megabytes: int
    # OpenID Connect: the provider's address, and what it knows this site by. Empty: no single sign-on.
    single_sign_on: str
    single_sign_on_client: str
    single_sign_on_secret: str
    single_sign_on_name: str
    site_name: str
    # The sign-in page lets everybody in as a member of the invented cast.
    demo: bool
    # Administrators and posts that open children's files must have a second factor.
    second_factor: bool
    # How many reverse proxies stand before the site: the visitor's address is read from what they write.
    proxies: int

    @property
    def files(self) -> Path:
        """Where the bytes of files lie."""
        return self.home / "files"

    def database(self) -> dict[str, object]:
        """Django's entry for the database: SQLite in the home folder unless ``DATABASE_URL`` names a PostgreSQL."""
        if not self.database_url:
            return sqlite(self.home / "xiangxu.sqlite3")
        if not self.database_url.startswith(("postgres://", "postgresql://")):
            raise Misconfigured("DATABASE_URL 应以 postgresql:// 开头；不设置时使用本机 SQLite 文件。")
        entry: dict[str, object] = dict(dj_database_url.parse(self.database_url, conn_max_age=300, conn_health_checks=True))
        return entry

    def sign_on(self) -> dict[str, object]:
        """allauth's entry for the single sign-on; empty where there is none."""
        if not self.single_sign_on:
            return {}
        app = {
            "provider_id": "office",
            "name": self.single_sign_on_name,
            "client_id": self.single_sign_on_client,
            "secret": self.single_sign_on_secret,
            "settings": {"server_url": self.single_sign_on},
        }
        return {"openid_connect": {"APPS": [app]}}


def sqlite(path: Path) -> dict[str, object]:
    """SQLite made safe: write-ahead log, every commit synced, a transaction that writes takes the lock at its beginning.

    With the default (deferred) transactions, four processes that read and then write lose four of five changes to "database is locked".
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        # Opened anew for each page, a file is read from its first block and its tables' definitions parsed again.
        "CONN_MAX_AGE": 300,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA busy_timeout=20000;",
        },
    }


def read_configuration(environment: Mapping[str, str] = os.environ) -> Configuration:
    """Reads and checks the settings; all mistakes are told at once."""
    wrong: list[str] = []

    def yes(name: str, usual: bool = False) -> bool:
        word = environment.get(name, "").strip().lower()
        if word in ("1", "true", "yes", "on"):
            return True
        if word in ("0", "false", "no", "off"):
            return False
        if word:
            wrong.append(f"{name} 应为 1 或 0，现在是“{word}”。")
        return usual

    def number(name: str, usual: int, least: int, most: int | None = None) -> int:
        word = environment.get(name, "").strip()
        if not word:
            return usual
        if not word.isdigit() or int(word) < least or (most is not None and int(word) > most):
            bounds = f"不小于 {least}" if most is None else f"{least} 到 {most}"
            wrong.append(f"{name} 应为{bounds} 的整数，现在是“{word}”。")
            return usual
        return int(word)

    debug = yes("XIANGXU_DEBUG")
    home = Path(environment.get("XIANGXU_HOME") or HOME).resolve()
    secret = environment.get("XIANGXU_SECRET", "")
    secret_file = home / "secret"
    if not secret and secret_file.exists():
        secret = secret_file.read_text().strip()
    if len(secret) < 32:
        if secret:
            wrong.append("XIANGXU_SECRET 太短（至少 32 个字符）：请换一个长的，或不设置，由 script/xiangxu site prepare 生成。")
        elif not debug:
            wrong.append(
                f"在 {home} 没有安装好的网站（没有 {secret_file.name} 文件，XIANGXU_SECRET 也没有设置）。"
                "已经装在别处的，用 XIANGXU_HOME 写明它的目录；第一次安装，运行 script/xiangxu site prepare。"
            )
        secret = secret or "debug-only-" + "0" * 32
    hosts = tuple(h.strip() for h in environment.get("XIANGXU_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if h.strip())
    if "*" in hosts:
        wrong.append("XIANGXU_HOSTS 不能写 *：请写明网站的域名或地址，用英文逗号隔开。")
    https = yes("XIANGXU_HTTPS")
    single_sign_on = environment.get("XIANGXU_OIDC", "").strip()
    client = environment.get("XIANGXU_OIDC_CLIENT", "").strip()
    client_secret = environment.get("XIANGXU_OIDC_SECRET", "").strip()
    # What the provider says of a person is believed for the encrypted way it comes: over plain HTTP anybody could sign in as anybody.
    if single_sign_on and not single_sign_on.startswith(("https://", "http://") if debug else "https://"):
        wrong.append(f"XIANGXU_OIDC 应为统一身份认证的完整地址，以 https:// 开头，现在是“{single_sign_on}”。")
    if single_sign_on and not (client and client_secret):
        wrong.append("设置了 XIANGXU_OIDC，还须设置 XIANGXU_OIDC_CLIENT 和 XIANGXU_OIDC_SECRET（向统一身份认证的管理方索取）。")
    configuration = Configuration(
        home=home,
        secret=secret,
        debug=debug,
        hosts=hosts,
        database_url=environment.get("DATABASE_URL", ""),
        https=https,
        password_length=number("XIANGXU_PASSWORD_LENGTH", 10, 8),
        password_classes=number("XIANGXU_PASSWORD_CLASSES", 1, 1, 4),
        password_days=number("XIANGXU_PASSWORD_DAYS", 0, 0),
        password_last=number("XIANGXU_PASSWORD_LAST", 3, 0, 24),
        upload_megabytes=number("XIANGXU_UPLOAD_MB", 50, 1),
        single_sign_on=single_sign_on,
        single_sign_on_client=client,
        single_sign_on_secret=client_secret,
        single_sign_on_name=environment.get("XIANGXU_OIDC_NAME", "统一身份认证"),
        site_name=environment.get("XIANGXU_SITE_NAME", "庠序"),
        demo=yes("XIANGXU_DEMO"),
        second_factor=yes("XIANGXU_SECOND_FACTOR", usual=True),
        proxies=number("XIANGXU_PROXIES", 1 if https else 0, 0),
    )
    try:
        configuration.database()
    except Misconfigured as problem:
        wrong.append(str(problem))
    if wrong:
        raise Misconfigured("系统设置有误，未启动：\n" + "\n".join(f"  {n}. {line}" for n, line in enumerate(wrong, 1)))
    return configuration


def write_secret(home: Path, secret: str = "") -> None:
    """Puts the secret into the home folder, readable by nobody else; without one given, a new one is drawn."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / "secret"
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text((secret or secrets.token_urlsafe(48)) + "\n")


def write_secret_if_new(environment: Mapping[str, str] = os.environ) -> None:
    """Draws a secret for an installation that has none, neither in its environment nor in its home folder."""
    home = Path(environment.get("XIANGXU_HOME") or HOME).resolve()
    if not environment.get("XIANGXU_SECRET") and not (home / "secret").exists():
        write_secret(home)
