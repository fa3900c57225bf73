"""By which words units are found: name, short name, every alias, code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from xiangxu_web.kernel.permission import rows
from xiangxu_web.kernel.search.declare import Hit, Searched, index, searched
from xiangxu_web.workspaces.areas.models import Unit, UnitAlias


def _words(unit: Unit) -> list[str]:
    return [unit.name, unit.short_name, unit.code, *(alias.words for alias in unit.aliases.all())]


def _shown(unit: Unit) -> Hit:
    return Hit(unit.name, reverse("unit", args=[unit.pk]), f"{unit.get_kind_display()} · {unit.area.name}")


UNITS = searched(
    Searched(
        order=40,
        model=Unit,
        name=pgettext_lazy("all of them", "单位"),
        words=_words,
        fields=frozenset(("name", "short_name", "code")),
        title="name",
        seen=lambda actor: rows("unit.see", actor).select_related("area").prefetch_related("aliases"),
        shown=_shown,
        then=("closed", "path", "pk"),
    )
)


def index_units(units: Iterable[Unit]) -> None:
    """Puts units that were written many at once into the index, with their aliases."""
    keys = [unit.pk for unit in units]
    index(UNITS, list(Unit.objects.filter(pk__in=keys).prefetch_related("aliases")))


def _alias_changed(instance: UnitAlias, **_more: Any) -> None:
    index_units(Unit.objects.filter(pk=instance.unit_id))


post_save.connect(_alias_changed, sender=UnitAlias, dispatch_uid="search-alias")
post_delete.connect(_alias_changed, sender=UnitAlias, dispatch_uid="search-alias")
