"""Coded excerpts as an Excel workbook that loses no text.

A cell holds 32,767 characters. The rest of a longer text goes on, part by part, in the
second sheet, and the cell says so at its end: its text without `CONTINUED_MARK`, followed
by the parts in order, is the whole.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final

import xlsxwriter

from coding.formats.excerpt_rows import COLUMNS, Cell, ExcerptRow, Progress, reporting
from workbench.files.spreadsheets import CELL_UNITS, split_for_cells, without_illegal

EXCERPTS_SHEET: Final = "excerpts"
CONTINUED_SHEET: Final = "continued"
CONTINUED_COLUMNS: Final = ("coding_id", "part", "text", "column")
CONTINUED_MARK: Final = f" [continued in sheet {CONTINUED_SHEET!r}]"
FIRST_CONTINUED_PART: Final = 2

SHEET_ROWS: Final = 1_048_576

NARROW, USUAL, WIDE, READING = 10, 18, 36, 70
WIDTHS: Final = {
    "case_attributes": WIDE,
    "revision": NARROW,
    "turn": NARROW,
    "time_code": NARROW,
    "start": NARROW,
    "end": NARROW,
    "quote": READING,
    "context_before": WIDE,
    "context_after": WIDE,
    "code_path": WIDE,
    "weight": NARROW,
    "memo": WIDE,
    "coding_id": WIDE,
}


class SheetFullError(ValueError):
    """More rows than a sheet holds: narrow the filter, or take a CSV."""


def write_excerpts_xlsx(
    rows: Iterable[ExcerptRow],
    stream: BinaryIO,
    *,
    progress: Progress | None = None,
    sheet_rows: int = SHEET_ROWS,
) -> int:
    """Write the workbook; the number of excerpts in it. The stream stays open.

    Memory stays flat whatever the number of rows. Nothing reaches `stream` before the
    workbook is whole. Raises `SheetFullError` past `sheet_rows` rows, the heading included.
    """
    # Its own folder, removed whatever happens: the library's scratch files hold quotes.
    with TemporaryDirectory(prefix="excerpts-") as folder:
        path = Path(folder) / "excerpts.xlsx"
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": folder,
        }
        with xlsxwriter.Workbook(str(path), options) as workbook:
            book = _ExcerptBook(workbook, sheet_rows)
            for row in reporting(rows, progress):
                book.add(row)
            book.finish()
        with path.open("rb") as written:
            shutil.copyfileobj(written, stream)
    return book.excerpts.count


class _Sheet:
    """A sheet that is filled from the top, row after row."""

    def __init__(self, workbook: Any, name: str, columns: tuple[str, ...], limit: int) -> None:
        self.count = 0
        self._limit = limit
        self._columns = columns
        self._sheet = workbook.add_worksheet(name)
        self._sheet.freeze_panes(1, 0)
        self._plain = workbook.add_format()
        heading = workbook.add_format({"bold": True})
        for index, column in enumerate(columns):
            self._sheet.set_column(index, index, WIDTHS.get(column, USUAL))
            self._sheet.write_string(0, index, column, heading)

    def append(self, cells: Iterable[Cell]) -> None:
        row = self.count + 1
        if row >= self._limit:
            raise SheetFullError(f"A sheet holds {self._limit - 1} rows below its heading.")
        for index, cell in enumerate(cells):
            if isinstance(cell, str):
                if cell:
                    self._write_text(row, index, cell)
            elif cell is not None:
                self._sheet.write_number(row, index, cell)
        self.count = row

    def finish(self) -> None:
        self._sheet.autofilter(0, 0, self.count, len(self._columns) - 1)

    def _write_text(self, row: int, column: int, text: str) -> None:
        if text.startswith("<r>") and text.endswith("</r>"):
            # In constant-memory mode the library takes such a text for its own markup and
            # writes it unescaped; as two runs it is escaped like any other.
            refused = self._sheet.write_rich_string(row, column, "<", self._plain, text[1:])
        else:
            refused = self._sheet.write_string(row, column, text)
        if refused:
            raise ValueError(f"The text at row {row}, column {column} does not fit a cell.")


class _ExcerptBook:
    """The two sheets, and the rule for what goes on in the second."""

    def __init__(self, workbook: Any, sheet_rows: int) -> None:
        self.excerpts = _Sheet(workbook, EXCERPTS_SHEET, COLUMNS, sheet_rows)
        self.continued = _Sheet(workbook, CONTINUED_SHEET, CONTINUED_COLUMNS, sheet_rows)

    def add(self, row: ExcerptRow) -> None:
        coding_id = str(row.coding_id)
        self.excerpts.append(
            self._fit(coding_id, column, cell) if isinstance(cell, str) else cell
            for column, cell in zip(COLUMNS, row.cells(), strict=True)
        )

    def finish(self) -> None:
        self.excerpts.finish()
        self.continued.finish()

    def _fit(self, coding_id: str, column: str, text: str) -> str:
        text = without_illegal(text)
        # Half as many characters fit whatever they are, and most texts are far shorter.
        if len(text) <= CELL_UNITS // 2 or len(split_for_cells(text)) == 1:
            return text
        first, *rest = split_for_cells(text, units=CELL_UNITS - len(CONTINUED_MARK))
        for number, part in enumerate(rest, start=FIRST_CONTINUED_PART):
            self.continued.append((coding_id, number, part, column))
        return first + CONTINUED_MARK
