"""What changed between two versions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.formats.word_diff import Change, word_diff

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


def test_a_long_rewritten_paragraph_is_shown_as_a_whole() -> None:
    older, newer = "et to " * 4_000, "tre fire " * 4_000
    assert word_diff(older, newer) == [Change("gone", older), Change("new", newer)]
