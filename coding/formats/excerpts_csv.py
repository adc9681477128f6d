"""Coded excerpts as CSV, in two kinds that must not be mixed up.

*Exact* is for programs: RFC 4180, UTF-8 without a byte order mark, every text as it is.

*For Excel* is for a spreadsheet program that a person opens the file in. It has a byte
order mark, so that æ, ø and å are read as UTF-8, and one rule for text that the program
would run as a formula: **a text that begins with `=`, `+`, `-` or `@` (also their
full-width forms), a tab or a line break gets an apostrophe in front**. Danish turns often
begin with "- ". Nothing else is changed, and numbers stay numbers. Spreadsheets cut a cell
after 32,767 characters when they open a CSV; XLSX is the format that keeps longer quotes
whole.
"""

import csv
from collections.abc import Iterable
from io import TextIOWrapper
from typing import BinaryIO

from coding.formats.excerpt_rows import COLUMNS, Cell, ExcerptRow, Progress, reporting
from workbench.files.spreadsheets import neutralise


def write_exact_csv(
    rows: Iterable[ExcerptRow], stream: BinaryIO, *, progress: Progress | None = None
) -> int:
    """Write every row untouched; the number of rows written. The stream stays open."""
    table = (row.cells() for row in reporting(rows, progress))
    return _write(table, stream, encoding="utf-8", delimiter=",")


def write_excel_csv(
    rows: Iterable[ExcerptRow],
    stream: BinaryIO,
    *,
    delimiter: str = ",",
    progress: Progress | None = None,
) -> int:
    """Write rows for a spreadsheet program; the number of rows written.

    `delimiter` follows the reader's language: a Danish Excel splits columns at `;`.
    """
    table = (
        tuple(neutralise(cell) if isinstance(cell, str) else cell for cell in row.cells())
        for row in reporting(rows, progress)
    )
    return _write(table, stream, encoding="utf-8-sig", delimiter=delimiter)


def _write(
    table: Iterable[tuple[Cell, ...]], stream: BinaryIO, *, encoding: str, delimiter: str
) -> int:
    text = TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        count = 0
        for count, cells in enumerate(table, start=1):  # noqa: B007 - read after the loop
            writer.writerow(cells)
        text.flush()
    finally:
        # Else the wrapper closes a stream that belongs to the caller.
        text.detach()
    return count
