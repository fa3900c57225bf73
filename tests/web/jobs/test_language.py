"""What a job says is for whoever started it, in the language that they chose."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import translation

from tests.web.duties.chinese import HAN
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.jobs.queue import enqueue
from xiangxu_web.kernel.jobs.worker import run_waiting
from xiangxu_web.kernel.models import Job
from xiangxu_web.workspaces.accounts.models import Person
from xiangxu_web.workspaces.areas.exchange.storing import IMPORT_UNITS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "chinese"), [("en", False), ("zh-hans", True), ("", True)])
def test_a_job_speaks_the_language_of_whoever_started_it(language: str, chinese: bool, actor: Callable[[str], Actor]) -> None:
    """The worker itself has none: it says what happened in the person's, in Chinese where nobody chose, and goes on in its own."""
    clerk = actor("clerk")
    Person.objects.filter(pk=clerk.person_id).update(language=language)
    job = enqueue(IMPORT_UNITS, {"upload": "gone", "shown": ""}, clerk)
    before = translation.get_language()
    run_waiting()
    told = Job.objects.get(pk=job.pk)
    assert told.state == "failed"
    assert bool(HAN.search(told.error)) is chinese
    assert translation.get_language() == before
