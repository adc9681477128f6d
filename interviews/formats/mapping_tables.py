"""A table that says what files are: one row a file, headings in Danish or English."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from interviews.formats.tables import Row

HEADINGS = {
    "file": ("file", "fil", "filename", "filnavn", "file name"),
    "case": ("case", "arbejdsplads", "workplace"),
    "interview": ("interview",),
    "date": ("date", "dato"),
    "form": ("form", "interviewform"),
    "kind": ("kind", "slags", "type"),
    "title": ("title", "titel"),
    "language": ("language", "sprog"),
    "speakers": ("speakers", "talere", "personer", "people"),
}
_COLUMNS = {heading: column for column, headings in HEADINGS.items() for heading in headings}
# Spreadsheets keep a day as the number of days since this one.
_DAY_ZERO = datetime.date(1899, 12, 30)
_DATES = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ]00:00(?::00)?)?"),
    re.compile(r"(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{4})"),
)
_SERIAL = re.compile(r"(\d{5})(?:\.0+)?")
_SPEAKER = re.compile(r"(?P<label>[^=]+)(?:=(?P<who>[^=()]+)(?:\((?P<role>[^()]+)\))?)?")


@dataclass(frozen=True, slots=True)
class MappingRow:
    """What one row says; `cells` by column (see HEADINGS), empty ones left out."""

    number: int
    file: str
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class SpeakerCell:
    """A label, whose pseudonym (or word for who asks) it is, and in what role."""

    label: str
    who: str
    role: str = ""


def mapping_rows(table: Sequence[Row]) -> list[MappingRow] | None:
    """The rows under the headings; None when no heading names the files."""
    headings = [_COLUMNS.get(cell.casefold().strip(" :")) for cell in table[0][1]]
    if "file" not in headings:
        return None
    rows: list[MappingRow] = []
    for number, cells in table[1:]:
        said = {
            column: cell for column, cell in zip(headings, cells, strict=False) if column and cell
        }
        rows.append(MappingRow(number, said.pop("file", ""), said))
    return rows


def file_key(name: str) -> str:
    """Names that mean one file: whatever the case of their letters, and without folders."""
    return PurePath(name.replace("\\", "/")).name.casefold()


def read_date(told: str) -> datetime.date | None:
    """A day as people and spreadsheets write it: year first, day first, or a serial number."""
    if serial := _SERIAL.fullmatch(told):
        return _DAY_ZERO + datetime.timedelta(days=int(serial[1]))
    for shape in _DATES:
        if match := shape.fullmatch(told):
            parts = {name: int(value) for name, value in match.groupdict().items()}
            try:
                return datetime.date(**parts)
            except ValueError:
                return None
    return None


def read_speakers(told: str) -> list[SpeakerCell] | None:
    """`H2 = Hjælper 2 (employee); I = interviewer; Hjælper 4`; None when it is not like that."""
    speakers: list[SpeakerCell] = []
    for piece in filter(None, (piece.strip() for piece in told.split(";"))):
        match = _SPEAKER.fullmatch(piece)
        if match is None:
            return None
        label = match["label"].strip()
        who = (match["who"] or label).strip()
        speakers.append(SpeakerCell(label, who, (match["role"] or "").strip()))
    return speakers
