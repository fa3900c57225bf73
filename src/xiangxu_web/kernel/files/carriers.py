"""Which tables carry files, and by which of their own rules: who sees a row sees its files, who may change it attaches and withdraws."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import CharField, IntegerField, Model, Q
from django.db.models.functions import Cast

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.permission import NOTHING, rows


@dataclass(frozen=True)
class Carrier:
    """One table that carries files, with the names of its rules."""

    model: type[Model]
    see: str
    change: str


CARRIERS: dict[str, Carrier] = {}


def carrier(model: type[Model], *, see: str, change: str) -> None:
    """Declares (in a workspace's ``rules.py``) that rows of this table carry files. Only tables with a number as their key can."""
    table = model._meta.model_name or ""
    if table in CARRIERS:
        raise ValueError(f"carrier {table} is declared twice")
    if not isinstance(model._meta.pk, IntegerField):
        raise ValueError(f"carrier {table} has no number as its key")
    CARRIERS[table] = Carrier(model, see, change)


def carrier_of(row: Model) -> Carrier:
    """The declaration of the row's table."""
    table = row._meta.model_name or ""
    if table not in CARRIERS:
        raise LookupError(f"table {table} carries no files: declare it with carrier() in its rules.py")
    return CARRIERS[table]


def seen_by(actor: Actor) -> Q:
    """The attachments at all rows that the actor sees by the rule of each row's own table."""
    seen = NOTHING
    for table, each in CARRIERS.items():
        keys = rows(each.see, actor).order_by().values(key=Cast("pk", CharField()))
        seen |= Q(table=table, row_key__in=keys)
    return seen & Q(withdrawn__isnull=True)
