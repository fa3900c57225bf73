"""The bundle: one archive that installs and runs where there is no network."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.paths import REPOSITORY
from xiangxu_web.kernel.operation.version import VERSION

# One worker for all of them: they share the archive.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("bundle")]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The bundle, made by script/bundle and unpacked. Hundreds of megabytes: gone at the end."""
    made = subprocess.run([REPOSITORY / "script" / "bundle"], cwd=REPOSITORY, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr[-3000:]
    (archive,) = (REPOSITORY / "build").glob(f"xiangxu-{VERSION}-*.tar.gz")
    place = tmp_path_factory.mktemp("bundle")
    with tarfile.open(archive) as tar:
        tar.extractall(place, filter="data")
    (folder,) = place.iterdir()
    yield folder
    shutil.rmtree(place)


@pytest.fixture(scope="module")
def namespace() -> list[str]:
    """The words that start a command in a network namespace without routes."""
    for words in (["unshare", "--net"], ["unshare", "--map-root-user", "--net"]):
        if shutil.which("unshare") and subprocess.run([*words, "true"], capture_output=True).returncode == 0:
            return words
    pytest.skip("this machine permits no network namespaces (unshare --net), so nothing can be cut off from the network")


def test_installs_and_runs_without_network(unpacked: Path, namespace: list[str], tmp_path: Path) -> None:
    """Without routes and with empty caches the installer ends well, and sign-in page, its assets and health answer; the
    county is begun, and its system administrator comes in with the printed code."""
    inside = REPOSITORY / "tests" / "operation" / "without_network.py"
    python = str(Path(sys.base_prefix) / "bin" / "python3.11")
    ran = subprocess.run(
        [*namespace, sys.executable, inside, unpacked, tmp_path, python],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=900,
    )
    shutil.rmtree(tmp_path / "program", ignore_errors=True)
    assert ran.returncode == 0, ran.stderr[-3000:]
    seen = json.loads(ran.stdout)
    assert seen["reaches_outside"] is False
    assert seen["install_code"] == 0, seen["install_words"]
    assert "已装好" in seen["install_words"]
    assert "is installed" in seen["install_words"]
    assert seen.get("health") == [200, f"ok {VERSION}\n"], seen["serve_log"]
    status, page = seen["sign_in"]
    assert status == 200
    assert 'type="password"' in page
    assert any("tabler" in asset for asset in seen["assets"])
    assert set(seen["assets"].values()) == {200}
    assert "site begin" in seen["install_words"]
    # In: and held back only until the second factor is set up, as an administrator is.
    where, page = seen["begun"]
    assert where == "account/2fa/totp/activate/", seen["begin_words"]
    assert "甲某" in page


def test_a_damaged_archive_is_refused_before_anything_is_changed(unpacked: Path, tmp_path: Path) -> None:
    """A file that is not what the checksums say stops the installer, in words, before the program's folder holds anything."""
    lock = unpacked / "requirements.txt"
    whole = lock.read_bytes()
    try:
        lock.write_bytes(whole + b"#")
        where = ["--to", tmp_path / "program", "--home", tmp_path / "data"]
        ran = subprocess.run(["bash", unpacked / "install.sh", *where], capture_output=True, text=True, encoding="utf-8")
    finally:
        lock.write_bytes(whole)
    assert ran.returncode == 1
    assert "安装包不完整" in ran.stderr
    assert not list((tmp_path / "program").iterdir())


def test_the_wheel_holds_what_the_sources_hold(unpacked: Path) -> None:
    """Templates, static files, translations, packs, the invented county's documents: every file of src is in the wheel."""
    (wheel,) = (unpacked / "wheels").glob("xiangxu-*.whl")
    with zipfile.ZipFile(wheel) as opened:
        held = set(opened.namelist())
    # The copy from which the wheel was made: the front end has been laid into it.
    sources = REPOSITORY / "build" / "bundle" / "source" / "src"
    wanted = {
        str(path.relative_to(sources))
        for path in sources.rglob("*")
        if path.is_file() and path.suffix != ".pyc" and ".egg-info" not in str(path)
    }
    assert len(wanted) > 300
    assert not sorted(wanted - held)


def test_the_version_is_told_once() -> None:
    """The distribution, the command line and the health page tell the same version."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = subprocess.run(
        [sys.executable, "-m", "xiangxu.cli.main", "--version"], capture_output=True, text=True, check=True
    ).stdout
    assert project["version"] == VERSION
    assert told.split()[-1] == VERSION
