"""The table of duties, read: what each post may see and do at each address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db import connection

PATH = Path(__file__).with_name("duties.yaml")
SOME = ("CK", "TN", "HT", "SV", "OC", "NO")
CELLS = {"200", "401", "yes", "on", "pw", "302", "403", "404", "no", "·"}
AT = {"-", "own", "beside", "foreign", "draft", "settled", "guarded"}


@dataclass(frozen=True)
class Line:
    """One line: an address with its method, whose object, and a cell for each role."""

    kind: str
    english: str
    method: str
    address: str
    at: str
    cells: tuple[tuple[str, str], ...]
    words: str

    def __str__(self) -> str:
        return f"{self.method} {self.address} {self.at}"

    @property
    def expected(self) -> dict[str, str]:
        """Role → cell."""
        return dict(self.cells)


@cache
def table() -> dict[str, Any]:
    """The file as it stands."""
    found: dict[str, Any] = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    return found


def roles() -> dict[str, dict[str, str]]:
    """Letters of a role → its cast name, its name, its duty."""
    found: dict[str, dict[str, str]] = table()["roles"]
    return found


def asked() -> dict[str, dict[str, str]]:
    """The roles that the walks ask: all. On PostgreSQL, where the same filters are asked a second time, six stand for them: a page is
    asked by some post of every kind of filter, and the whole stays within its forty minutes."""
    return roles() if connection.vendor == "sqlite" else {letters: roles()[letters] for letters in SOME}


@cache
def lines() -> tuple[Line, ...]:
    """Every line of the table, in its order."""
    return tuple(line for group in table()["addresses"] for line in _of(group))


def _of(group: dict[str, str]) -> Iterator[Line]:
    head: list[str] = []
    for row in group["table"].splitlines():
        if row.startswith("更正"):
            continue
        if row.startswith("#"):
            head = row.split()[2:]
            continue
        front, words = row.split(" | ")
        method, address, at, *cells = front.split()
        if len(cells) != len(head) or not set(cells) <= CELLS or at not in AT:
            raise ValueError(f"duties.yaml: {row}")
        yield Line(group["kind"], group["english"], method, address, at, tuple(zip(head, cells, strict=True)), words)
