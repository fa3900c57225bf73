"""What LibreOffice is told before it opens a stranger's file: nothing in the file may act, nothing that it links to may be fetched."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

# No macros, no links, no network; should a link ask for one all the same, the proxy answers nothing.
SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
)
_SETTING = '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
_REGISTRY = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry"'
    ' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{}</oor:items>\n'
)
# The faces that official documents name are seldom installed on a server. Without a rule all of them fall to one face, often a Japanese.
_SERIF = ("仿宋_GB2312", "仿宋", "FangSong", "方正小标宋简体", "方正小标宋_GBK", "楷体_GB2312", "楷体", "KaiTi", "宋体", "SimSun")
_SANS = ("黑体", "SimHei", "微软雅黑", "Microsoft YaHei", "等线", "DengXian")
_INSTEAD = (
    (_SERIF, ("Noto Serif CJK SC", "Source Han Serif SC", "AR PL UMing CN")),
    (_SANS, ("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei")),
)
_FONTS = (
    '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n'
    '<fontconfig><include ignore_missing="yes">{}</include>{}</fontconfig>\n'
)
_ALIAS = '<alias binding="same"><family>{}</family><accept>{}</accept></alias>'
_FAMILY = "<family>{}</family>"


def profile_in(folder: Path) -> tuple[Path, Mapping[str, str]]:
    """A profile of its own for one run, in this folder, and the environment that goes with it."""
    profile, fonts = folder / "profile", folder / "fonts.conf"
    (profile / "user").mkdir(parents=True)
    items = "".join(_SETTING.format(*setting) for setting in SETTINGS)
    (profile / "user" / "registrymodifications.xcu").write_text(_REGISTRY.format(items), encoding="utf-8")
    aliases = "".join(_ALIAS.format(face, "".join(map(_FAMILY.format, instead))) for faces, instead in _INSTEAD for face in faces)
    usual = os.environ.get("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")
    fonts.write_text(_FONTS.format(usual, aliases), encoding="utf-8")
    return profile, {**os.environ, "FONTCONFIG_FILE": str(fonts)}
