"""Text has one form, and offsets into it stay."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.formats.layout import lay_out
from interviews.formats.normalise import normalise
from interviews.formats.records import NoticeCode, ParsedTurn
from interviews.formats.turns import find_turns, split_lines

pytestmark = pytest.mark.pure

HARD = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("\r\n\x0b\x0c\x85\u2028\u2029\ufeff\x00\u0301\u0338\u202e\ud800:[V]. 0"),
    )
)


@pytest.mark.parametrize(
    "newline", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"]
)
def test_every_line_ending_becomes_one(newline: str) -> None:
    assert normalise(f"a{newline}b").text == "a\nb"


def test_letters_are_composed() -> None:
    assert normalise("A\u030ase bla\u030aba\u0308r").text == "Åse blåbär"


def test_marks_and_controls_go_with_a_count() -> None:
    normalised = normalise("\ufeffen\x00 \x1bto\x9f")
    assert normalised.text == "en to"
    (notice,) = normalised.notices
    assert (notice.code, notice.params) == (NoticeCode.CONTROLS_STRIPPED, {"count": 3})


def test_marks_of_direction_stay_and_are_told_of() -> None:
    normalised = normalise("fil\u202etxt.exe")
    assert normalised.text == "fil\u202etxt.exe"
    assert normalised.notices[0].code is NoticeCode.DIRECTION_MARKS


@given(HARD)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once


@given(HARD)
def test_normalised_text_holds_no_control_character_but_the_newline(text: str) -> None:
    kept = normalise(text).text
    assert not any(
        unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
        for character in kept.replace("\n", "")
    )
    assert unicodedata.is_normalized("NFC", kept)


@given(HARD)
def test_laid_out_spans_give_back_the_turns(text: str) -> None:
    turns = find_turns(split_lines(normalise(text).text)).turns
    laid_out, spans = lay_out(turns)
    assert [laid_out[start:end] for start, end in spans] == [turn.text for turn in turns]
    assert normalise(laid_out).text == laid_out


@given(HARD)
def test_text_without_labels_keeps_every_word(text: str) -> None:
    plain = normalise(text).text.replace(":", "").replace("[", "").replace("(", "")
    turns = find_turns(split_lines(plain)).turns
    assert [word for turn in turns for word in turn.text.split()] == plain.split()


def test_combining_marks_and_emoji_at_the_edges_keep_their_offsets() -> None:
    turns = [
        ParsedTurn("A", "\u0301 begynder 👩\u200d🚒"),
        ParsedTurn("B", "🇩🇰🇩🇰 slutter e\u0316\u0301"),
    ]
    text, spans = lay_out(turns)
    assert [text[start:end] for start, end in spans] == [turn.text for turn in turns]
    assert normalise(text).text == text.replace("e\u0316\u0301", "é\u0316")
