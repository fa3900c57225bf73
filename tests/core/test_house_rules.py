"""Rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.paths import REPOSITORY

# Migrations are written by Django.
SOURCES = sorted(p for p in (REPOSITORY / "src").rglob("*.py") if "migrations" not in p.parts)
TEXT_SUFFIXES = {".py", ".md", ".toml", ".yaml", ".txt", ".in", ".html", ".css", ".js", ".cfg", ""}


def tracked() -> list[Path]:
    """Every text file that git tracks."""
    listed = subprocess.run(["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    paths = [REPOSITORY / name for name in listed.splitlines()]
    return [p for p in paths if p.suffix in TEXT_SUFFIXES and p.is_file()]


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(REPOSITORY)))
def test_no_file_is_over_600_lines(path: Path) -> None:
    """A file over 600 lines wants to be two."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 600


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(REPOSITORY)))
def test_no_import_stands_inside_a_function(path: Path) -> None:
    """Imports inside functions hide rings; what is optional is loaded by dotted name."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = [
        node.lineno
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not inside, f"imports inside functions at lines {inside}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(REPOSITORY)))
def test_every_public_thing_says_what_it_does(path: Path) -> None:
    """Public modules, classes and functions have a docstring; Django's `Meta` says nothing to anybody."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    missing = [] if ast.get_docstring(tree) or path.name == "__init__.py" else ["the module"]
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.ClassDef)
            and not node.name.startswith("_")
            and node.name != "Meta"
            and not ast.get_docstring(node)
        ):
            missing.append(node.name)
    missing += [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert not missing, f"no docstring: {missing}"


def test_no_grab_bag_modules() -> None:
    """A module is named for what it holds."""
    bags = {"utils", "util", "common", "helpers", "misc"}
    assert not [p for p in SOURCES if bags & {*p.with_suffix("").parts}]


def test_the_core_names_no_real_place() -> None:
    """Real counties appear only as packs."""
    places = re.compile("青州|东昌府|安丘|沂源|济南|山东|潍坊|聊城|淄博")
    found = [p for p in (REPOSITORY / "src" / "xiangxu").rglob("*") if p.is_file() and p.suffix in TEXT_SUFFIXES - {""}]
    assert not [str(p) for p in found if places.search(p.read_text(encoding="utf-8"))]


def test_no_text_names_a_registry_or_a_path_of_a_machine() -> None:
    """Locks and scripts name packages, not hosts; no text holds a path of the machine it was written on."""
    host = re.compile(r"index-url|\"resolved\"|https?://[^ ]*(?:/simple/|/packages/)")
    machine = re.compile(rf"(?<![\w.]){re.escape(str(REPOSITORY.parent))}/|/root/|/home/\w")
    bad = []
    for path in tracked():
        text = path.read_text(encoding="utf-8", errors="replace")
        name = str(path.relative_to(REPOSITORY))
        if name.startswith(("requirements/", "script/", ".ci/")) and host.search(text):
            bad.append(f"{name}: a registry's address")
        if name != "tests/core/test_house_rules.py" and machine.search(text):
            bad.append(f"{name}: a path of this machine")
    assert not bad


def test_every_test_says_what_must_hold() -> None:
    """A test's docstring is the rule; the body only shows it."""
    silent = []
    for path in (REPOSITORY / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node):
                silent.append(f"{path.relative_to(REPOSITORY)}:{node.name}")
    assert not silent
