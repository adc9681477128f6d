"""Subtitles: voices, joined cues, and cues that are not right."""

import time

import pytest
import webvtt

from interviews.formats import parse
from interviews.formats.records import NoticeCode, ParsedTurn, ParseLimits
from workbench.files.problems import FileProblem, ProblemCode

pytestmark = pytest.mark.pure


def vtt(body: str, limits: ParseLimits | None = None) -> tuple[ParsedTurn, ...]:
    return parse(f"WEBVTT\n\n{body}".encode(), name="a.vtt", limits=limits).turns


def told(body: str, name: str = "a.vtt") -> list[tuple[NoticeCode, dict[str, int | str]]]:
    header = "WEBVTT\n\n" if name.endswith("vtt") else ""
    notices = parse((header + body).encode(), name=name).notices
    return [(notice.code, dict(notice.params)) for notice in notices]


def test_neighbouring_cues_of_one_voice_are_one_turn() -> None:
    turns = vtt(
        "00:01.000 --> 00:02.000\n<v Bo>en</v>\n\n"
        "00:02.000 --> 00:03.500\n<v Bo>to</v>\n\n"
        "00:04.000 --> 00:05.000\n<v.loud Ida Friis>tre</v>\n"
    )
    assert turns == (
        ParsedTurn("Bo", "en to", 1000, 3500),
        ParsedTurn("Ida Friis", "tre", 4000, 5000),
    )


def test_two_voices_in_one_cue_are_two_turns() -> None:
    turns = vtt("00:01.000 --> 00:02.000\n<v Bo>- ja\n<v Ida>- nej\n")
    assert [(turn.speaker, turn.text) for turn in turns] == [("Bo", "- ja"), ("Ida", "- nej")]


def test_a_voice_with_code_in_it_is_only_a_name() -> None:
    turns = vtt("00:01.000 --> 00:02.000\n<v onclick=alert(1)>hej</v>\n")
    assert [(turn.speaker, turn.text) for turn in turns] == [("onclick=alert(1)", "hej")]


def test_a_giant_voice_is_no_speaker_and_its_words_stay() -> None:
    body = f"00:01.000 --> 00:02.000\n<v {'A' * 10_000}>hej</v>\n"
    assert vtt(body) == (ParsedTurn(None, "hej", 1000, 2000),)
    assert told(body) == [(NoticeCode.SPEAKER_IGNORED, {"count": 1})]


def test_cues_without_voice_are_joined_as_far_as_the_sentence() -> None:
    turns = vtt(
        "00:01.000 --> 00:02.000\nvi stod\n\n00:02.100 --> 00:03.000\nog frøs.\n\n"
        "00:03.100 --> 00:04.000\nSå gik vi\n\n00:09.000 --> 00:10.000\nhjem\n"
    )
    assert [turn.text for turn in turns] == ["vi stod og frøs.", "Så gik vi", "hjem"]


@pytest.mark.parametrize(
    ("timing", "reason"),
    [
        ("00:01 -> 00:02", "timing"),
        ("kaputt --> 00:00:02.000", "timing"),
        ("00:00:99.000 --> 00:00:02.000", "timing"),
        ("00:00:09.000 --> 00:00:02.000", "order"),
    ],
)
def test_a_malformed_cue_is_told_of_by_line_and_keeps_its_words(timing: str, reason: str) -> None:
    body = f"00:00:01.000 --> 00:00:02.000\nførst.\n\n{timing}\nsidst\n"
    assert [turn.text for turn in vtt(body)] == ["først.", "sidst"]
    assert told(body) == [
        (NoticeCode.CUE_MALFORMED, {"line": 6, "reason": reason}),
        (NoticeCode.CUES_MALFORMED, {"count": 1}),
    ]


def test_many_malformed_cues_are_named_up_to_a_number_and_counted() -> None:
    body = "00:01.000 --> 00:02.000\nførst.\n\n" + "x --> y\nord.\n\n" * 500
    notices = told(body)
    assert len(notices) == 21
    assert notices[-1] == (NoticeCode.CUES_MALFORMED, {"count": 500})


def test_an_empty_line_inside_a_cue_loses_no_words() -> None:
    body = "1\n00:00:01,000 --> 00:00:02,000\nen\n\nto\n\n2\n00:00:03,000 --> 00:00:04,000\ntre\n"
    turns = parse(body.encode(), name="a.srt").turns
    assert " ".join(turn.text for turn in turns) == "en to tre"


def test_a_missing_empty_line_between_cues_joins_nothing() -> None:
    body = "1\n00:00:01,000 --> 00:00:02,000\nen.\n2\n00:00:03,000 --> 00:00:04,000\nto\n"
    turns = parse(body.encode(), name="a.srt").turns
    assert [(turn.text, turn.start_ms) for turn in turns] == [("en.", 1000), ("to", 3000)]


def test_a_missing_header_is_told_of() -> None:
    document = parse(b"00:01.000 --> 00:02.000\nhej\n", name="a.vtt")
    assert [notice.code for notice in document.notices] == [NoticeCode.MISSING_HEADER]


def test_more_cues_than_allowed_are_refused_with_the_limit() -> None:
    with pytest.raises(FileProblem) as refused:
        vtt("00:01.000 --> 00:02.000\na\n\n" * 11, ParseLimits(cues=10))
    assert refused.value.code is ProblemCode.TOO_MANY
    assert refused.value.params == {"what": "cues", "limit": 10}


def test_a_hundred_thousand_cues_without_empty_lines_are_read_in_time() -> None:
    started = time.monotonic()
    turns = vtt("00:01.000 --> 00:02.000\n<v Bo>a</v>\n" * 100_000)
    assert time.monotonic() - started < 10
    assert turns == (ParsedTurn("Bo", " ".join(["a"] * 100_000), 1000, 2000),)


def test_times_and_words_agree_with_another_reader() -> None:
    body = "".join(
        f"{n}\n00:{n % 60:02}:{n % 59:02}.{n:03} --> 01:00:00.000\n<v S{n}>ord {n}\nmere</v>\n\n"
        for n in range(200)
    )
    others = webvtt.WebVTT.from_string(f"WEBVTT\n\n{body}").captions
    ours = vtt(body)
    assert [turn.speaker for turn in ours] == [caption.voice for caption in others]
    assert [turn.text for turn in ours] == [caption.text.replace("\n", " ") for caption in others]
    assert [turn.start_ms for turn in ours] == [
        caption.start_time.in_milliseconds() for caption in others
    ]
