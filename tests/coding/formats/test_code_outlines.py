"""A pasted codebook: names, what they mean, and a title that is no code."""

import pytest

from coding.formats.code_outlines import (
    OutlineCode,
    has_texts,
    has_title,
    may_have_title,
    read_codes,
)
from interviews.formats.outlines import read_outline

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("line", "name", "text"),
    [
        ("Fremmere: forhold der gør det lettere", "Fremmere", "forhold der gør det lettere"),
        ("Nærhed – man kender hinanden", "Nærhed", "man kender hinanden"),
        ("Tid - for lidt af den: altid", "Tid", "for lidt af den: altid"),
        ("Ledelse (den øverste)", "Ledelse (den øverste)", ""),
        ("Kl. 10:30-mødet", "Kl. 10:30-mødet", ""),
        ("Samarbejde:", "Samarbejde:", ""),
        (": uden navn", ": uden navn", ""),
    ],
)
def test_what_stands_behind_a_colon_or_a_dash_is_its_meaning(
    line: str, name: str, text: str
) -> None:
    lines = read_outline(line)
    assert read_codes(lines, titled=False, with_texts=True) == [OutlineCode(name, text, 0)]
    assert read_codes(lines, titled=False, with_texts=False) == [OutlineCode(line, "", 0)]
    assert has_texts(lines) is bool(text)


def test_a_title_is_left_out_and_what_stood_under_it_moves_out() -> None:
    lines = read_outline("Kodebog for pilotstudiet\n\tFremmere\n\t\tNærhed\n\tHæmmere")
    assert has_title(lines)
    found = [(code.name, code.depth) for code in read_codes(lines, titled=True, with_texts=True)]
    assert found == [("Fremmere", 0), ("Nærhed", 1), ("Hæmmere", 0)]


def test_one_code_above_all_others_may_be_a_title_and_is_not_taken_for_one() -> None:
    lines = read_outline("Samarbejde\n\tNærhed\n\tTavle")
    assert (has_title(lines), may_have_title(lines)) == (False, True)
    assert not may_have_title(read_outline("Fremmere\nHæmmere"))
    assert not may_have_title(read_outline("Kodebog"))
