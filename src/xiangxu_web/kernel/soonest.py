"""What has no date, or no value at all, comes last in every list, the same on both databases: left alone, SQLite takes it for the smallest
and PostgreSQL for the largest."""

from __future__ import annotations

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model
from django.db.models.expressions import OrderBy

SOONEST = F("due_on").asc(nulls_last=True)


def unknown_last(model: type[Model] | None, order: str) -> str | OrderBy:
    """One word of an order (``due_on``, ``-unit__closed``), so that rows without a value come last, rising or falling. What always has a
    value is left as it is: an index serves it. So is the order of rows that are in no database.
    """
    name = order.removeprefix("-")
    if model is None or not _may_lack(model, name):
        return order
    return F(name).desc(nulls_last=True) if order != name else F(name).asc(nulls_last=True)


def _may_lack(model: type[Model], name: str) -> bool:
    """Whether a row may have no value there; of what is reckoned and not stored one cannot know."""
    for part in name.split("__"):
        if part == "pk":
            return False
        try:
            field = model._meta.get_field(part)
        except FieldDoesNotExist:
            return True
        if getattr(field, "null", True):
            return True
        model = field.related_model or model
    return False
