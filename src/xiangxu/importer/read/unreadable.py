"""A file that cannot be read, said so that a clerk knows what to do."""

from __future__ import annotations

from xiangxu.model.reason import Reason


class Unreadable(Exception):
    """The file cannot be read. `words` name the file, what is wrong with it and what to do next; the message is the same in Chinese."""

    def __init__(self, words: Reason) -> None:
        super().__init__(words)
        self.words = words
