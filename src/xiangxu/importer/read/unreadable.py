"""A file that cannot be read, said so that a clerk knows what to do."""

from __future__ import annotations


class Unreadable(Exception):
    """The file cannot be read. The message names the file, what is wrong with it and what to do next, in Chinese."""
