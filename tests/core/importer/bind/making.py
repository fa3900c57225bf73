"""Promises and cards for the tests of the proposer, as short as they can be written."""

from __future__ import annotations

from typing import Any

from xiangxu.cards.kinds import KINDS, Evaluator, Fields, Scope
from xiangxu.model.place import Place
from xiangxu.model.plan import Level, Op, Per, Promise

SOURCE = {"title": "测试", "checked": True}


def promise(
    quote: str,
    op: Op = Op.DONE,
    value: float | None = None,
    uom: str | None = None,
    *,
    metric: str = "",
    scope: str | None = None,
    per: Per | None = None,
    where: str = "body 1",
    id: str = "p-001",
) -> Promise:
    """A promise of the county; its metric is the quote where none is given."""
    return Promise(quote, where, metric or quote, scope, op, Place(0, 1, 1), value, None, uom, None, None, per, Level.COUNTY, id)


def card(kind: str, id: str, title: str, aliases: tuple[str, ...] = (), uom: str = "%", **more: Any) -> Evaluator:
    """An evaluator card; what its kind demands besides is filled in."""
    body: dict[str, Any] = {
        "kind": kind,
        "id": id,
        "title": {"zh": title},
        "aliases": aliases,
        "source": SOURCE,
        "theme": "governance",
        "uom": uom,
        "levels": ["county"],
        "reads": [f"table-{id}"],
        "formula": "count()",
        "better": "higher",
        "examples": [{"tables": {f"table-{id}": [{}]}, "gives": 1.0}],
    }
    body |= {
        "coverage": {"statement": "有", "evidence": "看"},
        "duty": {"who": "学校", "does": "做", "per": "year"},
        "milestone": {"deliverable": "有"},
    }.get(kind, {})
    made = KINDS[kind].model_validate(body | more)
    assert isinstance(made, Evaluator)
    return made


def scope(id: str, title: str, *aliases: str, tier: str = "school") -> Scope:
    """A scope card."""
    return Scope.model_validate({"kind": "scope", "id": id, "title": {"zh": title}, "aliases": aliases, "tier": tier})


def table(name: str, **choices: list[str]) -> Fields:
    """A field dictionary of choices: Chinese name of the field → its choices."""
    return Fields.model_validate(
        {
            "kind": "fields",
            "id": f"fields-{name}",
            "title": {"zh": "表"},
            "table": name,
            "of": "registry",
            "per": "standing",
            "unit_tier": "school",
            "fields": [
                {"code": f"f{n}", "name": field, "type": "choice", "choices": words, "meaning": field}
                for n, (field, words) in enumerate(choices.items())
            ],
        }
    )
