"""The chain as it is made: order, bytes, guards, anchors; and what may stand in a row at all."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, transaction

import xiangxu_web
from xiangxu_web.commands.audit import audit
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit import triggers
from xiangxu_web.kernel.audit.anchors import anchor_file, last_anchor
from xiangxu_web.kernel.audit.chain import GENESIS, canonical, digest
from xiangxu_web.kernel.audit.record import NotAFact, action, values
from xiangxu_web.kernel.audit.seal import BATCH, head, seal, unsealed
from xiangxu_web.kernel.audit.verbs import VERBS
from xiangxu_web.kernel.audit.verify import verify
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.workspaces.accounts.models import Person
from xiangxu_web.workspaces.areas.models import Unit

pytestmark = pytest.mark.django_db
Rows = Callable[[int], list[AuditRow]]
CAST = Callable[[str], Actor]


def test_the_bytes_of_a_row_are_these() -> None:
    """The canonical form is a promise to whoever recomputes the chain with other tools: it never changes."""
    job = UUID("12345678-1234-5678-1234-567812345678")
    at = datetime(2026, 11, 20, 1, 2, 3, 4, tzinfo=UTC)
    content = [7, at, 1, 2, 3, "37/", None, None, job, "unit.rename", "unit", "9", {"名": [None, "a"]}, {"b": 1, "a": "x"}, ""]
    expected = (
        '[7,"2026-11-20T01:02:03.000004Z",1,2,3,"37/",null,null,"12345678-1234-5678-1234-567812345678","unit.rename","unit","9",'
        '{"名":[null,"a"]},{"a":"x","b":1},""]'
    )
    assert canonical(content).decode() == expected
    assert digest(GENESIS, content) == hashlib.sha256(b"0" * 64 + b"\n" + expected.encode()).hexdigest()


def test_rows_are_sealed_in_order_without_gaps(rows: Rows) -> None:
    """Positions count from one in the order of the numbers, over several batches; a second sealing seals nothing."""
    made = rows(BATCH + 5)
    assert seal() == len(made)
    assert seal() == 0
    found = list(AuditRow.objects.order_by("position").values_list("position", "pk"))
    assert found == [(n, row.pk) for n, row in enumerate(made, 1)]
    assert unsealed() == 0
    assert verify().sound


def test_a_row_that_comes_late_gets_a_later_position(rows: Rows) -> None:
    """A row with a smaller number, committed after others were sealed, is put at the end and not in between."""
    made = rows(3)
    late = made[-2]
    triggers.GUARDS.take_away(connection)
    AuditRow.objects.filter(pk=late.pk).delete()
    triggers.GUARDS.put(connection)
    seal()
    late.save(force_insert=True)
    assert seal() == 1
    assert AuditRow.objects.get(pk=late.pk).position == head().position == len(made)
    assert verify().sound


def test_the_anchor_follows_the_head(rows: Rows) -> None:
    """Each sealing leaves the head in the file outside the database; a sealing without rows adds no line."""
    rows(2)
    seal()
    seal()
    rows(1)
    seal()
    anchor = last_anchor()
    assert anchor is not None
    assert (anchor.position, anchor.digest) == (head().position, head().digest)
    assert len(anchor_file().read_text().splitlines()) == 2
    assert set(json.loads(anchor_file().read_text().splitlines()[0])) == {"position", "digest", "at"}


def _refused(act: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            act()
    except DatabaseError:
        return True
    return False


def test_the_database_itself_guards_the_rows(rows: Rows) -> None:
    """Sealed rows cannot be changed, no row's content can be changed, none can be deleted; sealing still works."""
    triggers.GUARDS.put(connection)
    assert triggers.GUARDS.in_place(connection)
    rows(2)
    assert _refused(lambda: AuditRow.objects.update(verb="x")), "content of a row not yet sealed"
    assert _refused(lambda: AuditRow.objects.all().delete())
    assert seal() >= 2
    assert _refused(lambda: AuditRow.objects.filter(position=1).update(digest="0" * 64))
    assert _refused(lambda: AuditRow.objects.filter(position=1).update(position=None))
    assert _refused(lambda: AuditRow.objects.filter(position=1).delete())
    assert verify().sound
    triggers.GUARDS.take_away(connection)
    assert not triggers.GUARDS.in_place(connection)


def test_the_command_tells_and_its_exit_code_says_it(rows: Rows) -> None:
    """``audit seal`` and ``audit verify`` on a sound chain give 0; on a broken one 1, with the place; the verification is recorded."""
    rows(4)
    run = CliRunner().invoke
    assert run(audit, ["seal"]).exit_code == 0
    sound = run(audit, ["verify"])
    assert sound.exit_code == 0
    assert "没有发现" in sound.output
    triggers.GUARDS.take_away(connection)
    AuditRow.objects.filter(position=2).update(row_key="forged")
    triggers.GUARDS.put(connection)
    broken = run(audit, ["verify"])
    assert broken.exit_code == 1
    assert "第 2 位" in broken.output
    noted = AuditRow.objects.filter(verb="audit.verify").order_by("-pk")[0]
    assert noted.facts["faults"] == 1
    assert noted.facts["told"][0][:2] == ["changed", 2]


def test_rows_hold_only_keyed_hashes(actor: CAST) -> None:
    """Whatever a recorder is given, no value of a field stands in the row: only hashes, and null for nothing."""
    person = Person.objects.exclude(phone="")[0]
    before = values(person)
    with action(actor("clerk"), "person.change") as record:
        record.made(person, posts=1)
        person.phone, person.email = "13900000000", "x@example.org"
        record.changed(person, before)
        record.removed(person)
        record.noted(person)
    made = list(AuditRow.objects.order_by("-pk")[:4])
    for row in made:
        for pair in row.fields.values():
            assert len(pair) == 2
            assert all(each is None or (len(each) == 32 and int(each, 16) >= 0) for each in pair)
    text = json.dumps([[row.fields, row.facts] for row in made], ensure_ascii=False)
    for value in (person.name, person.login, str(before["phone"]), person.phone, person.email):
        assert value not in text
    assert set(made[2].fields) == {"phone", "email"}


@pytest.mark.parametrize("fact", ["笺听荷", "13900000000", "320102199001011234", "x" * 81, {"name": "笺听荷"}, ["甲"], object()])
def test_a_personal_value_is_no_fact(actor: CAST, fact: object) -> None:
    """Names, telephone and identity numbers, long texts are refused as facts, and with them the whole action."""
    unit = Unit.objects.all()[0]
    with pytest.raises(NotAFact), action(actor("clerk"), "unit.rename") as record:
        record.noted(unit, words=fact)


def test_counts_and_codes_are_facts(actor: CAST) -> None:
    """Counts, yes and no, codes, areas' twelve digits, days and lists of these stand."""
    facts = {
        "n": 3,
        "yes": True,
        "none": None,
        "kind": "file.open",
        "area": "370323000000",
        "day": "2026-11-20",
        "list": [1, "a"],
    }
    with action(actor("clerk"), "unit.rename") as record:
        record.noted(None, **facts)
    assert AuditRow.objects.order_by("-pk")[0].facts == facts


def _spoken(tree: ast.AST) -> list[ast.expr]:
    """The second argument of each call of ``action``."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "action")
    return [call.args[1] for call in calls if len(call.args) > 1]


def test_every_verb_has_words() -> None:
    """A verb that an action uses is declared with Chinese words; one that is put together at run time cannot be checked and is refused."""
    missing = []
    for path in Path(xiangxu_web.__file__).parent.rglob("*.py"):
        for said in _spoken(ast.parse(path.read_text(encoding="utf-8"))):
            assert not isinstance(said, ast.JoinedStr | ast.BinOp), f"{path}: {ast.unparse(said)}"
            words = [node.value for node in ast.walk(said) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
            missing += [f"{path.name}: {word}" for word in words if word not in VERBS]
    assert missing == []
    assert all(not str(verb.words).isascii() for verb in VERBS.values())
