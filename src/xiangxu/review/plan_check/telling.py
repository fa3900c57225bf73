"""The remarks as a clerk reads them, and as another program does."""

from __future__ import annotations

from collections import Counter
from typing import Any

from xiangxu.model.place import Place
from xiangxu.review.plan_check.remark import Grade, PlanReview, Remark, Spot

# How many places of one remark are named on the screen; the rest is in the exchange form.
_MOST_SPOTS = 4


def in_words(review: PlanReview) -> str:
    """All remarks by grade, each with its places, its reason and its remedy.

    What is said of an issued document is called 建议: it cannot be argued with.
    """
    counted = Counter(remark.grade for remark in review.remarks)
    head = f"《{review.title}》" if review.title else f"（没有读出标题）{review.key}"
    if not review.remarks:
        return f"{head}\n没有发现{review.word}。"
    kind = f"已于 {_day(review)} 印发，以下是供分解和评估参考的建议" if review.issued else "没有印发日期，按草案检查"
    grades = "，".join(f"{grade.word} {counted[grade]}" for grade in Grade if counted[grade])
    lines = [head, f"{kind}：{len(review.remarks)} 条{review.word}（{grades}）"]
    for grade in Grade:
        remarks = [remark for remark in review.remarks if remark.grade is grade]
        lines += ["", f"【{grade.word}】"] if remarks else []
        for remark in remarks:
            lines += _told(review, remark)
    return "\n".join(lines)


def _told(review: PlanReview, remark: Remark) -> list[str]:
    named = [_named(review, spot) for spot in remark.spots[:_MOST_SPOTS]]
    more = f"；另有 {len(remark.spots) - _MOST_SPOTS} 处" if len(remark.spots) > _MOST_SPOTS else ""
    label = "可以这样" if review.issued else "怎样改"
    return [f"· {remark.message}", f"  {'；'.join(named)}{more}", f"  {remark.why}{label}：{remark.mend}"]


def _named(review: PlanReview, spot: Spot) -> str:
    where = "" if review.from_pack else _where(spot.place) + (f"、{_where(spot.other)}" if spot.other else "") + " "
    quote = f"：“{spot.quote}”" if spot.quote else ""
    return f"{where}{spot.name}{quote}" + (f"（{spot.note}）" if spot.note else "")


def _where(place: Place) -> str:
    page = f"第{place.page}页" if place.page else ""
    return f"{page}第{place.line}行"


def _day(review: PlanReview) -> str:
    day = review.issued_on
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def to_json(review: PlanReview) -> dict[str, Any]:
    """Everything, ready for `json.dumps`. Without a document there are no places."""
    return {
        "key": review.key,
        "title": review.title,
        "issued_on": review.issued_on.isoformat() if review.issued_on else None,
        "called": review.word,
        "remarks": [
            {
                "kind": remark.kind,
                "grade": remark.grade.value,
                "message": remark.message,
                "why": remark.why,
                "mend": remark.mend,
                "spots": [_spot(review, spot) for spot in remark.spots],
            }
            for remark in review.remarks
        ],
    }


def _spot(review: PlanReview, spot: Spot) -> dict[str, Any]:
    return {
        "place": None if review.from_pack else _place(spot.place),
        "other": None if review.from_pack else _place(spot.other),
        "name": spot.name,
        "quote": spot.quote,
        "note": spot.note,
    }


def _place(place: Place | None) -> dict[str, int | None] | None:
    return {"start": place.start, "end": place.end, "line": place.line, "page": place.page} if place else None
