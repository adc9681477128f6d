"""Small tables from spreadsheets, and what their cells say of files."""

import datetime
import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from interviews.formats.mapping_tables import (
    MappingRow,
    SpeakerCell,
    file_key,
    mapping_rows,
    read_date,
    read_speakers,
)
from interviews.formats.normalise import normalise
from interviews.formats.sandbox import read_table_bounded
from interviews.formats.tables import COLUMNS, ROWS, read_table
from tests.interviews.formats.packages import with_part
from workbench.files.problems import FileProblem, ProblemCode

pytestmark = pytest.mark.pure
CELLS = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=12)


def xlsx(rows: list[list[str]], *, first: str = "Ark1") -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet(first)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
        book.add_worksheet("Andet").write_string(0, 0, "ikke dette")
    return stream.getvalue()


def refused(data: bytes, name: str) -> FileProblem:
    with pytest.raises(FileProblem) as problem:
        read_table(data, name=name)
    return problem.value


@settings(deadline=None, max_examples=30)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8))
def test_a_sheet_gives_back_the_cells_that_were_written(rows: list[list[str]]) -> None:
    found = read_table(xlsx(rows), name="a.XLSX")
    assert [number for number, _cells in found] == list(range(1, len(rows) + 1))
    assert [cells[:3] for _number, cells in found] == [
        [normalise(cell).text for cell in row] for row in rows
    ]
    assert not any(any(cells[3:]) for _number, cells in found)


def test_days_and_numbers_of_a_sheet_are_told_as_a_person_would_write_them() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["fil", "dato", "interview", "andel"])
        sheet.write_string(3, 0, "a.txt")
        day = datetime.datetime(2024, 5, 14)
        sheet.write_datetime(3, 1, day, book.add_format({"num_format": "d.m.yyyy"}))
        sheet.write_row(3, 2, [3, 0.5])
        sheet.write_string(3, COLUMNS + 3, "langt ude")
    (_head, (number, cells)) = read_table(stream.getvalue(), name="a.xlsx")
    assert (number, cells[0], cells[2:4]) == (4, "a.txt", ["3", "0.5"])
    assert read_date(cells[1]) == datetime.date(2024, 5, 14)


def test_a_cell_at_the_far_end_of_a_sheet_costs_the_child_and_nobody_else() -> None:
    far = with_part(
        xlsx([["fil"]]),
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(
            b"</sheetData>",
            b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
        ),
    )
    with pytest.raises(FileProblem) as problem:
        read_table_bounded(far, name="a.xlsx")
    assert problem.value.code is ProblemCode.TOO_LARGE_IN_MEMORY


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_is_read_as_spreadsheets_of_any_country_write_it(
    delimiter: str, encoding: str
) -> None:
    text = delimiter.join(["fil", "case"]) + "\r\n\r\n" + delimiter.join(['"a;b,c"', "Børnehus"])
    assert read_table(text.encode(encoding), name="a.csv") == [
        (1, ["fil", "case"]),
        (3, ["a;b,c", "Børnehus"]),
    ]


def test_the_child_reads_a_table_as_reading_here_does() -> None:
    data = xlsx([["fil", "case"], ["ø.txt", "Svalen"]])
    assert read_table_bounded(data, name="ø.xlsx") == read_table(data, name="ø.xlsx")
    with pytest.raises(FileProblem) as problem:
        read_table_bounded(b"x", name="a.xlsx")
    assert problem.value.code is ProblemCode.BROKEN


def test_a_table_past_its_bounds_is_refused() -> None:
    assert refused(b"a\n" * (ROWS + 1), "a.csv").code is ProblemCode.TOO_MANY
    assert refused(b"a," * COLUMNS + b"a", "a.csv").code is ProblemCode.TOO_MANY
    assert refused(b'"' + b"a" * 200_000, "a.csv").code is ProblemCode.BROKEN
    assert refused(b"\n\n;;\n", "a.csv").code is ProblemCode.EMPTY


def test_a_sheet_with_one_thing_wrong_is_refused() -> None:
    good = xlsx([["fil"]])
    strings = "xl/sharedStrings.xml"
    bad_cell = with_part(
        good, "xl/worksheets/sheet1.xml", lambda part: part.replace(b'r="A1"', b'r="nowhere"')
    )
    no_string = with_part(
        good, strings, lambda part: part.replace(b"<si>", b"<no>").replace(b"</si>", b"</no>")
    )
    typed = with_part(good, strings, lambda part: part.replace(b"<sst", b"<!DOCTYPE a><sst", 1))
    no_sheet = with_part(good, "xl/workbook.xml", lambda part: part.replace(b"rId1", b"rId77"))
    for data in (bad_cell, no_string, no_sheet, good[:-200]):
        assert refused(data, "a.xlsx").code is ProblemCode.BROKEN
    assert refused(typed, "a.xlsx").code is ProblemCode.UNSAFE_MARKUP
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * 10_000_000)
    assert refused(stream.getvalue(), "a.xlsx").code is ProblemCode.ARCHIVE_BOMB


@pytest.mark.parametrize(
    ("told", "date"),
    [
        ("2024-05-14", (2024, 5, 14)),
        ("2024-05-14 00:00:00", (2024, 5, 14)),
        ("14.5.2024", (2024, 5, 14)),
        ("14/05/2024", (2024, 5, 14)),
        ("14-05-2024", (2024, 5, 14)),
        ("45426", (2024, 5, 14)),
        ("45426.0", (2024, 5, 14)),
        ("2024-02-30", None),
        ("May 2024", None),
        ("0000-01-01", None),
        ("14.5.24", None),
    ],
)
def test_a_day_is_read_as_people_and_spreadsheets_write_it(
    told: str, date: tuple[int, int, int] | None
) -> None:
    assert read_date(told) == (datetime.date(*date) if date else None)


def test_speakers_are_labels_with_a_pseudonym_and_a_role() -> None:
    assert read_speakers("H2 = Hjælper 2 (TR); I=interviewer ;Leder;") == [
        SpeakerCell("H2", "Hjælper 2", "TR"),
        SpeakerCell("I", "interviewer"),
        SpeakerCell("Leder", "Leder"),
    ]
    assert read_speakers("") == []
    for wrong in ("a = b = c", "a = b (c", "= b"):
        assert read_speakers(wrong) is None


@given(st.text(max_size=60))
def test_no_cell_is_a_surprise(told: str) -> None:
    read_date(told)
    for speaker in read_speakers(told) or ():
        assert speaker.label
        assert speaker.who


def test_headings_are_found_in_any_order_and_language() -> None:
    table = [(1, ["Case:", "noget andet", "FIL"]), (4, ["svalen", "x", "a.txt"]), (5, ["", "", ""])]
    assert mapping_rows(table) == [
        MappingRow(4, "a.txt", {"case": "svalen"}),
        MappingRow(5, "", {}),
    ]
    assert mapping_rows([(1, ["navn", "case"])]) is None


def test_a_file_is_the_same_with_folders_and_capitals() -> None:
    assert {file_key(name) for name in ("A.txt", "x/a.TXT", "C:\\x\\a.txt")} == {"a.txt"}
