"""The row behind every excerpt table."""

import json

import pytest

from coding.formats.excerpt_rows import COLUMNS, PROGRESS_EVERY, reporting
from tests.factories.excerpt_rows import make_row

pytestmark = pytest.mark.pure


def test_columns_are_the_published_ones_in_their_order() -> None:
    assert COLUMNS == (
        "study",
        "case",
        "case_attributes",
        "interview",
        "form",
        "date",
        "participant_pseudonym",
        "role",
        "document",
        "revision",
        "turn",
        "time_code",
        "start",
        "end",
        "quote",
        "context_before",
        "context_after",
        "code",
        "code_path",
        "coder",
        "round",
        "source",
        "weight",
        "memo",
        "template_section",
        "kit_question",
        "coding_id",
        "created",
    )


def test_several_values_are_joined_and_attributes_are_one_json_cell() -> None:
    cells = dict(zip(COLUMNS, make_row().cells(), strict=True))

    assert cells["participant_pseudonym"] == "Hjælper 1; Hjælper 2"
    assert cells["turn"] == "14; 15"
    assert json.loads(str(cells["case_attributes"])) == {
        "sector": "kommune",
        "headcount": 46,
        "round_the_clock": True,
    }
    assert cells["date"] == "2024-05-14"
    assert cells["created"] == "2024-06-01T09:30:00+00:00"
    assert (cells["start"], cells["end"], cells["revision"]) == (1204, 1260, 2)
    assert cells["coding_id"] == "00000000-0000-4000-8000-000000000001"


def test_what_is_missing_is_an_empty_cell() -> None:
    row = make_row(date=None, turn=(), case_attributes={}, weight=None)
    cells = dict(zip(COLUMNS, row.cells(), strict=True))

    assert cells["date"] is None
    assert cells["weight"] is None
    assert cells["turn"] == ""
    assert cells["case_attributes"] == ""


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (0, []),
        (3, [3]),
        (PROGRESS_EVERY, [PROGRESS_EVERY]),
        (PROGRESS_EVERY + 1, [PROGRESS_EVERY, PROGRESS_EVERY + 1]),
    ],
)
def test_progress_is_told_now_and_then_and_at_the_end(rows: int, told: list[int]) -> None:
    heard: list[int] = []

    passed = list(reporting([make_row()] * rows, heard.append))

    assert len(passed) == rows
    assert heard == told
