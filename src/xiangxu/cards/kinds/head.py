"""The head that all cards share, and the heads of national evaluators and of documents."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from xiangxu.cards.kinds.parts import ALWAYS, Id, InForce, Many, Part, Some, Text
from xiangxu.model.reason import Bilingual


class InWords(Part):
    """Words for a reader. English is required in the national pack, whose interface and docs are whole in English."""

    zh: Text
    en: Text | None = None

    @property
    def words(self) -> Bilingual:
        """In Chinese, knowing the English."""
        return Bilingual(self.zh, self.en)


class Title(InWords):
    """What the card is called."""


class Source(Part):
    """Where a fact comes from. `checked`: somebody compared it with the source; else every page that shows it says 待核实.

    `title` or number of the document; `clause`: the place in it; `note`: in our own words what it says.
    """

    title: Text
    number: Text | None = None
    clause: Text | None = None
    checked: bool
    note: Text | None = None


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


Sources = Annotated[Some[Source], BeforeValidator(_as_list)]
"""One source or a list of them."""


class Head(Part):
    """The head of every card."""

    # Fields of this kind that a lower layer may never override, since a figure would then mean something else under one id.
    FIXED: ClassVar[frozenset[str]] = frozenset()

    kind: str
    id: Id
    formerly: Many[Id] = ()
    title: Title
    aliases: Many[Text] = ()
    source: Sources | None = None
    in_force: InForce = ALWAYS
    note: Text | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source that the card names; of one that is not `checked`, the page that shows it says 待核实."""
        return self.source or ()
