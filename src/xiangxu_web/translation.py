"""The site's words in English, without GNU gettext: takes every Chinese word out of the code and the templates into the catalogue,
tells which ones lack their English, and makes the compiled file that Django reads.

    python -m xiangxu_web.translation             adds new words, drops those that are gone, keeps what is translated
    python -m xiangxu_web.translation --check     fails where a word is missing, doubtful or loses a placeholder
    python -m xiangxu_web.translation --compile   makes django.mo (not committed: made at set-up)

Where Django or allauth brings a word of its own, theirs is used; only words that stand in our own files are ours to translate.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

HERE = Path(__file__).parent
# Where the core marks words of its own that the site shows: reasons as a kind and figures, what a promise asks for, vocabularies.
CORE_WORDS = tuple(
    HERE.parent / "xiangxu" / name for name in ("targets", "coverage", "documents", "cards", "review", "model", "importer")
)
CATALOGUE = HERE / "locale" / "en" / "LC_MESSAGES" / "django.po"
# What marks a word in the code: gettext under the names by which it is imported here.
_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "_now": None,
    "now": None,
    "lazy": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%[sd]")
_HAN = re.compile(r"[㐀-鿿]")
# Words that stay Chinese in English pages: the name of the language itself, for whoever looks for it; the system's name.
_STAY = ("中文", "庠序")


def words_in(folder: Path) -> Iterator[tuple[str, int, str | tuple[str, ...], str | None]]:
    """Every marked word under the folder: file, line, words (singular and plural where there are both), context."""
    for path in sorted(p for p in folder.rglob("*") if p.suffix in (".py", ".html", ".txt") and "locale" not in p.parts):
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            text = templatize(text, origin=str(path))
        name = path.relative_to(folder).as_posix()
        for line, words, _comments, context in extract("python", BytesIO(text.encode()), keywords=_KEYWORDS):
            yield name, line, words, context


def collected(folders: Sequence[Path] = (HERE, *CORE_WORDS)) -> Catalog:
    """The catalogue of all words of the site, without translations."""
    catalog = Catalog(locale="en", project="xiangxu", charset="utf-8", fuzzy=False)
    for folder in folders:
        for name, _line, words, context in words_in(folder):
            # Files without lines: a catalogue that changes only when words do.
            catalog.add(words, locations=[(name, 0)], context=context)
    return catalog


def kept(path: Path = CATALOGUE) -> Catalog:
    """The catalogue as it lies on the disk."""
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def refreshed(old: Catalog, new: Catalog) -> Catalog:
    """The new words with the translations there are. Nothing is guessed: a word that changed is a new word."""
    for message in new:
        found = old.get(message.id, message.context) if message.id else None
        if found is not None and _whole(found):
            message.string = found.string
    return new


def faults(catalog: Catalog) -> list[str]:
    """What is missing or wrong, one line each, with the file where the word stands."""
    found = []
    for message in catalog:
        if not message.id:
            continue
        first = _forms(message.id)[0]
        where = ", ".join(dict.fromkeys(name for name, _line in message.locations)) or "?"
        strings = _forms(message.string)
        if not _whole(message):
            found.append(f"{where}: no English for {first!r}")
        elif message.fuzzy:
            found.append(f"{where}: doubtful English for {first!r}")
        elif any(_placeholders(first) != _placeholders(s) for s in strings):
            found.append(f"{where}: the placeholders of {first!r} differ in {strings[0]!r}")
        elif first not in _STAY and any(_HAN.search(s) for s in strings):
            found.append(f"{where}: Chinese left in the English of {first!r}")
    return found


def missing() -> list[str]:
    """What stands between the site and a whole English: words not in the catalogue, and faults of the catalogue."""
    return faults(refreshed(kept(), collected()))


def write(catalog: Catalog, path: Path = CATALOGUE) -> None:
    """Writes the catalogue, in the order of its words."""
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog.revision_date = catalog.creation_date
    with path.open("wb") as file:
        write_po(file, catalog, omit_header=False, sort_output=True, include_lineno=False, width=120, ignore_obsolete=True)
    # The moment of making would make every run a change.
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r'"(POT-Creation|PO-Revision)-Date: [^"]*"\n', "", text), encoding="utf-8")


def compile_catalogue(path: Path = CATALOGUE) -> None:
    """Makes the file that Django reads, beside the catalogue."""
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, kept(path))


def _forms(words: str | Sequence[str] | None) -> Sequence[str]:
    return (words or "",) if isinstance(words, str | None) else words


def _whole(message: Message) -> bool:
    return all(_forms(message.string))


def _placeholders(words: str) -> list[str]:
    return sorted(m[0] for m in _PLACEHOLDER.finditer(words))


def main(arguments: list[str]) -> int:
    """The command."""
    settings.configure()
    if arguments == ["--compile"]:
        compile_catalogue()
        return 0
    if arguments == ["--check"]:
        lines = missing()
        print("\n".join(lines) or "English is whole.")
        return 1 if lines else 0
    if arguments:
        print(__doc__, file=sys.stderr)
        return 2
    catalog = refreshed(kept(), collected())
    write(catalog)
    compile_catalogue()
    print(f"{len(catalog)} words, {len(faults(catalog))} without good English: {CATALOGUE}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
