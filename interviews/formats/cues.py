"""Cues of subtitle files (WebVTT and SubRip), read leniently and told of one by one."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from interviews.formats.clock import milliseconds
from interviews.formats.labels import believed, key, read_head
from interviews.formats.records import (
    SPEAKER_CHARACTERS,
    Notice,
    NoticeCode,
    ParsedTurn,
    counted,
)
from workbench.files.problems import FileProblem, ProblemCode

_TIMING = re.compile(r"\s*([\d:.,]+)\s*-->\s*([\d:.,]+)(?=\s|$)")
_ARROW = "-->"
_NOT_WORDS = re.compile(r"[\d\s:.,<>=-]*")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?(?:\s+([^>]*))?>")
_TAG = re.compile(r"</?(?:[cibuv]|ruby|rt|lang|font)(?:[.\s][^>]*)?>|<[\d:.,]+>|\{\\an?\d+\}")
_ENTITY = re.compile("&(amp|lt|gt|nbsp|quot|lrm|rlm);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "nbsp": "\u00a0", "quot": '"'}
_SENTENCE_END = (".", "?", "!", "…")
_NAMED_ONE_BY_ONE = 20
_UNNAMED_CHARACTERS = 600
_UNNAMED_PAUSE = 2_000


@dataclass(frozen=True, slots=True)
class Cue:
    """`text` may hold several lines; times are milliseconds, None when they cannot be read."""

    speaker: str | None
    text: str
    start_ms: int | None
    end_ms: int | None


@dataclass(frozen=True, slots=True)
class ReadCues:
    cues: list[Cue]
    notices: tuple[Notice, ...]


def read_cues(lines: Sequence[str], *, limit: int, first_line: int = 1) -> ReadCues:
    """Cues of `lines`; more than `limit` are refused with `too_many`.

    A cue whose times are missing or wrong keeps its words and is told of by its line number.
    """
    reader = _CueReader(limit)
    for number, block in _blocks(lines, first_line):
        reader.read(number, block)
    return ReadCues(reader.cues, reader.notices())


def join_cues(
    cues: Sequence[Cue], *, goes_on: Callable[[Cue, Cue, int], bool] | None = None
) -> tuple[ParsedTurn, ...]:
    """Turns: neighbouring cues of one speaker are one turn.

    Cues without any speaker are joined as long as `goes_on`, which gets two neighbours and
    the characters so far; by itself as far as a sentence goes, so that time codes stay near
    their words.
    """
    goes_on = goes_on or _sentence_goes_on
    turns: list[ParsedTurn] = []
    group: list[Cue] = []
    length = 0
    for cue in _with_labels(cues):
        if not cue.text:
            continue
        if group and not _belongs(group[-1], cue, length, goes_on):
            turns.append(_turn(group))
            group, length = [], 0
        group.append(cue)
        length += len(cue.text)
    if group:
        turns.append(_turn(group))
    return tuple(turns)


def _blocks(lines: Sequence[str], first_line: int) -> Iterator[tuple[int, list[str]]]:
    """Cues by line number. An empty line ends one, and so do the times of the next."""
    block: list[str] = []
    start = first_line
    timed = False
    for number, line in enumerate(lines, first_line):
        times = _ARROW in line
        if block and (not line.strip() or (times and timed)):
            identifier = block.pop() if times and block[-1].strip().isdigit() else None
            yield start, block
            block = [] if identifier is None else [identifier]
            timed = False
        if line.strip():
            start = start if block else number
            timed = timed or times
            block.append(line)
    if block:
        yield start, block


class _CueReader:
    def __init__(self, limit: int) -> None:
        self.cues: list[Cue] = []
        self._limit = limit
        self._malformed: list[Notice] = []
        self._malformed_count = 0
        self._ignored_speakers = 0

    def read(self, number: int, block: list[str]) -> None:
        at = next((index for index, line in enumerate(block[:2]) if _ARROW in line), None)
        if at is None:
            self._read_untimed(number, block)
            return
        start, end, reason = _times(block[at])
        if reason:
            self._tell(number + at, reason)
        self._add(block[at + 1 :], start, end)

    def notices(self) -> tuple[Notice, ...]:
        return (
            *self._malformed,
            *counted(NoticeCode.CUES_MALFORMED, self._malformed_count),
            *counted(NoticeCode.SPEAKER_IGNORED, self._ignored_speakers),
        )

    def _read_untimed(self, number: int, block: list[str]) -> None:
        words = [line for line in block if not _NOT_WORDS.fullmatch(line)]
        self._tell(number, "timing")
        self._add(words, None, None)

    def _tell(self, line: int, reason: str) -> None:
        self._malformed_count += 1
        if self._malformed_count <= _NAMED_ONE_BY_ONE:
            params: dict[str, int | str] = {"line": line, "reason": reason}
            self._malformed.append(Notice(NoticeCode.CUE_MALFORMED, params))

    def _add(self, payload: list[str], start: int | None, end: int | None) -> None:
        for speaker, text in _voices("\n".join(payload)):
            if len(self.cues) >= self._limit:
                raise FileProblem(ProblemCode.TOO_MANY, what="cues", limit=self._limit)
            too_long = speaker is not None and len(speaker) > SPEAKER_CHARACTERS
            self._ignored_speakers += too_long
            self.cues.append(Cue(None if too_long else speaker, text, start, end))


def _times(line: str) -> tuple[int | None, int | None, str]:
    match = _TIMING.match(line)
    start = milliseconds(match[1]) if match else None
    end = milliseconds(match[2]) if match else None
    if start is None or end is None:
        return start, end, "timing"
    return (start, None, "order") if end < start else (start, end, "")


def _voices(payload: str) -> Iterator[tuple[str | None, str]]:
    """A cue's parts by voice tag; words before the first tag have no speaker."""
    if "<" not in payload and "&" not in payload and "{" not in payload:
        yield None, payload.strip()
        return
    pieces = _VOICE.split(payload)
    if pieces[0].strip() or len(pieces) == 1:
        yield None, _plain(pieces[0])
    for index in range(1, len(pieces), 2):
        yield _plain(pieces[index] or "") or None, _plain(pieces[index + 1])


def _plain(text: str) -> str:
    without = _TAG.sub("", text)
    return _ENTITY.sub(lambda match: _ENTITIES.get(match[1], ""), without).strip()


def _with_labels(cues: Sequence[Cue]) -> Iterator[Cue]:
    """Meeting programs write `Name: words` where the format has a voice tag."""
    if any(cue.speaker for cue in cues):
        yield from cues
        return
    heads = [read_head(cue.text) for cue in cues]
    names = [head.name for head in heads if head.name is not None]
    accepted = believed(names, paragraphs=len(cues))
    speaker: str | None = None
    for cue, head in zip(cues, heads, strict=True):
        if head.name is not None and key(head.name) in accepted:
            speaker = head.name
            yield Cue(speaker, head.rest.strip(), cue.start_ms, cue.end_ms)
        else:
            yield Cue(speaker, cue.text, cue.start_ms, cue.end_ms)


def _belongs(before: Cue, cue: Cue, length: int, goes_on: Callable[[Cue, Cue, int], bool]) -> bool:
    if cue.speaker is not None or before.speaker is not None:
        return cue.speaker == before.speaker
    return goes_on(before, cue, length)


def _sentence_goes_on(before: Cue, cue: Cue, length: int) -> bool:
    pause = (cue.start_ms or 0) - (before.end_ms or cue.start_ms or 0)
    return (
        not before.text.endswith(_SENTENCE_END)
        and length < _UNNAMED_CHARACTERS
        and pause < _UNNAMED_PAUSE
    )


def _turn(group: Sequence[Cue]) -> ParsedTurn:
    # A line break inside a cue only fits words to a screen.
    joined = " ".join(" ".join(cue.text.split("\n")) for cue in group)
    # Where a tag was, a letter and its accent may have become neighbours.
    text = unicodedata.normalize("NFC", joined)
    starts = [cue.start_ms for cue in group if cue.start_ms is not None]
    ends = [cue.end_ms for cue in group if cue.end_ms is not None]
    return ParsedTurn(
        speaker=group[0].speaker,
        text=text,
        start_ms=starts[0] if starts else None,
        end_ms=ends[-1] if ends else None,
    )
