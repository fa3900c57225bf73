"""代录: what was entered for a unit by another post says so wherever it is told."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from xiangxu_web.kernel.languages import in_all

ENTERED = noop("代录")


def marked(words: str, *, entered: bool) -> str:
    """The words of a unit; where they were entered for it, marked so."""
    return f"{words}（{_(ENTERED)}）" if entered else words


def unmarked(words: str) -> str:
    """The words without that mark, in whichever language of the site it was written: what goes out in a workbook comes in again."""
    for each in in_all(ENTERED):
        words = words.replace(f"（{each}）", "")
    return words
