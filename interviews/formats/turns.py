"""Speaker turns found in plain lines. Whatever is no label stays text: nothing is dropped."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interviews.formats.labels import (
    Head,
    believed,
    is_range_line,
    key,
    looks_like_name,
    plausible,
    read_head,
    read_mark,
)
from interviews.formats.records import Manner, Notice, NoticeCode, ParsedTurn, counted


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its newline; an empty one ends a paragraph.

    `lead` is its emphasised beginning. One that stands `apart` (a heading, a footnote) is
    nobody's turn.
    """

    text: str
    lead: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True)
class FoundTurns:
    turns: tuple[ParsedTurn, ...]
    notices: tuple[Notice, ...]


def split_lines(text: str) -> list[Line]:
    """The lines of a normalised text."""
    return [Line(line.strip()) for line in text.split("\n")]


def find_turns(lines: Sequence[Line]) -> FoundTurns:
    """Turns in the order of the lines. Unlabelled text is one turn without speaker a paragraph."""
    heads = list(_heads(lines))
    names = [head.name for head in heads if head.name is not None]
    accepted = believed(names, paragraphs=_paragraphs(lines, len(names)))
    assembly = _Assembly()
    for line, head in zip(lines, heads, strict=True):
        if not line.text:
            assembly.end_paragraph()
        elif line.apart:
            assembly.stand_apart(line.text)
        elif head.name is not None and key(head.name) in accepted:
            assembly.speak(head)
        else:
            assembly.go_on(read_mark(line.text))
    return assembly.finish()


def _heads(lines: Sequence[Line]) -> Iterator[Head]:
    after_range = False
    for index, line in enumerate(lines):
        has_more = index + 1 < len(lines) and bool(lines[index + 1].text)
        if line.apart or not line.text:
            yield Head(line.text)
        elif after_range and has_more and plausible(line.text) and looks_like_name(line.text):
            yield Head("", line.text)
        else:
            yield read_head(line.text, lead=line.lead)
        after_range = is_range_line(line.text)


def _paragraphs(lines: Sequence[Line], labelled: int) -> int:
    """How many paragraphs could carry a label: blocks between empty lines, or else lines."""
    filled = [not line.apart and bool(read_mark(line.text).rest) for line in lines]
    blocks = sum(
        1 for index, here in enumerate(filled) if here and (index == 0 or not filled[index - 1])
    )
    return blocks if labelled <= blocks else sum(filled)


class _Assembly:
    """Collects lines into the current turn and closes it when another begins."""

    def __init__(self) -> None:
        self._turns: list[ParsedTurn] = []
        self._parts: list[str] = []
        self._open = False
        self._speaker: str | None = None
        self._start: int | None = None
        self._end: int | None = None
        self._manner: Manner | None = None
        self._pending: Head | None = None
        self._paragraph_ended = True
        self._empty = 0

    def end_paragraph(self) -> None:
        self._paragraph_ended = True

    def speak(self, head: Head) -> None:
        self._begin(head.name, head)
        self._add(head.rest)

    def stand_apart(self, text: str) -> None:
        self._begin(None, Head(text))
        self._add(text)
        self._close()
        self._speaker = None

    def go_on(self, mark: Head) -> None:
        if mark.start_ms is not None and not mark.rest:
            # A time on a line of its own belongs to whoever speaks next.
            self._pending = mark
            return
        timed = mark.start_ms is not None or self._pending is not None
        if self._open and not self._parts:
            # A label on a line of its own: its words begin here.
            self._manner = self._manner or mark.manner
            self._start = mark.start_ms if self._start is None else self._start
        elif mark.manner is not None or timed:
            self._begin(self._speaker, mark)
        elif self._paragraph_ended and (self._manner is not None or self._speaker is None):
            # Unmarked notes are the note taker's own: they must not pass as the speaker's words.
            self._begin(None, mark)
        elif not self._open:
            self._begin(self._speaker, mark)
        self._add(mark.rest)

    def finish(self) -> FoundTurns:
        self._close()
        return FoundTurns(tuple(self._turns), tuple(counted(NoticeCode.EMPTY_TURNS, self._empty)))

    def _begin(self, speaker: str | None, head: Head) -> None:
        self._close()
        timed = head if head.start_ms is not None or self._pending is None else self._pending
        self._open = True
        self._speaker = speaker
        self._start, self._end = timed.start_ms, timed.end_ms
        self._manner = head.manner
        self._pending = None
        self._paragraph_ended = False

    def _add(self, text: str) -> None:
        if not text:
            return
        if self._parts:
            self._parts.append("\n\n" if self._paragraph_ended else "\n")
        self._parts.append(text)
        self._paragraph_ended = False

    def _close(self) -> None:
        text = "".join(self._parts).strip()
        if text:
            turn = ParsedTurn(self._speaker, text, self._start, self._end, self._manner)
            self._turns.append(turn)
        elif self._open:
            self._empty += 1
        self._parts = []
        self._open = False
