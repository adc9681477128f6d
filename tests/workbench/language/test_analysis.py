"""Sentences as a coder would mark them."""

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.language.analysis import sentences

pytestmark = pytest.mark.pure


def split(text: str, language: str = "da") -> list[str]:
    return [text[start:end] for start, end in sentences(text, language)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Vi mødes kl. 7 hver dag.", "Så kører vi."],
        ["Det er ift. opgaven.", "Ikke andet."],
        ["Der er max. 30 ml. tilbage i den.", "Så går vi."],
        ["Det var o.k. for mig.", "Og for hende."],
        ["Møder, tavler osv.", "Så gik det i stå."],
        ["Møder osv. fylder.", "Meget."],
        ["Det står i nr. 4 og bl.a. i loven."],
        ["Den 3. maj flyttede vi.", "Det var koldt."],
        ["Altså... det ved jeg ikke.", "Jo."],
        ["Altså… Det ved jeg.", "Jo!", "Gør du?"],
        ["Hun hedder A. Holm.", "Ikke?"],
        ["- Nej.", "- Jo, f.eks. om mandagen."],
        ['"Hvad?" sagde han.', "Og gik."],
        ["Hun kom.", "“Nu begynder vi.”", "(Det gjorde vi.)"],
        ["Kl. 12:30 gik vi."],
        ["Vi var 4.5 i snit.", "Det er få."],
        ["Hvad!?", "Nå."],
        ["Den kom bare!", "[latter fra flere] Så gik vi."],
        ["Det er godt [griner].", "Ja."],
    ],
)
def test_danish_speech_is_split_where_a_sentence_ends(expected: list[str]) -> None:
    assert split(" ".join(expected)) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["Anyone can stop, e.g. Mr. Smith.", "And then?"],
        ["We pick approx. 90 an hour.", "It is a lot."],
        ["Helmets, boots, etc.", "They cost."],
        ["It... it hurts.", "Yes."],
    ],
)
def test_english_speech_is_split_where_a_sentence_ends(expected: list[str]) -> None:
    assert split(" ".join(expected), "en") == expected


def test_a_newline_always_ends_a_sentence() -> None:
    assert split("uden punktum\nog videre\n\n  her ift.\nder ") == [
        "uden punktum",
        "og videre",
        "her ift.",
        "der",
    ]


def test_offsets_are_code_points() -> None:
    assert sentences("👩\u200d🚒 kom. Så gik hun.", "da") == [(0, 8), (9, 20)]


def test_text_without_words_has_what_it_has() -> None:
    assert split("") == []
    assert split(" \n ") == []
    assert split("...") == ["..."]


def test_a_line_longer_than_spacy_takes_is_still_split() -> None:
    text = "Det er en sætning. " * 70_000
    found = sentences(text, "da")
    assert len(found) == 70_000
    assert {text[start:end] for start, end in found} == {"Det er en sætning."}


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="no sentence rules"):
        sentences("Hallo.", "de")


def test_importing_the_analysis_does_not_load_spacy() -> None:
    probe = "import sys, workbench.language.analysis; print('spacy' in sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", probe], capture_output=True, check=True)
    assert loaded.stdout.strip() == b"False"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from(" .\n…?!aA1\"'"))))
def test_spans_are_ordered_trimmed_and_miss_no_word(text: str) -> None:
    spans = sentences(text, "da")
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())
