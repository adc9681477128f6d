"""The map as a table: CSV and XLSX out, headings in Danish or English in."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import xlsxwriter

from interviews.formats.tables import Row
from workbench.files.spreadsheets import (
    CELL_UNITS,
    is_formula_like,
    neutralise,
    split_for_cells,
    without_illegal,
)

HEADINGS: Final = {
    "key": ("key", "nøgle", "id"),
    "name": ("name", "workplace", "navn", "arbejdsplads"),
    "title": ("title", "titel"),
    "level": ("level", "niveau"),
    "level_doubt": ("level_doubt", "tvivl om niveau"),
    "councils": ("councils", "council", "råd", "bar"),
    "councils_described": ("councils_described", "råd i beskrivelsen"),
    "sector": ("sector", "sektor"),
    "funding": ("funding", "finansiering", "støtte"),
    "funding_described": ("funding_described", "finansiering i beskrivelsen"),
    "case_number": ("case_number", "case number", "sagsnummer"),
    "period_printed": ("period_printed", "period", "periode"),
    "status": ("status",),
    "status_note": ("status_note", "status læst af"),
    "consultants": ("consultants", "konsulenter"),
    "actors": ("actors", "arenas and actors", "aktører", "arenaer og aktører"),
    "concepts": ("concepts", "central concepts", "begreber", "centrale begreber"),
    "tools": ("tools", "redskaber", "metoder"),
    "results": ("results", "resultater", "effekt"),
    "references": ("references", "known from", "kendt fra", "kilder"),
    "note": ("note", "notes", "noter", "bemærkning"),
}
# Follow from the others: they go out, and are passed over when they come in.
DERIVED: Final = ("period_start", "period_end", "period_precision", "period_ambiguous", "sources")
COLUMNS: Final = (*HEADINGS, *DERIVED)
_COLUMNS = {heading: column for column, headings in HEADINGS.items() for heading in headings}
_WIDE = frozenset({"name", "title", "actors", "concepts", "tools", "results", "references", "note"})


@dataclass(frozen=True, slots=True)
class RegistryRow:
    """What one row says; `cells` by column (see HEADINGS), empty ones left out."""

    number: int
    cells: dict[str, str]


def registry_rows(table: Sequence[Row]) -> list[RegistryRow] | None:
    """The rows under the headings; None when no heading tells what projects are called."""
    headings = [_COLUMNS.get(cell.casefold().strip(" :")) for cell in table[0][1]]
    if "name" not in headings:
        return None
    rows = []
    for number, cells in table[1:]:
        said = {
            column: _as_written(cell)
            for column, cell in zip(headings, cells, strict=False)
            if column and cell
        }
        if said:
            rows.append(RegistryRow(number, said))
    return rows


def _as_written(cell: str) -> str:
    """Without the apostrophe that `neutralise` puts before what looks like a formula."""
    return cell[1:] if cell.startswith("'") and is_formula_like(cell[1:]) else cell


def registry_csv(rows: Iterable[Mapping[str, str]], *, delimiter: str) -> bytes:
    """For a spreadsheet program: a byte order mark, and nothing that it runs as a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([neutralise(row.get(column, "")) for column in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def registry_xlsx(
    rows: Iterable[Mapping[str, str]], *, caveats: Sequence[str], names: tuple[str, str]
) -> bytes:
    """A sheet of projects, and one of what the search for them misses; `names` are the sheets'.

    Raises ValueError for a text that does not fit a cell.
    """
    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(stream, options) as book:
        heading, plain = book.add_format({"bold": True}), book.add_format()
        sheet = book.add_worksheet(names[0])
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(COLUMNS):
            sheet.set_column(column, column, 40 if name in _WIDE else 16)
            sheet.write_string(0, column, name, heading)
        count = 0
        for count, row in enumerate(rows, 1):
            for column, name in enumerate(COLUMNS):
                _write(sheet, plain, count, column, row.get(name, ""))
        sheet.autofilter(0, 0, count, len(COLUMNS) - 1)
        if caveats:
            below = book.add_worksheet(names[1])
            below.set_column(0, 0, 100)
            for number, caveat in enumerate(caveats):
                _write(below, plain, number, 0, caveat)
    return stream.getvalue()


def _write(sheet: Any, plain: Any, row: int, column: int, text: str) -> None:
    text = without_illegal(text)
    if not text:
        return
    if len(split_for_cells(text, units=CELL_UNITS)) > 1:
        raise ValueError(f"The text at row {row}, column {column} does not fit a cell.")
    if text.startswith("<r>") and text.endswith("</r>"):
        # The library takes such a text for its own markup; as two runs it is escaped.
        sheet.write_rich_string(row, column, "<", plain, text[1:])
    else:
        sheet.write_string(row, column, text)
