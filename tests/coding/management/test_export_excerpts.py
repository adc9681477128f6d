"""The command writes the same rows as the page, and refuses with the same reasons."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from interviews.models import Document
from tests.factories.codings import make_code, make_coding
from tests.factories.studies import Cast


@pytest.fixture
def coded(cast: Cast, document: Document) -> None:
    make_coding(cast.coder, document, "tavlen visket ud", make_code(cast.lead))
    make_coding(cast.second_coder, document, "en dårlig nat", make_code(cast.lead, "Fremmere"))


def run(out: Path, *options: str) -> tuple[str, list[dict[str, str]]]:
    said = StringIO()
    call_command("export_excerpts", "study", "--out", str(out), *options, stdout=said)
    with out.open(encoding="utf-8-sig", newline="") as file:
        return said.getvalue(), list(csv.DictReader(file))


def test_it_writes_what_the_options_ask_for(cast: Cast, coded: None, tmp_path: Path) -> None:
    said, rows = run(tmp_path / "all.csv")
    assert "2 rows" in said
    assert len(rows) == 2
    _said, rows = run(tmp_path / "some.csv", "--code", "haemmere", "--coder", "coder")
    assert [row["quote"] for row in rows] == ["tavlen visket ud"]
    _said, rows = run(
        tmp_path / "other.csv", "--case", "tofteby", "--text", "nat", "--as", "reader"
    )
    assert [row["coder"] for row in rows] == ["Second Coder"]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--code", "nope"], "--code"),
        (["--role", "boss"], "--role"),
        (["--coder", "nobody"], "--coder"),
        (["--as", "stranger"], "no study"),
    ],
)
def test_it_refuses_what_it_does_not_know_and_writes_nothing(
    cast: Cast, coded: None, tmp_path: Path, options: list[str], reason: str
) -> None:
    with pytest.raises(CommandError, match=reason):
        run(tmp_path / "out.csv", *options)
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_is_named(cast: Cast, coded: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        run(tmp_path / "nowhere" / "out.csv")
