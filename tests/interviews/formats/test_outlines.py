"""Outlines read as people paste them, and written so that they read back the same."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.formats.outlines import (
    DEEPEST,
    LINE_CHARACTERS,
    LINES,
    OutlineLine,
    OutlineProblem,
    OutlineProblemCode,
    numbers,
    read_headed,
    read_outline,
    write_outline,
)

pytestmark = pytest.mark.pure


def drawn(text: str) -> str:
    """The outline as a picture: two spaces a level."""
    return "\n".join("  " * line.depth + line.text for line in read_outline(text))


SAMPLES = {
    "numbers that say their level, without indentation": (
        "1.\tOm jer\n1.1\tHvem er I?\n1.2\tHvor mange?\n1.2.1\tOm natten?\n2.\tOpgaven\n2.1 Hvad?",
        "Om jer\n  Hvem er I?\n  Hvor mange?\n    Om natten?\nOpgaven\n  Hvad?",
    ),
    "number, letter, Roman number": (
        "1. A\na) b\nb) c\ni. d\nii. e\nc) f\n2. G",
        "A\n  b\n  c\n    d\n    e\n  f\nG",
    ),
    "bullets of a word processor": (
        "1)\tA\n•\tb\no\tc\n§\td\n•\te\n2)\tF",
        "A\n  b\n    c\n      d\n  e\nF",
    ),
    "indentation by tabs": ("A\n\t- b\n\t\t- c\n\t- d\nE\n\t- f", "A\n  b\n    c\n  d\nE\n  f"),
    "indentation by spaces alone": ("A\n  b\n    c\n  d\nE", "A\n  b\n    c\n  d\nE"),
    "plain headings over numbers that start again": (
        "Om jer\r\n1. Hvem?\r\n2. Hvor mange?\r\n\r\nOpgaven\r\n1. Hvad?",
        "Om jer\n  Hvem?\n  Hvor mange?\nOpgaven\n  Hvad?",
    ),
    "questions as plain lines under numbered headings": (
        "1. Om jer\nHvem er I?\nHvor mange?\n2. Opgaven\nHvad?",
        "Om jer\n  Hvem er I?\n  Hvor mange?\nOpgaven\n  Hvad?",
    ),
    "marked headings": (
        "# A\n## 1.2 B\n- c\n## D\n# E\n1. f",
        "A\n  B\n    c\n  D\nE\n  f",
    ),
    "numbers in brackets and a list inside an item": (
        "1.1 A\n   (1) x\n   (2) y\n1.2 B",
        "A\n  x\n  y\nB",
    ),
    "letters go past the Roman ones": ("h) x\ni) y\nj) z", "x\ny\nz"),
    "an outline that begins in the middle": ("1.1 A\n1.2 B\n2. C\n2.1 D", "A\nB\nC\n  D"),
    "a soft line break and a hard space": (
        "1. To\vlinjer\n2. H\u00e5rdt\u00a0rum",
        "To linjer\nHårdt rum",
    ),
    "plain lines": ("Første\nAndet\n\n\nTredje", "Første\nAndet\nTredje"),
}


@pytest.mark.parametrize(("pasted", "expected"), SAMPLES.values(), ids=SAMPLES.keys())
def test_pasted_outlines_keep_their_depth(pasted: str, expected: str) -> None:
    assert drawn(pasted) == expected


def test_what_only_looks_like_a_marker_stays() -> None:
    text = "3 gode ting\n2013: det år\nI morgen\n-5 grader i lageret\nA-holdet"

    assert drawn(text) == text


def test_a_number_alone_is_no_entry() -> None:
    assert drawn("1.\nHvem er I?\n2.\nHvad gør I?") == "Hvem er I?\nHvad gør I?"


def test_an_emoji_of_several_characters_is_not_taken_apart() -> None:
    assert drawn("1. Børnene 👩‍👩‍👧") == "Børnene 👩‍👩‍👧"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (" \n\t\n", OutlineProblemCode.EMPTY, 0),
        ("1.\n2.\n", OutlineProblemCode.EMPTY, 0),
        ("a\n" * (LINES + 1), OutlineProblemCode.TOO_MANY_LINES, 0),
        ("a\n" + "b" * (LINE_CHARACTERS + 1), OutlineProblemCode.LINE_TOO_LONG, 2),
    ],
)
def test_what_cannot_be_used_says_why(text: str, code: OutlineProblemCode, line: int) -> None:
    with pytest.raises(OutlineProblem) as refused:
        read_outline(text)

    assert (refused.value.code, refused.value.line) == (code, line)


def test_numbers_follow_from_the_depths() -> None:
    assert list(numbers([0, 1, 1, 2, 0, 1])) == ["1", "1.1", "1.2", "1.2.1", "2", "2.1"]


words = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp")), min_size=1, max_size=30
).map(lambda text: " ".join(text.split()))


@st.composite
def outlines(draw: st.DrawFn) -> list[OutlineLine]:
    lines: list[OutlineLine] = []
    for text in draw(st.lists(words.filter(bool), min_size=1, max_size=25)):
        deepest = min(lines[-1].depth + 1, DEEPEST) if lines else 0
        lines.extend(read_outline_texts(text, draw(st.integers(0, deepest))))
    return lines


def read_outline_texts(text: str, depth: int) -> list[OutlineLine]:
    # What NFC makes of the words is what an outline holds.
    return [OutlineLine(read_outline(f"1.\t{text}")[0].text, depth)]


@given(outlines())
def test_what_is_written_reads_back_the_same(lines: list[OutlineLine]) -> None:
    assert read_outline(write_outline(lines)) == lines


@given(st.text(max_size=400))
def test_any_text_gives_a_proper_outline_or_a_reason(text: str) -> None:
    try:
        lines = read_outline(text)
    except OutlineProblem:
        # Nothing but markers, space and what cannot be seen.
        return
    assert lines[0].depth == 0
    assert all(b.depth <= a.depth + 1 for a, b in pairwise(lines))
    assert all(line.text == " ".join(line.text.split()) for line in lines)
    assert read_outline(write_outline(lines)) == lines


@pytest.mark.parametrize(
    ("text", "head", "outer"),
    [
        ("Guide\nLæs op.\n\n1. A\n1.1 b\n2. C", ["Guide", "Læs op."], ["A", "C"]),
        ("Skabelon\n1. A (½ side)\n- b\n2. C", ["Skabelon"], ["A (½ side)", "C"]),
        ("Guide\nA. A\n  1. b\nB. C", ["Guide"], ["A", "C"]),
        # Headings of their own over numbers, bullets, or numbers that begin further in.
        ("Om jer\n1. Hvem?\nOpgaven\n1. Hvad?", [], ["Om jer", "Opgaven"]),
        ("Fremmere\n1. Hvem?\nHæmmere\n2. Hvad?", [], ["Fremmere", "Hæmmere"]),
        ("Stedet\n- folk\n- penge", [], ["Stedet"]),
        ("Om jer\n1.1 Hvem?\n1.2 Hvad?", [], ["Om jer"]),
        ("1. A\n2. B", [], ["A", "B"]),
        ("A\nB", [], ["A", "B"]),
    ],
)
def test_what_stands_before_the_first_number_is_no_entry(
    text: str, head: list[str], outer: list[str]
) -> None:
    read = read_headed(text)

    assert read.head == head
    assert [line.text for line in read.lines if line.depth == 0] == outer
