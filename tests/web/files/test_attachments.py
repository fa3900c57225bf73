"""Who attaches, who opens, and how a file is given out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse
from django.test import Client
from django.urls import reverse

from tests.web.files import made
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.files.attach import attach, attachments, carried, withdraw
from xiangxu_web.kernel.files.store import path_of, store
from xiangxu_web.kernel.models import Attachment, AuditRow
from xiangxu_web.kernel.permission import Refused
from xiangxu_web.workspaces.accounts.models import Post
from xiangxu_web.workspaces.areas.models import Unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("units_carry_files")]


@pytest.fixture
def school(post: Callable[[str], Post]) -> Unit:
    """The headteacher's school."""
    return post("headteacher").unit


@pytest.fixture
def attached(actor: Callable[[str], Actor], school: Unit) -> Callable[..., Attachment]:
    """Something that the clerk attached to the school."""

    def make(content: bytes, name: str, **more: Any) -> Attachment:
        return attach(store(content, name), name, to=school, actor=actor("clerk"), **more)

    return make


def address(of: Attachment) -> str:
    """Where it is opened."""
    return reverse("file", args=[of.pk, of.name])


def body(answer: Any) -> bytes:
    """All bytes of an answer."""
    return b"".join(answer.streaming_content) if isinstance(answer, FileResponse) else answer.content


def test_only_who_may_change_the_row_attaches(actor: Callable[[str], Actor], school: Unit) -> None:
    """The headteacher sees the school but may not change it: refused, nothing kept, no audit row."""
    blob = store(made.PDF, "通知.pdf")
    with pytest.raises(Refused, match="不能给这条记录添加附件"):
        attach(blob, "通知.pdf", to=school, actor=actor("headteacher"))
    assert not Attachment.objects.exists()
    assert not AuditRow.objects.filter(verb="file.attach").exists()


def test_attaching_and_withdrawing_leave_a_trace_without_the_name(
    attached: Callable[..., Attachment], actor: Callable[[str], Actor], school: Unit
) -> None:
    """Both are actions with an audit row; the file's name (which may be a child's) is not in it. Withdrawn, nobody opens it."""
    one = attached(made.PDF, f"{made.MARK}.pdf")
    assert list(attachments(actor("headteacher"), school)) == [one]
    with pytest.raises(Refused, match="不能撤下"):
        withdraw(actor("headteacher"), one)
    withdraw(actor("clerk"), one)
    assert not attachments(actor("clerk"), school)
    rows = AuditRow.objects.filter(verb__startswith="file.").order_by("id")
    assert [row.verb for row in rows] == ["file.attach", "file.withdraw"]
    assert made.MARK not in str(rows.values())


def test_who_sees_the_row_opens_its_file_and_nobody_else(
    attached: Callable[..., Attachment], signed_in: Callable[[str], Client], world: Any
) -> None:
    """For each member of the cast the file opens exactly if the school is seen; the other county, and nobody signed in, learn nothing."""
    one = attached(made.PDF, "通知.pdf")
    opened = {who for who in world.cast if signed_in(who).get(address(one)).status_code == 200}
    assert {"clerk", "headteacher", "bureau-leader", "supervisor"} <= opened
    for who in ("other-clerk", "other-head", "audit-admin"):
        assert who in world.cast
        assert signed_in(who).get(address(one)).status_code == 404
        assert made.PDF not in signed_in(who).get(address(one)).content
    assert Client().get(address(one)).status_code == 302
    assert signed_in("clerk").get(reverse("file", args=[one.pk + 999, "通知.pdf"])).status_code == 404
    assert signed_in("clerk").post(address(one)).status_code == 405


@pytest.mark.parametrize(
    ("content", "name", "shown"),
    [
        (made.PDF, "通知（1）.pdf", True),
        (made.photo(), "照片.jpg", True),
        (made.docx(), "方案.docx", False),
        (b"plain words", "a.txt", False),
    ],
)
def test_a_file_is_never_a_page(
    attached: Callable[..., Attachment], signed_in: Callable[[str], Client], content: bytes, name: str, shown: bool
) -> None:
    """Pictures and PDF are shown in a sandbox, all else only saved; the type is the content's, never guessed; names survive (RFC 5987)."""
    one = attached(content, name)
    answer = signed_in("clerk").get(address(one), headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Type"] == one.blob.media_type + ("; charset=utf-8" if name.endswith("txt") else "")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["Cache-Control"] == "private, no-cache"
    kind, _, told = answer["Content-Disposition"].partition("; ")
    assert kind == ("inline" if shown else "attachment")
    assert told == (f"filename*=utf-8''{quote(name)}" if not name.isascii() else f'filename="{name}"')
    assert body(answer) == path_of(one.blob_id).read_bytes()
    assert int(answer["Content-Length"]) == one.blob.size


def test_ranges_and_unchanged_copies(attached: Callable[..., Attachment], signed_in: Callable[[str], Client]) -> None:
    """A viewer may ask for a part; a browser that holds the same bytes gets none; both answers keep the sandbox."""
    one = attached(made.PDF, "通知.pdf")
    client = signed_in("clerk")
    mark = client.get(address(one))["ETag"]
    part = client.get(address(one), headers={"Range": "bytes=0-7"})
    assert (part.status_code, body(part), part["Content-Range"]) == (206, made.PDF[:8], f"bytes 0-7/{len(made.PDF)}")
    stale = client.get(address(one), headers={"Range": "bytes=0-7", "If-Range": '"other"'})
    assert (stale.status_code, body(stale)) == (200, made.PDF)
    assert client.get(address(one), headers={"Range": "bytes=99999-"}).status_code == 416
    same = client.get(address(one), headers={"If-None-Match": mark})
    assert (same.status_code, body(same)) == (304, b"")
    for answer in (part, same):
        assert answer["Content-Security-Policy"].startswith("sandbox")


def test_opening_a_picture_of_children_is_written_down_and_kept_nowhere(
    attached: Callable[..., Attachment], signed_in: Callable[[str], Client], post: Callable[[str], Post]
) -> None:
    """Each opening is an audit row with person and post; no browser keeps a copy, so that the next opening is seen too; no small picture."""
    one = attached(made.photo(), "课堂.jpg", shows_children=True)
    client = signed_in("headteacher")
    first = client.get(address(one))
    assert first["Cache-Control"] == "private, no-store"
    assert client.get(address(one), headers={"If-None-Match": first["ETag"]}).status_code == 200
    rows = AuditRow.objects.filter(verb="file.open", row_key=str(one.pk))
    assert [(row.post_id, row.person_id) for row in rows] == [(post("headteacher").pk, post("headteacher").person_id)] * 2
    assert client.get(reverse("file_thumbnail", args=[one.pk])).status_code == 404
    plain = attached(made.photo(), "校舍.jpg")
    assert client.get(address(plain)).status_code == 200
    assert AuditRow.objects.filter(verb="file.open").count() == 2


def test_the_small_picture_asks_the_same_rule(attached: Callable[..., Attachment], signed_in: Callable[[str], Client]) -> None:
    """A thumbnail is given to whoever may open the picture; a document has none."""
    picture, paper = attached(made.photo((1000, 800)), "校舍.jpg"), attached(made.PDF, "通知.pdf")
    answer = signed_in("clerk").get(reverse("file_thumbnail", args=[picture.pk]))
    assert answer["Content-Type"] == "image/jpeg"
    assert len(body(answer)) < 20_000
    assert signed_in("other-clerk").get(reverse("file_thumbnail", args=[picture.pk])).status_code == 404
    assert signed_in("clerk").get(reverse("file_thumbnail", args=[paper.pk])).status_code == 404


def test_the_name_fits_the_kept_bytes(attached: Callable[..., Attachment]) -> None:
    """A WebP picture is kept as JPEG, and so is called .jpg; a name without an ending of its kind gets one."""
    assert attached(made.photo(form="WEBP"), "现场.webp").name == "现场.jpg"
    assert attached(made.PDF, "方案.PDF").name == "方案.PDF"


def test_jobs_read_files_under_their_own_names(attached: Callable[..., Attachment], school: Unit) -> None:
    """A job finds the bytes under the name that the clerk gave; two of the same name do not meet; withdrawn ones are left out."""
    attached(made.PDF, "方案.pdf")
    attached(made.PDF + b"\n", "方案.pdf")
    gone = attached(made.docx(), "误传.docx")
    Attachment.objects.filter(pk=gone.pk).update(withdrawn=gone.made)
    with carried(school) as paths:
        assert [p.name for p in paths] == ["方案.pdf", "方案.pdf"]
        assert [p.read_bytes() for p in paths] == [made.PDF, made.PDF + b"\n"]
    assert not any(p.exists() for p in paths)


def test_bytes_that_are_gone_are_told(
    attached: Callable[..., Attachment], signed_in: Callable[[str], Client], home: Path
) -> None:
    """Where the disk lost the bytes the answer is a page, not a crash."""
    one = attached(made.PDF, "通知.pdf")
    path_of(one.blob_id).unlink()
    assert signed_in("clerk").get(address(one)).status_code == 404


def test_a_name_with_marks_cannot_break_the_header(
    attached: Callable[..., Attachment], signed_in: Callable[[str], Client]
) -> None:
    """Quotes, line ends and folders in a name reach no header and no path."""
    upload = SimpleUploadedFile("x", made.PDF)
    one = attached(upload.read(), 'a"\r\nSet-Cookie: x=1/../b.pdf')
    answer = signed_in("clerk").get(address(one))
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer["Content-Disposition"]
