"""What a cell's text looks like, whatever its column is called: names of departments, a numbered title."""

from __future__ import annotations

import re

# How names of units end: offices and their kinds, party and mass organisations, courts, enterprises, schools, and groups of
# places (各镇、街、区 is cut at its 、, therefore the single characters).
_UNIT_END = re.compile(
    r"(?:[局委办部厅科股室处院会社队所站台厂行署]|中心|政府|公司|集团|街道|乡镇|[镇乡街区县市旗园校团馆]|单位|学校|幼儿园|联社|"
    r"妇联|残联|工会|[团省市县区]委|大队|支队|管委会|教管办|学区|开发区|银行|法院|检察院|编办|等|部门|机关|责任制?|联合会|红十字会|科协|文联|侨联|工商联|总队)$"
)
# What is left of a name that a line end broke.
_FRAGMENTS = frozenset(
    {"省委", "市委", "县委", "区委", "团省", "团市", "团县", "团区", "人社", "各乡", "政府", "人民政府", "镇人民政府", "规划局"}
)
_SEPARATOR = re.compile(r"[、，,；;\s/]+")
# 牵头单位：… 配合单位：… inside a cell.
_LABEL = re.compile(r"(?:牵头|配合|责任|参与|主责|协同|主办|协办)(?:单位|部门|科室)?[:：]")
_BRACKETS = re.compile(r"[（(〔\[][^）)〕\]]{0,30}[）)〕\]]")

NUMBERED = re.compile(r"\s*[（(]?(?P<no>\d{1,3}|[一二三四五六七八九十]{1,3})[)）]?(?P<mark>[.．、]|(?<=[)）]))\s*")


def department_share(text: str) -> float:
    """Which part of a cell's characters stands in names of units, from 0 to 1.

    >>> department_share("县教体局、县财政局"), department_share("发改局\\n住建局"), department_share("新建学校5所。")
    (1.0, 1.0, 0.0)
    """
    if len(text) > 600 or re.search(r"[。！？%]", text):
        return 0.0
    parts = [p for p in _SEPARATOR.split(_BRACKETS.sub("", _LABEL.sub("、", text))) if p]
    if not parts:
        return 0.0
    named, in_group = 0, False
    for part in parts:
        # 各镇、街、区: a group whose members are named by one character each.
        in_group = (in_group and len(part) == 1) or (part[0] == "各" and 2 <= len(part) <= 3)
        named += len(part) * is_unit_name(part, in_group)
    return named / sum(len(p) for p in parts)


def is_unit_name(part: str, in_group: bool = False) -> bool:
    """Whether a part ends like the name of a unit and is whole: 县 alone is one only in a group (各镇、街、区).

    >>> is_unit_name("县教体局"), is_unit_name("县"), is_unit_name("县委"), is_unit_name("区", in_group=True)
    (True, False, False, True)
    """
    if len(part) == 1 or part in _FRAGMENTS:
        return in_group
    return len(part) <= 18 and _UNIT_END.search(part) is not None


def is_departments(text: str) -> bool:
    """Whether a cell lists units and says nothing else."""
    return department_share(text) >= 0.75
