"""Promises of several plans side by side where one evaluator with the same parameters computes them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xiangxu.cards import View
from xiangxu.cards.kinds import Evaluator
from xiangxu.cards.kinds.evaluator import ParamValue
from xiangxu.documents.dues import last_day
from xiangxu.model.reason import Bilingual
from xiangxu.review.comparison.demand import demand, depends_on_size
from xiangxu.review.comparison.side import SLOGAN, Aim, Side

Params = tuple[tuple[str, ParamValue], ...]

# Parameters that say what an evaluator is asked about: an honour of another kind, a paper on another topic is another matter. The
# others (stage, level, how many at least, of whom) say how it is looked at.
_MATTER = frozenset(
    (
        "kind",
        "topic",
        "item",
        "scheme",
        "programme",
        "name",
        "centre",
        "platform",
        "standard",
        "subject",
        "object",
        "role",
        "part",
    )
)


@dataclass(frozen=True, slots=True)
class Row:
    """One evaluator with its parameters, and what each plan promises of it, by the plan's key.

    `highest`, `soonest`: the plans that demand most and first, empty where all demand alike or fewer than two can be compared;
    `alike`: the plans that can be compared demand the same; `undated`: plans without a date where others have one. `absent`:
    those that promise nothing of this matter, `otherwise`: those that promise it only with other parameters. `by_size`: the
    figures count things, and the larger place has more; `scopes`: what is compared speaks of different groups.
    """

    evaluator: str
    title: Bilingual
    theme: str
    kind: str
    better: str
    params: Mapping[str, ParamValue]
    aims: Mapping[str, tuple[Aim, ...]]
    highest: tuple[str, ...]
    soonest: tuple[str, ...]
    alike: bool
    undated: tuple[str, ...]
    absent: tuple[str, ...]
    otherwise: tuple[str, ...]
    by_size: bool
    scopes: bool


def rows(sides: Sequence[Side], view: View) -> tuple[Row, ...]:
    """The rows of several plans, those that most plans share first; slogans and what nothing computes are left out."""
    grouped: defaultdict[tuple[str, Params], defaultdict[str, list[Aim]]] = defaultdict(lambda: defaultdict(list))
    cards: dict[str, Evaluator] = {}
    users: defaultdict[tuple[str, Params], set[str]] = defaultdict(set)
    for side in sides:
        for aim in side.aims:
            card = card_of(aim, view)
            if card is not None:
                cards[card.id] = card
                grouped[card.id, asked(aim, card)][side.key].append(aim)
                users[card.id, matter(asked(aim, card))].add(side.key)
    found = [
        _row(
            cards[id],
            params,
            {key: tuple(own) for key, own in aims.items()},
            users[id, matter(params)],
            [side.key for side in sides],
        )
        for (id, params), aims in grouped.items()
    ]
    return tuple(sorted(found, key=lambda row: (-len(row.aims), row.theme, row.evaluator, str(sorted(row.params.items())))))


def card_of(aim: Aim, view: View) -> Evaluator | None:
    """The card that computes a promise; none for slogans and for what is not bound."""
    card = view.get(aim.evaluator) if aim.evaluator and aim.evaluator != SLOGAN else None
    return card if isinstance(card, Evaluator) else None


def asked(aim: Aim, card: Evaluator) -> Params:
    """The parameters of a promise that say what is asked: those its card names. A default need not be written, and is the same where it
    is; what else a place keeps beside them (which of its units it asks) could not be shared by two plans."""
    known = {name: param.default for name, param in card.params.items() if param.default is not None}
    return tuple(sorted({**known, **{name: value for name, value in aim.params.items() if name in card.params}}.items()))


def matter(params: Params) -> Params:
    """Those parameters that say what is asked about.

    >>> matter((("kind", "劳动实践"), ("min_count", 1)))
    (('kind', '劳动实践'),)
    """
    return tuple((name, value) for name, value in params if name in _MATTER)


def _row(card: Evaluator, params: Params, aims: Mapping[str, tuple[Aim, ...]], users: set[str], keys: Sequence[str]) -> Row:
    chosen = _chosen(aims, card)
    demands = {key: figure for key, aim in chosen.items() if (figure := demand(aim, card)) is not None}
    days = {key: day for key, aim in chosen.items() if (day := last_day(aim.due)) is not None}
    scopes = {aim.scope for aim in chosen.values() if aim.scope is not None}
    said = {(aim.op, demand(aim, card)) if key not in demands else demands[key] for key, aim in chosen.items()}
    defaults = {name: param.default for name, param in card.params.items()}
    return Row(
        evaluator=card.id,
        title=card.title.words,
        theme=card.theme,
        kind=card.kind,
        better=card.better,
        params={name: value for name, value in params if value != defaults.get(name)},
        aims=aims,
        highest=_first(demands, card.better),
        soonest=_first({key: float(day.toordinal()) for key, day in days.items()}, "lower"),
        alike=len(chosen) > 1 and len(said) == 1 and len(set(days.values())) < 2,
        undated=tuple(key for key in chosen if days and key not in days),
        absent=tuple(key for key in keys if key not in users),
        otherwise=tuple(key for key in keys if key in users and key not in aims),
        by_size=len(demands) > 1 and any(depends_on_size(aim, card) for aim in chosen.values()),
        scopes=len(chosen) > 1 and len(scopes) > 1,
    )


def _chosen(aims: Mapping[str, tuple[Aim, ...]], card: Evaluator) -> dict[str, Aim]:
    """Of each plan the promise by which it is compared: of the group that most plans speak of, the most demanding, the soonest."""
    speaking = Counter(scope for own in aims.values() for scope in {aim.scope for aim in own})
    most = max(sorted(speaking, key=str), key=lambda scope: speaking[scope])
    sign = -1.0 if card.better == "lower" else 1.0

    def order(aim: Aim) -> tuple[bool, bool, float, date]:
        figure = demand(aim, card)
        return aim.scope != most, figure is None, -sign * (figure or 0.0), last_day(aim.due) or date.max

    return {key: min(own, key=order) for key, own in aims.items()}


def _first(figures: Mapping[str, float], better: str) -> tuple[str, ...]:
    """Those with the best figure, if two can be compared and not all are alike."""
    if better == "none" or len(set(figures.values())) < 2:
        return ()
    best = min(figures.values()) if better == "lower" else max(figures.values())
    return tuple(key for key, figure in figures.items() if figure == best)


def shared(found: Iterable[Row]) -> list[Row]:
    """The rows of which at least two plans promise something."""
    return [row for row in found if len(row.aims) > 1]
