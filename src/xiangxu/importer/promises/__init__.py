"""Promises: from clauses of a plan to every quantified or checkable promise in them.

The grammar in the order in which it is put together, each module with its own closed vocabulary:

- `surface`, `segments`: one script, names hidden; sentences and what carries on within them.
- `numerals`, `measures`, `quantities`, `bounds`: what a figure is worth, what it counts, how it compares.
- `dates`, `frequency`: by when, how often.
- `roles`, `accounts`: which figures nobody promises, and why.
- `figures`, `wholes`: promises with a figure, and those of all, none, more, less and one deliverable.
- `naming`: metric, scope and level.
- `find`: the whole.
"""

from xiangxu.importer.promises.find import Locate, find_promises

__all__ = ["Locate", "find_promises"]
