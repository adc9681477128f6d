"""Corrections move words between turns and lose none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.formats.corrections import (
    DraftTurn,
    Turns,
    answering,
    clean_label,
    in_manner,
    join_label_back,
    join_with_previous,
    pack,
    rename_speaker,
    say_by,
    speakers_of,
    split_points,
    split_turn,
    unpack,
)

pytestmark = pytest.mark.pure

TALK: Turns = (
    DraftTurn("Interviewer", "Hvad så?", 1000, 2000, None, {"da": (0, 8)}),
    DraftTurn(
        "Hjælper 2",
        "Ja. Det gik. Vi nåede det.",
        2000,
        9000,
        None,
        {"da": (0, 3, 4, 12, 13, 26)},
        (("q1", "answered"),),
    ),
    DraftTurn("Bemærk", "hun griner", None, None, None, {"da": (0, 10)}),
)

words = st.text("abcæøå.🙂 ", min_size=1, max_size=12).map(str.strip).filter(bool)


@st.composite
def talks(draw: st.DrawFn) -> Turns:
    turns = []
    for _ in range(draw(st.integers(1, 6))):
        sentences = draw(st.lists(words, min_size=1, max_size=4))
        offsets: list[int] = []
        text = ""
        for sentence in sentences:
            text += " " if text else ""
            offsets += (len(text), len(text) + len(sentence))
            text += sentence
        speaker = draw(st.sampled_from([None, "A", "B", "C"]))
        turns.append(DraftTurn(speaker, text, sentences={"da": tuple(offsets)}))
    return tuple(turns)


def said(turns: Turns) -> list[str]:
    """All words in their order."""
    return " ".join(turn.text for turn in turns).split()


def sentence_texts(turns: Turns) -> list[str]:
    return [
        turn.text[start:end]
        for turn in turns
        for start, end in zip(turn.sentences["da"][::2], turn.sentences["da"][1::2], strict=True)
    ]


def test_a_renamed_speaker_merges_with_the_one_of_that_name() -> None:
    turns = rename_speaker(TALK, "Bemærk", "Hjælper 2")
    assert speakers_of(turns) == {"Interviewer": 1, "Hjælper 2": 2}


def test_what_is_no_speaker_goes_back_into_the_words_before_it() -> None:
    turns = join_label_back(TALK, "Bemærk")
    assert turns[1].text == "Ja. Det gik. Vi nåede det.\nBemærk: hun griner"
    assert sentence_texts(turns)[-1] == "Bemærk: hun griner"
    assert list(speakers_of(turns)) == ["Interviewer", "Hjælper 2"]


def test_a_first_line_that_is_no_speaker_stays_a_turn_of_nobody() -> None:
    turns = join_label_back(TALK, "Interviewer")
    assert (turns[0].speaker, turns[0].text) == (None, "Interviewer: Hvad så?")


def test_a_turn_splits_where_a_sentence_begins_and_keeps_its_beginning_time() -> None:
    assert split_points(TALK[1], "da") == [4, 13]
    turns = split_turn(TALK, 1, 4)
    assert [turn.text for turn in turns[1:3]] == ["Ja.", "Det gik. Vi nåede det."]
    assert (turns[1].start_ms, turns[2].start_ms) == (2000, None)
    assert (turns[1].answers, turns[2].answers) == ((("q1", "answered"),), ())
    assert sentence_texts(turns) == sentence_texts(TALK)


def test_joining_keeps_both_turns_answers_once() -> None:
    marked = answering(TALK, 2, "q1", "unprompted")
    marked = answering(marked, 2, "q2", "answered")
    joined = join_with_previous(marked, 2)
    assert joined[1].answers == (("q1", "answered"), ("q2", "answered"))


def test_marks_and_manner_of_one_turn_are_changed_alone() -> None:
    turns = in_manner(say_by(TALK, 2, None), 2, "paraphrase")
    assert (turns[2].speaker, turns[2].manner) == (None, "paraphrase")
    assert turns[:2] == TALK[:2]
    assert answering(TALK, 1, "q1", None)[1].answers == ()


@pytest.mark.parametrize(("index", "at"), [(1, 0), (1, -3), (1, 26), (1, 99), (7, 4)])
def test_a_place_that_is_not_there_is_refused(index: int, at: int) -> None:
    with pytest.raises(IndexError):
        split_turn(TALK, index, at)


@pytest.mark.parametrize("index", [0, -1, 9])
def test_what_has_nothing_before_it_cannot_be_joined(index: int) -> None:
    with pytest.raises(IndexError):
        join_with_previous(TALK, index)


def test_labels_are_cleaned() -> None:
    assert clean_label("  Hjælper\n 2\x00 ") == "Hjælper 2"
    assert clean_label(" \x07 ") is None
    assert len(clean_label("x" * 10_000) or "") == 60


@given(talks(), st.data())
def test_splitting_and_joining_again_changes_no_word_and_no_sentence(
    turns: Turns, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(turns) - 1))
    points = split_points(turns[index], "da")
    if not points:
        return
    split = split_turn(turns, index, data.draw(st.sampled_from(points)))
    assert said(split) == said(turns)
    assert sentence_texts(split) == sentence_texts(turns)
    joined = join_with_previous(split, index + 1)
    assert said(joined) == said(turns)
    assert sentence_texts(joined) == sentence_texts(turns)


@given(talks(), st.sampled_from(["A", "B", "C"]))
def test_a_label_joined_back_loses_nothing(turns: Turns, label: str) -> None:
    joined = join_label_back(turns, label)
    times = sum(turn.speaker == label for turn in turns)
    assert label not in speakers_of(joined)
    assert len(said(joined)) == len(said(turns)) + times


@given(talks())
def test_packed_turns_come_back_the_same(turns: Turns) -> None:
    assert unpack(pack(turns)) == turns
