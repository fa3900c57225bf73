"""A PostgreSQL of its own for the tests: made in a temporary folder, reached by a socket only, gone at the end.

python -m tests.postgres -- COMMAND …     runs the command with DATABASE_URL set; its exit code is ours
python -m tests.postgres --there          says whether PostgreSQL 15 or later is on this machine: exit code 0 or 1
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

LEAST = 15
# What is unsafe on a server and quick in a test: nothing is kept when the machine loses power.
_QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


class NoPostgres(Exception):
    """No PostgreSQL that is new enough was found."""


def programs() -> Path:
    """The folder with initdb and pg_ctl: on the PATH, where Debian puts them, or where pg_config says; the newest first."""
    found = {Path(p).resolve().parent for p in [shutil.which("initdb")] if p}
    found |= {p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb")}
    if told := shutil.which("pg_config"):
        found.add(Path(subprocess.run([told, "--bindir"], capture_output=True, text=True, check=True).stdout.strip()))
    usable = {folder: _version(folder) for folder in found if (folder / "initdb").exists() and (folder / "pg_ctl").exists()}
    best = max(usable, key=lambda folder: usable[folder], default=None)
    if best is None or usable[best] < LEAST:
        raise NoPostgres(f"没有找到 PostgreSQL {LEAST} 或更新的版本（initdb、pg_ctl）/ PostgreSQL {LEAST} or later was not found")
    return best


def _version(folder: Path) -> int:
    told = subprocess.run([folder / "initdb", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"(\d+)", told)
    return int(found[1]) if found else 0


@contextmanager
def cluster() -> Iterator[str]:
    """Starts a cluster and gives its DATABASE_URL; stops it and removes its folder at the end."""
    folder = programs()
    # A short path: that of a socket may have a hundred characters.
    place = Path(tempfile.mkdtemp(prefix="xiangxu-postgres-", dir="/tmp"))
    run_as: list[str] = []
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root.
        user = "postgres" if _is_user("postgres") else "nobody"
        shutil.chown(place, user)
        run_as = ["runuser", "-u", user, "--"]
    place.chmod(0o755)

    def call(program: str, *arguments: str) -> None:
        # With no pipe kept: the server inherits what it is given, and would hold a pipe open.
        with (place / "calls.log").open("a") as log:
            subprocess.run([*run_as, str(folder / program), *arguments], cwd="/", check=True, stdout=log, stderr=log)

    data = str(place / "data")
    try:
        try:
            call("initdb", "-D", data, "-U", "xiangxu", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
            options = f"-c listen_addresses='' -k {place} {_QUICK}"
            call("pg_ctl", "-D", data, "-w", "-l", str(place / "server.log"), "-o", options, "start")
        except subprocess.CalledProcessError:
            sys.stderr.write((place / "calls.log").read_text(errors="replace"))
            raise
        yield f"postgresql://xiangxu@{quote(str(place), safe='')}/postgres"
    finally:
        stop = [*run_as, str(folder / "pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop"]
        subprocess.run(stop, cwd="/", capture_output=True)
        shutil.rmtree(place, ignore_errors=True)


def _is_user(name: str) -> bool:
    return subprocess.run(["id", "-u", name], capture_output=True).returncode == 0


def main(arguments: list[str]) -> int:
    """The command line told above."""
    try:
        programs()
        if arguments == ["--there"]:
            return 0
        if arguments[:1] != ["--"] or len(arguments) < 2:
            print(__doc__, file=sys.stderr)
            return 2
        # Told to stop (a time limit, a closed terminal), it still takes its cluster away.
        for told in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(told, lambda number, _frame: sys.exit(128 + number))
        with cluster() as url:
            return subprocess.run(arguments[1:], env={**os.environ, "DATABASE_URL": url}).returncode
    except NoPostgres as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
