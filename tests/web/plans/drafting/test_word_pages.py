"""A Word document as its pages: they come after the reading, stand in for its text, and are given to whoever sees the document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.render import docx_of_flattened
from tests.render_pdf import render_pdf
from tests.web.plans.importing import TEXT, worked_off
from xiangxu.importer.read import Unreadable
from xiangxu.model.reason import Reason
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.files.store import store
from xiangxu_web.kernel.jobs.work import Work
from xiangxu_web.kernel.models import Job
from xiangxu_web.workspaces.plans import typesetting
from xiangxu_web.workspaces.plans.api import publish_draft, upload
from xiangxu_web.workspaces.plans.jobs import set_word_pages
from xiangxu_web.workspaces.plans.models import Draft
from xiangxu_web.workspaces.plans.page_pictures import set_pages_of
from xiangxu_web.workspaces.plans.pages.draft_document import Page, Shown
from xiangxu_web.workspaces.plans.typesetting import JOB, Pages, course_of

Sign = Callable[[str], Client]


@pytest.fixture
def word(actor: Callable[[str], Actor], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Draft:
    """A Word document that was read, on a machine with LibreOffice; what LibreOffice would make of it is at hand."""
    pdf = render_pdf(TEXT, tmp_path / "pages.pdf")

    @contextmanager
    def set_by_nobody(path: Path, name: str) -> Iterator[Path]:
        yield pdf

    monkeypatch.setattr(typesetting, "typeset", set_by_nobody)
    monkeypatch.setattr(typesetting, "sets_pages", lambda: True)
    path = docx_of_flattened(TEXT, tmp_path / f"{uuid4().hex}.docx")
    return worked_off(upload(actor("clerk"), [(store(path, path.name), path.name)]))


def _set(word: Draft, **arguments: Any) -> None:
    """Does the job that sets pages, as the worker does it."""
    set_word_pages(Work(uuid4(), JOB, arguments, None, None, "", 1, lambda done, total, words: None))
    Job.objects.filter(kind=JOB).delete()
    word.refresh_from_db()


def test_the_pages_come_after_the_reading(word: Draft, signed_in: Sign) -> None:
    """Until they are there the text is shown, with a word on it, and can be corrected; then they take its place. What was read stays."""
    client, address = signed_in("clerk"), f"/drafts/{word.pk}/"
    before = (word.text, word.as_read, word.current, word.edition)
    waiting = client.get(address).content.decode()
    assert "正在排出页面" in waiting
    assert 'class="paper"' in waiting
    assert client.get(f"{address}document/").status_code == 204
    _set(word, draft=word.pk)
    assert (word.text, word.as_read, word.current, word.edition) == before
    for ready in (client.get(f"{address}document/"), client.get(f"{address}?at={word.current['promises'][0]['ref']}")):
        page = ready.content.decode()
        assert f"{address}pages/1.webp" in page
        assert 'class="paper"' not in page
        assert "正在排出页面" not in page
    assert 'class="mark"' in page
    assert client.get(f"{address}pages/1.webp")["Content-Type"] == "image/webp"
    text = client.get(address, {"as": "text"}).content.decode()
    assert 'class="paper"' in text


def test_pages_are_seen_by_whoever_sees_the_document(word: Draft, actor: Callable[[str], Actor], signed_in: Sign) -> None:
    """The draft's by the county's clerk alone; the published plan's by every post of the county, with the place marked; none by the other
    county, and none while they are being asked for."""
    _set(word, draft=word.pk)
    draft = f"/drafts/{word.pk}/"
    for who in ("other-clerk", "town", "bureau-leader"):
        assert signed_in(who).get(f"{draft}pages/1.webp").status_code == 404
        assert signed_in(who).get(f"{draft}document/").status_code == 404
    plan = publish_draft(actor("clerk"), word)
    place = word.current["promises"][0]["place"]
    page = (
        signed_in("headteacher").get(f"/plans/{plan.pk}/document/", {"at": f"{place['start']}-{place['end']}"}).content.decode()
    )
    assert 'class="mark"' in page
    assert signed_in("headteacher").get(f"/plans/{plan.pk}/pages/1.webp").status_code == 200
    assert signed_in("other-clerk").get(f"/plans/{plan.pk}/pages/1.webp").status_code == 404


def test_without_libreoffice_the_text_stays_and_says_how_to_get_pages(
    word: Draft, signed_in: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing waits in line and nothing is tried; once it is installed, the documents that came before get their pages by themselves."""
    Job.objects.filter(kind=JOB).delete()
    with monkeypatch.context() as without:
        without.setattr(typesetting, "sets_pages", lambda: False)
        typesetting.ask_for_pages(word)
        assert not Job.objects.filter(kind=JOB).exists()
        assert "安装 LibreOffice" in signed_in("clerk").get(f"/drafts/{word.pk}/").content.decode()
        _set(word)
        assert course_of(word) is Pages.NO_OFFICE
    _set(word)
    assert course_of(word) is Pages.SET
    # A backup does not hold them: the text is shown until they are set anew.
    set_pages_of(word.pages[0]["set"]).unlink()
    assert 'class="paper"' in signed_in("clerk").get(f"/drafts/{word.pk}/").content.decode()
    _set(word)
    assert course_of(word) is Pages.SET
    assert len(word.pages) == 2


def test_what_cannot_be_set_is_said_once_and_not_tried_again(
    word: Draft, signed_in: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file on which LibreOffice fails keeps its text, with a word on it; the nightly run leaves it alone."""
    tried = []

    @contextmanager
    def fails(path: Path, name: str) -> Iterator[Path]:
        tried.append(name)
        raise Unreadable(Reason("没有排出来"))
        yield path

    monkeypatch.setattr(typesetting, "typeset", fails)
    _set(word, draft=word.pk)
    _set(word)
    assert tried.count(word.name) == 1
    page = signed_in("clerk").get(f"/drafts/{word.pk}/").content.decode()
    assert "没有排出来" in page
    assert 'class="paper"' in page


def test_words_that_were_not_found_lead_to_the_page_of_what_stands_before() -> None:
    """A place without a box leads to the page that it must be on, one before all lines to the first page."""
    found = {"1": [[4, 10, 0.1, 0.1, 0.9, 0.2]], "2": [[20, 30, 0.1, 0.1, 0.9, 0.2]], "3": [[40, 50, 0.1, 0.1, 0.9, 0.2]]}
    shown = Shown([Page(n, "", 1000, 1414, []) for n in (1, 2, 3)], [], found)
    assert [shown.anchor({"start": start}) for start in (0, 4, 12, 22, 33, 60)] == [
        "page-1", "page-1", "page-1", "page-2", "page-2", "page-3",
    ]  # fmt: skip
