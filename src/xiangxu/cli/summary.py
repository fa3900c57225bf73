"""What was read of a plan, in the few lines that a person wants first."""

from __future__ import annotations

from collections import Counter

from xiangxu.model.place import Doubt
from xiangxu.model.plan import Op, PlanReading


def summary(reading: PlanReading) -> str:
    """Title and facts, counts, doubts by reason, contradictions."""
    doc = reading.doc
    facts = "  ".join(
        part
        for part in (
            doc.doc_number,
            doc.issuer,
            f"{doc.issued_on.year}年{doc.issued_on.month}月{doc.issued_on.day}日" if doc.issued_on else None,
        )
        if part
    )
    numeric = sum(1 for p in reading.promises if p.value is not None and p.op not in (Op.ALL, Op.ZERO))
    dated = sum(1 for p in reading.promises if p.due)
    lines = [
        f"《{doc.title}》" if doc.title else f"（没有读出标题）{doc.key}",
        f"  {facts}" if facts else "",
        f"  标题 {len(reading.sections)} · 清单任务 {len(reading.tasks)} · 正文行动 {len(reading.body_actions)} · "
        f"目标 {len(reading.promises)}（带数字 {numeric}，有时限 {dated}）",
    ]
    doubts: Counter[Doubt] = Counter()
    for group in (reading.sections, reading.tasks, reading.body_actions, reading.promises):
        for item in group:
            doubts.update(item.doubts)
    if doubts:
        lines.append("  存疑：" + "；".join(f"{d.reason} {n} 处" for d, n in doubts.most_common()))
    lines += [f"  △ {c.message}" for c in reading.contradictions]
    lines += [f"  ○ {r.message}" for r in reading.remarks]
    return "\n".join(line for line in lines if line)
