"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["same", "gone", "new"]

# A citation token is one word.
_PARTS: Final = re.compile(r"\[@\d+\]|\s+|[^\s\w]|\w+")
_LINES: Final = re.compile(r"[^\n]*\n+|[^\n]+")
# About half a second. What would take more is shown as a whole: nobody reads such a diff.
_STEPS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch that both texts have, or only the older, or only the newer."""

    kind: Kind
    text: str


def word_diff(older: str, newer: str, *, share: int = 1) -> list[Change]:
    """The changes in reading order: `same` + `gone` give the older text, `same` + `new` the newer.

    Paragraphs are matched first, then the words of those that differ. Of several comparisons
    that somebody waits for together, each takes its share of the steps.
    """
    return list(_joined(_Matching(_STEPS // share).lines(older, newer)))


class _Matching:
    """Finds the fewest changes (E. W. Myers, An O(ND) Difference Algorithm, 1986), in at most
    so many steps for the whole comparison."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def lines(self, older: str, newer: str) -> Iterator[Change]:
        before, after = _LINES.findall(older), _LINES.findall(newer)
        for same, gone, new in self._stretches(before, after):
            if gone and new:
                for few in self._stretches(_PARTS.findall(gone), _PARTS.findall(new)):
                    yield from _changes(*few)
            else:
                yield from _changes("", gone, new)
            yield Change("same", same)

    def _stretches(
        self, before: Sequence[str], after: Sequence[str]
    ) -> Iterator[tuple[str, str, str]]:
        """(what follows and is the same, what goes before it, what comes before it)."""
        at = new_at = 0
        ends = (len(before), len(after), 0)
        for start, new_start, length in [*self._matches(before, after), ends]:
            gone, new = before[at:start], after[new_at:new_start]
            at, new_at = start + length, new_start + length
            yield "".join(before[start:at]), "".join(gone), "".join(new)

    def _matches(
        self, before: Sequence[str], after: Sequence[str]
    ) -> Iterator[tuple[int, int, int]]:
        """Where both say the same: (place, place in the newer, how many)."""
        shorter = min(len(before), len(after))
        head = next((n for n in range(shorter) if before[n] != after[n]), shorter)
        rest = shorter - head
        tail = next((n for n in range(rest) if before[-1 - n] != after[-1 - n]), rest)
        yield 0, 0, head
        middle = before[head : len(before) - tail], after[head : len(after) - tail]
        for start, new_start, length in self._between(*middle):
            yield head + start, head + new_start, length
        yield len(before) - tail, len(after) - tail, tail

    def _between(self, before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int, int]]:
        """The matches of a shortest path from the start of both to their ends; none when that
        is too long. A path's diagonal is how far it is ahead in `before`."""
        reached = {1: 0}
        trail: list[list[int]] = []
        for edits in range(len(before) + len(after) + 1):
            if self._left <= 0:
                break
            for diagonal in range(-edits, edits + 1, 2):
                above, left = reached.get(diagonal + 1, -1), reached.get(diagonal - 1, -1)
                at = start = above if left < above else left + 1
                while (
                    at < len(before)
                    and at - diagonal < len(after)
                    and before[at] == after[at - diagonal]
                ):
                    at += 1
                reached[diagonal] = at
                self._left -= 1 + at - start
                if at >= len(before) and at - diagonal >= len(after):
                    return _way_back(trail, at, diagonal)
            trail.append([reached[diagonal] for diagonal in range(-edits, edits + 1, 2)])
        return []


def _way_back(trail: list[list[int]], at: int, diagonal: int) -> list[tuple[int, int, int]]:
    """The stretches along which the path went through both texts at once."""
    found = []
    for edits in range(len(trail), 0, -1):
        before = trail[edits - 1]
        above = (diagonal + edits) // 2
        came_down = above < len(before) and (above == 0 or before[above - 1] < before[above])
        start = before[above] if came_down else before[above - 1] + 1
        found.append((start, start - diagonal, at - start))
        diagonal += 1 if came_down else -1
        at = before[above] if came_down else before[above - 1]
    found.append((0, 0, at))
    return [match for match in reversed(found) if match[2]]


def _changes(same: str, gone: str, new: str) -> Iterator[Change]:
    yield Change("gone", gone)
    yield Change("new", new)
    yield Change("same", same)


def _joined(changes: Iterator[Change]) -> Iterator[Change]:
    """Neighbours of one kind as one; nothing empty."""
    held: Change | None = None
    for change in changes:
        if not change.text:
            continue
        if held is not None and held.kind == change.kind:
            held = Change(held.kind, held.text + change.text)
            continue
        if held is not None:
            yield held
        held = change
    if held is not None:
        yield held
