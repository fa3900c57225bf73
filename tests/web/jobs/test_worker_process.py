"""Real worker processes on a real database: killed, stopped, many at once."""

from __future__ import annotations

import signal
import time
from collections import Counter
from pathlib import Path

from tests.web.jobs.conftest import Installation, until
from tests.web.jobs.playing import lines


def _enqueue(installation: Installation, kind: str, log: Path, **arguments: object) -> str:
    key = installation.python(f"answer = enqueue({kind!r}, {{'log': {str(log)!r}, **{arguments!r}}}).pk")
    assert isinstance(key, str)
    return key


def test_a_killed_workers_job_is_taken_up_again(installation: Installation, tmp_path: Path) -> None:
    """Kill -9 in the middle of a job: a second worker finishes it when the lease has run out; its effect is there exactly once."""
    log = tmp_path / "log"
    key = _enqueue(installation, "test.slow", log, steps=30)
    first = installation.worker()
    until(lambda: lines(log))
    # Time for two heartbeats.
    time.sleep(1.2)
    first.send_signal(signal.SIGKILL)
    first.wait()
    left = installation.job(key)
    assert left["state"] == "running", "a killed worker cannot have noted anything"
    assert left["done"] > 0
    installation.worker()
    until(lambda: [words for words, *_ in lines(log)] == ["begin", "begin", "end"])
    until(lambda: installation.job(key)["state"] == "done")
    job = installation.job(key)
    assert (job["attempts"], job["done"], job["total"]) == (2, 29, 30)
    assert job["worker"] != left["worker"]
    assert job["result"] == {"words": "数完了。", "url": "/jobs/"}
    assert installation.python("answer = list(Preference.objects.values_list('value', flat=True))") == [{"steps": 30}]


def test_the_lease_is_renewed_while_a_job_computes(installation: Installation, tmp_path: Path) -> None:
    """A job that computes for three leases without a word is not taken from its worker, though another one is idle."""
    log = tmp_path / "log"
    installation.worker()
    installation.worker()
    key = _enqueue(installation, "test.busy", log)
    until(lambda: len(lines(log)) >= 2)
    until(lambda: installation.job(key)["state"] == "done")
    assert [words for words, *_ in lines(log)] == ["begin", "end"]
    assert installation.job(key)["attempts"] == 1


def test_four_workers_lose_no_job_and_do_none_twice(installation: Installation, tmp_path: Path) -> None:
    """Four workers, one of them with two threads, on eighty jobs: each job begins once and ends once."""
    log = tmp_path / "log"
    installation.python(f"for n in range(80): enqueue('test.brief', {{'log': {str(log)!r}}})")
    workers = [installation.worker("--once"), installation.worker("--once"), installation.worker("--once")]
    workers.append(installation.worker("--once", "--threads", "2"))
    assert [process.wait(timeout=240) for process in workers] == [0, 0, 0, 0]
    assert installation.python("answer = Job.objects.filter(state='done', attempts=1).count()") == 80
    count = Counter((words, key) for words, key, _ in lines(log))
    assert len(count) == 160
    assert set(count.values()) == {1}
    assert len({process for *_, process in lines(log)}) > 1, "one worker did everything: nothing was shown"


def test_a_worker_told_to_stop_hands_its_job_back(installation: Installation, tmp_path: Path) -> None:
    """SIGTERM: the worker ends in order, the job waits again without a lost attempt, the next worker finishes it."""
    log = tmp_path / "log"
    key = _enqueue(installation, "test.slow", log, steps=30)
    first = installation.worker()
    until(lambda: lines(log))
    first.send_signal(signal.SIGTERM)
    assert first.wait(timeout=30) == 0
    job = installation.job(key)
    assert (job["state"], job["attempts"]) == ("waiting", 0)
    assert installation.worker("--once").wait(timeout=120) == 0
    assert installation.job(key)["state"] == "done"


def test_a_running_job_is_cancelled_at_its_next_report(installation: Installation, tmp_path: Path) -> None:
    """Cancelling a running job stops it in the middle: it ends as cancelled and leaves no effect."""
    log = tmp_path / "log"
    key = _enqueue(installation, "test.slow", log, steps=200)
    installation.worker()
    until(lambda: lines(log))
    assert installation.python(f"answer = cancel(Job.objects.get(pk={key!r}))") is True
    until(lambda: installation.job(key)["state"] == "cancelled")
    assert installation.python("answer = Preference.objects.count()") == 0


def test_workers_say_that_they_live(installation: Installation) -> None:
    """A running worker is counted; one that ended in order is not, but when it was last alive stays known."""
    count = "answer = [workers_alive(), last_sign() is not None]"
    process = installation.worker()
    until(lambda: installation.python(count) == [1, True])
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=30)
    assert installation.python(count) == [0, True]
