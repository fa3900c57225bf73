"""One job as the function that does it sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from xiangxu_web.kernel.actor import Actor


class JobProblem(Exception):
    """The job cannot be done as asked; the words are for the person who started it: what happened, where, what to do next.

    Trying again would not help, so it is not tried again.
    """


class Interrupted(BaseException):
    """The job must stop now. Not an ``Exception``, so that a job which goes on after a bad row does not swallow it."""


class Cancelled(Interrupted):
    """Somebody asked that the job be cancelled."""


class HandedBack(Interrupted):
    """The worker is being stopped: the job goes back into the line, and the attempt does not count."""


class LeaseLost(Interrupted):
    """Another worker holds the job by now: this one must leave everything alone."""


@dataclass
class Work:
    """What a job's function is given. ``report`` takes done, total and words; it raises where the job must stop."""

    job_id: UUID
    kind: str
    arguments: Mapping[str, Any]
    person_id: int | None
    post_id: int | None
    area_path: str
    attempt: int
    report: Callable[[int, int, str], None] = field(repr=False)

    def progress(self, done: int, total: int, words: str = "") -> None:
        """Tells how far the job is. Cheap, so call it for every row; a job can be cancelled only where it calls this."""
        self.report(done, total, words)

    @cached_property
    def actor(self) -> Actor | None:
        """The post for which the job works, as it stands now; None for the system's own jobs.

        Refused where the post is no longer held: what a person may not do by hand any more is not done for them later.
        """
        if self.post_id is None:
            return None
        found = next((actor for find in _FINDERS if (actor := find(self.post_id)) is not None), None)
        if found is None:
            raise JobProblem(_("发起这项作业的岗位已经停用，没有执行。请由现任岗位重新发起。"))
        return found


_FINDERS: list[Callable[[int], Actor | None]] = []


def actors_found_by(find: Callable[[int], Actor | None]) -> None:
    """Tells the jobs how a post's number becomes an actor (None where the post is not held today). The kernel knows no posts."""
    _FINDERS.append(find)
