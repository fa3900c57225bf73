"""What a comparison says, in a clerk's words: a promise's figure, a row's name, who aims higher or sooner."""

from __future__ import annotations

from xiangxu.cards.vocabulary import PER
from xiangxu.review.comparison.by_evaluator import Row
from xiangxu.review.comparison.side import Aim

# How a figure is compared, in front of it.
_SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "eq": "", "all": "", "zero": "", "increase": "增", "decrease": "减"}
_WORDS = {"all": "全部", "zero": "清零", "done": "做到", "increase": "提高", "decrease": "降低"}


def title(row: Row) -> str:
    """What computes the promises of a row, with what is asked of it."""
    params = "、".join(str(value) for value in row.params.values())
    return row.title + (f"〔{params}〕" if params else "")


def figure(aim: Aim) -> str:
    """A promise's figure as a clerk writes it: baseline, bound, value and unit, by when."""
    uom = aim.uom or ""
    if aim.value is None or (aim.op == "zero") or (aim.op == "all" and uom == "%"):
        said = _WORDS.get(aim.op, aim.op)
    elif aim.op == "between":
        said = f"{aim.value:g}至{aim.value2:g}{uom}"
    else:
        said = f"{'均' if aim.op == 'all' else ''}{_SIGNS.get(aim.op, '')}{aim.value:g}{uom}"
    base = f"{aim.baseline:g}→" if aim.baseline is not None else ""
    per = PER.words.get(aim.per or "", "")
    due = {"ongoing": "长期", None: ""}.get(aim.due, aim.due or "")
    return f"{per}{base}{said}" + (f"（{due}）" if due else "")


def verdict(row: Row, plans: int, names: dict[str, str] | None = None) -> str:
    """Who aims higher, sooner, or not at all; what to beware of. `names`: what to call the plans, by their keys."""
    called = names or {}

    def listed(keys: tuple[str, ...]) -> str:
        return "、".join(called.get(key, key) for key in keys)

    if len(row.aims) == 1:
        return f"只有{listed(tuple(row.aims))}"
    more = "要求更严" if row.better == "lower" else "要求更高"
    said = [(listed(keys) + word) for keys, word in ((row.highest, more), (row.soonest, "更早")) if keys]
    said += ["要求相同"] if row.alike else []
    said += [f"{listed(row.undated)}未定时限"] if row.undated else []
    # Where most have nothing, the dashes say it.
    said += [f"{listed(row.absent)}没有"] if 0 < len(row.absent) <= plans // 2 else []
    said += ["数量随地方大小"] if row.by_size else []
    said += ["对象不同"] if row.scopes else []
    return "；".join(said) or "写法不同，不可比"
