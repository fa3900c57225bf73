"""What stands beneath the text: 附件说明, room for the seal, 发文机关署名, 成文日期, 附注."""

from __future__ import annotations

from xiangxu.documents.official import styles
from xiangxu.documents.official.document import OfficialDocument
from xiangxu.documents.official.heads import day_words
from xiangxu.documents.official.layout import Measures
from xiangxu.documents.official.markup import paragraph
from xiangxu.documents.official.titles import width


def closing(measures: Measures, document: OfficialDocument) -> str:
    """The end of the document's own pages. It holds together with the last line of the text: neither a seal nor the names of the
    annexes ever stand alone on a page."""
    parts = [_annexes(measures, [annex.title for annex in document.annexes], keep=document.signed)]
    if document.signed:
        lines = measures.card.closing_look.lines_for_seal if document.sealed else 1
        parts += [paragraph(styles.EMPTY, "", keep=True)] * lines + [_signature(measures, document)]
    if document.remark:
        parts.append(paragraph(styles.REMARK, f"（{document.remark.strip('（）')}）"))
    return "".join(parts)


def _annexes(measures: Measures, titles: list[str], *, keep: bool) -> str:
    """附件： and the names, an empty line beneath the text, two characters in, without punctuation behind the names."""
    if not titles:
        return ""
    character = measures.character + measures.narrowing
    called = len("附件：")
    numbers = [f"{number}. " for number in range(1, len(titles) + 1)] if len(titles) > 1 else [""]
    lines = [paragraph(styles.EMPTY, "", keep=True)]
    for position, (number, title) in enumerate(zip(numbers, titles, strict=True)):
        first = position == 0
        text = ("附件：" if first else "") + number + title.replace("\n", "")
        own = width(number)
        left = int((2 + called + own) * character)
        hanging = int(((called if first else 0) + own) * character)
        indent = f'<w:ind w:left="{left}" w:hanging="{hanging}"/>'
        last = position == len(titles) - 1
        lines.append(paragraph(styles.ANNEX_LIST, text, indent, keep=keep or not last))
    return "".join(lines)


def _signature(measures: Measures, document: OfficialDocument) -> str:
    day = day_words(document.day) if document.day else ""
    signature = document.signature
    from_right, from_right_day = _places(measures, width(signature), width(day), document.sealed)
    lines = ""
    if signature:
        lines += paragraph(styles.SIGNATURE, signature, _indent(measures, from_right))
    if day:
        lines += paragraph(styles.DAY, day, _indent(measures, from_right_day))
    return lines


def _places(measures: Measures, signature: float, day: float, sealed: bool) -> tuple[float, float]:
    """How many characters from the right edge signature and date end.

    With a seal the date's place is fixed and the signature is centred above it; a signature that would then leave the text pushes
    both in. Without one the signature's place is fixed and the date begins two characters further right, unless it is too long.
    """
    look = measures.card.closing_look
    if sealed:
        at_day = float(measures.card.closing.date_from_right)
        at_signature = at_day + (day - signature) / 2
        pushed = max(0.0, -at_signature) if signature else 0.0
        return at_signature + pushed, at_day + pushed
    at_signature = float(look.unsealed_from_right)
    at_day = at_signature + signature - look.unsealed_date_shift - day
    if at_day < look.unsealed_from_right:
        return look.unsealed_from_right - at_day + at_signature, float(look.unsealed_from_right)
    return at_signature, at_day


def _indent(measures: Measures, characters: float) -> str:
    """Right indent; in hundredths of a character, which Word goes by, and in twips for other programs."""
    twips = round(characters * measures.character)
    return f'<w:ind w:rightChars="{round(characters * 100)}" w:right="{twips}"/>'
