"""Small tables that people keep in a spreadsheet: CSV, and the first sheet of an XLSX."""

import csv
import io
from collections.abc import Iterator
from pathlib import PurePath

from interviews.formats.encodings import decode
from interviews.formats.normalise import normalise
from workbench.files.archives import ArchiveLimits, open_archive
from workbench.files.markup import check_markup
from workbench.files.problems import FileProblem, ProblemCode

TABLE_SUFFIXES = (".csv", ".xlsx")
Row = tuple[int, list[str]]

ROWS = 2_000
COLUMNS = 50
# One more than any field takes: a longer text is refused there, never cut in silence.
CELL_CHARACTERS = 10_001
_PACKED = ArchiveLimits(
    members=500, total_bytes=32 * 1024 * 1024, member_bytes=16 * 1024 * 1024, ratio_from=1 << 20
)


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
    # Here and not above: only the child has the room that a sheet may claim.
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    archive = open_archive(io.BytesIO(data), limits=_PACKED)
    for name in archive.names:
        if name.endswith(".xml"):
            check_markup(archive.read(name), elements=500_000)
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, IndexError) as error:
        raise FileProblem(ProblemCode.BROKEN, reason="sheet") from error
    for number, row in enumerate(rows, 1):
        yield number, [_told(cell) for cell in row[:COLUMNS]]


def _told(cell: object) -> str:
    """A whole number without the fraction that spreadsheets give every number."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
