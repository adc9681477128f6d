"""The one row behind every table of coded excerpts.

All formats write the same columns in the same order, so that a script written for one
table reads the others. One row is one coding: an excerpt with two codes stands on two rows.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Final
from uuid import UUID

Cell = str | int | float | None
Progress = Callable[[int], None]

JOINT: Final = "; "
PROGRESS_EVERY: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcerptRow:
    """One coding with what is needed to walk back to its source.

    The field names are the column headings. `start` and `end` are Unicode code points in
    `revision` of `document`, end exclusive. Tuples are several values of one column: the
    turns that a passage crosses, their speakers, the template sections it is placed in.
    `code_path` is the codes from the top down, ` / ` between them. An empty string or
    tuple is an empty cell.
    """

    study: str
    case: str
    case_attributes: Mapping[str, object]
    interview: str
    form: str
    date: dt.date | None
    participant_pseudonym: tuple[str, ...]
    role: tuple[str, ...]
    document: str
    revision: int
    turn: tuple[int, ...]
    time_code: tuple[str, ...]
    start: int
    end: int
    quote: str
    context_before: str
    context_after: str
    code: str
    code_path: str
    coder: str
    round: str
    source: str
    weight: float | None
    memo: str
    template_section: tuple[str, ...]
    kit_question: tuple[str, ...]
    coding_id: UUID
    created: dt.datetime

    def cells(self) -> tuple[Cell, ...]:
        """The values in column order: text, or a number for offsets, revision and weight."""
        return tuple(_cell(getattr(self, column)) for column in COLUMNS)


COLUMNS: Final[tuple[str, ...]] = tuple(field.name for field in fields(ExcerptRow))


def _cell(value: object) -> Cell:
    match value:
        case None | str() | int() | float():
            return value
        case tuple():
            return JOINT.join(str(part) for part in value)
        case dt.date():  # a datetime is a date too
            return value.isoformat()
        case Mapping():
            return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""
        case _:
            return str(value)


def reporting(rows: Iterable[ExcerptRow], progress: Progress | None) -> Iterator[ExcerptRow]:
    """Pass rows on, telling `progress` how many went by: now and then, and at the end."""
    count = 0
    for count, row in enumerate(rows, start=1):
        yield row
        if progress is not None and count % PROGRESS_EVERY == 0:
            progress(count)
    if progress is not None and count % PROGRESS_EVERY:
        progress(count)
