"""The two CSVs: one untouched, one that a spreadsheet program may open."""

import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.formats.excerpt_rows import COLUMNS
from coding.formats.excerpts_csv import write_exact_csv, write_excel_csv
from tests.factories.excerpt_rows import make_row, stored_texts

pytestmark = pytest.mark.pure

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read(data: bytes, *, encoding: str = "utf-8", delimiter: str = ",") -> list[dict[str, str]]:
    text = io.StringIO(data.decode(encoding), newline="")
    return list(csv.DictReader(text, delimiter=delimiter))


@given(quotes=st.lists(stored_texts, max_size=5), memo=stored_texts)
def test_exact_csv_gives_every_text_back_as_it_was(quotes: list[str], memo: str) -> None:
    output = io.BytesIO()

    count = write_exact_csv([make_row(quote=quote, memo=memo) for quote in quotes], output)

    rows = read(output.getvalue())
    assert count == len(quotes)
    assert [row["quote"] for row in rows] == quotes
    assert {row["memo"] for row in rows} <= {memo}


def test_exact_csv_follows_rfc_4180() -> None:
    output = io.BytesIO()

    write_exact_csv([make_row(quote='sagde "ja",\nog gik')], output)

    data = output.getvalue()
    assert data.startswith(",".join(COLUMNS).encode() + b"\r\n")
    assert b'"sagde ""ja"",\nog gik"' in data
    assert data.endswith(b"\r\n")


@given(quote=stored_texts)
def test_excel_csv_changes_nothing_but_an_apostrophe_before_a_formula(quote: str) -> None:
    output = io.BytesIO()

    write_excel_csv([make_row(quote=quote)], output)

    (row,) = read(output.getvalue(), encoding="utf-8-sig")
    assert row["quote"] in {quote, "'" + quote}
    assert not row["quote"].startswith(("=", "+", "-", "@", "\t", "\r"))


def test_excel_csv_neutralises_a_turn_that_begins_with_a_dash_and_leaves_numbers() -> None:
    output = io.BytesIO()

    write_excel_csv([make_row(quote="- ja, jo", weight=-1.5, code="=1+1")], output)

    (row,) = read(output.getvalue(), encoding="utf-8-sig")
    assert row["quote"] == "'- ja, jo"
    assert row["code"] == "'=1+1"
    assert row["weight"] == "-1.5"


def test_excel_csv_has_a_byte_order_mark_and_exact_csv_has_none() -> None:
    exact, excel = io.BytesIO(), io.BytesIO()

    write_exact_csv([make_row()], exact)
    write_excel_csv([make_row()], excel)

    assert excel.getvalue().startswith(BYTE_ORDER_MARK)
    assert not exact.getvalue().startswith(BYTE_ORDER_MARK)


def test_excel_csv_splits_columns_at_the_mark_of_the_readers_language() -> None:
    output = io.BytesIO()

    write_excel_csv([make_row(quote="ja; nej, måske")], output, delimiter=";")

    (row,) = read(output.getvalue(), encoding="utf-8-sig", delimiter=";")
    assert row["quote"] == "ja; nej, måske"


@pytest.mark.parametrize("write", [write_exact_csv, write_excel_csv])
def test_the_callers_stream_stays_open_and_progress_is_told(write: Callable[..., int]) -> None:
    output, heard = io.BytesIO(), list[int]()

    count = write(iter([make_row(), make_row()]), output, progress=heard.append)

    assert (count, heard) == (2, [2])
    assert not output.closed
