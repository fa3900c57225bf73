"""An invented county, deterministic, for the demo, the tests and the documentation."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent / "documents"


def documents() -> list[Path]:
    """The invented county's plan as the office has it: as text, Word file, PDF and scanned page."""
    return sorted(p for p in _FOLDER.iterdir() if p.suffix in (".txt", ".docx", ".pdf", ".jpg"))
