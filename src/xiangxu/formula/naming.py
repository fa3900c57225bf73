"""What a formula uses: fields with their tables, parameters, functions."""

from __future__ import annotations

from dataclasses import dataclass

from xiangxu.formula.tree import Call, Field, Param, Tree, walk
from xiangxu.formula.vocabulary import TIERS


@dataclass(frozen=True, slots=True)
class Names:
    """The names in a formula, each once, in the order of the text; a field without a table has None for it.

    `groups` are the words behind `each=` that are tiers (town, school, 镇街 …) rather than fields.
    """

    fields: tuple[tuple[str | None, str], ...]
    params: tuple[str, ...]
    functions: tuple[str, ...]
    groups: tuple[str, ...]


def names(tree: Tree) -> Names:
    """The names that a formula uses.

    >>> from xiangxu.formula.grammar import parse
    >>> used = names(parse("100 * share(count(公办园) >= :least, each=town) / sum(county-year.人口)"))
    >>> used.fields, used.params, used.functions, used.groups
    (((None, '公办园'), ('county-year', '人口')), ('least',), ('share', 'count', 'sum'), ('town',))
    """
    nodes = [node for _, node in walk(tree)]
    groups = [node for call in nodes if isinstance(call, Call) and (node := tier_of(call)) is not None]
    apart = {id(node) for node in groups}
    return Names(
        fields=tuple(dict.fromkeys((n.table, n.name) for n in nodes if isinstance(n, Field) and id(n) not in apart)),
        params=tuple(dict.fromkeys(n.name for n in nodes if isinstance(n, Param))),
        functions=tuple(dict.fromkeys(n.function for n in nodes if isinstance(n, Call))),
        groups=tuple(dict.fromkeys(n.name for n in groups)),
    )


def tier_of(call: Call) -> Field | None:
    """The word behind `each=` where it is a tier."""
    by = call.option("each")
    return by if isinstance(by, Field) and by.table is None and (by.name in TIERS or by.name in TIERS.values()) else None


def table_of(call: Call, default: str) -> str:
    """The table whose rows a function looks at: the one that a field inside it names, else the default, the first of the formula.

    >>> from xiangxu.formula.grammar import parse
    >>> table_of(parse("distinct(posts.人员, where=类别 = :kind)"), "school-year")
    'posts'
    """
    return next((n.table for _, n in walk(call) if isinstance(n, Field) and n.table is not None), default)
