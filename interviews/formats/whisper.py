"""Speech recognition's JSON: Whisper (segments, words), whisperX (speakers), whisper.cpp."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from interviews.formats.cues import Cue, join_cues
from interviews.formats.records import (
    SPEAKER_CHARACTERS,
    NoticeCode,
    ParsedDocument,
    ParseLimits,
    counted,
)
from interviews.formats.structured import Source, objects
from workbench.files.problems import FileProblem, ProblemCode

NAME = "whisper"

# Without speakers: a passage ends at a silence, or at a sentence's end once it is long.
_PAUSE = 2_000
_PASSAGE = 600
_LONGEST = 1_200
_SENTENCE_END = (".", "?", "!", "…")


def read(data: bytes, *, encoding: str | None, limits: ParseLimits) -> ParsedDocument:
    source = Source(data, encoding=encoding, expected=NAME)
    cues: list[Cue] = []
    for cue in _cues(source):
        if len(cues) == limits.cues:
            raise FileProblem(ProblemCode.TOO_MANY, what="cues", limit=limits.cues)
        cues.append(cue)
    long = {cue.speaker for cue in cues if len(cue.speaker or "") > SPEAKER_CHARACTERS}
    if long:
        cues = [replace(cue, speaker=None) if cue.speaker in long else cue for cue in cues]
    return ParsedDocument(
        turns=join_cues(cues, goes_on=_goes_on),
        notices=(*source.notices(), *counted(NoticeCode.SPEAKER_IGNORED, len(long))),
        encoding=source.decoded.encoding,
        encoding_certain=source.decoded.certain,
        format=NAME,
    )


def _cues(source: Source) -> Iterator[Cue]:
    if isinstance(source.root.get("segments"), list):
        for segment in objects(source.root["segments"]):
            yield from _segment(source, segment)
    elif isinstance(source.root.get("transcription"), list):
        for part in objects(source.root["transcription"]):
            yield _part(source, part)
    else:
        raise FileProblem(ProblemCode.WRONG_TYPE, expected=NAME, found="json")


def _segment(source: Source, segment: Mapping[str, Any]) -> Iterator[Cue]:
    """A segment is one cue; where it has no speaker of its own, its words may have several."""
    words = objects(segment.get("words"))
    speaker = source.text(segment.get("speaker")) or None
    if speaker is None and any(word.get("speaker") for word in words):
        for who, run in groupby(_with_speakers(source, words), key=lambda pair: pair[0]):
            yield _run(source, who, [word for _who, word in run])
        return
    start = source.milliseconds(segment.get("start"))
    end = source.milliseconds(segment.get("end"))
    first, last = _times(source, words)
    yield Cue(
        speaker,
        source.text(segment.get("text")),
        # A segment begins with the silence before it; its first word does not.
        start if first is None else first,
        end if last is None else last,
    )


def _with_speakers(
    source: Source, words: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str | None, Mapping[str, Any]]]:
    """A number is left without time and speaker: it belongs to whoever is speaking."""
    named = (source.text(word.get("speaker")) for word in words)
    speaker = next((name for name in named if name), None)
    for word in words:
        speaker = source.text(word.get("speaker")) or speaker
        yield speaker, word


def _run(source: Source, speaker: str | None, words: Sequence[Mapping[str, Any]]) -> Cue:
    spoken = (source.text(word.get("word")) for word in words)
    return Cue(speaker, " ".join(word for word in spoken if word), *_times(source, words))


def _times(source: Source, words: Sequence[Mapping[str, Any]]) -> tuple[int | None, int | None]:
    starts = (source.milliseconds(word.get("start")) for word in words)
    ends = (source.milliseconds(word.get("end")) for word in reversed(words))
    return (
        next((at for at in starts if at is not None), None),
        next((at for at in ends if at is not None), None),
    )


def _part(source: Source, part: Mapping[str, Any]) -> Cue:
    """whisper.cpp tells milliseconds under `offsets`."""
    offsets = part.get("offsets")
    told: Mapping[str, Any] = offsets if isinstance(offsets, dict) else {}
    return Cue(
        source.text(part.get("speaker")) or None,
        source.text(part.get("text")),
        source.milliseconds(told.get("from"), unit=1),
        source.milliseconds(told.get("to"), unit=1),
    )


def _goes_on(before: Cue, cue: Cue, length: int) -> bool:
    pause = (cue.start_ms or 0) - (before.end_ms or cue.start_ms or 0)
    ended = before.text.endswith(_SENTENCE_END)
    return pause < _PAUSE and length < (_PASSAGE if ended else _LONGEST)
