"""What a comparison says, in a clerk's words: a promise's figure, a row's name, who aims higher or sooner."""

from __future__ import annotations

from xiangxu.cards.vocabulary import PER
from xiangxu.documents.wording import BY_STANDARD, number
from xiangxu.model.reason import Reason, listed
from xiangxu.model.reason import gettext_noop as _
from xiangxu.review.comparison.by_evaluator import Row
from xiangxu.review.comparison.side import Aim

# How a figure is compared, around it.
_WITH_FIGURE = {
    "ge": "≥%(figure)s",
    "gt": ">%(figure)s",
    "le": "≤%(figure)s",
    "lt": "<%(figure)s",
    "all": _("均%(figure)s"),
    "increase": _("增%(figure)s"),
    "decrease": _("减%(figure)s"),
}
_WORDS = {
    "all": _("全部"),
    "zero": _("清零"),
    "done": _("做到"),
    "increase": _("提高"),
    "decrease": _("降低"),
    **BY_STANDARD,
}
_FURTHER = _("%(one)s；%(other)s")


def title(row: Row) -> str:
    """What computes the promises of a row, with what is asked of it."""
    params = "、".join(str(value) for value in row.params.values())
    return Reason("%(title)s〔%(params)s〕", title=row.title, params=params) if params else row.title


def figure(aim: Aim) -> Reason:
    """A promise's figure as a clerk writes it: baseline, bound, value and unit, by when."""
    uom = aim.uom or ""
    if aim.value is None or (aim.op == "zero") or (aim.op == "all" and uom == "%"):
        said = Reason(_WORDS.get(aim.op, aim.op))
    elif aim.op == "between" and aim.value2 is not None:
        said = Reason(_("%(least)s至%(most)s"), least=number(aim.value), most=f"{number(aim.value2)}{uom}")
    else:
        said = Reason(_WITH_FIGURE.get(aim.op, "%(figure)s"), figure=f"{number(aim.value)}{uom}")
    if aim.baseline is not None:
        said = Reason("%(base)s→%(said)s", base=number(aim.baseline), said=said)
    if aim.per:
        said = Reason(_("%(per)s%(said)s"), per=Reason(PER.words[aim.per]), said=said)
    due = Reason(_("长期")) if aim.due == "ongoing" else aim.due
    return Reason(_("%(said)s（%(due)s）"), said=said, due=due) if due else said


def verdict(row: Row, plans: int, names: dict[str, str] | None = None) -> str:
    """Who aims higher, sooner, or not at all; what to beware of. `names`: what to call the plans, by their keys."""
    called = names or {}

    def of(kind: str, keys: tuple[str, ...]) -> Reason:
        return Reason(kind, names=listed([called.get(key, key) for key in keys]))

    if len(row.aims) == 1:
        return of(_("只有%(names)s"), tuple(row.aims))
    more = _("%(names)s要求更严") if row.better == "lower" else _("%(names)s要求更高")
    said = [of(kind, keys) for kind, keys in ((more, row.highest), (_("%(names)s更早"), row.soonest)) if keys]
    said += [Reason(_("要求相同"))] if row.alike else []
    said += [of(_("%(names)s未定时限"), row.undated)] if row.undated else []
    # Where most have nothing, the dashes say it.
    said += [of(_("%(names)s没有"), row.absent)] if 0 < len(row.absent) <= plans // 2 else []
    said += [Reason(_("数量随地方大小"))] if row.by_size else []
    said += [Reason(_("对象不同"))] if row.scopes else []
    return listed(said, _FURTHER) or Reason(_("写法不同，不可比"))
