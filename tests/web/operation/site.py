"""A whole installation of its own, run by its own command line in processes of their own: for what kills, stops, saves and restores."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from tests.databases import drop, new_database

ROOT = Path(__file__).parents[3]


@dataclass
class Site:
    """One installation: a home, and a database of its own where ``DATABASE_URL`` says PostgreSQL."""

    home: Path
    database: str = ""
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of the tests' own settings; only what an administrator would set."""
        plain = {k: v for k, v in os.environ.items() if not k.startswith(("XIANGXU_", "DJANGO_", "DATABASE_"))}
        ours = {"XIANGXU_HOME": str(self.home), "PYTHONPATH": f"{ROOT}/src:{ROOT}", "PYTHONUTF8": "1"}
        return {**plain, **ours, **({"DATABASE_URL": self.database} if self.database else {}), **self.more}

    def command(self, *words: str) -> list[str]:
        """``xiangxu`` with these words."""
        return [sys.executable, "-m", "xiangxu.cli.main", *words]

    def run(self, *words: str, ok: bool = True) -> str:
        """Runs a command to its end; gives all it said. With ``ok`` it has to succeed, else to fail."""
        done = subprocess.run(self.command(*words), env=self.environment, capture_output=True, text=True, check=False, cwd=ROOT)
        said = done.stdout + done.stderr
        assert (done.returncode == 0) is ok, said
        return said

    def python(self, code: str, ok: bool = True) -> str:
        """Runs lines of Python inside the installation; gives what they printed."""
        whole = "import xiangxu_web.commands\n" + code
        done = subprocess.run(
            [sys.executable, "-c", whole], env=self.environment, capture_output=True, text=True, check=False, cwd=ROOT
        )
        assert (done.returncode == 0) is ok, done.stdout + done.stderr
        return done.stdout


class Sites:
    """Makes installations and takes them away again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.databases: list[str] = []

    def empty(self) -> Site:
        """A place where nothing is."""
        return Site(self._home(), self._database())

    def copy(self, of: Site) -> Site:
        """The like of another installation, which must not be running."""
        home = self._home()
        shutil.copytree(of.home, home)
        return Site(home, self._database(of.database))

    def close(self) -> None:
        """Drops the databases."""
        for database in self.databases:
            drop(database)

    def _home(self) -> Path:
        return self.folder / f"site_{uuid.uuid4().hex[:10]}"

    def _database(self, like: str = "") -> str:
        self.databases.append(new_database(like))
        return self.databases[-1]
