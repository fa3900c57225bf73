"""In the lists of tasks and targets: what nobody has looked at since it was read. For whoever runs the plans; to others it is noise."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Count
from django.utils.translation import gettext_lazy

from xiangxu_web.kernel.components.table import Column, Filter, Table
from xiangxu_web.workspaces.plans.looking import LOOKS, UNSEEN, by_look, doubts_of, look_lamp

_LOOK = Column("look", gettext_lazy("核对"), value=look_lamp, kind="lamp", filled=Count("pk", filter=UNSEEN))
_WHY = Column("doubts", gettext_lazy("读取时的疑问"), value=doubts_of, chosen=False)
_BY_LOOK = Filter("look", gettext_lazy("核对"), lambda r: LOOKS, by_look)


def with_look(table: Table, *ticks: Column, wanting: bool | None = None) -> Table:
    """The list with the column, the filter, and behind the name the boxes to tick, where there are. ``wanting``: whether any row wants a
    look, where that is known; else the database is asked."""
    name, *others = table.columns
    look = _LOOK if wanting is None else replace(_LOOK, filled=None, chosen=wanting)
    return replace(table, columns=[name, *ticks, look, *others, _WHY], filters=[*table.filters, _BY_LOOK])
