"""Spans of a text that changes: which pieces change, and where a span stands afterwards.

Pure. All offsets are Unicode code points, all spans half open [start, end).
"""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from workbench.language.word_diff import word_diff

# Whoever has so much of the same text on one side stands at the same place.
NEIGHBOURS: Final = 16
# Fewer characters than that are found again anywhere.
FINDABLE: Final = 12
_JOINER: Final = "\u200d"
_SKIN_TONES: Final = range(0x1F3FB, 0x1F400)
_FLAG_LETTERS: Final = range(0x1F1E6, 0x1F200)


@dataclass(frozen=True, slots=True)
class Edit:
    """[start, end) of the text becomes `text`; an empty span is an insertion."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Carried:
    """Where a span stands in the new text.

    When it is not sure, this is only where it most probably stands; `start == end` says that
    none of its words are left there.
    """

    start: int
    end: int
    sure: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """[start, end) of the old text became [new_start, new_end) of the new."""

    start: int
    end: int
    new_start: int
    new_end: int


def same_words(one: str, other: str) -> bool:
    """Equal but for how much white space stands between the words."""
    return one == other or one.split() == other.split()


class EditScript:
    """A text and what becomes of it. Raises ValueError unless the edits are in order, apart from
    each other, and inside the text."""

    def __init__(self, text: str, edits: Sequence[Edit]) -> None:
        self.text = text
        self.edits = tuple(edits)
        self._replaced = tuple(_replaced(text, self.edits))
        self.new_text = _applied(text, self.edits)
        # The smallest changed pieces: whole words, in order, apart from each other.
        self._pieces = _grown(text, self.new_text, list(self._refined()))
        self._starts = [piece.start for piece in self._pieces]
        self._ends = [piece.end for piece in self._pieces]

    def _refined(self) -> Iterable[_Piece]:
        share = max(1, len(self.edits))
        for edit, whole in zip(self.edits, self._replaced, strict=True):
            at, new_at = whole.start, whole.new_start
            begun: tuple[int, int] | None = None
            for change in word_diff(self.text[edit.start : edit.end], edit.text, share=share):
                if change.kind == "same":
                    if begun is not None:
                        yield _Piece(begun[0], at, begun[1], new_at)
                    begun = None
                elif begun is None:
                    begun = at, new_at
                at += len(change.text) * (change.kind != "new")
                new_at += len(change.text) * (change.kind != "gone")
            if begun is not None:
                yield _Piece(begun[0], at, begun[1], new_at)

    def start_of(self, at: int) -> int:
        """Where what begins at the old offset begins: after anything that is put in there."""
        before = bisect_right(self._ends, at)
        if before < len(self._pieces) and self._pieces[before].start <= at:
            return self._pieces[before].new_start
        return at + self._shift(before)

    def end_of(self, at: int) -> int:
        """Where what ends at the old offset ends: before anything that is put in there."""
        begun = bisect_left(self._starts, at)
        if begun and at <= self._pieces[begun - 1].end:
            return self._pieces[begun - 1].new_end
        return at + self._shift(begun)

    def _shift(self, pieces: int) -> int:
        if not pieces:
            return 0
        last = self._pieces[pieces - 1]
        return last.new_end - last.end

    def carry(self, start: int, end: int) -> Carried:
        """Carries [start, end) over; sure only when the very words stand there."""
        words = self.text[start:end]
        new_start, new_end = self.start_of(start), self.end_of(end)
        stands = new_start < new_end and same_words(words, self.new_text[new_start:new_end])
        around = self._around(start, end)
        if stands and (
            around is None
            or self._as_often(around, words)
            or self._same_neighbours(start, end, new_start, new_end)
        ):
            return Carried(new_start, new_end, sure=True)
        again = self._found_again(around, start, end, words) if around else None
        return again or Carried(new_start, max(new_start, new_end), sure=False)

    def find(self, prefix: str, quote: str, suffix: str) -> tuple[int, int] | None:
        """Where the new text says the words between those others, if it does so once only."""
        needle = f"{prefix}{quote}{suffix}"
        if needle == quote or self.new_text.count(needle) != 1:
            return None
        start = self.new_text.index(needle) + len(prefix)
        return start, start + len(quote)

    def _around(self, start: int, end: int) -> _Piece | None:
        """The replacement that the whole span lies in: what is in it may have been rearranged."""
        at = bisect_right(self._replaced, start, key=lambda piece: piece.start) - 1
        if at >= 0 and end <= self._replaced[at].end:
            return self._replaced[at]
        return None

    def _as_often(self, around: _Piece, words: str) -> bool:
        before = self.text.count(words, around.start, around.end)
        return before == self.new_text.count(words, around.new_start, around.new_end)

    def _same_neighbours(self, start: int, end: int, new_start: int, new_end: int) -> bool:
        before = self.text[max(0, start - NEIGHBOURS) : start]
        after = self.text[end : end + NEIGHBOURS]
        return (
            before == self.new_text[max(0, new_start - NEIGHBOURS) : new_start]
            or after == self.new_text[new_end : new_end + NEIGHBOURS]
        )

    def _found_again(self, around: _Piece, start: int, end: int, words: str) -> Carried | None:
        """The words elsewhere in their replacement, if they are nowhere else.

        Sure only with what stood beside them: else someone may have said them anew.
        """
        if len(words) < FINDABLE or self.text.count(words) != 1 or self.new_text.count(words) != 1:
            return None
        at = self.new_text.find(words, around.new_start, around.new_end)
        if at < 0:
            return None
        if _inside(self.new_text, at) or _inside(self.new_text, at + len(words)):
            return None
        beside = self._same_neighbours(start, end, at, at + len(words))
        return Carried(at, at + len(words), sure=beside)


def _replaced(text: str, edits: Iterable[Edit]) -> Iterable[_Piece]:
    last = shift = 0
    for edit in edits:
        if not last <= edit.start <= edit.end <= len(text):
            raise ValueError("edits are in order, apart from each other, and inside the text")
        new_start = edit.start + shift
        yield _Piece(edit.start, edit.end, new_start, new_start + len(edit.text))
        last = edit.end
        shift += len(edit.text) - (edit.end - edit.start)


def _applied(text: str, edits: Iterable[Edit]) -> str:
    parts, last = [], 0
    for edit in edits:
        parts += [text[last : edit.start], edit.text]
        last = edit.end
    return "".join([*parts, text[last:]])


def _grown(text: str, new_text: str, pieces: Sequence[_Piece]) -> list[_Piece]:
    """The pieces grown to whole words on both sides; those that meet are one."""
    grown: list[_Piece] = []
    for piece, following in zip_longest(pieces, pieces[1:]):
        limit = following.start if following else len(text)
        start, new_start, end, new_end = piece.start, piece.new_start, piece.end, piece.new_end
        floor = grown[-1].end if grown else 0
        # Between two pieces both texts say the same, so both ends move together.
        while start > floor and (_inside(text, start) or _inside(new_text, new_start)):
            start, new_start = start - 1, new_start - 1
        while end < limit and (_inside(text, end) or _inside(new_text, new_end)):
            end, new_end = end + 1, new_end + 1
        if grown and start == floor:
            first = grown.pop()
            start, new_start = first.start, first.new_start
        grown.append(_Piece(start, end, new_start, new_end))
    return grown


def _inside(text: str, at: int) -> bool:
    """Whether a cut there would go through a word, or through what is drawn as one sign."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    return before == _JOINER or _joins(after) or (_of_word(before) and _of_word(after))


def _joins(char: str) -> bool:
    return char == _JOINER or ord(char) in _SKIN_TONES or unicodedata.category(char).startswith("M")


def _of_word(char: str) -> bool:
    return char.isalnum() or char == "_" or ord(char) in _FLAG_LETTERS or _joins(char)
