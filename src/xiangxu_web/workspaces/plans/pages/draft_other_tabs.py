"""What the other tabs of a draft show: its units, the plan check, and what became of the version before."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from xiangxu_web.kernel.audit.names import names
from xiangxu_web.workspaces.areas.api import Unit, below_words, units_below
from xiangxu_web.workspaces.plans.drafting.carrying import carried_in
from xiangxu_web.workspaces.plans.drafting.checked import remarks_of
from xiangxu_web.workspaces.plans.drafting.rows import mapped, open_end
from xiangxu_web.workspaces.plans.drafting.units import unmatched
from xiangxu_web.workspaces.plans.importing import key_of
from xiangxu_web.workspaces.plans.models import Draft, Finding
from xiangxu_web.workspaces.plans.pages.draft_document import Shown
from xiangxu_web.workspaces.plans.pages.draft_forms import carried_words
from xiangxu_web.workspaces.plans.places import place_words

Json = dict[str, Any]


def units_tab(draft: Draft) -> Json:
    """The printed names of units, those without a unit of ours first."""
    now = draft.current
    keys = {at["unit"] for at in now["units"].values() if at["unit"]}
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=keys)}
    towns = units_below(draft.area).count()
    used: dict[str, list[str]] = {printed: [] for printed in now["units"]}
    for task in now["tasks"]:
        if not task["dropped"]:
            for printed in dict.fromkeys((*(task["lead"] or task["proposed"]), *task["participants"])):
                used.setdefault(printed, []).append(task["ref"])
    found = [
        {"printed": printed, "unit": units.get(at["unit"]), "how": at["how"], "tasks": used.get(printed, [])}
        for printed, at in now["units"].items()
    ]
    open_first = sorted(found, key=lambda each: (each["unit"] is not None or bool(each["how"]), -len(each["tasks"])))
    return {"units": open_first, "towns": towns, "below": below_words(draft.area), "unplaced": unmatched(now["units"])}


def check_tab(draft: Draft, shown: Shown | None) -> Json:
    """What is to be said of the document as it holds now, the serious first; on a draft document with what the office answered, and who."""
    answers = {found.key: found for found in draft.findings.exclude(answer=Finding.Answer.OPEN)} if draft.is_draft else {}
    people = names("post", [found.post_id for found in answers.values()])
    remarks = []
    for made, remark in remarks_of(draft.current):
        key = key_of(made)
        answered = answers.get(key)
        remarks.append(
            remark
            | {
                "key": key,
                "name": name_of(key),
                "answered": answered,
                "who": people.get(answered.post_id or 0, "") if answered else "",
                "spots": [spot | {"places": _places(spot, shown)} for spot in remark["spots"]],
            }
        )
    remarks.sort(key=lambda each: ("serious", "notice", "hint").index(each["grade"]))
    return {
        "remarks": remarks,
        "unanswered": sum(each["answered"] is None for each in remarks),
        "notes": draft.current["remarks"],
        "whole": draft.current["doubts"],
    }


def name_of(key: str) -> str:
    """What a finding is called in the address of its page."""
    return f"finding-{key.rsplit(':', 1)[-1]}"


def _places(spot: Json, shown: Shown | None) -> list[Json]:
    """The one or two places of which a spot speaks, each as a link into the document."""
    return [
        place | {"anchor": shown.anchor(place) if shown else "", "where": place_words(place)}
        for place in (spot["place"], spot["other"])
        if place
    ]


def versions_tab(draft: Draft) -> Json:
    """What became of each task and promise of the version before: what waits for a person, what is sure, what a person confirmed."""
    now = draft.current
    titles = {row["ref"]: f"{row['number']} {row['title']}".strip() for row in now["tasks"]}
    titles |= {row["ref"]: row["metric"] for row in now["promises"]}
    standing = {
        kind: [(row["ref"], titles[row["ref"]]) for row in now[table] if not row["dropped"]]
        for kind, table in (("task", "tasks"), ("promise", "promises"))
    }
    old = [
        {
            "uid": uid,
            "waiting": open_end(now, was),
            "now": [titles.get(ref, "") for ref in was["to"]],
            "choices": standing[was["kind"]],
            **was,
        }
        for uid, was in mapped(now)
    ]
    taken = {ref for was in old for ref in was["to"]}
    settled = [each for each in old if not each["waiting"]]
    return {
        "waiting": [each for each in old if each["waiting"]],
        "groups": [
            (_("把握大、不用逐条看的"), [each for each in settled if not each["confirmed"]]),
            (_("已确认的"), [each for each in settled if each["confirmed"]]),
        ],
        "added": [words for ref, words in standing["task"] if ref not in taken],
        "carried": [
            {
                "title": titles[row["ref"]],
                "ref": row["ref"],
                "tab": "targets" if "quote" in row else "tasks",
                "words": carried_words(row),
            }
            for row, _carried in carried_in(now)
        ],
        "likely": [each["uid"] for each in old if each["waiting"] and not each["unsure"] and each["to"]],
    }
