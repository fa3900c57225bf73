"""What stands above the title and at the foot of the last page: 版头 and 版记."""

from __future__ import annotations

from datetime import date

from xiangxu.documents.official import styles
from xiangxu.documents.official.document import Brief, Imprint, OfficialDocument, RedHead
from xiangxu.documents.official.layout import Measures, mm, pt, rule
from xiangxu.documents.official.markup import border, paragraph


def day_words(day: date) -> str:
    """A day as documents write it: Arabic numbers without leading zeros.

    >>> day_words(date(2026, 3, 5))
    '2026年3月5日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def head(measures: Measures, document: OfficialDocument) -> str:
    """The head of the document and the empty lines down to its title; nothing for a plain one."""
    card = measures.card
    if document.head is None:
        return ""
    if isinstance(document.head, RedHead):
        lines = [
            _mark(measures, document.head.mark, card.head.mark_top_mm),
            *[paragraph(styles.EMPTY, "")] * card.head_look.lines_before_number,
            paragraph(styles.NUMBER, document.number or _number_to_fill(document.day), _red_line(measures)),
        ]
    else:
        lines = [
            _mark(measures, document.head.mark, card.head_look.brief_mark_top_mm),
            paragraph(styles.BRIEF_ISSUE, document.head.issue, f'<w:spacing w:before="{measures.pitch // 2}"/>'),
            paragraph(styles.BRIEF_LINE, _issued(document.head, document.day), _red_line(measures)),
        ]
    return "".join(lines) + paragraph(styles.EMPTY, "") * card.head.lines_before_title


def _mark(measures: Measures, mark: str, top_mm: float) -> str:
    size = measures.mark_points(mark)
    # The glyphs' upper edge, not the line's, stands at the measure; a line a sixth higher than its type leaves no gap above.
    spacing = f'<w:spacing w:before="{mm(top_mm)}" w:line="{pt(size * 7 / 6)}" w:lineRule="exact"/>'
    half_points = round(2 * size)
    return paragraph(
        styles.MARK, mark, f'<w:snapToGrid w:val="0"/>{spacing}', f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    )


def _red_line(measures: Measures) -> str:
    card = measures.card
    gap = round(card.head.rule_gap_mm / 25.4 * 72)
    return f"<w:pBdr>{border('bottom', rule(card.head_look.rule_mm), card.head_look.colour, gap)}</w:pBdr>"


def _number_to_fill(day: date | None) -> str:
    """A gap for the office: numbers are given by its register, never by us."""
    return f"　　　〔{day.year}〕　　号" if day else "　　　〔　　〕　　号"


def _issued(brief: Brief, day: date | None) -> str:
    return f"{brief.issuer}\t{day_words(day) if day else ''}"


def imprint(measures: Measures, imprint: Imprint) -> str:
    """版记 at the foot of the last page: in a frame, so that it stays there when the office changes the text.

    Its lines are black paragraphs as high as the line is thick: programs tear a frame apart whose paragraphs have borders.
    """
    look = measures.card.imprint
    size = pt(measures.points(measures.card.types.imprint))
    edge = look.from_edge * size
    frame = (
        f'<w:framePr w:w="{measures.text_width}" w:wrap="notBeside" w:vAnchor="margin" w:hAnchor="margin" w:xAlign="left" '
        'w:yAlign="bottom"/>'
    )
    outer, inner = (_black_line(frame, weight) for weight in (look.outer_rule_mm, look.inner_rule_mm))
    # The second line of 抄送 begins beneath the first unit.
    hanging = f'<w:ind w:left="{edge + 3 * size}" w:right="{edge}" w:hanging="{3 * size}"/>'
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{measures.text_width - edge}"/></w:tabs>'
    copies = (
        paragraph(styles.IMPRINT, f"抄送：{imprint.copies.rstrip('。')}。", frame + hanging) + inner if imprint.copies else ""
    )
    day = f"\t{day_words(imprint.printed_on)}印发" if imprint.printed_on else ""
    printed = paragraph(styles.IMPRINT, imprint.printed_by + day, f'{frame}{stop}<w:ind w:left="{edge}"/>')
    return outer + copies + printed + outer


def _black_line(frame: str, weight_mm: float) -> str:
    height = f'<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="{mm(weight_mm)}" w:lineRule="exact"/>'
    return paragraph(styles.END, "", f'{frame}<w:shd w:val="clear" w:color="auto" w:fill="000000"/>{height}')
