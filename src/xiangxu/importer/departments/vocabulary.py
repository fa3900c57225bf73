"""The kinds of bodies that exist at every level, read once from `bodies.yaml`, and the words by which they are called.

A closed vocabulary of national terms: what a department, a committee's organ or a people's organisation is called in short and
in full. Which of them a place has, and under what name, is found out by `directory` from the document.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).with_name("bodies.yaml")


@dataclass(frozen=True, slots=True)
class Body:
    """A kind of body. `title`: its name in full, without the place; `under`: what stands between the place and the title.

    `tasks`: what it does; two bodies of one place of which one's tasks are among the other's are one, by two names.
    `level`: 国家 or 省 where the organ tells the level even without a prefix (教育部, 教育厅), else empty.
    """

    title: str
    under: str = ""
    tasks: frozenset[str] = frozenset()
    level: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`forms`: every whole name without its place; `stems`: the same without the organ (交通 for 交通局)."""

    forms: dict[str, Body]
    stems: dict[str, Body]
    national: dict[str, str]
    areas: tuple[str, ...]
    area_bodies: tuple[str, ...]
    sections: dict[str, str]

    def body(self, form: str) -> Body | None:
        """The body that is called `form` where its place and level are already cut off.

        >>> vocabulary().body("资规分局").title, vocabulary().body("委编办").title
        ('自然资源和规划局', '机构编制委员会办公室')
        """
        if form in self.forms:
            return self.forms[form]
        for over in ("委员会", "委", "人民政府", "政府"):
            found = self.forms.get(form.removeprefix(over)) if form.startswith(over) else None
            if found is not None and len(form) - len(over) > 1:
                return found
        return None


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the file beside this module."""
    data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    forms: dict[str, Body] = {}
    stems: dict[str, Body] = {}
    for entry in data["others"]:
        tasks = frozenset([entry["name"]] if "kin" in entry else [])
        body = Body(entry["name"], entry.get("under", ""), tasks)
        alone = () if entry.get("alone") is False else (body.title,)
        for form in (*alone, body.under + body.title, *entry.get("forms", ())):
            forms.setdefault(form, body)
        for other in entry.get("kin", ()):
            forms.setdefault(other, Body(other, body.under, tasks))
    for entry in data["departments"]:
        _add_department(entry, data["organs"], data["organ_levels"], forms, stems)
    national = {form: names[0] for names in data["national"] for form in names}
    longest_first = {key: tuple(sorted(data[key], key=len, reverse=True)) for key in ("areas", "area_bodies")}
    return Vocabulary(forms, stems, national, longest_first["areas"], longest_first["area_bodies"], data["sections"])


def _add_department(
    entry: dict[str, Any], organs: dict[str, str], levels: dict[str, str], forms: dict[str, Body], stems: dict[str, Body]
) -> None:
    name: str = entry["name"]
    tasks = frozenset(entry.get("of", [name]))
    bureau = Body(name + "局", "", tasks)
    for stem in (name, *entry.get("short", ())):
        stems.setdefault(stem, bureau)
        for printed, full in organs.items():
            forms.setdefault(stem + printed, Body(name + full, "", tasks, levels.get(printed, "")))
    for other in entry.get("kin", ()):
        forms.setdefault(other, Body(other, "", tasks))
