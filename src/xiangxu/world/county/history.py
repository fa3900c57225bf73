"""What happened to schools from 2021 to 2026: mergers, closures, one split, one change of type, one new name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xiangxu.model.unit import SchoolChange, Unit
from xiangxu.world.county.schools import Y2021, Y2022, Y2023, Y2025, Y2026

# What the renamed schools were called before, by key.
_WAS = {"银线镇-centre": "银线镇第一小学"}

# Day, kind, keys of the schools before and after, and what a clerk would note.
_CHANGES: tuple[tuple[date, str, tuple[str, ...], tuple[str, ...], str], ...] = (
    (Y2021, "merged", ("merged-2021", "冰纹镇-village-1"), ("冰纹镇-village-1",), "生源不足，整体并入邻村小学"),
    (Y2022, "closed", ("point-2022",), (), "连续两年无新生，学生转入镇中心小学"),
    (Y2023, "split", ("experimental-old",), ("experimental", "experimental-junior"), "小学部和初中部分设为两所学校"),
    (date(2024, 3, 1), "renamed", ("银线镇-centre",), ("银线镇-centre",), "原名银线镇第一小学，标识码不变"),
    (Y2025, "merged", ("absorbed", "眉纹镇-centre"), ("眉纹镇-centre",), "按布局专项规划并入镇中心小学"),
    (Y2025, "merged", ("shiyan-junior", "shiyan-primary"), ("shiyan-nine",), "合并设立九年一贯制学校"),
    (Y2025, "type-changed", ("shrunk-before",), ("shrunk-after",), "小学改为教学点，保留一至三年级"),
    (Y2025, "closed", ("point-2025-1",), (), "学生转入镇中心小学，校舍交村用于养老服务"),
    (Y2025, "closed", ("point-2025-2",), (), "学生转入镇中心小学"),
    (Y2026, "merged", ("joined-one", "joined-two"), ("joined",), "两所村小合并到新校舍"),
    (Y2026, "closed", ("closed-2026",), (), "听证、公示后撤销，学生转入镇中心小学"),
    (Y2026, "closed", ("point-2026-1",), (), "学生转入镇中心小学"),
    (Y2026, "closed", ("point-2026-2",), (), "学生转入镇中心小学"),
    (Y2026, "closed", ("point-2026-3",), (), "学生转入镇中心小学"),
)


def changes(schools: Mapping[str, Unit], gardens: tuple[Unit, ...]) -> tuple[SchoolChange, ...]:
    """All changes in the order of their days. `schools`: by key. Kindergartens tell theirs by the days of opening and closing."""
    found = [
        SchoolChange(
            day, kind, _codes(schools, before), _codes(schools, after), note, _WAS.get(before[0], "") if kind == "renamed" else ""
        )
        for day, kind, before, after, note in _CHANGES
    ]
    found += [
        SchoolChange(garden.closed, "closed", (garden.code,), (), "民办园终止办学，幼儿转入镇中心幼儿园")
        for garden in gardens
        if garden.closed
    ]
    found += [
        SchoolChange(garden.opened, "opened", (), (garden.code,), "新建公办园")
        for garden in gardens
        if garden.opened and garden.opened >= Y2021
    ]
    return tuple(sorted(found, key=lambda change: (change.day, change.before, change.after)))


def _codes(schools: Mapping[str, Unit], keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(schools[key].code for key in keys)
