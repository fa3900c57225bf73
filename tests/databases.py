"""A database of its own for an installation of the tests, in the PostgreSQL that ``DATABASE_URL`` names."""

from __future__ import annotations

import os
import uuid
from urllib.parse import urlsplit, urlunsplit

import psycopg


def new_database(like: str = "") -> str:
    """The address of a database of its own, empty or the copy of another; empty words where the tests run on SQLite."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        return ""
    name = f"site_{uuid.uuid4().hex[:10]}"
    _say(server, f'CREATE DATABASE "{name}" TEMPLATE "{urlsplit(like).path[1:] or "template0"}"')
    return urlunsplit(urlsplit(server)._replace(path="/" + name))


def drop(database: str) -> None:
    """Takes it away again, whoever is still in it; nothing where there is none."""
    if database:
        _say(os.environ["DATABASE_URL"], f'DROP DATABASE IF EXISTS "{urlsplit(database).path[1:]}" WITH (FORCE)')


def _say(server: str, words: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(words.encode())
