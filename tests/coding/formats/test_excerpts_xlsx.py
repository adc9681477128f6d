"""The workbook of excerpts, read back with another library than the one that wrote it."""

import io
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from coding.formats.excerpt_rows import COLUMNS, ExcerptRow
from coding.formats.excerpts_xlsx import (
    CONTINUED_COLUMNS,
    CONTINUED_MARK,
    CONTINUED_SHEET,
    EXCERPTS_SHEET,
    SheetFullError,
    write_excerpts_xlsx,
)
from tests.factories.excerpt_rows import NASTY_STARTS, make_row, stored_texts

pytestmark = pytest.mark.pure

CELL_UNITS = 32_767


def written(rows: list[ExcerptRow]) -> bytes:
    output = io.BytesIO()
    assert write_excerpts_xlsx(rows, output) == len(rows)
    return output.getvalue()


def sheet(data: bytes, name: str) -> list[dict[str, Any]]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    heading, *rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [dict(zip(map(str, heading), row, strict=True)) for row in rows]


def whole_quotes(data: bytes) -> list[str]:
    """Each quote with its continuation put back."""
    rest: dict[str, str] = {}
    for part in sheet(data, CONTINUED_SHEET):
        if part["column"] == "quote":
            rest[part["coding_id"]] = rest.get(part["coding_id"], "") + part["text"]
    return [
        row["quote"].removesuffix(CONTINUED_MARK) + rest[row["coding_id"]]
        if row["coding_id"] in rest
        else row["quote"]
        for row in sheet(data, EXCERPTS_SHEET)
    ]


def member(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


@settings(max_examples=60, deadline=None)
@given(quotes=st.lists(stored_texts, min_size=1, max_size=8))
def test_every_text_comes_back_as_it_was(quotes: list[str]) -> None:
    data = written([make_row(quote=quote, memo=quote) for quote in quotes])

    assert whole_quotes(data) == quotes
    assert [row["memo"] for row in sheet(data, EXCERPTS_SHEET)] == quotes


@settings(max_examples=8, deadline=None)
@given(
    start=st.sampled_from(NASTY_STARTS),
    filling=st.sampled_from(["æ", "🙂", "<&>", "=1;", "e\u0301", "a 🙂"]),
    length=st.integers(CELL_UNITS // 2 - 50, 3 * CELL_UNITS),
)
def test_a_text_of_any_length_comes_back_whole(start: str, filling: str, length: int) -> None:
    quote = start + filling * (length // len(filling))

    data = written([make_row(quote=quote)])

    assert whole_quotes(data) == [quote]


def test_a_quote_longer_than_a_cell_is_continued_and_says_so() -> None:
    coding_id = UUID("00000000-0000-4000-8000-0000000000aa")
    data = written([make_row(quote="x" * 70_000, coding_id=coding_id), make_row(quote="kort")])

    first, second = sheet(data, EXCERPTS_SHEET)
    parts = sheet(data, CONTINUED_SHEET)
    assert first["quote"].endswith(CONTINUED_MARK)
    assert len(first["quote"]) <= CELL_UNITS
    assert second["quote"] == "kort"
    assert [(part["coding_id"], part["part"], part["column"]) for part in parts] == [
        (str(coding_id), 2, "quote"),
        (str(coding_id), 3, "quote"),
    ]


def test_a_quote_that_just_fills_a_cell_is_not_continued() -> None:
    quote = "x" * CELL_UNITS

    data = written([make_row(quote=quote)])

    assert [row["quote"] for row in sheet(data, EXCERPTS_SHEET)] == [quote]
    assert sheet(data, CONTINUED_SHEET) == []


def test_emoji_count_as_two_against_the_limit_of_a_cell() -> None:
    quote = "🙂" * 20_000

    data = written([make_row(quote=quote)])

    assert len(sheet(data, CONTINUED_SHEET)) == 1
    assert whole_quotes(data) == [quote]


def test_formula_like_text_is_stored_as_text_and_offsets_as_numbers() -> None:
    data = written([make_row(quote="=1+1", memo="https://example.test")])

    xml = member(data, "xl/worksheets/sheet1.xml")
    (row,) = sheet(data, EXCERPTS_SHEET)
    assert "<f>" not in xml
    assert "<hyperlink" not in xml
    assert (row["quote"], row["start"], row["end"]) == ("=1+1", 1204, 1260)


def test_control_characters_leave_the_workbook_readable() -> None:
    data = written([make_row(quote="før\x00\x0b\x1fefter")])

    assert whole_quotes(data) == ["førefter"]


def test_the_heading_stays_in_sight_and_filters() -> None:
    data = written([make_row(), make_row()])

    xml = member(data, "xl/worksheets/sheet1.xml")
    assert list(sheet(data, EXCERPTS_SHEET)[0]) == list(COLUMNS)
    assert 'ySplit="1"' in xml
    assert 'state="frozen"' in xml
    assert '<autoFilter ref="A1:AB3"/>' in xml


def test_no_rows_still_make_a_workbook_with_headings() -> None:
    data = written([])

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert workbook.get_sheet_by_name(EXCERPTS_SHEET).to_python() == [list(COLUMNS)]
    assert workbook.get_sheet_by_name(CONTINUED_SHEET).to_python() == [list(CONTINUED_COLUMNS)]


def test_more_rows_than_a_sheet_holds_are_refused_and_nothing_is_written() -> None:
    output = io.BytesIO()

    with pytest.raises(SheetFullError):
        write_excerpts_xlsx([make_row()] * 3, output, sheet_rows=3)

    assert output.getvalue() == b""


def test_a_source_that_breaks_off_leaves_neither_output_nor_scratch_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    output = io.BytesIO()

    def broken() -> Iterator[ExcerptRow]:
        yield make_row()
        raise ConnectionError

    with pytest.raises(ConnectionError):
        write_excerpts_xlsx(broken(), output)

    assert output.getvalue() == b""
    assert list(tmp_path.iterdir()) == []


def test_rows_are_streamed_and_progress_is_told() -> None:
    heard: list[int] = []

    count = write_excerpts_xlsx(
        (make_row() for _ in range(1200)), io.BytesIO(), progress=heard.append
    )

    assert count == 1200
    assert heard == [500, 1000, 1200]
