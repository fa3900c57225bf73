"""Which shipped pack an uploaded document is: by its title, who issued it, and when."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher

from xiangxu.cards import Packs
from xiangxu.cards.kinds import PlanCard, TargetsCard, TasksCard, UnitsCard
from xiangxu.model.plan import DocumentFacts, PlanReading
from xiangxu.review.matching.matching import PlanPack

# What an office puts around the title of its plan when it sends it out: 某府关于印发《…》的通知.
_SENT = re.compile(r"^.{0,40}?(?:印发|转发|下发|公布)(?P<title>.+?)(?:的?(?:通知|函|公告))?$")
_NOTICE = re.compile(r"的?通知$")
_MARKS = re.compile(r"[\s《》〈〉“”\"'‘’「」()\[\]〔〕【】·,，、.。:：_—–-]+")
# A remark behind the title that says in which state the paper is, and no part of it.
_STATE = re.compile(r"\((?:试行|暂行|征求意见稿|送审稿|审议稿|修订|修订稿|讨论稿|印发稿)\)$")
# A government and the office that signs for it are one issuer.
_OFFICE = re.compile(r"(?:办公室|办公厅)$")
# A title that a scan garbled is still this much alike.
_ALIKE = 0.85
# From the signature to the printing it is days; another month is another paper.
_DAYS = 45
# What must speak for a pack: the title alone where nothing contradicts, or a garbled one with two others.
_ENOUGH = 2


def find_pack(reading: PlanReading, packs: Packs) -> str | None:
    """The name of the place whose shipped plan this document is, or None.

    The title must be the same, or nearly; brackets, quotation marks and the notice around it do not count. Issuer, date and
    number speak for or against, where both sides state them: another date is another version, another issuer another place.
    """
    found = [(speaks_for(reading.doc, pack.document), pack.place) for pack in plan_packs(packs)]
    score, place = max(found, default=(0, ""), key=lambda each: (each[0], each[1]))
    return place if score >= _ENOUGH else None


def plan_packs(packs: Packs) -> Iterator[PlanPack]:
    """The plans among the packs."""
    for layer in packs.layers:
        cards = [card for _, card in packs.own(layer)]
        for document in (card for card in cards if isinstance(card, PlanCard)):
            units = [unit for card in cards if isinstance(card, UnitsCard) for unit in card.units]
            tasks = [task for card in cards if isinstance(card, TasksCard) for task in card.tasks]
            targets = [target for card in cards if isinstance(card, TargetsCard) for target in card.targets]
            yield PlanPack(layer.name, document, tuple(units), tuple(tasks), tuple(targets))


def plan_pack(place: str, packs: Packs) -> PlanPack:
    """The plan of a place; refused where the place has none."""
    name = packs.layer(place).name
    for pack in plan_packs(packs):
        if pack.place == name:
            return pack
    raise LookupError(f"“{place}”没有内置方案。有内置方案的：{'、'.join(pack.place for pack in plan_packs(packs)) or '无'}。")


def speaks_for(doc: DocumentFacts, card: PlanCard) -> int:
    """How much says that a document is the one of this card; below 0 where something says that it is not."""
    title, known = plain_title(doc.title or ""), plain_title(card.title.zh)
    if not title:
        return 0
    if title == known:
        score = 2
    elif SequenceMatcher(None, title, known, autojunk=False).ratio() >= _ALIKE and _of_one_place(doc, card):
        score = 0
    else:
        return -2
    if doc.issuer:
        score += 1 if plain_issuer(doc.issuer) == plain_issuer(card.issuer) else -1
    if doc.issued_on:
        score += 1 if abs((doc.issued_on - card.issued_on).days) <= _DAYS else -2
    if doc.doc_number and card.doc_number:
        score += 1 if _bare(doc.doc_number) == _bare(card.doc_number) else -1
    return score


def _of_one_place(doc: DocumentFacts, card: PlanCard) -> bool:
    """Titles of two counties may differ in nothing but the county."""
    return doc.region is None or _bare(doc.region) == _bare(card.region)


def plain_title(title: str) -> str:
    """The title without what stands around it.

    >>> plain_title("云溪县人民政府办公室关于印发《云溪县 乡村教育提升方案（2023—2027年）》的通知")
    '云溪县乡村教育提升方案20232027年'
    """
    text = unicodedata.normalize("NFKC", re.sub(r"\s+", "", title))
    if _NOTICE.search(text) and (sent := _SENT.match(text)):
        text = sent["title"]
    return _MARKS.sub("", _STATE.sub("", text.strip("《》〈〉")))


def plain_issuer(name: str) -> str:
    """A unit without the office that signs for it.

    >>> plain_issuer("云溪县人民政府 办公室")
    '云溪县人民政府'
    """
    return _OFFICE.sub("", _bare(name))


def _bare(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", text))
