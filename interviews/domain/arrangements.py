"""The order of an outline's entries: move, indent, outdent. Pure; rows are depth first.

Every change is relative to the rows as they stand now, so that two people who arrange the same
outline at once lose no entry.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


class Move(StrEnum):
    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Row(Generic[Key]):
    """An entry by its key, and how many entries stand above it."""

    key: Key
    depth: int = 0


def move(rows: Sequence[Row[Key]], key: Key, way: Move, *, deepest: int = 0) -> list[Row[Key]]:
    """The rows after moving `key` with everything under it; the same rows at an edge.

    `IN` makes it the last child of the sibling above, `OUT` the next sibling of its parent.
    Raises KeyError when the key is not there.
    """
    steps: dict[Move, Callable[[list[Row[Key]], int, int], list[Row[Key]]]] = {
        Move.UP: _up,
        Move.DOWN: _down,
        Move.IN: _in,
        Move.OUT: _out,
    }
    at = index_of(rows, key)
    return steps[way](list(rows), at, deepest)


def index_of(rows: Sequence[Row[Key]], key: Key) -> int:
    for at, row in enumerate(rows):
        if row.key == key:
            return at
    raise KeyError(key)


def end_of(rows: Sequence[Row[Key]], at: int) -> int:
    """The index after the last entry under `rows[at]`."""
    end = at + 1
    while end < len(rows) and rows[end].depth > rows[at].depth:
        end += 1
    return end


def parents(rows: Sequence[Row[Key]]) -> dict[Key, Key | None]:
    """Each entry's parent, None at the top."""
    above: list[Key] = []
    found: dict[Key, Key | None] = {}
    for row in rows:
        del above[row.depth :]
        found[row.key] = above[-1] if above else None
        above.append(row.key)
    return found


def _sibling_above(rows: list[Row[Key]], at: int) -> int | None:
    for before in range(at - 1, -1, -1):
        if rows[before].depth == rows[at].depth:
            return before
        if rows[before].depth < rows[at].depth:
            return None
    return None


def _up(rows: list[Row[Key]], at: int, deepest: int) -> list[Row[Key]]:
    before = _sibling_above(rows, at)
    if before is None:
        return rows
    end = end_of(rows, at)
    return rows[:before] + rows[at:end] + rows[before:at] + rows[end:]


def _down(rows: list[Row[Key]], at: int, deepest: int) -> list[Row[Key]]:
    end = end_of(rows, at)
    if end == len(rows) or rows[end].depth < rows[at].depth:
        return rows
    return _up(rows, end, deepest)


def _in(rows: list[Row[Key]], at: int, deepest: int) -> list[Row[Key]]:
    end = end_of(rows, at)
    lowest = max(row.depth for row in rows[at:end])
    if _sibling_above(rows, at) is None or lowest >= deepest:
        return rows
    return rows[:at] + [_shifted(row, 1) for row in rows[at:end]] + rows[end:]


def _out(rows: list[Row[Key]], at: int, deepest: int) -> list[Row[Key]]:
    if rows[at].depth == 0:
        return rows
    end = end_of(rows, at)
    after = end
    while after < len(rows) and rows[after].depth >= rows[at].depth:
        after += 1
    moved = [_shifted(row, -1) for row in rows[at:end]]
    return rows[:at] + rows[end:after] + moved + rows[after:]


def _shifted(row: Row[Key], by: int) -> Row[Key]:
    return replace(row, depth=row.depth + by)
