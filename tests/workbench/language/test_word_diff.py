"""What changed between two versions."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.language.word_diff import Change, word_diff

pytestmark = pytest.mark.pure

TEXTS = st.text(alphabet="ab \n.", max_size=60)


def test_a_changed_word_is_shown_within_its_sentence() -> None:
    assert word_diff("Alle deltager gerne.", "Nogle deltager gerne.") == [
        Change("gone", "Alle"),
        Change("new", "Nogle"),
        Change("same", " deltager gerne."),
    ]


@given(TEXTS, TEXTS)
def test_the_changes_give_both_texts_back(older: str, newer: str) -> None:
    changes = word_diff(older, newer)
    assert "".join(c.text for c in changes if c.kind != "new") == older
    assert "".join(c.text for c in changes if c.kind != "gone") == newer


SIGNS = st.text(alphabet=".,;!", max_size=12)


@given(SIGNS, SIGNS)
def test_as_much_as_can_stays_the_same(older: str, newer: str) -> None:
    kept = sum(len(change.text) for change in word_diff(older, newer) if change.kind == "same")
    longest = [[0] * (len(newer) + 1) for _ in range(len(older) + 1)]
    for i, one in enumerate(older):
        for j, other in enumerate(newer):
            longest[i + 1][j + 1] = (
                longest[i][j] + 1 if one == other else max(longest[i][j + 1], longest[i + 1][j])
            )
    assert kept == longest[-1][-1]


LENGTH = 200_000
STUBBORN = {
    "equal lines": ("og\n" * (LENGTH // 3), "og\n" * (LENGTH // 3 - 7)),
    "alternating lines": ("a\nb\n" * (LENGTH // 4), "a\na\nb\nb\n" * (LENGTH // 8)),
    "alternating words": ("a b " * (LENGTH // 4), "a a b b " * (LENGTH // 8)),
    "every word another": (
        " ".join(f"u{n}" for n in range(LENGTH // 7)),
        " ".join(f"v{n}" for n in range(LENGTH // 7)),
    ),
    "every paragraph another": (
        "\n".join(f"a b {n} c d" for n in range(LENGTH // 12)),
        "\n".join(f"c {n}x a d b" for n in range(LENGTH // 12)),
    ),
}


@pytest.mark.parametrize(("older", "newer"), STUBBORN.values(), ids=STUBBORN)
def test_no_two_texts_keep_a_reader_waiting(older: str, newer: str) -> None:
    began = time.process_time()
    changes = word_diff(older, newer)
    assert time.process_time() - began < 3
    assert "".join(c.text for c in changes if c.kind != "new") == older
    assert "".join(c.text for c in changes if c.kind != "gone") == newer


def test_a_long_rewritten_paragraph_is_shown_as_a_whole() -> None:
    older, newer = "et to" + " et to" * 4_000, "tre fire" + " tre fire" * 4_000
    assert word_diff(older, newer) == [Change("gone", older), Change("new", newer)]
