"""How a promise is computed, in a clerk's words; and the evaluators to choose from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from xiangxu.cards.kinds import Coverage, Evaluator
from xiangxu.cards.vocabulary import PER
from xiangxu.coverage.units import Group
from xiangxu.documents.wording import requirement
from xiangxu.model.reason import Bilingual
from xiangxu.review.card_formulas import in_words
from xiangxu_web.kernel.components.reasons import worded
from xiangxu_web.kernel.warm import at_start
from xiangxu_web.workspaces.plans.cards import called, evaluator, national
from xiangxu_web.workspaces.plans.covered import scope_filter
from xiangxu_web.workspaces.plans.drafting.packed import PACK
from xiangxu_web.workspaces.plans.models import Target


@dataclass(frozen=True)
class How:
    """One way to compute a promise: in one sentence of an office (``plain``), and exactly (``sentence``)."""

    id: str
    title: str
    kind: str
    plain: str
    sentence: str
    scope: str
    parameters: tuple[str, ...]
    # How sure the reader is: "high", "fair" or "low"; where a person chose, nothing.
    sureness: str = "low"
    # A shipped plan says so of this very document: a proposal too.
    by_pack: bool = False
    # What the site goes by where that is not what the card's sentence counts.
    going_by: str = ""

    @property
    def said(self) -> str:
        """What stands first: the office's sentence; a county's own card may have none, and its formula in words stands for it."""
        return self.plain or self.sentence

    @property
    def sure(self) -> str:
        """How sure the proposal is, in a word."""
        if self.by_pack:
            return _("本县方案包建议")
        return {"high": _("把握大"), "fair": _("把握中")}.get(self.sureness, _("把握小"))


def likely(candidate: Mapping[str, Any] | None) -> bool:
    """Whether a proposal is likely right: people settled it for this very document, or nearly all such proposals are."""
    if candidate is None or evaluator(candidate["id"]) is None:
        return False
    return candidate.get("source") == PACK or _sureness(candidate) == "high"


def _sureness(candidate: Mapping[str, Any]) -> str:
    """How sure the reader is. It knows the card; where a promise is asked of units one by one and the scope names none (中小学生), it is
    not sure of the whole."""
    said: str = candidate.get("sure", "low")
    scope = candidate.get("scope")
    askable = candidate.get("kind") != Target.Evaluator.COVERAGE or not scope or scope_filter(scope) is not None
    return said if askable or said != "high" else "fair"


def plain(card: Evaluator) -> str:
    """How an evaluator counts, in the office's sentence; nothing where a county's own card has none."""
    return worded(card.plain.words) if card.plain else ""


@lru_cache(maxsize=4096)
def sentence(id: str, given: str = "{}") -> Bilingual:
    """The formula of an evaluator in a sentence, with the parameters that are given as JSON (a value may be a table of its own);
    reading one takes some milliseconds."""
    card = evaluator(id)
    return in_words(card, national(), json.loads(given)) if card else Bilingual("")


@at_start
def sentences() -> None:
    """Reads the formulas of all evaluators, as they are without parameters of their own."""
    for card in national().of(Evaluator):
        sentence(card.id, "{}")


def how(candidate: Mapping[str, Any] | None) -> How | None:
    """A proposed or confirmed evaluator in words; None where there is none, or no card of that name any more."""
    card = evaluator(candidate["id"]) if candidate else None
    if candidate is None or card is None:
        return None
    return How(
        card.id,
        called(card),
        str(Target.Evaluator(card.kind).label),
        plain(card),
        worded(sentence(card.id, json.dumps(candidate.get("parameters", {}), sort_keys=True))),
        _of_whom(candidate),
        (
            *(
                _("%(name)s：%(text)s") % {"name": _called(card, name), "text": value_words(value)}
                for name, value in candidate.get("parameters", {}).items()
            ),
            *_threshold(card, candidate.get("threshold")),
        ),
        _sureness(candidate),
        candidate.get("source") == PACK,
        going_by(card),
    )


def going_by(card: Evaluator) -> str:
    """What the site goes by where that is not what the card's sentence counts: the card of a coverage names the return or register
    where the figure is to be found, and the site asks the units themselves."""
    if not isinstance(card, Coverage):
        return ""
    return _("现在按各单位填报并经核验的√，占应做到的全部单位计：没有填的算还没有做到，经核验不适用的不计。")


def _of_whom(candidate: Mapping[str, Any]) -> str:
    """Of whom it is computed: the units that a person chose, else the scope; nothing where neither is named."""
    units = candidate.get("units") or {}
    if "keys" in units:
        return _("逐个勾选的 %(n)s 个单位") % {"n": len(units["keys"])}
    if "group" in units:
        return _(Group(units["group"]).words)
    scope = national().get(candidate.get("scope") or "")
    return called(scope) if scope else ""


def _called(card: Evaluator, parameter: str) -> str:
    """A parameter of a card by its meaning in short; in English by its own name."""
    meaning = card.params[parameter].short if parameter in card.params else parameter
    return worded(Bilingual(meaning, parameter.replace("_", " ")))


def value_words(value: object) -> str:
    """What a parameter is set to: a yes or no and a period in words."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return _(PER.words[value]) if isinstance(value, str) and value in PER.words else str(value)


def _threshold(card: Evaluator, name: str | None) -> tuple[str, ...]:
    """The bar of the card that the binding names, in words; nothing where it names none that the card has."""
    bar = next((each for each in card.thresholds if each.name == name), None)
    if bar is None:
        return ()
    return (_("界限：%(words)s") % {"words": worded(requirement(bar.op, bar.value, bar.value2, card.uom, None))},)


def chosen(id: str, row: Mapping[str, Any]) -> dict[str, Any] | None:
    """The evaluator of this id for a promise: as proposed where it was proposed, else with the card's own defaults."""
    known = [each for each in (row["evaluator"], *row["proposals"]) if each]
    for each in known:
        if each["id"] == id:
            return dict(each)
    card = evaluator(id)
    if card is None:
        return None
    defaults = {name: param.default for name, param in card.params.items() if param.default is not None}
    scope = next((each["scope"] for each in known), None)
    return {"kind": card.kind, "id": id, "parameters": defaults, "scope": scope, "score": 0.0, "words": []}


@lru_cache(maxsize=1)
def _words() -> tuple[tuple[str, str], ...]:
    return tuple((card.id, " ".join((card.title.zh, *card.aliases)).lower()) for card in national().of(Evaluator))


def search(words: str, most: int = 12) -> list[How]:
    """The evaluators whose title or other names hold all the words; where none do, those that share most pairs of characters."""
    asked = words.lower().split()
    if not asked:
        return []
    found = [id for id, text in _words() if all(word in text for word in asked)]
    if not found:
        pairs = {word[n : n + 2] for word in asked for n in range(len(word) - 1)}
        ranked = sorted(
            ((sum(pair in text for pair in pairs), id) for id, text in _words()), key=lambda each: (-each[0], each[1])
        )
        found = [id for score, id in ranked if score * 2 > len(pairs)]
    told = (how({"id": id}) for id in found[:most])
    return [each for each in told if each is not None]
