"""The field of a form: every refused file is told in place, in words."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict

from tests.web.files import made
from xiangxu_web.kernel.files.fields import FileField
from xiangxu_web.kernel.files.kinds import PICTURES


class Evidence(forms.Form):
    """A form as a workspace writes it."""

    files = FileField(multiple=True, most=3)


class One(forms.Form):
    """A form with one optional picture."""

    photo = FileField(kinds=PICTURES, required=False)


def filled(form: type[forms.Form], field: str, *files: tuple[str, bytes]) -> Any:
    """The form with these uploads."""
    return form({}, MultiValueDict({field: [SimpleUploadedFile(name, content) for name, content in files]}))


def test_good_files_come_out_ready_to_be_stored() -> None:
    """All uploads, each at its beginning."""
    form = filled(Evidence, "files", ("一.pdf", made.PDF), ("二.docx", made.docx()))
    assert form.is_valid()
    assert [f.read() for f in form.cleaned_data["files"]] == [made.PDF, made.docx()]


def test_each_bad_file_is_named() -> None:
    """Three files of which two are bad: two messages, each with its file's name; none is taken."""
    form = filled(Evidence, "files", ("一.pdf", made.PDF), ("木马.pdf", made.EXE), ("图.svg", made.SVG))
    assert not form.is_valid()
    wrong = form.errors["files"]
    assert len(wrong) == 2
    assert "“木马.pdf”的内容不是 .pdf，而是可执行程序" in wrong[0]
    assert "“图.svg”的类型（.svg）不能上传" in wrong[1]


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([], "请选择要上传的文件"),
        ([("空.pdf", b"")], "“空.pdf”是空的"),
        ([(f"{n}.pdf", made.PDF) for n in range(4)], "一次最多上传 3 个文件，您选了 4 个"),
        ([("方案.docx", made.bomb())], "大得不正常"),
    ],
)
def test_what_is_wrong_with_the_lot(files: list[tuple[str, bytes]], words: str) -> None:
    """None chosen, empty, too many, a bomb."""
    form = filled(Evidence, "files", *files)
    assert not form.is_valid()
    assert words in form.errors["files"][0]


def test_an_optional_field_may_stay_empty_and_tells_the_browser_its_kinds() -> None:
    """Nothing chosen is an empty list; the picker names the endings, so that the browser offers no other files."""
    form = filled(One, "photo")
    assert form.is_valid()
    assert form.cleaned_data["photo"] == []
    assert 'accept=".jpg,.jpeg,.png,.webp,.bmp,.gif"' in str(form["photo"])
    assert "multiple" not in str(form["photo"])


def test_a_large_upload_is_counted_but_not_kept() -> None:
    """Five megabytes against a limit of two: the message says the true size, though no more than the limit was written to disk."""
    request: HttpRequest = RequestFactory().post("/", {"files": SimpleUploadedFile("大.csv", b"1,2,3\n" * 900_000)})
    form = Evidence({}, request.FILES)
    assert not form.is_valid()
    assert form.errors["files"] == [
        "文件“大.csv”有 5.2 MB，超过上限 2 MB，没有上传。请压缩图片、拆分文件，或联系系统管理员调高上限。"
    ]
    (upload,) = request.FILES.getlist("files")
    assert upload.read() == b""
    assert len(upload) == 5_400_000
