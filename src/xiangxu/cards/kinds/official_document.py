"""The card of an official document's layout: paper, grid, types, and where each element stands. The writer holds no measure itself.

Each group says for itself whether somebody compared it with the standard (`checked`): a measure that was only heard of is used, and
told as 待核实.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, Self

from pydantic import model_validator

from xiangxu.cards.kinds.head import Head
from xiangxu.cards.kinds.parts import Part, Text, wrong


class Group(Part):
    """Measures that were checked together, or not."""

    checked: bool


class Page(Group):
    """The paper, the type area on it in millimetres, and how many lines and characters fill it."""

    width_mm: float
    height_mm: float
    top_mm: float
    binding_mm: float
    text_width_mm: float
    text_height_mm: float
    lines: int
    characters: int


class Line(Group):
    """The exact pitch of a line in points."""

    pitch_pt: float


class Sizes(Group):
    """The names of type sizes (三号) and their points."""

    points: Mapping[Text, float]


class Fonts(Group):
    """The names of typefaces (仿宋) and what Word calls them."""

    names: Mapping[Text, Text]


class Type(Part):
    """A typeface and a size, by their names."""

    font: Text
    size: Text


class Types(Group):
    """In which type each element is set. `level1` to `level4`: headings 一、 （一） 1. （1）."""

    title: Type
    body: Type
    level1: Type
    level2: Type
    level3: Type
    level4: Type
    page_number: Type
    imprint: Type


class RedHead(Group):
    """发文机关标志 and its line. `mark_top_mm` is counted from the upper edge of the text, `rule_gap_mm` from the number to the line."""

    mark_font: Text
    mark_top_mm: float
    rule_gap_mm: float
    lines_before_title: int


class RedHeadLook(Group):
    """What the standard leaves to the office: colour, the mark's largest size, the line's weight, empty lines above the number.

    `brief_mark_top_mm`: where the mark of a brief (通报、简报) stands, which is lower in rank than a red-headed document's.
    """

    colour: Text
    brief_mark_top_mm: float
    mark_largest_pt: float
    rule_mm: float
    lines_before_number: int


class PageNumber(Group):
    """How far below the text the number stands, and how many characters from the outer edge."""

    below_text_mm: float
    from_edge: int


class Closing(Group):
    """成文日期 ends so many characters before the right edge."""

    date_from_right: int


class ClosingLook(Group):
    """Empty lines left for the seal; without a seal, how far the signature stands from the edge, and the date from its start."""

    lines_for_seal: int
    unsealed_from_right: int
    unsealed_date_shift: int


class ImprintLook(Group):
    """版记: weight of its outer and inner lines, and how many characters its texts stand from both edges."""

    outer_rule_mm: float
    inner_rule_mm: float
    from_edge: int


class AnnexLook(Group):
    """附件: the type of its mark and of its tables, the pitch of a table's lines, the weight of the tables' rules."""

    mark: Type
    table_head: Type
    table_cell: Type
    note: Type
    table_pitch_pt: float
    outer_rule_mm: float
    inner_rule_mm: float


class OfficialLayout(Head):
    """How official documents are laid out at a place."""

    kind: Literal["official-document"]
    page: Page
    line: Line
    sizes: Sizes
    fonts: Fonts
    types: Types
    head: RedHead
    head_look: RedHeadLook
    page_number: PageNumber
    closing: Closing
    closing_look: ClosingLook
    imprint: ImprintLook
    annex: AnnexLook

    @model_validator(mode="after")
    def _types_are_known(self) -> Self:
        for way, type_ in self._all_types():
            if type_.font not in self.fonts.names:
                raise wrong(f"没有“{type_.font}”这种字体", "在 fonts.names 里补上它在 Word 里的名称", *way, "font")
            if type_.size not in self.sizes.points:
                raise wrong(f"没有“{type_.size}”这个字号", "在 sizes.points 里补上它的磅数", *way, "size")
        if self.head.mark_font not in self.fonts.names:
            remedy = "在 fonts.names 里补上它在 Word 里的名称"
            raise wrong(f"没有“{self.head.mark_font}”这种字体", remedy, "head", "mark_font")
        return self

    @model_validator(mode="after")
    def _lines_fit(self) -> Self:
        room = self.page.text_height_mm * 72 / 25.4
        if self.line.pitch_pt * self.page.lines > room:
            remedy = f"行距不超过 {room / self.page.lines:.2f} 磅"
            raise wrong(f"{self.page.lines} 行每行 {self.line.pitch_pt:g} 磅，版心放不下", remedy, "line", "pitch_pt")
        return self

    def _all_types(self) -> Iterator[tuple[tuple[str, str], Type]]:
        for group in ("types", "annex"):
            for name, value in getattr(self, group):
                if isinstance(value, Type):
                    yield (group, name), value

    @property
    def unchecked(self) -> tuple[str, ...]:
        """The groups that nobody compared with the standard yet."""
        groups = ((name, getattr(self, name)) for name in type(self).model_fields)
        return tuple(name for name, value in groups if isinstance(value, Group) and not value.checked)
