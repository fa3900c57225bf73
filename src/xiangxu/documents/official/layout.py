"""The card's measures in the units of Word files: twips (twentieths of a point), half points, eighths of a point."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from xiangxu.cards import View
from xiangxu.cards.kinds import OfficialLayout
from xiangxu.cards.kinds.official_document import Type

CARD = "official-document"


class NoLayout(LookupError):
    """The packs of a place hold no sound card of the layout."""


def layout_of(view: View) -> OfficialLayout:
    """The layout of official documents at a place, out of its cards; refused where the card is missing or faulty."""
    card = view.get(CARD)
    if not isinstance(card, OfficialLayout):
        raise NoLayout(f"政策包里没有公文格式的卡片 {CARD}，或卡片有错。请用 pack check 检查政策包。")
    return card


def mm(length: float) -> int:
    """Millimetres in twips.

    >>> mm(25.4), mm(156)
    (1440, 8844)
    """
    return floor(length / 25.4 * 1440 + 0.5)


def pt(length: float) -> int:
    """Points in twips."""
    return floor(length * 20 + 0.5)


def rule(length_mm: float) -> int:
    """The weight of a line in eighths of a point, as Word counts it; at least a quarter of a point."""
    return max(2, floor(length_mm / 25.4 * 72 * 8 + 0.5))


@dataclass(frozen=True, slots=True)
class Measures:
    """What the writer asks the card for."""

    card: OfficialLayout

    @property
    def text_width(self) -> int:
        """The width of the text in twips."""
        return mm(self.card.page.text_width_mm)

    @property
    def pitch(self) -> int:
        """The pitch of a line in twips."""
        return pt(self.card.line.pitch_pt)

    @property
    def character(self) -> int:
        """The size of a body character in twips, without the narrowing."""
        return pt(self.points(self.card.types.body))

    @property
    def narrowing(self) -> int:
        """What is taken off behind each character so that the line holds as many as it must; in twips, not above 0."""
        return min(0, floor(self.text_width / self.card.page.characters - self.character))

    def points(self, type_: Type) -> float:
        """The size of a type in points."""
        return self.card.sizes.points[type_.size]

    def font(self, type_: Type) -> str:
        """What Word calls the typeface."""
        return self.card.fonts.names[type_.font]

    @property
    def title_room(self) -> int:
        """How many characters of a title stand in one line; the outermost two stay empty."""
        return floor(self.text_width / pt(self.points(self.card.types.title))) - 2

    def mark_points(self, mark: str) -> float:
        """The size of a red mark: so large that it fills a line, at most what the card allows; in half points."""
        room = self.card.page.text_width_mm / 25.4 * 72
        return min(self.card.head_look.mark_largest_pt, floor(2 * room / max(1, len(mark))) / 2)
