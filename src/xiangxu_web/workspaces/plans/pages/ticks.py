"""A box to tick in a row of a list, for what is done with several rows at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Tick:
    """A box that belongs to the form ``form`` elsewhere on the page. In a workbook it is an empty cell."""

    form: str
    name: str
    value: int
    label: str
    on: bool = False

    def __html__(self) -> SafeString:
        """The box, named for those who hear the page."""
        return format_html(
            '<label class="tick"><input class="form-check-input" type="checkbox" form="{}" name="{}" value="{}"{}>'
            '<span class="visually-hidden">{}</span></label>',
            self.form,
            self.name,
            self.value,
            SafeString(" checked" if self.on else ""),
            self.label,
        )

    def __str__(self) -> str:
        return ""


class NoTick:
    """The place of a box in a row with which nothing can be done; a telephone leaves it out."""

    def __html__(self) -> SafeString:
        """Nothing to see."""
        return SafeString('<span class="no-tick"></span>')

    def __str__(self) -> str:
        return ""


NO_TICK = NoTick()
