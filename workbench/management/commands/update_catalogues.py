"""update_catalogues: collect every string of the screen into the catalogues."""

import ast
import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[3]
PYTHON = ("workbench", "interviews", "coding")
LITERAL = r"""u?'(?:\\.|[^'\\])*'|u?"(?:\\.|[^"\\])*\""""
# What `templatize` leaves of a template is no Python, only calls among noise.
CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*((?:{LITERAL})(?:\s*,\s*(?:{LITERAL}))*)")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "_now": None,
    "lazy": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}

Found = tuple[Any, str | None, str]


def python_strings() -> Iterator[Found]:
    for package in PYTHON:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from _found(path.read_bytes(), path)


def template_strings() -> Iterator[Found]:
    for path in sorted((ROOT / "templates").rglob("*.html")):
        place = str(path.relative_to(ROOT))
        for call in CALL.finditer(templatize(path.read_text(), origin=place)):
            words = [ast.literal_eval(word[0]) for word in re.finditer(LITERAL, call[2])]
            context = words.pop(0) if call[1] in {"pgettext", "npgettext"} else None
            yield (tuple(words[:2]) if "n" in call[1][:1] else words[0]), context, place


def script_strings() -> Iterator[Found]:
    """Phrases of the scripts: words by key."""
    for package in PYTHON:
        for path in sorted((ROOT / package).rglob("phrases.json")):
            for phrase in json.loads(path.read_bytes()).values():
                yield phrase, None, str(path.relative_to(ROOT))


def _found(source: bytes, path: Path) -> Iterator[Found]:
    for _line, message, _comments, context in extract("python", BytesIO(source), KEYWORDS):
        yield message, context, str(path.relative_to(ROOT))


def screen_strings() -> Catalog:
    """Every translatable string of the product, with the files it stands in."""
    catalogue = Catalog(project="Interview Coding Workbench", charset="utf-8")
    for strings in (python_strings(), template_strings(), script_strings()):
        for message, context, place in strings:
            if message:
                catalogue.add(message, context=context, locations=[(place, 0)])
    return catalogue


class Command(BaseCommand):
    help = "Collects every string of the screen into the catalogues, keeping what is translated."

    def handle(self, *args: Any, **options: Any) -> None:
        template = screen_strings()
        for folder in settings.LOCALE_PATHS:
            for path in sorted(Path(folder).glob("*/LC_MESSAGES/django.po")):
                self.update(path, template)

    def update(self, path: Path, template: Catalog) -> None:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parts[-3])
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalogue, width=100, include_lineno=False, sort_output=True)
        missing = sum(1 for message in catalogue if message.id and not message.string)
        self.stdout.write(f"{path.relative_to(ROOT)}: {missing} to translate")
