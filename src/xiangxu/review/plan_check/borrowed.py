"""Text taken over from the document above, with the subject of that document: 全市 in a district's plan."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _
from xiangxu.review.plan_check.finding import Finding
from xiangxu.review.plan_check.items import Item, Matter
from xiangxu.review.plan_check.remark import Spot

# How far before and behind the subject a word stands that makes it legitimately the superior's (进入全市前列).
_BEFORE, _BEHIND = 5, 5
_QUOTED = re.compile(r"[《〈“「][^《》〈〉“”「」]*[》〉”」]")


def wrong_subjects(matter: Matter) -> Iterator[Finding]:
    """Subjects that a document of this level cannot mean itself by, where nothing around says that the level above is meant."""
    subjects = matter.card.subjects.get(matter.own_level, ())
    if not subjects:
        return
    pattern = re.compile("|".join(map(re.escape, sorted(subjects, key=len, reverse=True))))
    spots = [spot for item in [*matter.actions, *matter.rows] for spot in _in_item(matter, item, pattern)]
    yield Finding("wrong-subject", spots, Reason(_("%(n)s 处"), n=len(spots)))


def _in_item(matter: Matter, item: Item, pattern: re.Pattern[str]) -> Iterator[Spot]:
    for clause in item.clauses:
        # A name keeps its wording; its characters are blanked so that offsets stay.
        plain = _QUOTED.sub(lambda name: "　" * len(name[0]), clause.text)
        subject = next((m for m in pattern.finditer(plain) if _means_above(matter, plain, m)), None)
        if subject:
            yield matter.part(item, clause, f"“{subject[0]}”")


def _means_above(matter: Matter, text: str, subject: re.Match[str]) -> bool:
    words = matter.words
    before, behind = text[: subject.start()], text[subject.end() :]
    if before.endswith(words.no_such_word_before) or behind.startswith(words.no_such_word_behind):
        return False
    if any(word in behind[:_BEHIND] for word in words.legitimately_above):
        return False
    return not any(word in before[-_BEFORE:] for word in words.meant_from_above)
