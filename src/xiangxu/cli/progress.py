"""Progress of a long reading on the terminal, once it has become long."""

from __future__ import annotations

import sys
from time import monotonic

# Nothing is shown before this many seconds: most files are read by then.
_PATIENCE = 1.0
# How often the line is written anew, in seconds.
_PACE = 0.2


class Progress:
    """One line on the error stream that counts pages, gone when the file is read."""

    def __init__(self, name: str, quiet: bool = False) -> None:
        self._name = name
        self._began = self._shown = monotonic()
        self._silent = quiet
        self._wrote = False

    def step(self, done: int, total: int, what: str = "") -> None:
        """`done` of `total` pages or parts are read."""
        now = monotonic()
        if self._silent or now - self._began < _PATIENCE or (now - self._shown < _PACE and done < total):
            return
        self._shown = now
        share = f"{done}/{total}" if total else str(done)
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\033[K{self._name}：{what} {share}")
            self._wrote = True
        elif done == total or done % max(1, total // 10) == 0:
            sys.stderr.write(f"{self._name}：{what} {share}\n")
        sys.stderr.flush()

    def close(self) -> None:
        """Take the line away."""
        if self._wrote:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
