"""Scope, parameters and bar of an evaluator (范围和参数), as a clerk sets them: one form, before publishing and after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from xiangxu.cards.kinds import Evaluator
from xiangxu.cards.kinds.evaluator import Param, Threshold
from xiangxu.documents.wording import requirement
from xiangxu.model.reason import Bilingual
from xiangxu_web.kernel.components.reasons import worded
from xiangxu_web.workspaces.areas.api import Area
from xiangxu_web.workspaces.plans.cards import evaluator
from xiangxu_web.workspaces.plans.hows import How, how, value_words
from xiangxu_web.workspaces.plans.models import Target
from xiangxu_web.workspaces.plans.scopes import KEYS, choices, everybody, meant, singly, standing

Json = dict[str, Any]
# The name of a parameter's field: a card may call one like a field of the page's own.
_PARAM = "param-"
# The name of the boxes of single units.
_UNIT = "unit"
# What the judging itself gives: its day, and the first and last day of its period.
_OF_THE_PERIOD = ("on", "since", "until")


class HowForm(forms.Form):
    """The evaluator of one promise with what can be set about it. ``fitted`` is the evaluator as it is filled in.

    ``candidate``: an evaluator as drafts and targets keep it; ``words``: the document's, whose scopes are offered first.
    """

    def __init__(self, candidate: Mapping[str, Any], area: Area, words: str, data: Any = None, auto_id: str = "how-%s") -> None:
        card = evaluator(candidate["id"])
        if card is None:
            raise LookupError(candidate["id"])
        super().__init__(data, auto_id=auto_id)
        self.candidate, self.card = candidate, card
        self.units: Json = candidate.get("units") or {}
        by_unit = self.units if card.kind == Target.Evaluator.COVERAGE else None
        everyone = everybody(area)
        self.fields["scope"] = forms.ChoiceField(
            label=_("范围"),
            required=False,
            choices=[("", _("不限定")), *choices(area, everyone, words, by_unit)],
            initial=standing(candidate.get("scope"), self.units),
        )
        if by_unit is not None:
            self.fields[_UNIT] = forms.TypedMultipleChoiceField(
                label=_("逐个勾选单位"),
                required=False,
                choices=singly(area, everyone),
                coerce=int,
                initial=self.units.get(KEYS),
                widget=forms.CheckboxSelectMultiple,
            )
        for name, param in card.params.items():
            if name not in _OF_THE_PERIOD and not isinstance(given := candidate["parameters"].get(name), Mapping):
                self.fields[_PARAM + name] = _field(card, name, param, given)
        if card.thresholds:
            bars = [(bar.name, _bar(card, bar)) for bar in card.thresholds]
            self.fields["threshold"] = forms.ChoiceField(
                label=_("界限"),
                required=False,
                choices=[("", _("按文件写的要求")), *bars],
                initial=candidate.get("threshold") or "",
            )

    def clean(self) -> Json:
        """Refuses a bar that holds for other parameters than those that are set, and units one by one where none is ticked."""
        given: Json = super().clean() or self.cleaned_data
        if given.get("scope") == KEYS and not given.get(_UNIT) and _UNIT not in self.errors:
            self.add_error(_UNIT, _("请勾选要算的单位，或在“范围”里改选一类。"))
        bar = next((each for each in self.card.thresholds if each.name == given.get("threshold")), None)
        for name, value in bar.params.items() if bar else ():
            if given.get(_PARAM + name) not in (None, "", value):
                told = {"name": self.fields[_PARAM + name].label, "value": value_words(value)}
                self.add_error("threshold", _("这个界限只用于%(name)s为“%(value)s”时：请改选，或按文件写的要求。") % told)
        return given

    def fitted(self) -> Json:
        """The evaluator with what was filled in; what the form does not ask stays."""
        given = self.cleaned_data
        asked = {name: given[_PARAM + name] for name in self.card.params if _PARAM + name in self.fields}
        kept = {name: value for name, value in self.candidate["parameters"].items() if name not in asked}
        scope, units = meant(given["scope"], given.get(_UNIT, ()), self.candidate.get("scope"), self.units)
        return dict(self.candidate) | {
            "parameters": kept | {name: value for name, value in asked.items() if value not in (None, "")},
            "scope": scope,
            "threshold": given.get("threshold") or None,
            "units": units,
        }

    def in_words(self) -> How | None:
        """What is computed with what is filled in; where that is not complete, with what stands."""
        return how(self.fitted() if self.is_bound and self.is_valid() else self.candidate)


def _bar(card: Evaluator, bar: Threshold) -> str:
    said = worded(requirement(bar.op, bar.value, bar.value2, card.uom, None))
    return f"{said}（{bar.source[0].title}）"


def _field(card: Evaluator, name: str, param: Param, given: Any) -> forms.Field:
    """The field of a parameter: one of its choices, yes or no, a number, or words. What a binding must give is demanded."""
    shared: Json = {"required": not param.optional, "initial": given if given is not None else param.default}
    # A card says by its examples and bars what a parameter without choices is like.
    samples = (*(each.params for each in card.examples), *(each.params for each in card.thresholds))
    known = [each for each in (param.default, given, *(each.get(name) for each in samples)) if each is not None]
    yes_or_no = any(isinstance(each, bool) for each in known)
    listed = param.choices or ((True, False) if yes_or_no else ())
    # Of a yes or no the meaning says how a card writes it: that is no word for a clerk.
    meaning = param.short if yes_or_no else param.meaning
    shared["label"] = worded(Bilingual(meaning, name.replace("_", " "))) + (f"（{param.uom}）" if param.uom else "")
    if listed:
        by_text = {str(value): value for value in listed}
        offered = [(text, value_words(value)) for text, value in by_text.items()]
        if param.optional or shared["initial"] is None:
            offered.insert(0, ("", _("不限") if param.optional else _("请选择")))
        return forms.TypedChoiceField(choices=offered, coerce=lambda text: by_text[text], empty_value=None, **shared)
    if any(isinstance(each, int | float) for each in known):
        whole = all(isinstance(each, int) for each in known)
        return (forms.IntegerField if whole else forms.FloatField)(min_value=0, **shared)
    return forms.CharField(max_length=60, **shared)
