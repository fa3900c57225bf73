"""催办文字: what is pasted into a chat group, with what, until when, who, and where to fill it in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date


def chase_text(promise: str, silent: Sequence[str], refused: Sequence[str], due_on: date | None, address: str, on: date) -> str:
    """The text for the units that have said nothing and those whose statement was refused; nothing where there is nobody to ask.

    >>> print(chase_text("每校配备直饮水", ["甲校", "乙校"], ["丙校"], date(2026, 8, 31), "https://x/1/", date(2026, 11, 20)))
    【催办】每校配备直饮水（2026年8月31日 到期，已逾期 81 天）
    还没有填报的 2 个单位：甲校、乙校。
    核验未通过、需要补充的 1 个单位：丙校。
    请尽快填√、×或不适用，并附一张照片或材料：https://x/1/
    """
    if not silent and not refused:
        return ""
    lines = [f"【催办】{promise}{_due(due_on, on)}"]
    if silent:
        lines.append(f"还没有填报的 {len(silent)} 个单位：{'、'.join(silent)}。")
    if refused:
        lines.append(f"核验未通过、需要补充的 {len(refused)} 个单位：{'、'.join(refused)}。")
    lines.append(f"请尽快填√、×或不适用，并附一张照片或材料：{address}")
    return "\n".join(lines)


def _due(due_on: date | None, on: date) -> str:
    if due_on is None:
        return ""
    left = (due_on - on).days
    words = f"已逾期 {-left} 天" if left < 0 else "今天到期" if left == 0 else f"还剩 {left} 天"
    return f"（{due_on.year}年{due_on.month}月{due_on.day}日 到期，{words}）"
