"""Guesses from a file's name and words."""

import datetime as dt

import pytest

from interviews.enums import DocumentKind, InterviewForm
from interviews.formats import parse
from interviews.formats.encoding_samples import encoding_samples
from interviews.formats.guesses import (
    guess_date,
    guess_form,
    guess_interviewers,
    guess_kind,
    guess_title,
)

pytestmark = pytest.mark.pure


def test_the_name_tells_title_and_date() -> None:
    assert guess_title("2024-05-14_fokusgruppe.docx") == "2024-05-14 fokusgruppe"
    assert guess_date("2024-05-14_fokusgruppe.docx") == dt.date(2024, 5, 14)
    assert guess_date("20240514.txt") == dt.date(2024, 5, 14)
    assert guess_date("2024-13-40.txt") is None
    assert guess_date("interview 120240514000.txt") is None


@pytest.mark.parametrize(
    "name",
    [
        "Møde 12-03-2025.docx",
        "skovbo_12.3.2025.txt",
        "20250312_123000.vtt",
        "Samtale den 12. marts 2025.txt",
        "12 March 2025 talk.txt",
        "Talk, March 12th, 2025.txt",
    ],
)
def test_a_day_is_found_however_it_is_written(name: str) -> None:
    assert guess_date(name) == dt.date(2025, 3, 12)


@pytest.mark.parametrize("name", ["Gruppe 3 2025", "31-02-2025", "12-13-2025", "112-03-20251"])
def test_what_is_no_day_is_none(name: str) -> None:
    assert guess_date(name) is None


def test_the_day_may_stand_above_the_first_words_but_not_in_them() -> None:
    words = "Interviewer: Hvad skete der 1. maj 2020?\n\nLeder: Det hele."
    headed = parse(f"Skovbo\n\nDato: 19. marts 2025\n\n{words}".encode(), name="a.txt")
    assert guess_date("a.txt", headed) == dt.date(2025, 3, 19)
    assert guess_date("2024-05-14.txt", headed) == dt.date(2024, 5, 14)
    assert guess_date("a.txt", parse(words.encode(), name="a.txt")) is None


@pytest.mark.parametrize(
    ("name", "speakers", "form"),
    [
        ("i01.txt", ["I", "Leder"], InterviewForm.INDIVIDUAL),
        ("i01.txt", ["Anna", "Bo"], InterviewForm.INDIVIDUAL),
        ("i02.txt", ["I", "Anna", "Bo", "Anna?", "????"], InterviewForm.PAIR),
        ("i03.txt", ["I", "Anna", "Bo", "Ida", "Per"], InterviewForm.GROUP),
        ("Fokusgruppe Skovbo.txt", ["I", "Anna"], InterviewForm.FOCUS_GROUP),
        ("personalemøde.txt", ["Anna", "Bo"], InterviewForm.MEETING),
        ("rundgang.txt", [], InterviewForm.WALK_ROUND),
        ("strategi.txt", [], InterviewForm.INDIVIDUAL),
    ],
)
def test_the_form_is_told_by_the_name_or_by_how_many_answer(
    name: str, speakers: list[str], form: InterviewForm
) -> None:
    lines = [f"{speaker}: Ja." for speaker in [*speakers, *speakers]] or ["Ja."]
    assert guess_form(name, parse("\n".join(lines).encode(), name=name)) == form


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
