"""Departments by names that hold in every place: 云溪县教育和体育局 and 青山市教育局 are compared as education bureaus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xiangxu.importer.departments.wording import read_wording


class Departments:
    """The departments of one place. `tasks_of`: what each that was asked for does, as far as the vocabulary knows."""

    def __init__(self, region: str) -> None:
        self._region = region
        self.tasks_of: dict[str, frozenset[str]] = {}

    def name(self, printed: str) -> str:
        """The department's name without its place; a name that the vocabulary does not know loses only the place's own."""
        wording = read_wording(printed, self._region)
        if wording is None:
            return printed.removeprefix(self._region) or printed
        self.tasks_of[wording.title] = wording.body.tasks if wording.body else frozenset()
        return wording.title

    def names(self, printed: Iterable[str]) -> tuple[str, ...]:
        """Several names, each once."""
        return tuple(dict.fromkeys(self.name(one) for one in printed))


def families(tasks_of: Iterable[Mapping[str, frozenset[str]]]) -> dict[str, str]:
    """For every department of several places the widest that does all that it does, itself where none is wider.

    >>> families([{"教育局": frozenset({"教育"})}, {"教育和体育局": frozenset({"教育", "体育"})}])["教育局"]
    '教育和体育局'
    """
    known = {name: tasks for place in tasks_of for name, tasks in place.items()}
    ordered = sorted(known, key=lambda name: (len(known[name]), name))
    return {
        name: max(
            (other for other in ordered if known[name] and known[other] >= known[name]), key=lambda o: len(known[o]), default=name
        )
        for name in ordered
    }
