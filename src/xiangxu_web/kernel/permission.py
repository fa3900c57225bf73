"""Permissions: named rules, each yielding one filter for one table. A check on one row is that filter by key.

A rule says in one sentence who sees or changes what; the sentence is shown to the security administrator. Workspaces declare theirs in
``rules.py``::

    @rule("unit.see", Unit, _("看单位"))
    def units_seen(actor: Actor) -> Q: ...

A right (``right``) is a rule without a table: it says which roles may do a thing at all (read the audit, start a backup).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _

from xiangxu.model.unit import Role
from xiangxu_web.kernel.actor import Actor

M = TypeVar("M", bound=Model)

NOTHING = Q(pk__in=())


class Refused(Exception):
    """The post may not do this. The page says what was refused and who could do it; it never says what lies behind."""


@dataclass(frozen=True)
class Rule:
    """One named rule: ``filter`` gives the rows of ``model`` that an actor may see or change by it."""

    name: str
    model: type[Model]
    title: str | LazyText
    filter: Callable[[Actor], Q]


@dataclass(frozen=True)
class Right:
    """One right that hangs on the role alone."""

    name: str
    title: str | LazyText
    roles: frozenset[Role]


RULES: dict[str, Rule] = {}
RIGHTS: dict[str, Right] = {}


def rule(name: str, model: type[Model], title: str | LazyText) -> Callable[[Callable[[Actor], Q]], Callable[[Actor], Q]]:
    """Declares the rule of this name. A second one of the same name is a mistake in the program."""

    def declare(filter: Callable[[Actor], Q]) -> Callable[[Actor], Q]:
        if name in RULES:
            raise ValueError(f"rule {name} is declared twice")
        RULES[name] = Rule(name, model, title, filter)
        return filter

    return declare


def right(name: str, title: str | LazyText, *roles: Role) -> str:
    """Declares the right of this name and gives the name back, so that views use it and not a word."""
    if name in RIGHTS:
        raise ValueError(f"right {name} is declared twice")
    RIGHTS[name] = Right(name, title, frozenset(roles))
    return name


def rows(name: str, actor: Actor) -> QuerySet[Any]:
    """All rows that the rule gives this actor, each once."""
    given = _given(name, actor)
    # By key and not by DISTINCT, which would compare every column of every row whenever rows are counted, sorted or narrowed.
    return given.model._default_manager.filter(pk__in=given.order_by().values("pk")) if _repeats(given) else given


def _given(name: str, actor: Actor) -> QuerySet[Any]:
    found = RULES[name]
    return found.model._default_manager.filter(found.filter(actor))


def _repeats(given: QuerySet[Any]) -> bool:
    """Whether the filter joins a table of which several rows belong to one of ours, so that it gives some of ours twice."""
    fields = (getattr(join, "join_field", None) for join in given.query.alias_map.values())
    return any(field is not None and (field.one_to_many or field.many_to_many) for field in fields)


def row(name: str, actor: Actor, *, without: Iterable[str] = (), **key: Any) -> Any:
    """One row by its key, through the rule; what lies outside is not found, as if it did not exist.

    ``without``: fields that are large and not looked at; they are fetched if they are after all.
    """
    found = _given(name, actor).filter(**key).defer(*without).first()
    if found is None:
        raise Http404(_("没有找到，或不在您的岗位可见范围内。"))
    return found


def allowed(name: str, actor: Actor, on: Model) -> bool:
    """Whether the rule gives the actor this row."""
    return _given(name, actor).filter(pk=on.pk).exists()


def may(actor: Actor, name: str) -> bool:
    """Whether the actor's role has the right."""
    return actor.role in RIGHTS[name].roles


def demand(actor: Actor, name: str) -> None:
    """Refuses where the actor's role lacks the right."""
    if not may(actor, name):
        raise Refused(
            _("您当前的岗位不能“%(right)s”。如确需办理，请切换岗位，或联系本单位的安全管理员。") % {"right": RIGHTS[name].title}
        )
