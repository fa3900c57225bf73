"""Ties together what the document tells more than once: rows with actions, tellings of one promise, what contradicts, and who
owes a task that names nobody."""

from __future__ import annotations

from dataclasses import replace

from xiangxu.importer.departments import UnitDirectory
from xiangxu.importer.link.figures import of_promises
from xiangxu.importer.link.names import of_names, of_titles
from xiangxu.importer.link.owners import of_owners, proposed
from xiangxu.importer.link.parts import Parts
from xiangxu.importer.link.rows import link_rows
from xiangxu.importer.link.tellings import alike_pairs, named, retold
from xiangxu.model.plan import PlanReading

__all__ = ["link"]


def link(reading: PlanReading, directory: UnitDirectory | None) -> PlanReading:
    """The reading with its links: each row's action, every promise's id and its other tellings, contradictions between body and
    list, and proposed owners. What is printed stays as it is. Without a directory no names are resolved for proposals."""
    links = link_rows(Parts(reading))
    actions = reading.body_actions
    tasks = []
    for index, task in enumerate(reading.tasks):
        linked = links.action_of.get(index)
        action = actions[linked] if linked is not None else None
        tasks.append(proposed(replace(task, linked_action=linked), action, directory))
    reading = replace(reading, tasks=tuple(tasks))
    parts = Parts(reading)

    promises = named(reading.promises)
    pairs = alike_pairs(parts, promises)
    groups = retold(parts, promises, pairs)
    first = {index: promises[min(group)].id for group in groups for index in group}
    promises = tuple(replace(promise, same_as=first.get(index)) for index, promise in enumerate(promises))

    contradictions = [
        *of_promises(parts, promises, pairs, groups),
        *of_names(parts),
        *of_titles(parts),
        *of_owners(parts, links),
    ]
    ordered = sorted(contradictions, key=lambda c: (c.first.start, c.second.start, c.kind))
    return replace(reading, promises=promises, contradictions=tuple(ordered))
