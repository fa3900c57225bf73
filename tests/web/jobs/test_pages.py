"""The pages of jobs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.jobs.alive import GONE, last_sign, say_alive, say_gone, workers_alive
from xiangxu_web.kernel.jobs.queue import enqueue
from xiangxu_web.kernel.models import AuditRow, Job, JobState

pytestmark = pytest.mark.django_db
Cast = Callable[[str], Actor]
SignedIn = Callable[[str], Client]
SECRET = "只给发起人看的话"


@pytest.fixture(autouse=True)
def no_second_factor(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second factor is the business of other tests."""
    monkeypatch.setattr("xiangxu_web.workspaces.accounts.middleware.demanded_of", lambda actor: False)


@pytest.fixture
def job(actor: Cast) -> Job:
    """A job of the clerk, half done, with words and arguments of its own."""
    made = enqueue("jobs.prune", {"file": SECRET}, actor("clerk"))
    Job.objects.filter(pk=made.pk).update(state=JobState.RUNNING, done=3, total=6, words=SECRET, started=made.made, attempts=1)
    made.refresh_from_db()
    return made


def test_who_sees_a_job(signed_in: SignedIn, job: Job) -> None:
    """Whoever started it, with its words; the system administrator without them; nobody else knows that it exists."""
    address = f"/jobs/{job.pk}/"
    own = signed_in("clerk").get(address).content.decode()
    assert SECRET in own
    assert 'value="3" max="6"' in own
    administrator = signed_in("system-admin").get(address).content.decode()
    assert 'value="3" max="6"' in administrator
    assert SECRET not in administrator
    for who in ("bureau-leader", "headteacher", "supervisor", "audit-admin", "other-clerk"):
        client = signed_in(who)
        assert client.get(address).status_code == 404
        assert client.get(f"{address}progress/").status_code == 404
        assert client.post(f"{address}cancel/").status_code == 404
        assert str(job.pk) not in client.get("/jobs/").content.decode()


def test_lists(signed_in: SignedIn, job: Job) -> None:
    """One's own list and the administrator's hold the job; neither shows what it is about."""
    for who in ("clerk", "system-admin"):
        page = signed_in(who).get("/jobs/").content.decode()
        assert str(job.pk) in page
        assert SECRET not in page


def test_errors_are_for_whoever_started_it(signed_in: SignedIn, job: Job) -> None:
    """A clerk's error may name a row of a file: only the clerk reads it. The name of a fault of ours the administrator reads too."""
    Job.objects.update(state=JobState.FAILED, error=SECRET)
    address = f"/jobs/{job.pk}/"
    assert SECRET in signed_in("clerk").get(address).content.decode()
    assert SECRET not in signed_in("system-admin").get(address).content.decode()
    Job.objects.update(error="系统出错（编号 job-12345678）", result={"reference": "job-12345678"})
    assert "job-12345678" in signed_in("system-admin").get(address).content.decode()


def test_the_page_asks_again_while_the_job_runs_and_slows_down(signed_in: SignedIn, job: Job) -> None:
    """The fragment asks again after a second, later after more; when the job is over the page is loaded anew and asks no more."""
    client, address = signed_in("clerk"), f"/jobs/{job.pk}/progress/"
    assert 'hx-trigger="load delay:1s"' in client.get(address).content.decode()
    Job.objects.update(made=clock.now() - timedelta(minutes=2))
    assert 'hx-trigger="load delay:3s"' in client.get(address).content.decode()
    Job.objects.update(state=JobState.DONE, result={"words": "办好了。", "url": "/"}, ended=clock.now())
    assert client.get(address)["HX-Refresh"] == "true"
    page = client.get(f"/jobs/{job.pk}/").content.decode()
    assert "办好了。" in page
    assert "查看结果" in page
    assert "load delay" not in page


@pytest.mark.parametrize("url", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_a_result_leads_to_no_other_site(signed_in: SignedIn, job: Job, url: str) -> None:
    """A result's address that leaves the site is not shown."""
    Job.objects.update(state=JobState.DONE, result={"url": url}, ended=clock.now())
    page = signed_in("clerk").get(f"/jobs/{job.pk}/").content.decode()
    assert url not in page
    assert "查看结果" not in page


def test_cancelling(signed_in: SignedIn, job: Job) -> None:
    """The clerk cancels; the audit keeps who did; a GET does nothing."""
    client, address = signed_in("clerk"), f"/jobs/{job.pk}/cancel/"
    assert client.get(address).status_code == 405
    assert client.post(address).status_code == 302
    job.refresh_from_db()
    assert job.cancel_asked
    assert AuditRow.objects.filter(verb="job.cancel", row_key=str(job.pk), facts__cancelled=True).exists()


def test_the_system_administrator_cannot_stop_the_audit(signed_in: SignedIn, actor: Cast, job: Job) -> None:
    """The administrator may cancel a clerk's job, but neither a verification nor the system's own jobs."""
    client = signed_in("system-admin")
    assert client.post(f"/jobs/{job.pk}/cancel/").status_code == 302
    for other in (enqueue("audit.verify", {}, actor("audit-admin")), enqueue("audit.seal")):
        assert client.get(f"/jobs/{other.pk}/").status_code == 200
        assert client.post(f"/jobs/{other.pk}/cancel/").status_code == 404


def test_the_page_says_when_nobody_works(signed_in: SignedIn, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a worker the pages say so; with one they do not; one that was not heard of for a while counts as gone."""
    client = signed_in("clerk")
    assert workers_alive() == 0
    assert "后台没有在运行" in client.get(f"/jobs/{job.pk}/").content.decode()
    say_alive("one")
    say_alive("two")
    assert workers_alive() == 2
    assert "后台没有在运行" not in client.get(f"/jobs/{job.pk}/").content.decode()
    say_gone("two")
    assert workers_alive() == 1
    now = clock.ticking()
    monkeypatch.setattr("xiangxu_web.kernel.jobs.alive.clock.ticking", lambda: now + timedelta(seconds=GONE + 1))
    assert workers_alive() == 0
    assert last_sign() is not None


def test_the_list_asks_a_bounded_number_of_queries(
    signed_in: SignedIn, actor: Cast, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    """Forty jobs cost no more queries than one."""
    for _n in range(40):
        enqueue("jobs.prune", {}, actor("clerk"))
    client = signed_in("system-admin")
    with django_assert_max_num_queries(20):  # type: ignore[attr-defined]
        client.get("/jobs/")
