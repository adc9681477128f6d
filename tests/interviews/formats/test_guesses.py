"""Guesses from a file's name and words."""

import datetime as dt

import pytest

from interviews.enums import DocumentKind
from interviews.formats import parse
from interviews.formats.encoding_samples import encoding_samples
from interviews.formats.guesses import guess_date, guess_interviewers, guess_kind, guess_title

pytestmark = pytest.mark.pure


def test_the_name_tells_title_and_date() -> None:
    assert guess_title("2024-05-14_fokusgruppe.docx") == "2024-05-14 fokusgruppe"
    assert guess_date("2024-05-14_fokusgruppe.docx") == dt.date(2024, 5, 14)
    assert guess_date("20240514.txt") == dt.date(2024, 5, 14)
    assert guess_date("2024-13-40.txt") is None
    assert guess_date("interview 120240514000.txt") is None


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("i03.txt", "Leder: Ja.\n\nHjælper 1: Nej.", DocumentKind.TRANSCRIPT),
        ("film.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nJa.", DocumentKind.TRANSCRIPT),
        ("hr.txt", "[V] Ja.\n[P] Hun tøver.", DocumentKind.NOTES),
        ("rundgang.txt", "Porten står åben.", DocumentKind.OBSERVATION),
        ("strategi.md", "Vores opgave er klar.", DocumentKind.WRITTEN),
    ],
)
def test_the_words_tell_the_kind(name: str, text: str, kind: DocumentKind) -> None:
    assert guess_kind(name, parse(text.encode(), name=name)) == kind


def test_those_who_ask_are_known_by_their_label() -> None:
    labels = ["Interviewer 2", "INT", "Moderator", "Ida", "Interne", "Leder"]
    assert guess_interviewers(labels) == {"Interviewer 2", "INT", "Moderator"}


def test_samples_show_the_same_line_in_every_encoding_that_fits() -> None:
    samples = dict(encoding_samples("Vi når det på én måde".encode("cp1252")))
    assert samples["cp1252"] == "Vi når det på én måde"
    assert "utf-8" not in samples
    assert len(set(samples.values())) == len(samples)


def test_a_sample_shows_letters_that_come_late() -> None:
    text = "a" * 5000 + " på øen"
    samples = dict(encoding_samples(text.encode("cp850")))
    assert samples["cp850"].endswith("på øen")
