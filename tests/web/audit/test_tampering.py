"""Whatever is done to a sealed chain is found and named. The tamperer has all rights in the database: the triggers are gone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xiangxu import clock
from xiangxu_web.kernel.audit.anchors import anchor_file
from xiangxu_web.kernel.audit.chain import CONTENT, GENESIS, linked
from xiangxu_web.kernel.audit.numbers import tell_deletions
from xiangxu_web.kernel.audit.seal import seal
from xiangxu_web.kernel.audit.triggers import GUARDS
from xiangxu_web.kernel.audit.verify import Flaw, verify
from xiangxu_web.kernel.models import AuditRow

pytestmark = pytest.mark.usefixtures("unguarded")
Rows = Callable[[int], list[AuditRow]]
many = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SIZE = 12
VICTIMS = st.integers(1, SIZE)


def _flaws(start: int = 1) -> list[tuple[Flaw, int]]:
    """What was found, but for the guards, which the tamperer of these tests has taken away."""
    return [(fault.flaw, fault.position) for fault in verify(start).faults if fault.flaw is not Flaw.UNGUARDED]


def _make(rows: Rows) -> None:
    """Twelve sealed rows, an anchor at the sixth and at the last; anew for each example of hypothesis."""
    AuditRow.objects.all().delete()
    anchor_file().unlink(missing_ok=True)
    rows(6)
    seal()
    rows(6)
    seal()


def _move(position: int, to: int) -> None:
    AuditRow.objects.filter(position=position).update(position=to)


def test_an_untouched_chain_is_sound(rows: Rows) -> None:
    """Nothing is found where nothing was done; both anchors were met."""
    _make(rows)
    GUARDS.put(connection)
    verdict = verify()
    assert verdict.sound
    assert (verdict.rows, verdict.last, verdict.anchors, verdict.unsealed) == (SIZE, SIZE, 2, 0)


CHANGES = {
    "at": clock.now(),
    "person_id": 7,
    "post_id": 7,
    "unit_id": 7,
    "area_path": "x/",
    "acting_for": 7,
    "link_id": 7,
    "job_id": "00000000-0000-0000-0000-000000000007",
    "verb": "x",
    "table": "x",
    "row_key": "x",
    "fields": {"x": [None, None]},
    "facts": {},
    "request_id": "x",
    "digest": "f" * 64,
    "previous": "f" * 64,
}


@many
@given(victim=VICTIMS, field=st.sampled_from(sorted(CHANGES)))
def test_a_changed_row_is_named(rows: Rows, victim: int, field: str) -> None:
    """A change of any field of any row is found at that row, by position and number."""
    _make(rows)
    row = AuditRow.objects.get(position=victim)
    AuditRow.objects.filter(pk=row.pk).update(**{field: CHANGES[field]})
    first = verify().faults[0]
    assert (first.flaw, first.position, first.row) == (Flaw.CHANGED, victim, row.pk)


@many
@given(victim=st.integers(1, SIZE - 1))
def test_a_missing_row_is_named(rows: Rows, victim: int) -> None:
    """A row taken out of the middle is a gap at its position, and nothing else is said."""
    _make(rows)
    AuditRow.objects.filter(position=victim).delete()
    assert _flaws() == [(Flaw.MISSING, victim)]


@many
@given(victim=st.integers(1, SIZE - 1))
def test_a_closed_gap_is_found(rows: Rows, victim: int) -> None:
    """Taking a row out and moving the others up leaves no gap, but the next row does not follow, and the anchor lies beyond."""
    _make(rows)
    AuditRow.objects.filter(position=victim).delete()
    for position in range(victim + 1, SIZE + 1):
        _move(position, position - 1)
    flaws = _flaws()
    assert (Flaw.REPLACED, victim) in flaws
    assert flaws[-1] == (Flaw.CUT, SIZE)


@many
@given(pair=st.lists(VICTIMS, min_size=2, max_size=2, unique=True).map(sorted))
def test_reordered_rows_are_named(rows: Rows, pair: list[int]) -> None:
    """Two rows that changed places are found at both places."""
    _make(rows)
    one, other = pair
    _move(one, 1000)
    _move(other, one)
    _move(1000, other)
    flaws = _flaws()
    assert (Flaw.REORDERED, one) in flaws
    assert (Flaw.REORDERED, other) in flaws


@many
@given(length=st.integers(1, SIZE))
def test_a_cut_tail_is_found(rows: Rows, length: int) -> None:
    """Rows cut off at the end leave a sound chain; the anchor says how far it went."""
    _make(rows)
    AuditRow.objects.filter(position__gt=SIZE - length).delete()
    assert _flaws() == [(Flaw.CUT, SIZE - length + 1)]


@many
@given(victim=st.integers(1, SIZE - 2))
def test_a_fork_is_found(rows: Rows, victim: int) -> None:
    """A row put at the end that claims to follow an older one makes two rows after the same one."""
    _make(rows)
    rows(1)
    forged = AuditRow.objects.get(position=None)
    before = AuditRow.objects.get(position=victim).digest
    ((previous, own),) = linked(before, AuditRow.objects.filter(pk=forged.pk).values_list(*CONTENT))
    AuditRow.objects.filter(pk=forged.pk).update(position=SIZE + 1, previous=previous, digest=own)
    assert _flaws() == [(Flaw.FORKED, SIZE + 1)]


@many
@given(victim=VICTIMS)
def test_a_chain_made_anew_is_found(rows: Rows, victim: int) -> None:
    """Whoever changes a row and seals everything after it again has a chain that agrees with itself, not with the anchors."""
    _make(rows)
    AuditRow.objects.filter(position=victim).update(row_key="forged")
    before = AuditRow.objects.filter(position=victim - 1).values_list("digest", flat=True).first() or GENESIS
    later = list(AuditRow.objects.filter(position__gte=victim).order_by("position").values_list(*CONTENT))
    for content, (previous, own) in zip(later, linked(before, later), strict=True):
        AuditRow.objects.filter(pk=content[0]).update(previous=previous, digest=own)
    assert {flaw for flaw, _ in _flaws()} == {Flaw.REMADE}
    assert (Flaw.REMADE, SIZE) in _flaws()


@many
@given(victim=st.integers(1, SIZE - 1))
def test_a_row_sealed_anew_alone_is_found(rows: Rows, victim: int) -> None:
    """Changing one row and its own digest breaks the link to the next."""
    _make(rows)
    row = AuditRow.objects.get(position=victim)
    AuditRow.objects.filter(pk=row.pk).update(row_key="forged")
    ((_before, own),) = linked(row.previous, AuditRow.objects.filter(pk=row.pk).values_list(*CONTENT))
    AuditRow.objects.filter(pk=row.pk).update(digest=own)
    assert (Flaw.REPLACED, victim + 1) in _flaws()


def test_without_anchors_the_chain_is_not_called_sound(rows: Rows) -> None:
    """Whoever cuts the tail and takes the anchors away is found by their absence."""
    _make(rows)
    anchor_file().unlink()
    assert _flaws() == [(Flaw.NO_ANCHOR, SIZE)]


def test_a_torn_line_of_the_anchors_is_told_and_is_no_fault(rows: Rows) -> None:
    """A power failure in the middle of a line: the next anchor stands on a line of its own, the chain stays sound."""
    _make(rows)
    with anchor_file().open("a") as file:
        file.write('{"posi')
    rows(1)
    seal()
    GUARDS.put(connection)
    verdict = verify()
    assert verdict.sound
    assert (verdict.torn, verdict.anchors) == (1, 3)


def test_verification_from_a_position_on_leaves_out_what_lies_before(rows: Rows) -> None:
    """``--from`` reads only later rows; a fault before is not seen, one behind is."""
    _make(rows)
    AuditRow.objects.filter(position=3).update(row_key="forged")
    assert _flaws(5) == []
    assert verify(5).rows == SIZE - 4
    AuditRow.objects.filter(position=9).update(row_key=F("verb"))
    assert [position for _flaw, position in _flaws(5)] == [9]


def test_a_row_taken_away_before_its_sealing_is_found(rows: Rows) -> None:
    """SQLite deals out every number once: the hole between two rows, and the one behind the last, are told by number, and the chain, which
    never held the rows, has no other fault. PostgreSQL leaves holes by itself, so there none is told."""
    _make(rows)
    made = [row for row in rows(6) if row.position is None]
    taken = [made[1].pk, made[2].pk, made[5].pk]
    AuditRow.objects.filter(pk__in=taken).delete()
    seal()
    GUARDS.put(connection)
    found = [(fault.flaw, fault.row, fault.until) for fault in verify().faults]
    told = [(Flaw.GONE, taken[0], taken[1]), (Flaw.GONE, taken[2], taken[2])]
    assert found == (told if tell_deletions() else [])


def test_guards_that_are_gone_are_found(rows: Rows) -> None:
    """An untouched chain is not called sound while the database would let somebody touch it; put back, it is."""
    _make(rows)
    assert [fault.flaw for fault in verify().faults] == [Flaw.UNGUARDED]
    GUARDS.put(connection)
    assert verify().sound
