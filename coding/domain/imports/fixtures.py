"""Fixture files: read with their place in mind, in one of the study's languages."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings

from workbench.enums import Language

Record = dict[str, Any]
REFERENCE = "reference_study"
DEMO = "demo_study"
# Ids follow from what the fixtures say, so that every installation has the same links.
NAMES = UUID("5a0c1f4e-6f0e-5c1e-9d0f-0e3c5f0b7d11")


class FixtureProblem(Exception):
    """A fixture that cannot be loaded: which file, which line or key, and why."""

    def __init__(self, file: Path | str, where: int | str, why: str) -> None:
        self.file, self.where, self.why = str(file), where, why
        super().__init__(f"{file}:{where}: {why}")


def folder(*parts: str) -> Path:
    return Path(settings.ROOT, "fixtures", *parts)


def demo_id(*parts: str) -> UUID:
    """The id of a thing of the demo study by what names it in the fixtures."""
    return uuid5(NAMES, "/".join(parts))


def read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FixtureProblem(path, 1, str(error)) from error


def read_json(path: Path) -> Any:
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise FixtureProblem(path, error.lineno, error.msg) from error


def read_rows(path: Path, columns: set[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row of a CSV with the number of its line."""
    reader = csv.DictReader(read_text(path).splitlines(keepends=True), strict=True)
    if set(reader.fieldnames or ()) != columns:
        raise FixtureProblem(path, 1, f"the columns are not {', '.join(sorted(columns))}")
    for row in reader:
        if None in row or None in row.values():
            raise FixtureProblem(path, reader.line_num, "the row has not one value per column")
        yield reader.line_num, row


def in_language(value: Any, language: Language) -> Any:
    """`value` with every {"da": ..., "en": ...} replaced by the text of that language."""
    if isinstance(value, dict):
        if value.keys() == {"da", "en"}:
            return value[language]
        return {key: in_language(each, language) for key, each in value.items()}
    if isinstance(value, list):
        return [in_language(each, language) for each in value]
    return value


def reference(name: str, language: Language) -> Record:
    """One file of the reference study in one language."""
    content: Record = in_language(read_json(folder(REFERENCE, f"{name}.json")), language)
    return content
