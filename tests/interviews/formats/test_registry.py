"""The map as a table: out and in again with every word, and nothing that runs as a formula."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from interviews.formats.registry import (
    COLUMNS,
    HEADINGS,
    registry_csv,
    registry_rows,
    registry_xlsx,
)
from interviews.formats.tables import read_table

pytestmark = pytest.mark.pure
NASTY = ("=1+1", "- nej", "@SUM(A1)", "+45", "æøå 🙂", "<r>fed</r>", 'a";b,c', "01", "＝x")
CELL = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=40)


def came_in(data: bytes, name: str) -> list[dict[str, str]]:
    rows = registry_rows(read_table(data, name=name))
    assert rows is not None
    return [row.cells for row in rows]


@pytest.mark.parametrize("delimiter", [";", ","])
def test_a_csv_comes_back_as_it_went_out(delimiter: str) -> None:
    rows = [{"name": text, "tools": text, "level": "1"} for text in NASTY]
    data = registry_csv(rows, delimiter=delimiter)
    assert came_in(data, "map.csv") == rows
    assert "\n=1+1" not in data.decode("utf-8-sig")


def test_a_workbook_comes_back_as_it_went_out_with_what_the_search_misses() -> None:
    rows = [{"name": text, "concepts": text, "level": "2"} for text in NASTY]
    data = registry_xlsx(rows, caveats=["=Kun netværk"], names=("Projekter", "Forbehold"))
    assert came_in(data, "map.xlsx") == rows
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.get_sheet_by_name("Forbehold").to_python() == [["=Kun netværk"]]


@given(st.lists(st.fixed_dictionaries({"name": CELL.filter(bool), "note": CELL}), max_size=5))
def test_any_words_survive_a_csv(rows: list[dict[str, str]]) -> None:
    data = registry_csv([{"key": "x", **row} for row in rows], delimiter=";")
    found = came_in(data, "map.csv")
    assert len(found) == len(rows)


@pytest.mark.parametrize("heading", [one for names in HEADINGS.values() for one in names])
def test_headings_are_known_in_both_languages_whatever_their_letters(heading: str) -> None:
    column = next(column for column, names in HEADINGS.items() if heading in names)
    rows = registry_rows([(1, ["Navn", f" {heading.upper()}: ".strip()]), (2, ["Huset", "Et ord"])])
    assert rows is not None
    assert rows[0].cells[column] in {"Huset", "Et ord"}


def test_a_table_without_names_is_none_and_derived_columns_are_passed_over() -> None:
    assert registry_rows([(1, ["niveau"]), (2, ["1"])]) is None
    rows = registry_rows([(1, ["name", "period_start", "hvad"]), (2, ["Huset", "2009-01-01", "x"])])
    assert rows is not None
    assert rows[0].cells == {"name": "Huset"}
    assert "period_start" in COLUMNS
