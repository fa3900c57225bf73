"""Uploading and reading: the file is kept, a job reads it, what fails says why; pages as pictures for whoever sees the draft."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.render_pdf import render_pdf
from tests.web.plans.importing import TEXT, newest, sent, worked_off
from xiangxu.world import documents
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.files.store import store
from xiangxu_web.workspaces.plans.api import publish_draft, upload
from xiangxu_web.workspaces.plans.models import Draft, Plan
from xiangxu_web.workspaces.plans.pages.draft_document import document_of
from xiangxu_web.workspaces.plans.places import document_url

Sign = Callable[[str], Client]


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    """A plan as a PDF file."""
    return render_pdf(TEXT, tmp_path / "方案.pdf")


def test_from_the_file_to_the_open_draft(plan: Plan, signed_in: Sign) -> None:
    """The upload leads to the draft's page, which shows how far it is and that nobody works; after the job the rows are there."""
    client = signed_in("clerk")
    path = next(each for each in documents() if each.suffix == ".docx")
    answer = client.post("/drafts/new/", {"file": sent(path)})
    address = answer["Location"]
    waiting = client.get(address).content.decode()
    assert "后台处理程序没有运行" in waiting
    draft = worked_off(newest())
    assert client.get(f"{address}progress/")["HX-Refresh"] == "true"
    page = client.get(address)
    assert draft.state == Draft.State.OPEN
    assert [row["title"] for row in draft.current["tasks"]] == [
        row["title"] for row in plan.versions.get().draft.as_read["tasks"]
    ]
    assert draft.current["tasks"][0]["title"] in page.content.decode()
    assert "已经上传过" in waiting, "the county's plan was published from the same file"


def test_what_cannot_be_read_says_why_and_offers_another_file(signed_in: Sign) -> None:
    """An empty page in a picture format: the reason stands on the page, beside the field for another file; that one takes its place."""
    client = signed_in("clerk")
    blank = io.BytesIO()
    Image.new("RGB", (400, 600), "white").save(blank, "PNG")
    address = client.post("/drafts/new/", {"file": SimpleUploadedFile("空白.png", blank.getvalue())})["Location"]
    failed = worked_off(newest())
    assert failed.state == Draft.State.FAILED
    page = client.get(address).content.decode()
    assert failed.failure in page.replace("&#x27;", "'")
    assert "换一个文件" in page
    client.post("/drafts/new/", {"file": SimpleUploadedFile("方案.txt", TEXT.encode()), "instead": failed.pk})
    failed.refresh_from_db()
    assert failed.state == Draft.State.DROPPED


def test_several_files_are_pages_only_if_all_are_pictures(signed_in: Sign) -> None:
    """Two documents at once are refused in words: which of them is the plan?"""
    files = [SimpleUploadedFile(f"{n}.txt", TEXT.encode()) for n in (1, 2)]
    answer = signed_in("clerk").post("/drafts/new/", {"file": files})
    assert "只能都是同一份文件各页的照片" in answer.content.decode()
    assert not Draft.objects.filter(state=Draft.State.READING).exists()


def test_only_the_bureaus_clerk_uploads(signed_in: Sign) -> None:
    """A town, a school, a leader are refused."""
    for who in ("town", "headteacher", "bureau-leader", "supervisor"):
        assert signed_in(who).get("/drafts/new/").status_code == 403


def test_a_page_is_a_picture_with_the_place_marked(printed: Path, actor: Callable[[str], Actor], signed_in: Sign) -> None:
    """The promise's words are boxed on the picture of their page; the picture is given to the county's clerks and to nobody else."""
    clerk = actor("clerk")
    draft = upload(clerk, [(store(printed, printed.name), printed.name)])
    worked_off(draft)
    promise = next(row for row in draft.current["promises"] if "85%" in row["quote"])
    shown = document_of(draft, promise["place"])
    marked = [page for page in shown.pages if page.marks]
    assert [page.number for page in marked] == [promise["place"]["page"]]
    mark = marked[0].marks[0]
    assert 0 < mark["x"] < 1000
    assert 0 < mark["y"] < marked[0].height
    address = f"/drafts/{draft.pk}/pages/1.webp"
    answer = signed_in("clerk").get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    content = b"".join(cast(Any, answer).streaming_content)
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.width > 1000
    assert signed_in("clerk").get(f"/drafts/{draft.pk}/pages/99.webp").status_code == 404
    for who in ("other-clerk", "town", "headteacher", "bureau-leader", "inspector"):
        assert signed_in(who).get(address).status_code in (403, 404), who


def test_every_reader_of_the_plan_sees_its_pages(printed: Path, actor: Callable[[str], Actor], signed_in: Sign) -> None:
    """Once published the scan is the public paper: its pages as pictures with the place of the task marked, by the plan's own rule."""
    clerk = actor("clerk")
    draft = upload(clerk, [(store(printed, printed.name), printed.name)])
    worked_off(draft)
    plan = publish_draft(clerk, draft)
    target = plan.targets.filter(quote__contains="85%").order_by("order")[0]
    address, page = document_url(plan.pk, target.place), f"/plans/{plan.pk}/pages/{target.place['page']}.webp"
    for who in ("headteacher", "town", "bureau-leader", "inspector", "lead-department", "supervisor", "clerk"):
        client = signed_in(who)
        shown = client.get(address).content.decode()
        assert page in shown, who
        assert '<rect class="mark"' in shown, who
        assert f"/drafts/{draft.pk}/" not in shown, who
        answer = client.get(page)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp"), who
    for who in ("other-clerk", "other-head", "system-admin", "audit-admin"):
        assert signed_in(who).get(page).status_code == 404, who
        assert signed_in(who).get(address).status_code == 404, who
    assert Client().get(page).status_code == 302
    assert signed_in("town").get(f"/plans/{plan.pk}/pages/99.webp").status_code == 404


def test_the_original_is_downloaded_as_it_was_uploaded(printed: Path, actor: Callable[[str], Actor], signed_in: Sign) -> None:
    """Whoever reads the plan's document saves the file byte by byte under its own name; nobody else, and no file that is not the plan's."""
    clerk = actor("clerk")
    draft = upload(clerk, [(store(printed, printed.name), printed.name)])
    worked_off(draft)
    plan = publish_draft(clerk, draft)
    page, file = reverse("plan-document", args=[plan.pk]), reverse("plan-original", args=[plan.pk, 1])
    for who in ("headteacher", "town", "supervisor", "clerk"):
        client = signed_in(who)
        assert file in client.get(page).content.decode(), who
        answer = client.get(file)
        assert b"".join(answer) == printed.read_bytes(), who
        assert answer["Content-Disposition"].startswith("attachment"), who
        assert quote(printed.name) in answer["Content-Disposition"], who
    for who in ("other-clerk", "other-head", "system-admin", "audit-admin"):
        assert signed_in(who).get(file).status_code == 404, who
    assert Client().get(file).status_code == 302
    for number in (0, 2, 10**12):
        assert signed_in("clerk").get(reverse("plan-original", args=[plan.pk, number])).status_code == 404


def test_a_word_document_is_shown_as_the_office_knows_it(draft: Draft, plan: Plan) -> None:
    """Headings centred, tables as tables with their merged cells, every place of a row inside what is shown."""
    published: Any = plan.versions.get().draft
    shown = document_of(published, None)
    assert any("centred" in block.looks for block in shown.blocks)
    tables = [block for block in shown.blocks if block.rows]
    assert tables
    runs = [(at, at + len(words)) for block in shown.blocks for row in block.rows for cell in row for at, words in cell.runs]
    runs += [(at, at + len(words)) for block in shown.blocks for at, words in block.runs]
    for row in (*published.current["tasks"], *published.current["promises"]):
        start, end = row["place"]["start"], row["place"]["end"]
        assert any(low < end and high > start for low, high in runs), row["ref"]
