"""Small tables that people keep in a spreadsheet: CSV, and the first sheet of an XLSX."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import PurePath
from xml.etree.ElementTree import Element

from interviews.formats.encodings import decode
from interviews.formats.normalise import normalise
from workbench.files.archives import Archive, ArchiveLimits, open_archive
from workbench.files.markup import parse_markup
from workbench.files.problems import FileProblem, ProblemCode

TABLE_SUFFIXES = (".csv", ".xlsx")
Row = tuple[int, list[str]]

ROWS = 2_000
COLUMNS = 50
CELL_CHARACTERS = 2_000
_PACKED = ArchiveLimits(
    members=500, total_bytes=32 * 1024 * 1024, member_bytes=16 * 1024 * 1024, ratio_from=1 << 20
)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def is_table(name: str) -> bool:
    return PurePath(name).suffix.lower() in TABLE_SUFFIXES


def read_table(data: bytes, *, name: str) -> list[Row]:
    """The rows that are not empty, each with its number in the file (from 1) and its cells.

    Raises FileProblem: empty, broken, too_many (rows, columns), and what decoding and
    unpacking raise.
    """
    if not data:
        raise FileProblem(ProblemCode.EMPTY)
    cells = _xlsx(data) if PurePath(name).suffix.lower() == ".xlsx" else _csv(data)
    rows: list[Row] = []
    for number, row in cells:
        plain = [" ".join(normalise(cell[:CELL_CHARACTERS]).text.split()) for cell in row]
        if not any(plain):
            continue
        if len(rows) == ROWS or len(plain) > COLUMNS:
            raise FileProblem(ProblemCode.TOO_MANY, what="cells", limit=ROWS)
        rows.append((number, plain))
    if not rows:
        raise FileProblem(ProblemCode.EMPTY)
    return rows


def _csv(data: bytes) -> Iterator[Row]:
    # A NUL ends a line for no spreadsheet, but it ends the csv module's patience.
    text = decode(data).text.replace("\x00", "")
    head = text.lstrip().split("\n", 1)[0]
    # Danish Excel writes semicolons, others commas; a pasted table has tabs.
    delimiter = max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise FileProblem(ProblemCode.BROKEN, reason="table") from error


def _xlsx(data: bytes) -> Iterator[Row]:
    archive = open_archive(io.BytesIO(data), limits=_PACKED)
    shared = _shared(archive)
    for row in _part(archive, _first_sheet(archive)).iter(f"{_MAIN}row"):
        number, cells = 0, [""] * COLUMNS
        for cell in row.iter(f"{_MAIN}c"):
            column, number = _place(cell)
            if column < COLUMNS:
                cells[column] = _value(cell, shared)
        yield number, cells


def _part(archive: Archive, name: str) -> Element:
    if name not in archive:
        raise FileProblem(ProblemCode.BROKEN, reason="sheet")
    return parse_markup(archive.read(name), elements=500_000)


def _first_sheet(archive: Archive) -> str:
    sheet = _part(archive, "xl/workbook.xml").find(f"{_MAIN}sheets/{_MAIN}sheet")
    wanted = None if sheet is None else sheet.get(_LINK)
    for link in _part(archive, "xl/_rels/workbook.xml.rels"):
        if wanted is not None and link.get("Id") == wanted:
            target = link.get("Target", "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise FileProblem(ProblemCode.BROKEN, reason="sheet")


def _shared(archive: Archive) -> list[str]:
    name = "xl/sharedStrings.xml"
    if name not in archive:
        return []
    return [_text(item) for item in _part(archive, name).iter(f"{_MAIN}si")]


def _text(item: Element) -> str:
    return "".join(part.text or "" for part in item.iter(f"{_MAIN}t"))


def _place(cell: Element) -> tuple[int, int]:
    """Column from 0 and row from 1 of a cell such as `C7`."""
    match = _PLACE.fullmatch(cell.get("r", ""))
    if match is None:
        raise FileProblem(ProblemCode.BROKEN, reason="cell")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1, int(match[2])


def _value(cell: Element, shared: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _text(cell)
    value = cell.find(f"{_MAIN}v")
    told = (value.text or "") if value is not None else ""
    if kind != "s":
        return told
    try:
        return shared[int(told)]
    except (ValueError, IndexError) as error:
        raise FileProblem(ProblemCode.BROKEN, reason="cell") from error
