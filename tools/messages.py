"""Bring the catalogues up to date: collect the texts of app/, merge them into nl and de, compile.

Run after adding or changing a text; then fill in the empty `msgstr` of data/locale/*/LC_MESSAGES/loket.po
and run it again. A test fails while a translation is missing or not compiled.
"""

from __future__ import annotations

import ast
import io
import sys
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "data" / "locale"
LANGUAGES = ("nl", "de")
KEYWORDS = {"_": None, "mark": None, "ngettext": (1, 2)}


@cache
def collected() -> Catalog:
    """Every text of app/ that a person can see."""
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    found = extract_from_dir(str(ROOT / "app"), [("**.py", "python")], keywords=KEYWORDS)
    for name, _line, message, _comments, context in found:
        catalogue.add(message, locations=[(f"app/{name}", 0)], context=context)
    for text in (*in_f_strings(), *summaries()):
        catalogue.add(text)
    return catalogue


def in_f_strings() -> list[str]:
    """Texts within f-strings, which Babel does not look into before Python 3.12."""
    return [
        str(call.args[0].value)
        for path in sorted((ROOT / "app").rglob("*.py"))
        for string in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "_"
        if isinstance(call.args[0], ast.Constant)
    ]


def summaries() -> list[str]:
    """The first line of what each operation says of itself: `loket --help` lists them."""
    return [
        (ast.get_docstring(node) or node.name).split("\n")[0]
        for path in sorted((ROOT / "app" / "operations").glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and any(map(_registers, node.decorator_list))
    ]


def _registers(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "operation"


def po_path(language: str) -> Path:
    """Where the translators write."""
    return LOCALE / language / "LC_MESSAGES" / "loket.po"


def read(language: str) -> Catalog:
    """The catalogue of a language, empty for a new one."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language, project="Loket", version="0", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def merged(language: str) -> Catalog:
    """The catalogue with today's texts: new ones empty, unused ones gone."""
    catalogue = read(language)
    catalogue.update(collected(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def po_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as a file that does not change unless a text does."""
    for message in catalogue:
        message.locations = []
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=110, omit_header=False, sort_output=True)
    lines = buffer.getvalue().splitlines(keepends=True)
    volatile = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By', b'"Report-', b'"Last-', b"# ")
    return b"".join(line for line in lines if not line.startswith(volatile) and line != b"#\n")


def mo_bytes(catalogue: Catalog) -> bytes:
    """The compiled catalogue."""
    catalogue.revision_date = catalogue.creation_date  # type: ignore[assignment]
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    """Texts without a whole translation."""
    return [
        str(message.id)
        for message in catalogue
        if message.id and not (all(message.string) if isinstance(message.string, tuple) else message.string)
    ]


def main() -> int:
    """Update and compile all languages; 1 while translations are missing."""
    incomplete = 0
    for language in LANGUAGES:
        catalogue = merged(language)
        path = po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(po_bytes(catalogue))
        path.with_suffix(".mo").write_bytes(mo_bytes(read(language)))
        gaps = missing(catalogue)
        incomplete += len(gaps)
        print(f"{language}: {len(catalogue)} texts, {len(gaps)} without translation")
    return 1 if incomplete else 0


if __name__ == "__main__":
    sys.exit(main())
