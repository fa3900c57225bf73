"""The rules of the line, in one process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import transaction

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import action, request_name
from xiangxu_web.kernel.jobs.kinds import KINDS, PERIODIC, every, job_kind
from xiangxu_web.kernel.jobs.periodic import put_due_in_line
from xiangxu_web.kernel.jobs.queue import cancel, end, enqueue, held, take
from xiangxu_web.kernel.jobs.work import JobProblem, Work
from xiangxu_web.kernel.jobs.worker import run_waiting
from xiangxu_web.kernel.models import AuditRow, Job, JobState
from xiangxu_web.workspaces.accounts.models import Post

pytestmark = pytest.mark.django_db
Cast = Callable[[str], Actor]


class Unreadable(Exception):
    """An exception of a workspace, meant for a clerk."""


@pytest.fixture(autouse=True)
def kinds() -> Iterator[list[str]]:
    """Kinds of this file only; what they did is in the list."""
    done: list[str] = []
    before, periodic = dict(KINDS), dict(PERIODIC)
    KINDS.clear()
    PERIODIC.clear()

    @job_kind("play.well", title="好任务")
    def well(work: Work) -> dict[str, str]:
        for n in range(3):
            work.progress(n, 3, f"第 {n} 步")
        done.append(str(work.arguments.get("n")))
        return {"words": "好了。"}

    @job_kind("play.known", title="坏文件", known=(Unreadable,))
    def known(work: Work) -> None:
        raise (Unreadable if work.arguments.get("own") else JobProblem)("第 3 行缺学校代码，请补上后重新上传。")

    @job_kind("play.broken", title="坏程序", attempts=2, backoff=10)
    def broken(work: Work) -> None:
        done.append(request_name.get())
        raise ZeroDivisionError("笺听荷")

    @job_kind("play.actor", title="以岗位办理")
    def acting(work: Work) -> None:
        with action(work.actor, "unit.rename", job_id=work.job_id) as record:
            record.noted(None, n=1)

    yield done
    KINDS.clear()
    KINDS.update(before)
    PERIODIC.clear()
    PERIODIC.update(periodic)


def _again(job: Job) -> Job:
    job.refresh_from_db()
    return job


def test_a_job_is_there_only_if_the_change_is(kinds: list[str]) -> None:
    """A transaction that is taken back takes its job with it."""
    with transaction.atomic():
        enqueue("play.well")
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_jobs_are_done_in_order_and_their_result_is_kept(actor: Cast, kinds: list[str]) -> None:
    """First put in, first done; the row says who asked, in which county, how far it went, what came of it."""
    jobs = [enqueue("play.well", {"n": n}, actor("clerk")) for n in range(3)]
    assert run_waiting() == 3
    assert kinds == ["0", "1", "2"]
    job = _again(jobs[0])
    assert (job.state, job.result, job.done, job.total) == (JobState.DONE, {"words": "好了。"}, 2, 3)
    assert (job.person_id, job.area_path) == (actor("clerk").person_id, actor("clerk").county_path)
    assert job.ended is not None
    assert job.lease_until is None


def test_an_unknown_kind_is_refused() -> None:
    """A job that no worker could do is not put into the line."""
    with pytest.raises(KeyError):
        enqueue("play.nothing")


def test_a_job_waits_for_its_time() -> None:
    """``not_before`` lies ahead: not taken."""
    enqueue("play.well", not_before=clock.ticking() + timedelta(hours=1))
    assert run_waiting() == 0


def test_only_one_of_a_word() -> None:
    """While one waits or runs, a second of the same word gives back the first; afterwards a new one is made."""
    first = enqueue("play.well", only_one="backup")
    assert enqueue("play.well", only_one="backup").pk == first.pk
    assert enqueue("play.well", only_one="other").pk != first.pk
    run_waiting()
    assert enqueue("play.well", only_one="backup").pk != first.pk


@pytest.mark.parametrize("own", [True, False])
def test_words_for_a_clerk_end_the_job_at_once(own: bool) -> None:
    """A known exception: its words stand on the page, and it is not tried again."""
    job = enqueue("play.known", {"own": own})
    assert run_waiting() == 1
    assert (_again(job).state, job.error, job.attempts) == (JobState.FAILED, "第 3 行缺学校代码，请补上后重新上传。", 1)


def test_a_fault_of_ours_is_tried_again_and_then_named(kinds: list[str]) -> None:
    """An unknown exception: again after a pause; at the end the page gives the name under which the log tells more, never its text."""
    job = enqueue("play.broken")
    assert run_waiting() == 1
    assert _again(job).state == JobState.WAITING
    assert timedelta(seconds=5) < job.not_before - clock.ticking() < timedelta(seconds=11)
    Job.objects.update(not_before=clock.ticking())
    assert run_waiting() == 1
    assert (_again(job).state, job.attempts) == (JobState.FAILED, 2)
    assert kinds[-1] in job.error
    assert job.result == {"reference": kinds[-1]}
    assert "笺听荷" not in job.error
    assert len(set(kinds)) == 2


def test_whoever_lost_the_lease_writes_nothing() -> None:
    """The lease ran out and another took the job: what the first one still wants to note changes nothing."""
    enqueue("play.well")
    first = take("one")
    assert first is not None
    assert take("two") is None, "held"
    Job.objects.update(lease_until=clock.ticking() - timedelta(seconds=1))
    second = take("two")
    assert second is not None
    assert (second.pk, second.attempts) == (first.pk, 2)
    assert not held(first).exists()
    assert not end(first, JobState.FAILED, error="zu spät")
    assert end(second, JobState.DONE)
    assert (_again(first).state, first.error) == (JobState.DONE, "")


def test_a_job_that_kills_its_workers_is_given_up() -> None:
    """After the allowed attempts a job whose worker dies each time fails with words, instead of killing workers for ever."""
    job = enqueue("play.well")
    for n in range(3):
        assert take(f"worker {n}") is not None
        Job.objects.update(lease_until=clock.ticking() - timedelta(seconds=1))
    assert take("worker 4") is None
    assert _again(job).state == JobState.FAILED
    assert "3 次中途停止" in job.error


def test_a_waiting_job_is_cancelled_at_once_and_a_finished_one_never() -> None:
    """Cancelled before its turn: never done. Over: too late."""
    job = enqueue("play.well")
    assert cancel(job)
    assert run_waiting() == 0
    assert (_again(job).state, cancel(job)) == (JobState.CANCELLED, False)


def test_a_cancelled_job_whose_worker_died_is_not_done_again() -> None:
    """Cancel was asked, then the worker died: the next one closes it."""
    job = enqueue("play.well")
    take("one")
    assert cancel(job)
    Job.objects.update(lease_until=clock.ticking() - timedelta(seconds=1))
    assert take("two") is None
    assert _again(job).state == JobState.CANCELLED


def test_a_job_acts_for_the_post_as_it_stands(actor: Cast, post: Callable[[str], Post]) -> None:
    """The audit row of a job names the person, the post and the job; a post that ended meanwhile does nothing any more."""
    job = enqueue("play.actor", {}, actor("clerk"))
    run_waiting()
    row = AuditRow.objects.get(job_id=job.pk)
    assert (row.person_id, row.post_id) == (actor("clerk").person_id, actor("clerk").post_id)
    late = enqueue("play.actor", {}, actor("clerk"))
    Post.objects.filter(pk=post("clerk").pk).update(ends=clock.today())
    run_waiting()
    assert _again(late).state == JobState.FAILED
    assert "岗位已经停用" in late.error


def test_periodic_jobs_come_when_their_time_has_come() -> None:
    """Once at the beginning, again after the pause, never two at once, and not while there is nothing to do."""
    busy: list[int] = []
    every("play.well", minutes=5)
    every("play.actor", minutes=5, when=lambda: bool(busy))
    assert put_due_in_line() == 1
    assert put_due_in_line() == 0, "one waits"
    run_waiting()
    assert put_due_in_line() == 0, "its time has not come"
    Job.objects.update(not_before=clock.ticking() - timedelta(minutes=6))
    busy.append(1)
    assert put_due_in_line() == 2
