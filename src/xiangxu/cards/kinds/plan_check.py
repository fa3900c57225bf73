"""The card of the plan check: its yardsticks, its words, and what each kind of remark says. The engine in `review` holds none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from xiangxu.cards.kinds.head import Head, InWords
from xiangxu.cards.kinds.parts import Id, Part, Some, Text


class RemarkKind(Part):
    """What a kind of remark says. `mend`: how to mend a draft; `advice`: what can still be done about an issued document."""

    grade: Literal["serious", "notice", "hint"]
    title: InWords
    why: InWords
    mend: InWords
    advice: InWords


class Limits(Part):
    """Where a remark begins. Shares run from 0 to 1; lengths are characters."""

    lacking: int
    short_notice_days: int
    short_notice_days_exact: int
    same_deadline_share: float
    same_deadline_rows: int
    load_share: float
    load_items: int
    owned_elsewhere_share: float
    shared_clause: int
    shared_text: int
    alike: float


class Words(Part):
    """What the check listens for; the card says of each list what it is."""

    path: Some[Text]
    effect: Some[Text]
    vague: Some[Text]
    open_number: Some[Text]
    better_left_open: Some[Text]
    year_by_year: Some[Text]
    making: Some[Text]
    made: Some[Text]
    bounds: Some[Text]
    standing: Some[Text]
    before_year: Some[Text]
    legitimately_above: Some[Text]
    meant_from_above: Some[Text]
    no_such_word_before: Some[Text]
    no_such_word_behind: Some[Text]


class PlanCheck(Head):
    """How plans are checked at a place. `subjects`: of each level of area the subjects that its own plan cannot mean itself by."""

    kind: Literal["plan-check"]
    limits: Limits
    words: Words
    subjects: Mapping[Text, Some[Text]]
    kinds: Mapping[Id, RemarkKind]
