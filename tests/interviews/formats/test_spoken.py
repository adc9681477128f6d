"""Speech recognition's JSON and oTranscribe: speakers, times, and JSON from hostile hands."""

import json
from typing import Any

import pytest

from interviews.formats import parse
from interviews.formats.records import NoticeCode, ParsedDocument, ParseLimits
from workbench.files.problems import FileProblem, ProblemCode

pytestmark = pytest.mark.pure


def segments(*items: dict[str, Any]) -> ParsedDocument:
    return parse(json.dumps({"segments": items}).encode(), name="a.json")


def page(text: str) -> list[tuple[str | None, str, int | None]]:
    document = parse(json.dumps({"text": text}).encode(), name="a.otr")
    return [(turn.speaker, turn.text, turn.start_ms) for turn in document.turns]


def refused(data: bytes, name: str = "a.json", limits: ParseLimits | None = None) -> FileProblem:
    with pytest.raises(FileProblem) as problem:
        parse(data, name=name, limits=limits)
    return problem.value


def said(document: ParsedDocument) -> list[tuple[str | None, str, int | None, int | None]]:
    return [(turn.speaker, turn.text, turn.start_ms, turn.end_ms) for turn in document.turns]


def told(document: ParsedDocument) -> dict[NoticeCode, object]:
    return {notice.code: dict(notice.params) for notice in document.notices}


def test_the_words_tell_the_speakers_where_a_segment_does_not() -> None:
    words = [
        {"word": "Var", "start": 1.0, "end": 1.2, "speaker": "A"},
        {"word": "det", "start": 1.2, "end": 1.4, "speaker": "A"},
        {"word": "2023?"},
        {"word": "Ja.", "start": 2.0, "end": 2.5, "speaker": "B"},
    ]
    document = segments({"start": 0, "end": 3, "text": "Var det 2023? Ja.", "words": words})
    assert said(document) == [("A", "Var det 2023?", 1000, 1400), ("B", "Ja.", 2000, 2500)]


def test_without_speakers_a_silence_ends_a_turn_and_so_does_a_long_sentence() -> None:
    long = "ord " * 160 + "slut."
    document = segments(
        {"start": 0, "end": 5, "text": long},
        {"start": 5, "end": 6, "text": "Næste."},
        {"start": 6.5, "end": 7, "text": "Mere."},
        {"start": 9.5, "end": 10, "text": "Efter en pause."},
    )
    assert [turn.start_ms for turn in document.turns] == [0, 5000, 9500]
    assert document.turns[1].text == "Næste. Mere."


def test_times_that_are_none_are_told_of_and_cost_no_words() -> None:
    document = segments(
        {"start": -1, "end": True, "text": "a", "speaker": "A"},
        {"start": "0:01", "end": 10**30, "text": "b", "speaker": "A"},
    )
    assert said(document) == [("A", "a b", None, None)]
    assert told(document) == {NoticeCode.TIMES_UNREAD: {"count": 4}}


def test_whatever_is_no_segment_is_passed_over() -> None:
    data: dict[str, Any] = {
        "segments": [None, 7, [], {"text": ["x"]}, {"text": "hej", "words": {"a": 1}}]
    }
    document = parse(json.dumps(data).encode(), name="a.json")
    assert said(document) == [(None, "hej", None, None)]


def test_lone_surrogates_and_controls_are_taken_out_and_told_of() -> None:
    document = parse(rb'{"segments": [{"text": "a\ud800b\u0000c"}]}', name="a.json")
    assert document.turns[0].text == "abc"
    assert told(document) == {NoticeCode.CONTROLS_STRIPPED: {"count": 2}}


def test_a_label_too_long_for_a_name_is_no_speaker() -> None:
    document = segments({"text": "hej", "speaker": "x" * 61})
    assert document.turns[0].speaker is None
    assert told(document) == {NoticeCode.SPEAKER_IGNORED: {"count": 1}}


def test_more_segments_than_a_talk_has_are_refused() -> None:
    data = json.dumps({"segments": [{"text": "a"}] * 3}).encode()
    assert refused(data, limits=ParseLimits(cues=2)).code is ProblemCode.TOO_MANY


@pytest.mark.parametrize("name", ["a.json", "a.otr"])
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{", ProblemCode.BROKEN),
        (b"[" * 200_000, ProblemCode.BROKEN),
        (b'{"segments": ' + b"9" * 5_000 + b"}", ProblemCode.BROKEN),
        (b'{"text": NaN}', ProblemCode.BROKEN),
        (b"[]", ProblemCode.WRONG_TYPE),
        (b'{"a": 1}', ProblemCode.WRONG_TYPE),
        (b'{"text": 7, "segments": 7}', ProblemCode.WRONG_TYPE),
        (b'{"text": "", "segments": []}', ProblemCode.EMPTY),
    ],
)
def test_json_that_is_no_transcript_is_refused(name: str, data: bytes, code: ProblemCode) -> None:
    assert refused(data, name).code is code


def test_a_stamp_inside_a_sentence_does_not_cut_it() -> None:
    stamp = '<span class="timestamp" data-timestamp="{}">0:00</span>'
    told = page(
        f"<p>{stamp.format(1.5)} Leder: Vi gik {stamp.format(3)} derned. {stamp.format(9)} Og så?"
        f"</p><p>{stamp.format(12)}</p><p>Interviewer: Ja?</p>"
    )
    assert told == [
        ("Leder", "Vi gik derned.", 1500),
        ("Leder", "Og så?", 9000),
        ("Interviewer", "Ja?", 12000),
    ]


def test_a_stamp_without_its_exact_time_is_read_as_it_is_shown() -> None:
    assert page('<p><span class="timestamp">1:02</span> Leder: Ja.</p>') == [
        ("Leder", "Ja.", 62000)
    ]
    assert page('<p><span class="timestamp" data-timestamp="inf">snart</span> Ja.</p>') == [
        (None, "snart Ja.", None)
    ]


def test_scripts_in_the_page_are_left_out() -> None:
    assert page("<p>Leder: <img src=x onerror=alert(1)>hej<script>alert(1)</script></p>") == [
        ("Leder", "hej", None)
    ]
