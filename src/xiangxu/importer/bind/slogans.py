"""Promises with nothing to look at: a state of things, reached or improved, without a figure, a paper or a body."""

from __future__ import annotations

import re

from xiangxu.model.plan import Op, Promise

# The one generic milestone, to which such promises are bound so that nobody computes them.
SLOGAN = "slogan"

# What slogans speak of: states and qualities of the whole. A promise about one of them may still be known by a card's words; this is
# asked only where no card is.
_STATES = re.compile(
    r"格局|局面|现代化|高质量|优质公平|吸引力|氛围|水平|成效|质量|体系|进展|差距|环境|生态|品质|活力|能力|地位|风尚|经验|模式|新高地|标杆"
)
# How slogans end: reached, formed, risen.
_REACHED = re.compile(
    r"形成|实现|建成|提升|提高|增强|改善|优化|完善|健全|缩小|扩大|浓厚|进步|取得|走在前列|彰显|明显|显著|营造|构建|达到"
)


def is_slogan(promise: Promise) -> bool:
    """Whether a promise states an aim that nobody can look at: no figure, no period, no group of which
    each could be asked, a state and its being reached.

    >>> from xiangxu.model.place import Place
    >>> quote = "城乡教育一体化发展格局基本形成"
    >>> is_slogan(Promise(quote, "body 1", quote, None, Op.DONE, Place(0, 1, 1)))
    True
    """
    if promise.value is not None or promise.per is not None or promise.op in (Op.ZERO, Op.ALL):
        return False
    return bool(_STATES.search(promise.quote) and _REACHED.search(promise.quote))
