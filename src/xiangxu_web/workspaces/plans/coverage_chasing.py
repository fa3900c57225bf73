"""催办文字 of one promise that is asked of many units: who has said nothing, whose statement was refused, until when, and where.

Like the texts for tasks (``chasing``) it is worded in the language of the interface: whoever copies it can read what is sent in their name.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from xiangxu_web.kernel.components.figures import day, left
from xiangxu_web.workspaces.plans.coverage_meaning import Meaning


def chase_text(
    promise: str,
    silent: Sequence[str],
    refused: Sequence[str],
    due_on: date | None,
    address: str,
    on: date,
    meaning: Meaning | None = None,
) -> str:
    """The text for the units that have said nothing and those whose statement was refused; nothing where there is nobody to ask."""
    if not silent and not refused:
        return ""
    head = _("【催办】%(promise)s") % {"promise": promise}
    if due_on is not None:
        head += _("（%(day)s到期，%(left)s）") % {"day": day(due_on), "left": left(due_on, on).words}
    lines = [head]
    if silent:
        lines.append(_("还没有填报的 %(n)s 个单位：%(units)s。") % {"n": len(silent), "units": "、".join(silent)})
    if refused:
        lines.append(_("核验未通过、需要补充的 %(n)s 个单位：%(units)s。") % {"n": len(refused), "units": "、".join(refused)})
    if meaning is not None:
        lines.append(_("√表示：%(yes)s。可作依据：%(evidence)s。") % meaning._asdict())
    lines.append(_("请尽快填√、×或不适用，并附一张照片或材料：%(address)s") % {"address": address})
    return "\n".join(lines)
