"""The settings of an installation, looked at with the eyes of somebody who must answer for it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from xiangxu_web.configuration import Configuration
from xiangxu_web.kernel.operation.findings import SETTINGS, Finding, looks_at

_LOCAL = {"localhost", "127.0.0.1", "[::1]"}


def _configuration() -> Configuration:
    found: Configuration = settings.CONFIGURATION
    return found


@looks_at(SETTINGS)
def modes() -> Iterator[Finding]:
    """Debug and demo modes, and a stopped calendar: right for looking round, wrong for the office's work."""
    title = _("运行方式")
    configuration = _configuration()
    if configuration.debug:
        yield Finding(title, "bad", _("调试方式开着，出错页面会显示内部信息。"), _("去掉 XIANGXU_DEBUG=1，重新启动。"))
    if configuration.demo:
        yield Finding(title, "bad", _("演示方式开着，谁都能以虚构人员登录。"), _("去掉 XIANGXU_DEMO=1，重新启动。"))
    fixed = os.environ.get("XIANGXU_TODAY", "")
    if fixed:
        yield Finding(
            title,
            "warning",
            _("日期固定在 %(day)s，逾期和提醒都按这一天计算。") % {"day": fixed},
            _("正式使用时去掉 XIANGXU_TODAY，重新启动。"),
        )
    if not (configuration.debug or configuration.demo or fixed):
        yield Finding(title, "good", _("正式方式，按真实日期运行。"))


@looks_at(SETTINGS)
def reach() -> Iterator[Finding]:
    """Under which names the site is reached, and whether the way to it is encrypted."""
    configuration = _configuration()
    names = "、".join(configuration.hosts)
    if set(configuration.hosts) <= _LOCAL:
        yield Finding(
            _("网站地址"),
            "warning",
            _("只能在本机打开（%(names)s）。") % {"names": names},
            _("把域名或服务器地址写进 XIANGXU_HOSTS，用英文逗号隔开，重新启动。"),
        )
    else:
        yield Finding(_("网站地址"), "good", names)
    if configuration.https:
        yield Finding(_("加密传输"), "good", _("只接受 HTTPS。"))
    elif not set(configuration.hosts) <= _LOCAL:
        yield Finding(
            _("加密传输"),
            "bad",
            _("没有启用 HTTPS，口令和儿童信息会明文经过网络。"),
            _("在反向代理上配好证书，再设置 XIANGXU_HTTPS=1，重新启动。"),
        )


@looks_at(SETTINGS)
def guards() -> Iterator[Finding]:
    """The second factor, the secret's file."""
    configuration = _configuration()
    if configuration.second_factor:
        yield Finding(_("两步验证"), "good", _("管理员和可查看儿童个案的岗位须两步验证。"))
    else:
        yield Finding(_("两步验证"), "warning", _("没有要求管理员两步验证。"), _("去掉 XIANGXU_SECOND_FACTOR=0，重新启动。"))
    secret = configuration.home / "secret"
    if secret.exists() and stat.S_IMODE(secret.stat().st_mode) & 0o077:
        yield Finding(
            _("密钥文件"),
            "bad",
            _("本机其他用户也能读到密钥文件。"),
            _("运行：chmod 600 %(file)s") % {"file": secret},
        )
    elif secret.exists():
        yield Finding(_("密钥文件"), "good", _("只有运行网站的用户能读。"))


@looks_at(SETTINGS)
def folders() -> Iterator[Finding]:
    """The home folder is writable; the static files are in place."""
    home: Path = _configuration().home
    if not os.access(home, os.W_OK | os.X_OK):
        yield Finding(
            _("数据目录"),
            "bad",
            _("不能写入数据目录 %(home)s。") % {"home": home},
            _("把该目录交给运行网站的用户（chown），或用 XIANGXU_HOME 指到别处。"),
        )
    if not settings.DEBUG and not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists() and not _plain_static():
        yield Finding(
            _("页面文件"), "bad", _("样式和脚本文件没有就位，页面会没有样式。"), _("运行 script/xiangxu site prepare。")
        )


def _plain_static() -> bool:
    return "Manifest" not in str(settings.STORAGES["staticfiles"]["BACKEND"])
