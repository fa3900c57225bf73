"""The audit administrator's pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit import triggers
from xiangxu_web.kernel.audit.record import action, values
from xiangxu_web.kernel.audit.seal import seal
from xiangxu_web.kernel.jobs.worker import run_waiting
from xiangxu_web.kernel.models import AuditRow, Job
from xiangxu_web.workspaces.areas.models import Unit

pytestmark = pytest.mark.django_db
Cast = Callable[[str], Actor]
SignedIn = Callable[[str], Client]
ADDRESSES = ("/audit/", "/audit/chain/", "/audit/chain/progress/")


@pytest.fixture(autouse=True)
def no_second_factor(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second factor is the business of other tests."""
    monkeypatch.setattr("xiangxu_web.workspaces.accounts.middleware.demanded_of", lambda actor: False)


@pytest.fixture
def renamed(actor: Cast) -> list[AuditRow]:
    """The clerk of the county renamed a school, the clerk of the other county one of theirs."""
    for who in ("clerk", "other-clerk"):
        one = actor(who)
        unit = Unit.objects.filter(kind="school", area__path__startswith=one.county_path)[0]
        before = values(unit)
        unit.name = "改后的校名"
        with action(one, "unit.rename") as record:
            record.changed(unit, before, schools=1)
    return list(AuditRow.objects.order_by("-pk")[:2])[::-1]


@pytest.mark.parametrize(
    "who", ["clerk", "bureau-leader", "headteacher", "supervisor", "system-admin", "security-admin", "other-clerk"]
)
def test_nobody_else_reads_the_audit(signed_in: SignedIn, renamed: list[AuditRow], who: str) -> None:
    """Neither those who administer nor those who lead: the list, a row, the chain and the button are refused."""
    client = signed_in(who)
    for address in (*ADDRESSES, f"/audit/{renamed[0].pk}/"):
        assert client.get(address).status_code == 403
    assert client.post("/audit/verify/").status_code == 403
    assert not Job.objects.exists()


def test_the_own_county_and_nothing_of_another(signed_in: SignedIn, renamed: list[AuditRow], actor: Cast) -> None:
    """The list holds the county's change with person, unit and words; the other county's is neither there nor found by its number."""
    client = signed_in("audit-admin")
    page = client.get("/audit/").content.decode()
    clerk, other = actor("clerk"), actor("other-clerk")
    assert "单位改名" in page
    assert clerk.person_name in page
    assert clerk.unit_name in page
    assert other.person_name not in page
    assert client.get(f"/audit/{renamed[0].pk}/").status_code == 200
    assert client.get(f"/audit/{renamed[1].pk}/").status_code == 404


def test_a_row_tells_which_fields_and_never_what_they_held(signed_in: SignedIn, renamed: list[AuditRow]) -> None:
    """The changed field stands by name as changed; neither its value nor a keyed hash is shown."""
    row = renamed[0]
    page = signed_in("audit-admin").get(f"/audit/{row.pk}/").content.decode()
    assert "名称" in page
    assert "改动" in page
    assert set(row.fields) == {"name"}
    for each in row.fields["name"]:
        assert each not in page


def test_filters_narrow_the_list(signed_in: SignedIn, renamed: list[AuditRow], actor: Cast) -> None:
    """By verb, person, unit and day; the workbook obeys the same filters and leaves a row itself."""
    client, clerk = signed_in("audit-admin"), actor("clerk")

    def shown(query: str) -> bool:
        return f'href="/audit/{renamed[0].pk}/"' in client.get(f"/audit/?{query}").content.decode()

    assert shown(f"verb=unit.rename&person={clerk.person_id}&unit={clerk.unit_id}")
    assert shown("from=2026-01-01")
    assert not shown("to=2026-01-01")
    assert not shown("from=2999-01-01")
    assert shown("from=no-day&to=2026-13-99")
    book = client.get("/audit/?verb=unit.rename&as=xlsx")
    assert book["Content-Type"].endswith("sheet")
    assert AuditRow.objects.filter(verb="list.export", facts__list="audit", facts__rows=1).exists()


def test_verification_from_the_screen(signed_in: SignedIn, renamed: list[AuditRow]) -> None:
    """The button puts one verification into the line, once; when it is done the page says that the chain is sound, or what is wrong."""
    client = signed_in("audit-admin")
    seal()
    for _again in range(2):
        assert client.post("/audit/verify/").status_code == 302
    assert Job.objects.filter(kind="audit.verify").count() == 1
    assert "排队中" in client.get("/audit/chain/").content.decode()
    assert run_waiting() == 1
    assert client.get("/audit/chain/progress/")["HX-Refresh"] == "true"
    assert "完好" in client.get("/audit/chain/").content.decode()
    triggers.GUARDS.take_away(connection)
    AuditRow.objects.filter(position=1).update(row_key="forged")
    triggers.GUARDS.put(connection)
    client.post("/audit/verify/")
    run_waiting()
    page = client.get("/audit/chain/").content.decode()
    assert "异常" in page
    assert "第 1 位" in page
    assert "1 处问题" in client.get("/").content.decode()
