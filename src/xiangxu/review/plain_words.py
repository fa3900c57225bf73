"""The one sentence on an evaluator's card that says how it is computed: there, short, and in words that an office would write."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xiangxu.cards import View
from xiangxu.cards.kinds import Evaluator
from xiangxu.review.card_formulas import Wording, field_words

MOST_CHARACTERS = 60

_HAN = re.compile(r"[\u4e00-\u9fff]")
_TRUTH = re.compile(r"(?<![A-Za-z])(?:True|False|null)(?![A-Za-z])")
_SIGNS = re.compile(r"[〔〕\[\]{}<>=÷×]|\w\(")
# Codes of fields and ids of cards as they are written; a lone word such as `pupils` may be English.
_CODE = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)+")

_AN_EXAMPLE = "如：公办园和普惠性民办园的在园幼儿，占全部在园幼儿的百分比"


def plain_faults(card: Evaluator, view: View) -> Iterator[Wording]:
    """What is wrong with a card's sentence. Refused: none, a long one, program words, signs of formulas, a full stop."""
    if card.plain is None:
        yield ("plain",), "没有写怎么算的一句话", f"在 aliases 下面写上 plain: {{zh: …, en: …}}，{_AN_EXAMPLE}"
        return
    count = len(_HAN.findall(card.plain.zh))
    if count > MOST_CHARACTERS:
        yield ("plain", "zh"), f"这句话有 {count} 个字，太长", f"写到 {MOST_CHARACTERS} 个字以内；细节放在 note 里"
    codes = {word.code for words in field_words(view, card.tables).values() for word in words}
    codes |= {*view.cards, *card.tables, *card.params}
    for language, words in (("zh", card.plain.zh), ("en", card.plain.en or "")):
        for word in sorted({*_CODE.findall(words), *re.findall(r"[a-z]+", words if language == "zh" else "")}):
            if "_" in word or word in codes:
                yield ("plain", language), f"“{word}”是程序里的代码", "换成办公用语，如报表和字段的名称"
        for pattern, what, remedy in (
            (_TRUTH, "程序里的真假", "写成“是”“否”，或直接说做到什么"),
            (_SIGNS, "公式的符号", "用话说：占……的百分比、除以、不少于"),
        ):
            found = pattern.search(words)
            if found is not None:
                yield ("plain", language), f"“{found.group()}”是{what}", remedy
        if words.rstrip().endswith(("。", ".")):
            yield ("plain", language), "末尾有句号", "删去句号：这句话与范围、参数并排"
