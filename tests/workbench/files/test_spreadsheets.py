"""Cells that neither run nor lose what people said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.files.spreadsheets import (
    CELL_UNITS,
    is_formula_like,
    neutralise,
    split_for_cells,
    without_illegal,
)

pytestmark = pytest.mark.pure


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    "text", ["=1+1", "+45 12", "- Ja", "@sum", "\t=1", "\r=1", "\n=1", "＝1", "－1"]
)
def test_text_that_a_spreadsheet_might_run_gets_an_apostrophe(text: str) -> None:
    assert is_formula_like(text)
    assert neutralise(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Ja = nej", "hej", "'=1", " - ", "– tankestreg"])
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert neutralise(text) == text


def test_characters_that_xml_cannot_hold_go_and_no_others() -> None:
    assert without_illegal("a\x00\x08b\x0b\x1f\ufffe\ud800c\t\n\rd 👩 \x85") == "abc\t\n\rd 👩 \x85"


def test_text_that_fits_stays_in_one_piece() -> None:
    assert split_for_cells("") == [""]
    assert split_for_cells("a" * CELL_UNITS) == ["a" * CELL_UNITS]


def test_an_emoji_counts_two_and_is_never_halved() -> None:
    pieces = split_for_cells("👩" * CELL_UNITS)
    assert [units(piece) for piece in pieces] == [CELL_UNITS - 1, CELL_UNITS - 1, 2]


def test_combined_characters_stay_together() -> None:
    family = "👩\u200d👩\u200d👧"
    assert split_for_cells("abc" + family, units=8) == ["abc", family]
    assert split_for_cells("abce\u0301", units=4) == ["abc", "e\u0301"]
    assert split_for_cells("ab👍🏽", units=4) == ["ab", "👍🏽"]


@given(st.text(), st.integers(min_value=2, max_value=9))
def test_pieces_fit_and_give_back_the_text(text: str, limit: int) -> None:
    pieces = split_for_cells(text, units=limit)
    assert "".join(pieces) == text
    assert all(units(piece) <= limit for piece in pieces)
    assert all(pieces) or pieces == [""]
