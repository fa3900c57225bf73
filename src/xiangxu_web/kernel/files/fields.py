"""The field of a form through which files come in: every check of the store already in the form, each mistake in the clerk's words."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiangxu_web.kernel.files.kinds import KINDS, FileRefused, Kind, endings, kind_of
from xiangxu_web.kernel.files.store import plain_name, too_large, upload_limit


class Bounded(FileUploadHandler):
    """Stops writing an upload to disk at the limit, but reads on and counts, so that the form can say how large the file was."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A further file begins."""
        super().new_file(*args, **kwargs)
        self.size, self.limit = 0, upload_limit()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Passes the bytes on while the limit is not reached."""
        self.size += len(raw_data)
        return raw_data if self.size <= self.limit else None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        """A file that is too large: only its name and size remain."""
        if self.size <= self.limit:
            return None
        return UploadedFile(BytesIO(), self.file_name, self.content_type, self.size)


class FilePicker(forms.FileInput):
    """The browser's own picker, told which endings and how much we take, so that it can say so before anything is sent."""

    allow_multiple_selected = True


class FileField(forms.FileField):
    """One file or several (``multiple``): always gives a list of uploads, each checked as ``store`` would check it.

    ``most`` is the number of files at once. Every refused file is named, not only the first.
    """

    widget = FilePicker
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": gettext_lazy("请选择要上传的文件。"),
        "invalid": gettext_lazy("没有收到文件，请重新选择。"),
    }

    def __init__(self, *, kinds: tuple[Kind, ...] = KINDS, multiple: bool = False, most: int = 20, **settings: Any) -> None:
        self.kinds, self.most = kinds, most if multiple else 1
        super().__init__(**{"max_length": None, **settings})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """What the picker tells the browser."""
        return {**super().widget_attrs(widget), "accept": endings(self.kinds).replace("、", ","), "multiple": self.most > 1}

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The uploads; a mistake for each file that cannot be taken."""
        files: Sequence[UploadedFile[bytes]] = [f for f in (data if isinstance(data, list | tuple) else [data]) if f]
        if not files:
            super().clean(None, initial)
            return []
        if len(files) > self.most:
            raise ValidationError(
                _("一次最多上传 %(most)s 个文件，您选了 %(chosen)s 个。请分几次上传。")
                % {"most": self.most, "chosen": len(files)}
            )
        wrong = [words for words in map(self._wrong, files) if words]
        if wrong:
            raise ValidationError(wrong)
        return list(files)

    def _wrong(self, upload: UploadedFile[bytes]) -> str:
        name = plain_name(upload.name or "")
        if (upload.size or 0) > upload_limit():
            return too_large(name, upload.size or 0, upload_limit())
        with tempfile.NamedTemporaryFile() as copy:
            upload.seek(0)
            shutil.copyfileobj(upload, copy)
            copy.flush()
            upload.seek(0)
            try:
                kind_of(Path(copy.name), name, self.kinds)
            except FileRefused as problem:
                return str(problem)
        return ""
