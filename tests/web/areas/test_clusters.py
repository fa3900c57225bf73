"""Clusters: members and the leading school from day to day, what is refused, who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.test import Client
from django.urls import reverse

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.workspaces.areas import clustering
from xiangxu_web.workspaces.areas.api import members_on
from xiangxu_web.workspaces.areas.models import ClusterMember, Unit

pytestmark = pytest.mark.django_db
As = Callable[[str], Actor]
SignedIn = Callable[[str], Client]
DAY, BEFORE = date(2026, 9, 1), date(2026, 8, 31)


@pytest.fixture
def cluster(actor: As) -> Unit:
    """The first cluster of the county."""
    return Unit.objects.filter(kind="cluster", area__path__startswith=actor("clerk").county_path).earliest("pk")


@pytest.fixture
def free(actor: As) -> Unit:
    """A school in no cluster."""
    county = Unit.objects.filter(area__path__startswith=actor("clerk").county_path)
    return clustering.free_schools(county, DAY).exclude(opened__gt=BEFORE).order_by("pk")[0]


def leading(cluster: Unit, on: date) -> list[int]:
    """Which schools lead the cluster on a day."""
    return list(members_on(on).filter(cluster=cluster, leads=True).values_list("school", flat=True))


def refusal(act: Callable[[], object]) -> str:
    """The words with which an action refuses."""
    with pytest.raises(ValidationError) as caught:
        act()
    return "".join(caught.value.messages)


def test_joins_and_leaves_by_day(actor: As, cluster: Unit, free: Unit) -> None:
    """A member from the day on and not before; after leaving no more, and the time between stays told; each with its audit row."""
    clerk = actor("clerk")
    clustering.join(clerk, cluster.pk, [free.pk], DAY)
    [row] = ClusterMember.objects.filter(school=free)
    assert not members_on(BEFORE).filter(school=free).exists()
    clustering.leave(clerk, cluster.pk, row.pk, date(2026, 11, 1))
    assert members_on(date(2026, 10, 31)).filter(school=free, cluster=cluster).exists()
    assert not members_on(date(2026, 11, 1)).filter(school=free).exists()
    verbs = AuditRow.objects.filter(table="clustermember", row_key=str(row.pk)).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["cluster.join", "cluster.leave"]


def test_one_cluster_at_a_time(actor: As, cluster: Unit, free: Unit) -> None:
    """On one day a school is in one cluster; having left one it may join another, from that day."""
    clerk = actor("clerk")
    other = Unit.objects.filter(kind="cluster", area__path__startswith=clerk.county_path).exclude(pk=cluster.pk).earliest("pk")
    clustering.join(clerk, cluster.pk, [free.pk], DAY)
    for there, day in ((other, DAY), (other, BEFORE), (cluster, date(2026, 10, 1))):
        assert cluster.name in refusal(lambda there=there, day=day: clustering.join(clerk, there.pk, [free.pk], day))  # type: ignore[misc]
    clustering.leave(clerk, cluster.pk, ClusterMember.objects.get(school=free).pk, date(2026, 10, 1))
    assert "退出" in refusal(lambda: clustering.join(clerk, other.pk, [free.pk], date(2026, 9, 30)))
    clustering.join(clerk, other.pk, [free.pk], date(2026, 10, 1))
    for day in (DAY, date(2026, 9, 30), date(2026, 10, 1), date(2026, 11, 20)):
        assert members_on(day).filter(school=free).count() == 1


def test_one_school_leads(actor: As, cluster: Unit) -> None:
    """Another school leads from a day on: before it the old one, from it the new one alone; nobody leaves the cluster by it."""
    clerk = actor("clerk")
    [was] = leading(cluster, DAY)
    schools = set(members_on(DAY).filter(cluster=cluster).values_list("school", flat=True))
    member = members_on(DAY).filter(cluster=cluster, leads=False).earliest("pk")
    clustering.lead(clerk, cluster.pk, member.pk, DAY)
    assert (leading(cluster, BEFORE), leading(cluster, DAY)) == ([was], [member.school_id])
    assert set(members_on(DAY).filter(cluster=cluster).values_list("school", flat=True)) == schools
    now = members_on(DAY).get(cluster=cluster, school=was)
    assert "以后" in refusal(lambda: clustering.lead(clerk, cluster.pk, now.pk, BEFORE)) or now.starts == DAY
    clustering.lead(clerk, cluster.pk, now.pk, DAY)
    assert leading(cluster, DAY) == [was]


def test_what_is_refused(actor: As, cluster: Unit, free: Unit) -> None:
    """Leaving before joining, a school that is none, another county's school or cluster, a row that has ended."""
    clerk = actor("clerk")
    clustering.join(clerk, cluster.pk, [free.pk], DAY)
    row = ClusterMember.objects.get(school=free)
    assert "晚于" in refusal(lambda: clustering.leave(clerk, cluster.pk, row.pk, DAY))
    town = Unit.objects.filter(kind="town", area__path__startswith=clerk.county_path).earliest("pk")
    assert "现有的学校" in refusal(lambda: clustering.join(clerk, cluster.pk, [town.pk], DAY))
    abroad = Unit.objects.filter(kind="school", area__path__startswith=actor("other-clerk").county_path).earliest("pk")
    for act in (
        lambda: clustering.join(clerk, cluster.pk, [abroad.pk], DAY),
        lambda: clustering.join(actor("other-clerk"), cluster.pk, [abroad.pk], DAY),
        lambda: clustering.leave(actor("other-clerk"), cluster.pk, row.pk, date(2026, 10, 1)),
        lambda: clustering.join(actor("headteacher"), cluster.pk, [free.pk], DAY),
    ):
        with pytest.raises(Http404):
            act()
    clustering.leave(clerk, cluster.pk, row.pk, date(2026, 10, 1))
    with pytest.raises(Http404):
        clustering.lead(clerk, cluster.pk, row.pk, date(2026, 9, 10))


def test_the_page(signed_in: SignedIn, cluster: Unit, free: Unit, django_assert_max_num_queries: Callable[[int], object]) -> None:
    """The unit's page leads to it; joined there, the school stands in the list; a refusal comes back in its place; others get none."""
    clerk, url = signed_in("clerk"), reverse("cluster-members", args=[cluster.pk])
    assert url in clerk.get(reverse("unit", args=[cluster.pk])).content.decode()
    assert url not in signed_in("bureau-leader").get(reverse("unit", args=[cluster.pk])).content.decode()
    with django_assert_max_num_queries(25):  # type: ignore[attr-defined]
        assert clerk.get(url).status_code == 200
    assert clerk.post(url, {"do": "join", "schools": [free.pk], "day": "2026-09-01"}).status_code == 302
    row = ClusterMember.objects.get(school=free)
    page = clerk.post(url, {"do": "leave", "member": row.pk, "day": "2026-09-01"})
    assert (page.status_code, "退出日期应晚于" in page.content.decode()) == (422, True)
    assert clerk.post(url, {"do": "lead", "member": row.pk, "day": "2026-09-01"}).status_code == 302
    assert leading(cluster, DAY) == [free.pk]
    assert clerk.post(url, {"do": "leave", "member": row.pk, "day": "2026-10-01"}).status_code == 302
    assert "以前的情况" in clerk.get(url).content.decode()
    assert clerk.get(reverse("cluster-members", args=[free.pk])).status_code == 404
