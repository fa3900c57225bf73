"""Puts a sound SQLite in the place of the system's.

Two faults of older libraries concern us: before 3.51.3 two connections in WAL mode may, rarely, corrupt the file; and full-text search
with three-letter tokens finds no two-character Chinese word. The package pysqlite3 carries a library of its own.
"""

import sys

import pysqlite3
from pysqlite3 import dbapi2

LEAST = (3, 51, 3)


def use_sound_sqlite() -> None:
    """From here on ``import sqlite3`` gives the library that pysqlite3 carries. To be called before Django opens a database."""
    if pysqlite3.sqlite_version_info < LEAST:
        raise RuntimeError(
            f"SQLite {pysqlite3.sqlite_version} 太旧，至少需要 {'.'.join(map(str, LEAST))}：请按 requirements 重新安装 pysqlite3"
        )
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = dbapi2
