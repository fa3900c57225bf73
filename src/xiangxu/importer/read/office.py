"""Formats that only an office program opens (.doc, .wps, .rtf, .odt, .ofd): LibreOffice turns them into .docx, if it is there."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xiangxu.importer.read.unreadable import Unreadable
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

TIME_OUT = 120  # seconds; a plan takes two, the first start of LibreOffice some ten
_PROGRAMS = ("soffice", "libreoffice")


def program() -> str | None:
    """Where LibreOffice is installed; None where it is not."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


@contextmanager
def as_docx(path: Path, name: str, suffix: str, what: Reason) -> Iterator[Path]:
    """The file as a .docx that lasts as long as the context. `suffix` is what LibreOffice goes by, `what` names the format.

    Each run has a profile of its own: two runs on one profile would get in each other's way, and one would silently do nothing.
    """
    soffice = program()
    if soffice is None:
        raise Unreadable(
            Reason(
                _(
                    "《%(name)s》是%(what)s，要装有 LibreOffice 才能读，这台机器上没有。请用 WPS 或 Word 打开后另存为 .docx，再上传；或请管理员安装 LibreOffice。"
                ),
                name=name,
                what=what,
            )
        )
    with tempfile.TemporaryDirectory(prefix="xiangxu-") as folder:
        here = Path(folder)
        copy = here / f"document{suffix}"
        shutil.copyfile(path, copy)
        command = [
            soffice,
            f"-env:UserInstallation={(here / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "docx",
            "--outdir",
            str(here / "made"),
            str(copy),
        ]
        _run(command, name)
        made = here / "made" / "document.docx"
        if not made.is_file():
            raise Unreadable(
                Reason(
                    _(
                        "LibreOffice 打不开《%(name)s》（%(what)s）：文件可能已损坏或设有密码，或这种格式它不认识。请用 WPS 或 Word 打开后另存为 .docx（OFD 请在阅读器里另存为 PDF），再上传。"
                    ),
                    name=name,
                    what=what,
                )
            )
        yield made


def _run(command: list[str], name: str) -> None:
    """Runs LibreOffice, which is a script that starts another program: both are ended when the time is up."""
    try:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    except OSError as error:
        raise Unreadable(
            Reason(_("LibreOffice 启动不了，《%(name)s》没有读。请管理员检查安装，或用 WPS 另存为 .docx，再上传。"), name=name)
        ) from error
    try:
        process.wait(TIME_OUT)
    except subprocess.TimeoutExpired as error:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise Unreadable(
            Reason(
                _("《%(name)s》转换了 %(seconds)s 秒还没有完成，已停止。请用 WPS 或 Word 打开后另存为 .docx，再上传。"),
                name=name,
                seconds=f"{TIME_OUT:g}",
            )
        ) from error
