"""Coverage changed: a unit says yes, no or not applicable, with evidence; a second person verifies; the clerk says which units count.

A change is a further row: what was said before stays in the history. A cell that was verified is locked; it is changed only with words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu.model.unit import Role
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import Recorder, action, values
from xiangxu_web.kernel.files.attach import Stored, attach_all
from xiangxu_web.kernel.permission import Refused, demand, row, rows
from xiangxu_web.workspaces.accounts.api import Post, held_on
from xiangxu_web.workspaces.areas.api import Unit, here
from xiangxu_web.workspaces.plans.covered import BY, GROUPS, ON, choice_of, members
from xiangxu_web.workspaces.plans.judging import is_bound
from xiangxu_web.workspaces.plans.models import Mark, Target
from xiangxu_web.workspaces.plans.rules import RUN_PLANS
from xiangxu_web.workspaces.plans.splitting import SCHOOLS, ChangedMeanwhile

# A file with its name, and whether it shows children.
# So many units one choice by hand may hold, and so many cells one import may change.
MOST = 5000


class Locked(ValueError):
    """The cell was verified: who wants to change it says why."""


@dataclass(frozen=True)
class Many:
    """What came of many cells at once: how many were written, for the others unit and reason; ``same``: verified already as they were said
    again."""

    done: int = 0
    left: tuple[tuple[str, str], ...] = ()
    same: int = 0


@dataclass(frozen=True)
class Wish:
    """One cell to be written: the unit, the word, and the key of the mark that was seen there (0: none; None: whatever stands)."""

    unit: int
    word: str
    was: int | None = None


def speaks_for(actor: Actor, unit: Unit) -> bool:
    """Whether the actor speaks for the unit itself (a school for its campuses too); otherwise a statement is entered for it (代录), and
    says on what ground."""
    return unit.pk == actor.unit_id or (actor.is_any(Role.SCHOOL) and unit.path.startswith(actor.unit_path))


@dataclass
class _Work:
    """One promise while its cells are written: who may be written for, and what stands."""

    actor: Actor
    target: Target
    units: Mapping[int, Unit]
    standing: dict[int, Mark]
    outside: set[int] = field(default_factory=set)

    @classmethod
    def on(cls, actor: Actor, target_key: int, units: Iterable[int]) -> _Work:
        """Locks the promise, so that two who write into one column come one after the other."""
        row("target.see", actor, pk=target_key, dropped=None, same_as=None, evaluator_kind=Target.Evaluator.COVERAGE)
        target = Target.objects.select_for_update(of=("self",)).select_related("plan__area").get(pk=target_key)
        if target.plan.closed is not None:
            raise Refused(_("这份方案已经结束，覆盖情况不能再改。"))
        if not (actor.county_path and target.plan.area.path == actor.county_path):
            raise Refused(here(_("只能填本县方案的覆盖情况。"), actor.county_path))
        if not is_bound(target):
            raise Refused(_("这条承诺还没有确认怎么算，先不用填。"))
        wanted = set(units)
        found = members(rows("coverage.state", actor).filter(pk__in=wanted))
        choice = choice_of(target)
        marks = Mark.objects.filter(target=target, unit__in=wanted, replaced=None)
        return cls(
            actor,
            target,
            {member.key: member.unit for member in found},
            {mark.unit_id: mark for mark in marks if mark.unit_id is not None},
            {member.key for member in found if not choice.has(member)},
        )

    def checked(self, wish: Wish, note: str, *, in_passing: bool = False) -> Unit:
        """The unit of the cell; refused with the reason where it may not be written so. ``in_passing``: with a key or among many, where
        the note says on what all of them rest and not why this one is changed."""
        unit = self.units.get(wish.unit)
        if unit is None:
            raise Refused(_("这个单位不在您可以填写的范围内。"))
        if unit.pk in self.outside:
            raise Refused(_("%(unit)s不在这条承诺的范围内，不用填。") % {"unit": unit})
        mark = self.standing.get(unit.pk)
        if wish.was is not None and (mark.pk if mark else 0) != wish.was:
            raise ChangedMeanwhile(_("%(unit)s这一格刚刚被别人改动过，已显示最新的内容，请看过再填。") % {"unit": unit})
        if _is_verified(mark) and (in_passing or not note):
            raise Locked(_("%(unit)s这一格已经核验。确需改动，请点开这一格，写明原因。") % {"unit": unit})
        if not note and not speaks_for(self.actor, unit):
            raise ValueError(_("替%(unit)s代录须注明依据（电话、微信、盖章材料等）。") % {"unit": unit})
        return unit

    def settled(self, unit: int, word: str) -> Mark | None:
        """The mark of the cell where it is verified with this very word: said once more it says nothing new."""
        mark = self.standing.get(unit) if unit in self.units else None
        return mark if mark is not None and mark.word == word and _is_verified(mark) else None

    def acting(self, unit: Unit) -> Actor:
        """The actor as they enter this unit's cell: for themself, or on its behalf."""
        return self.actor.on_behalf_of(None if speaks_for(self.actor, unit) else unit.pk)

    def write(self, record: Recorder, unit: Unit, word: str, note: str) -> Mark:
        """Writes the cell; what stood there stays in the history."""
        now = clock.now()
        record.acting_for = self.acting(unit).acting_for
        if (before := self.standing.get(unit.pk)) is not None:
            was = values(before)
            before.replaced = now
            before.save(update_fields=["replaced"])
            record.changed(before, was)
        mark = Mark.objects.create(
            target=self.target,
            unit=unit,
            word=word,
            day=clock.today(),
            note=note[:300],
            person_id=self.actor.person_id or None,
            post_id=self.actor.post_id or None,
            link_id=self.actor.link_id,
            entered_for=record.acting_for is not None,
            made=now,
        )
        record.made(mark, word=str(word), entered_for=mark.entered_for)
        self.standing[unit.pk] = mark
        return mark


def _is_verified(mark: Mark | None) -> bool:
    return mark is not None and mark.verified is not None and not mark.refused


def state(
    actor: Actor,
    target_key: int,
    unit_key: int,
    word: str,
    *,
    note: str = "",
    was: int | None = None,
    files: Sequence[Stored] = (),
    in_passing: bool = False,
) -> Mark:
    """A unit says yes, no or not applicable; whoever enters it for another unit names the source.

    Refused: a unit out of scope or reach, a cell that was changed since it was seen (``was``), a verified cell without a reason of its
    own: where it did not stand there as verified, as with a key in the matrix (``in_passing``), none is given. The same word again changes
    nothing unless it comes with something new, and of what is verified only a new file is: a slow telephone sends twice, and a key that is
    held down takes no verification away.
    """
    note = note.strip()
    _known(word)
    with transaction.atomic():
        work = _Work.on(actor, target_key, [unit_key])
        mark = work.standing.get(unit_key)
        again = mark is not None and mark.word == word and not mark.refused and unit_key in work.units
        if mark is not None and again and not files and (not note or work.settled(unit_key, word)):
            return mark
        unit = work.checked(Wish(unit_key, word, was), note, in_passing=in_passing)
        with action(actor, "coverage.state") as record:
            mark = work.write(record, unit, word, note)
            attach_all(files, to=mark, actor=work.acting(unit))
    return mark


def state_many(
    actor: Actor,
    target_key: int,
    wishes: Sequence[Wish],
    *,
    note: str = "",
    files: Sequence[Stored] = (),
    verb: str = "coverage.state",
) -> Many:
    """Many cells of one promise at once, with one evidence. What cannot be written is left and told, among it a verified cell of which
    another word is said; one that is verified with the same word stays as it is; the rest is written."""
    note = note.strip()
    if len(wishes) > MOST:
        raise ValueError(_("一次最多填 %(most)s 格。") % {"most": MOST})
    done, same, left = 0, 0, []
    with transaction.atomic():
        work = _Work.on(actor, target_key, [wish.unit for wish in wishes])
        ready = []
        for wish in wishes:
            if work.settled(wish.unit, wish.word):
                same += 1
                continue
            try:
                _known(wish.word)
                ready.append((work.checked(wish, note, in_passing=True), wish.word))
            except (Refused, ValueError, ChangedMeanwhile) as problem:
                left.append((str(work.units.get(wish.unit, "")), str(problem)))
        if ready:
            with action(actor, verb) as record:
                for unit, word in ready:
                    mark = work.write(record, unit, word, note)
                    attach_all(files, to=mark, actor=work.acting(unit))
                    done += 1
    return Many(done, tuple(left), same)


def _known(word: str) -> None:
    if word not in Mark.Word.values:
        raise ValueError(_("只能填√、×或不适用。"))


def clear(actor: Actor, target_key: int, unit_key: int, *, was: int | None = None) -> None:
    """Takes a statement back: the cell is empty again, the history keeps it. Refused for a verified one."""
    with transaction.atomic():
        work = _Work.on(actor, target_key, [unit_key])
        mark = work.standing.get(unit_key)
        if mark is None or unit_key not in work.units:
            return
        if was is not None and mark.pk != was:
            raise ChangedMeanwhile(_("这一格刚刚被别人改动过，已显示最新的内容。"))
        if _is_verified(mark):
            raise Locked(_("已核验的格不能清空。确需改动，请点开这一格，写明原因后改填。"))
        with action(work.acting(work.units[unit_key]), "coverage.clear") as record:
            before = values(mark)
            mark.replaced = clock.now()
            mark.save(update_fields=["replaced"])
            record.changed(mark, before)


def hindrances(actor: Actor, marks: Sequence[Mark]) -> dict[int, str]:
    """Why this actor may not verify these marks, by their keys; those that may be verified are not in it. Three queries for any number."""
    stated = dict(Post.objects.filter(pk__in={mark.post_id for mark in marks}).values_list("pk", "unit_id"))
    others = _verifiers(actor)
    found = {}
    for mark in marks:
        if why := _hindrance(actor, mark, stated.get(mark.post_id or 0), others):
            found[mark.pk] = why
    return found


def _hindrance(actor: Actor, mark: Mark, stated_by: int | None, others: Sequence[tuple[int, str, str, str]]) -> str:
    if mark.replaced is not None:
        return _("这一格已经重新填过，请看最新的一条。")
    if mark.word == Mark.Word.NO:
        return _("填×的不用核验。")
    if mark.verified is not None:
        return _("这一格已经核验过。")
    if mark.person_id is not None and mark.person_id == actor.person_id:
        return _("自己填的要由另一个人核验。")
    if actor.unit_id in (mark.unit_id, stated_by):
        able = _able(mark, {mark.unit_id, stated_by}, others)
        if able:
            return _("本单位填的要由别的单位核验：请%(units)s核验。") % {"units": _("或").join(able[:2])}
    return ""


def _verifiers(actor: Actor) -> list[tuple[int, str, str, str]]:
    """Who could verify in the county: unit, its name, role, the area that it looks after."""
    posts = Post.objects.filter(
        held_on(clock.today()),
        role__in=(Role.CLERK, Role.OFFICE, Role.INSPECTOR, Role.EDUCATION_OFFICE),
        unit__area__path__startswith=actor.county_path,
    )
    found = posts.order_by("role", "unit_id").values_list("unit_id", "unit__name", "role", "unit__area__path").distinct()
    return [(unit, name, role, path) for unit, name, role, path in found]


def _able(mark: Mark, not_these: set[int | None], others: Sequence[tuple[int, str, str, str]]) -> list[str]:
    """The names of the units that could verify this mark instead: first the school's education office, then the county's."""
    unit = mark.unit
    near, far = [], []
    for key, name, role, path in others:
        if key in not_these or unit is None:
            continue
        if role == Role.EDUCATION_OFFICE:
            if unit.kind in SCHOOLS and unit.area.path.startswith(path):
                near.append(name)
        else:
            far.append(name)
    return list(dict.fromkeys([*near, *far]))


def verify(actor: Actor, mark_keys: Sequence[int], *, accept: bool, reason: str = "") -> Many:
    """A second person verifies statements, or refuses them with a reason; what this person may not decide is left and told.

    Refused is one's own statement, and one of the own unit as long as another unit could verify it.
    """
    if not accept and not reason.strip():
        raise ValueError(_("核验不通过须写明理由，填报单位会看到。"))
    with transaction.atomic():
        allowed = rows("coverage.verify", actor).filter(pk__in=mark_keys).values("pk")
        locked = Mark.objects.select_for_update(of=("self",)).filter(pk__in=allowed)
        marks = list(locked.select_related("unit__area").order_by("pk"))
        if not marks:
            raise Refused(_("没有可以核验的格：可能刚被重新填过，或不在您的核验范围内。"))
        against = hindrances(actor, marks)
        ready = [mark for mark in marks if mark.pk not in against]
        if ready:
            with action(actor, "coverage.verify" if accept else "coverage.refuse") as record:
                for mark in ready:
                    before = values(mark)
                    mark.verified, mark.verified_by_person, mark.verified_by_post = clock.now(), actor.person_id, actor.post_id
                    mark.refused = "" if accept else reason.strip()[:300]
                    mark.save()
                    record.changed(mark, before, accepted=accept)
    return Many(len(ready), tuple((str(mark.unit), against[mark.pk]) for mark in marks if mark.pk in against))


def choose_units(actor: Actor, target_key: int, group: str = "", keys: Sequence[int] = ()) -> Target:
    """The clerk says which units a promise means: a group, or units by name; kept with who said so, and when. Marks of units that no
    longer count stay, and do not count.

    Refused: nothing chosen, units that are not the county's.
    """
    demand(actor, RUN_PLANS)
    with transaction.atomic():
        row("target.see", actor, pk=target_key, dropped=None, same_as=None, evaluator_kind=Target.Evaluator.COVERAGE)
        target = Target.objects.select_for_update(of=("self",)).select_related("plan__area").get(pk=target_key)
        if target.plan.area.path != actor.county_path:
            raise Refused(here(_("只能选定本县方案的单位。"), actor.county_path))
        if keys:
            known = sorted(rows("coverage.see", actor).filter(pk__in=keys).values_list("pk", flat=True))
            if len(known) != len(set(keys)):
                raise Refused(here(_("选定的单位里有不在本县的。"), actor.county_path))
            chosen: dict[str, object] = {"keys": known}
        elif group in GROUPS:
            chosen = {"group": group}
        else:
            raise ValueError(_("请选一类单位，或勾选若干单位。"))
        with action(actor, "coverage.scope") as record:
            before = values(target)
            target.units = chosen | {BY: actor.post_id, ON: clock.today().isoformat()}
            target.save(update_fields=["units"])
            record.changed(target, before, group=group, units=len(keys))
    return target
