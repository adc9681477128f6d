"""Who is a speaker, and who is only a word before a colon."""

import pytest

from interviews.formats.labels import named_in
from interviews.formats.normalise import normalise
from interviews.formats.turns import find_turns, split_lines

pytestmark = pytest.mark.pure


def speakers(text: str) -> list[str | None]:
    return [turn.speaker for turn in find_turns(split_lines(normalise(text).text)).turns]


@pytest.mark.parametrize(
    "line",
    [
        "Vi sagde det sådan her: kom nu.",
        "Kl. 12:30 gik vi hjem.",
        "Mødet begyndte 12:30",
        "Vi mødtes kl. 12:30",
        "NB: husk nøglen.",
        "Se https://example.org: der står det.",
        "Og så sagde hun: nej.",
        "Jeg tænkte: nu sker det.",
        "Dato: 3. maj",
        "12:30 Frokost",
        "Hvad er kerneopgaven? Svaret er: borgeren",
    ],
)
def test_prose_with_a_colon_stays_prose(line: str) -> None:
    among_labels = f"Anna: hej\n{line}\nBo: ja\n{line}\nAnna: nej"
    turns = find_turns(split_lines(among_labels)).turns
    assert [turn.speaker for turn in turns] == ["Anna", "Bo", "Anna"]
    assert turns[0].text == f"hej\n{line}"
    assert speakers(f"{line}\n\nMere tekst.\n\n{line}") == [None, None, None]


@pytest.mark.parametrize(
    "label",
    ["Interviewer", "INTERVIEWER", "Informant 2", "HR-chef", "Teamleder (A)", "Speaker 1"],
)
def test_a_known_role_is_believed_at_once(label: str) -> None:
    assert speakers(f"{label}: Hvordan begyndte det?\n\nDet ved jeg ikke.") == [label]


@pytest.mark.parametrize("label", ["I", "R1", "ML", "Anna", "Jens Peter Hansen", "Anna (A)"])
def test_a_name_or_code_is_believed_when_it_recurs(label: str) -> None:
    once = f"{label}: hej\n\nen\n\nto\n\ntre\n\nfire"
    twice = f"{label}: hej\n\nen\n\nto\n\n{label}: tre\n\nfire"
    assert speakers(once) == [None] * 5
    assert speakers(twice) == [label, label]


def test_most_paragraphs_with_labels_carry_the_one_that_speaks_once() -> None:
    assert speakers("Anna: a\nBo: b\nAnna: c\nPer: d") == ["Anna", "Bo", "Anna", "Per"]


def test_a_list_with_a_new_word_before_each_colon_is_no_conversation() -> None:
    listed = "\n".join(f"Linje {number}: noget" for number in range(300))
    assert speakers(listed) == [None]
    talk = "Anna: a\nBo: b\nAnna: c\nBo: d\nAnna: e\nBo: f\n\n"
    assert speakers(f"{talk}{listed}") == ["Anna", "Bo", "Anna", "Bo", "Anna", "Bo"]


def test_many_people_who_come_back_are_a_meeting() -> None:
    names = [
        f"{first}{last}" for first in "ABCDEFG" for last in ("nna", "ente", "irk", "rik", "ora")
    ]
    assert len(set(speakers("\n".join(f"{name}: ja" for name in names * 3)))) == 35


@pytest.mark.parametrize("label", ["????", "?", "(??)", "Ukendt"])
def test_a_speaker_whom_nobody_knew_is_a_speaker(label: str) -> None:
    assert speakers(f"Anna: hej\n{label}: ja\nAnna: nej") == ["Anna", label, "Anna"]


def test_a_doubtful_speaker_is_one_and_a_question_is_none() -> None:
    text = "Anna: hej\nBo?: ja\nAnna: nej\nBo (?): jo\nHvad var det?: det ved jeg ikke"
    assert speakers(text) == ["Anna", "Bo?", "Anna", "Bo (?)"]


def test_labels_differing_in_case_alone_are_one_speaker_as_written() -> None:
    assert speakers("Anna: a\n\nx\n\nANNA: b\n\ny") == ["Anna", "ANNA"]


def test_a_label_of_six_words_is_none() -> None:
    line = "Den Meget Lange Titel På Noget: a"
    assert speakers(f"{line}\n\n{line}") == [None, None]


def test_a_speaker_of_ten_thousand_characters_is_none() -> None:
    giant = "A" * 10_000
    text = f"{giant}: hej\n{giant}: hej igen"
    turns = find_turns(split_lines(text)).turns
    assert [turn.speaker for turn in turns] == [None]
    assert turns[0].text == text


def test_a_speaker_without_words_is_told_of() -> None:
    found = find_turns(split_lines("Anna: a\nBo:\nAnna: b"))
    assert [turn.speaker for turn in found.turns] == ["Anna", "Anna"]
    assert found.notices[0].params == {"count": 1}


def test_a_time_on_its_own_line_belongs_to_the_next_words() -> None:
    text = "(00:01:02)\nAnna: hej\n(00:02:02)\nmere\nBo: ja"
    turns = find_turns(split_lines(text)).turns
    assert [(turn.speaker, turn.start_ms) for turn in turns] == [
        ("Anna", 62_000),
        ("Anna", 122_000),
        ("Bo", None),
    ]


def test_old_meeting_transcripts_name_the_speaker_below_the_times() -> None:
    text = "0:0:0.0 --> 0:0:3.130\nAnna Holm\nhej\n\n0:0:4.0 --> 0:0:5.130\nBo\nja"
    turns = find_turns(split_lines(text)).turns
    assert [(turn.speaker, turn.text, turn.start_ms, turn.end_ms) for turn in turns] == [
        ("Anna Holm", "hej", 0, 3130),
        ("Bo", "ja", 4000, 5130),
    ]


def test_unmarked_notes_after_marked_ones_are_nobodys_words() -> None:
    turns = find_turns(split_lines("Leder: [V] Ja.\n[P] Nej.\n[O] Jo.\n\nHun ser træt ud.")).turns
    assert [(turn.speaker, turn.manner) for turn in turns] == [
        ("Leder", "verbatim"),
        ("Leder", "paraphrase"),
        ("Leder", "verbatim"),
        (None, None),
    ]


@pytest.mark.parametrize(
    ("title", "label", "found"),
    [
        (
            "Møde med Jens-Ole Brandt-20250402",
            "Jens-Ole Brandt (Skovbo)",
            ["Jens", "Ole", "Brandt"],
        ),
        ("interview karin egely", "Karin", ["karin"]),
        ("Skovbo, teamleder", "Jens-Ole Brandt (Skovbo)", []),
        ("Interview med leder", "Leder", []),
        ("Karins hold", "Karin", ["Karins"]),
        ("K2", "K2", []),
    ],
)
def test_a_speakers_name_in_a_title_is_found(title: str, label: str, found: list[str]) -> None:
    assert named_in(title, [label]) == found
