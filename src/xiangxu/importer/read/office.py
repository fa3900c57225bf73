"""What only an office program can do, by LibreOffice, if it is there: it turns .doc, .wps, .rtf, .odt, .ofd into .docx to be read, and
sets the pages of such files, and of .docx, as a PDF to be looked at.

The files are strangers'. No macro runs, nothing that a file only links to is fetched (neither from the network nor from this
machine's disk), and time, memory and the size of what is made are bounded.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from xiangxu.importer.read.kind import Kind
from xiangxu.importer.read.office_profile import profile_in
from xiangxu.importer.read.unreadable import Unreadable
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

# What LibreOffice goes by when it opens a file of a kind that it reads for us.
THROUGH_OFFICE = {
    Kind.OLD_WORD: ".doc",
    Kind.RICH_TEXT: ".rtf",
    Kind.WORD_XML: ".xml",
    Kind.OPEN_TEXT: ".odt",
    Kind.OFD: ".ofd",
}
TIME_OUT = 120  # seconds; a plan takes two, the first start of LibreOffice some ten
_PROGRAMS = ("soffice", "libreoffice")
# In bytes. A plan takes some 200 MiB of memory and reserves more; its PDF is far below one.
_MOST_MEMORY = 6 * 1024**3
_LARGEST_MADE = 512 * 1024**2
_NO_PAGES = _("《%(name)s》的页面没有排出来：没有安装 LibreOffice，或它打不开这份文件。")


def program() -> str | None:
    """Where LibreOffice is installed; None where it is not."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def sets_pages() -> bool:
    """Whether pages can be set here: without a Chinese font they would be rows of empty boxes."""
    fonts = shutil.which("fc-list")
    if program() is None or fonts is None:
        return program() is not None
    listed = subprocess.run([fonts, ":lang=zh-cn", "family"], capture_output=True, check=False, timeout=TIME_OUT)
    return listed.returncode != 0 or bool(listed.stdout.strip())


@contextmanager
def as_docx(path: Path, name: str, suffix: str, what: Reason) -> Iterator[Path]:
    """The file as a .docx that lasts as long as the context. `suffix` is what LibreOffice goes by, `what` names the format."""
    if program() is None:
        raise Unreadable(
            Reason(
                _(
                    "《%(name)s》是%(what)s，要装有 LibreOffice 才能读，这台机器上没有。请用 WPS 或 Word 打开后另存为 .docx，再上传；或请管理员安装 LibreOffice。"
                ),
                name=name,
                what=what,
            )
        )
    with _converted(path, name, suffix, "docx") as made:
        if made is None:
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


@contextmanager
def as_pages(path: Path, name: str, suffix: str) -> Iterator[Path]:
    """The file's pages as a PDF that lasts as long as the context. Refused where LibreOffice is missing or makes nothing of the file."""
    if program() is None:
        raise Unreadable(Reason(_NO_PAGES, name=name))
    with _converted(path, name, suffix, "pdf") as made:
        if made is None:
            raise Unreadable(Reason(_NO_PAGES, name=name))
        yield made


@contextmanager
def _converted(path: Path, name: str, suffix: str, to: str) -> Iterator[Path | None]:
    """What LibreOffice makes of a copy of the file; None where it makes nothing.

    Each run has a profile of its own: two runs on one profile would get in each other's way, and one would silently do nothing.
    """
    with tempfile.TemporaryDirectory(prefix="xiangxu-") as folder:
        here = Path(folder)
        copy = here / f"document{suffix}"
        shutil.copyfile(path, copy)
        profile, environment = profile_in(here)
        command = [
            str(program()),
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            to,
            "--outdir",
            str(here / "made"),
            str(copy),
        ]
        _run(command, environment, name)
        made = here / "made" / f"document.{to}"
        yield made if made.is_file() else None


def _run(command: list[str], environment: Mapping[str, str], name: str) -> None:
    """Runs LibreOffice, which is a script that starts another program: both are ended when the time is up."""
    try:
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
    except OSError as error:
        raise Unreadable(
            Reason(_("LibreOffice 启动不了，《%(name)s》没有读。请管理员检查安装，或用 WPS 另存为 .docx，再上传。"), name=name)
        ) from error
    # What it starts inherits the bounds.
    for bound, most in ((resource.RLIMIT_AS, _MOST_MEMORY), (resource.RLIMIT_FSIZE, _LARGEST_MADE)):
        resource.prlimit(process.pid, bound, (most, most))
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
