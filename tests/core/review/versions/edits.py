"""Edits of a plan as offices make them between two versions, with the answer that is right for each. Seeded, so that every run is
the same.

An edited version has new uids and another order; nothing but words, figures, dates and units tells which entry was which. The
synonyms are those that offices exchange; the program knows no list of synonyms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from xiangxu.review.versions import Entry, Field, Kind, Verdict
from xiangxu.review.versions.entry import figures_in

SYNONYMS = (
    ("提高", "提升"), ("加强", "强化"), ("建立", "构建"), ("完善", "健全"), ("确保", "保证"), ("全部", "均"), ("不低于", "不少于"),
    ("实施", "推行"), ("开展", "组织"), ("推进", "推动"), ("农村", "乡村"), ("乡村学校", "农村学校"), ("幼儿园", "园所"), ("培训", "研修"),
    ("配备", "配置"), ("建设", "打造"), ("改造", "改建"), ("落实", "抓好"), ("每年", "年均"), ("教师", "师资"), ("学生", "在校生"),
    ("达到", "升至"), ("完成", "做完"), ("覆盖", "普及"), ("制定", "出台"), ("优化", "改善"), ("新增", "增加"), ("资助", "帮扶"),
)  # fmt: skip
ADDITIONS = ("纳入年度考核", "由教育部门会同有关部门组织验收", "所需资金列入预算", "每半年调度一次进展", "优先向偏远地方倾斜")
UNITS = ("财政局", "民政局", "妇女联合会", "交通运输局", "住房和城乡建设局", "委宣传部")
_FIGURE = re.compile(r"(?<![\d.年月—-])\d+(?:\.\d+)?(?![\d.年月])")
_YEAR = re.compile(r"20\d\d(?=年)")


@dataclass(frozen=True)
class Edited:
    """The new version, and for each old entry the edit that it met, the right verdict and the uids that it leads to."""

    new: tuple[Entry, ...]
    truth: dict[str, tuple[str, Verdict, frozenset[str]]]
    added: frozenset[str]


Edit = Callable[[Entry, Random], Entry | None]


def figure(entry: Entry, rng: Random) -> Entry | None:
    """Another figure, in the words and in what was read of them."""
    found = list(_FIGURE.finditer(entry.text))
    if not found:
        return None
    number = rng.choice(found)
    old = number[0]
    new = (
        f"{float(old) * rng.choice((0.6, 0.8, 1.2, 1.5)):.10g}"
        if "." in old
        else str(max(1, int(old) + rng.choice((-2, 1, 3, 5, 10))))
    )
    if new == old:
        return None
    text = entry.text[: number.start()] + new + entry.text[number.end() :]
    if entry.kind is not Kind.PROMISE:
        return replace(entry, text=text, facts={**entry.facts, Field.FIGURE: figures_in(text)})
    facts = {**entry.facts, **{name: _with(entry.facts[name], old, new) for name in (Field.FIGURE, Field.MENTIONED)}}
    return replace(entry, text=text, facts=facts)


def _with(figures: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    return tuple(new + told[len(old) :] if told.rstrip("%") == old else told for told in figures)


def due(entry: Entry, rng: Random) -> Entry | None:
    """A year later, where the date stands in the words also there."""
    stated = entry.facts[Field.DUE]
    if not stated or not stated[0][:4].isdigit():
        return None
    year = stated[0][:4]
    later = str(int(year) + rng.choice((1, 2)))
    dates = tuple(dict.fromkeys((later + stated[0][4:], *(d for d in stated[1:] if d != later))))
    text = _YEAR.sub(lambda m: later if m[0] == year else m[0], entry.text)
    return replace(entry, text=text, facts={**entry.facts, Field.DUE: dates})


def owner(entry: Entry, rng: Random) -> Entry | None:
    """Another unit leads, or one more."""
    leads = entry.facts.get(Field.OWNER)
    if not leads:
        return None
    other = rng.choice([unit for unit in UNITS if not any(unit in lead for lead in leads)])
    kept = leads if rng.random() < 0.5 else leads[1:]
    return replace(entry, facts={**entry.facts, Field.OWNER: tuple(sorted((*kept, other)))})


def reword(entry: Entry, rng: Random) -> Entry | None:
    """Up to three words give way to synonyms; of three clauses or more, two change their places."""
    able = [pair for pair in SYNONYMS if pair[0] in entry.text]
    if not able:
        return None
    text, subject = entry.text, entry.subject
    for old, new in rng.sample(able, min(len(able), 3)):
        text, subject = text.replace(old, new), subject.replace(old, new)
    clauses = text.split("，")
    if len(clauses) > 2 and rng.random() < 0.5:
        at = rng.randrange(len(clauses) - 1)
        clauses[at], clauses[at + 1] = clauses[at + 1], clauses[at]
    changed = replace(entry, text="，".join(clauses), subject=subject)
    return changed if changed.words != entry.words else None


def rewrite(entry: Entry, rng: Random) -> Entry | None:
    """Words, a figure and the date at once, as far as the entry has them; the words at least."""
    changed = reword(entry, rng)
    if changed is None:
        return None
    changed = figure(changed, rng) or changed
    return due(changed, rng) or changed


def shorten(entry: Entry, rng: Random) -> Entry | None:
    """Of three clauses or more one is left out, of six or more two."""
    clauses = re.split(r"(?<=[，。；])", entry.text)
    if len(clauses) < 3:
        return None
    gone = set(rng.sample(range(len(clauses)), 2 if len(clauses) > 5 else 1))
    text = "".join(clause for at, clause in enumerate(clauses) if at not in gone).rstrip("，；")
    changed = replace(entry, text=text, facts=_reread(entry, text))
    return changed if changed.words != entry.words else None


def lengthen(entry: Entry, rng: Random) -> Entry | None:
    """A clause of the usual kind is added."""
    clause = rng.choice(ADDITIONS)
    return replace(entry, text=f"{entry.text.rstrip('。；')}，{clause}")


def halves(entry: Entry, rng: Random) -> tuple[Entry, Entry] | None:
    """The words cut in two, at a mark between a third and two thirds; the title of a row stays over both."""
    title = entry.subject if entry.kind is Kind.TASK and entry.text.startswith(entry.subject) else ""
    own = entry.text[len(title) :].lstrip("，")
    marks = [m.start() for m in re.finditer(r"[。；]" if entry.kind is not Kind.PROMISE else r"[，、；]", own)]
    able = [at for at in marks if len(own) / 3 <= at <= 2 * len(own) / 3]
    if not able or len(own) < 16:
        return None
    at = rng.choice(able)
    first, second = (_part(entry, title, words) for words in (own[:at], own[at + 1 :]))
    return first, second


def _part(entry: Entry, title: str, words: str) -> Entry:
    text = f"{title}，{words}" if title else words
    subject = entry.subject if entry.kind is not Kind.PROMISE else "，".join((words, entry.subject.rpartition("，")[2]))
    return replace(entry, text=text, subject=subject, facts=_reread(entry, text))


def _reread(entry: Entry, text: str) -> dict[Field, tuple[str, ...]]:
    """The facts of an entry whose words were cut or joined: of its figures those that still stand there, the others beside them."""
    written = figures_in(text)
    if entry.kind is not Kind.PROMISE:
        return {**entry.facts, Field.FIGURE: written}
    kept = tuple(figure for figure in entry.facts[Field.FIGURE] if figure in written)
    return {**entry.facts, Field.FIGURE: kept, Field.MENTIONED: tuple(figure for figure in written if figure not in kept)}


def whole(one: Entry, other: Entry) -> Entry:
    """Two entries as one: the words of both, the date and the units of the first."""
    text = f"{one.text}，{other.text}"
    subject = one.subject if one.subject == other.subject else f"{one.subject}，{other.subject}"
    return replace(one, text=text, subject=subject, facts=_reread(one, text))


SINGLE: dict[str, Edit] = {
    "figure": figure,
    "due": due,
    "owner": owner,
    "reword": reword,
    "rewrite": rewrite,
    "shorten": shorten,
    "lengthen": lengthen,
}


def edited(old: Sequence[Entry], donors: Sequence[Entry], rng: Random, share: float = 0.5) -> Edited:
    """A new version of which about `share` of the entries met an edit, shuffled; `donors`: entries of another plan, to be added.

    Half of what is split or merged is worded anew besides.
    """
    new: list[Entry] = []
    truth: dict[str, tuple[str, Verdict, list[int]]] = {}

    def put(entry: Entry) -> int:
        new.append((reword(entry, rng) or entry) if rng.random() < 0.5 else entry)
        return len(new) - 1

    def keep(entry: Entry) -> int:
        new.append(entry)
        return len(new) - 1

    waiting = list(old)
    while waiting:
        entry = waiting.pop(0)
        mate = next((other for other in waiting[:1] if _may_join(entry, other)), None)
        made = {name: edit(entry, rng) for name, edit in SINGLE.items()} if rng.random() < share else {}
        both = halves(entry, rng)
        names = [*(name for name, changed in made.items() if changed), *(["split"] if both else []), *(["merge"] if mate else [])]
        name = rng.choice([*names, "drop"]) if made else "keep"
        if name == "keep":
            truth[entry.uid] = (name, Verdict.CONTINUES, [keep(entry)])
        elif name == "drop":
            truth[entry.uid] = (name, Verdict.DROPPED, [])
        elif name == "split" and both:
            truth[entry.uid] = (name, Verdict.SPLIT, [put(half) for half in both])
        elif name == "merge" and mate:
            waiting.pop(0)
            truth[entry.uid] = truth[mate.uid] = (name, Verdict.MERGED, [put(whole(entry, mate))])
        else:
            truth[entry.uid] = (name, Verdict.CHANGED, [keep(made[name] or entry)])
    added = [keep(donor) for donor in rng.sample(donors, min(len(donors), max(1, len(old) // 10)))]
    order = list(range(len(new)))
    rng.shuffle(order)
    uid = {position: f"new-{place:03d}" for place, position in enumerate(order)}
    return Edited(
        tuple(replace(new[position], uid=uid[position]) for position in order),
        {old_uid: (name, verdict, frozenset(uid[at] for at in ats)) for old_uid, (name, verdict, ats) in truth.items()},
        frozenset(uid[at] for at in added),
    )


def _may_join(one: Entry, other: Entry) -> bool:
    """Whether two neighbours may become one: of one kind and part, and neither holding the other's words already."""
    alike = one.kind is other.kind and one.part == other.part
    return alike and one.text not in other.text and other.text not in one.text
