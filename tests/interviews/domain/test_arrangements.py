"""Moves in an outline: nothing is lost, whoever moves what."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.domain.arrangements import Move, Row, end_of, index_of, move, parents

pytestmark = pytest.mark.pure
DEEPEST = 4


def rows(picture: str) -> list[Row[str]]:
    """`a .b ..c d`: a dot a level."""
    return [Row(word.lstrip("."), word.count(".")) for word in picture.split()]


def drawn(found: list[Row[str]]) -> str:
    return " ".join("." * row.depth + row.key for row in found)


@pytest.mark.parametrize(
    ("before", "key", "way", "after"),
    [
        ("a .b c .d e", "c", Move.UP, "c .d a .b e"),
        ("a .b c .d e", "a", Move.DOWN, "c .d a .b e"),
        ("a .b .c d", "c", Move.UP, "a .c .b d"),
        ("a .b .c d", "b", Move.UP, "a .b .c d"),
        ("a .b .c d", "c", Move.DOWN, "a .b .c d"),
        ("a .b c .d", "c", Move.IN, "a .b .c ..d"),
        ("a .b", "b", Move.IN, "a .b"),
        ("a .b ..c .d e", "b", Move.OUT, "a .d b .c e"),
        ("a .b ..c ..d", "c", Move.OUT, "a .b ..d .c"),
        ("a b", "a", Move.OUT, "a b"),
    ],
)
def test_moves_take_what_stands_under_along(before: str, key: str, way: Move, after: str) -> None:
    assert drawn(move(rows(before), key, way, deepest=DEEPEST)) == after


def test_an_outline_never_gets_deeper_than_it_may() -> None:
    before = rows("a b .c")

    assert move(before, "b", Move.IN, deepest=1) == before


def test_an_entry_that_is_gone_is_no_silent_success() -> None:
    with pytest.raises(KeyError):
        move(rows("a b"), "c", Move.UP)


@st.composite
def outlines(draw: st.DrawFn) -> list[Row[int]]:
    found: list[Row[int]] = []
    for key in range(draw(st.integers(1, 12))):
        deepest = min(found[-1].depth + 1, DEEPEST) if found else 0
        found.append(Row(key, draw(st.integers(0, deepest))))
    return found


@given(outlines(), st.lists(st.tuples(st.integers(0, 11), st.sampled_from(Move)), max_size=8))
def test_no_series_of_moves_loses_an_entry_or_breaks_the_tree(
    found: list[Row[int]], moves: list[tuple[int, Move]]
) -> None:
    keys = {row.key for row in found}
    for key, way in moves:
        if key not in keys:
            continue
        at = index_of(found, key)
        under = [row.key for row in found[at + 1 : end_of(found, at)]]
        found = move(found, key, way, deepest=DEEPEST)
        at = index_of(found, key)
        assert [row.key for row in found[at + 1 : end_of(found, at)]] == under
    assert {row.key for row in found} == keys
    assert len(found) == len(keys)
    assert found[0].depth == 0
    assert all(after.depth <= before.depth + 1 for before, after in pairwise(found))
    assert all(parent is None or parent in keys for parent in parents(found).values())
