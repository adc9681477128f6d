"""A printed quote says what was said: what went and what came is marked."""

import json
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding.formats.quotes import (
    QUOTE_CHARACTERS,
    QuoteChangedError,
    check_printed,
    print_quote,
)

pytestmark = pytest.mark.pure

WORDS = st.sampled_from(
    ["vi", "lægger", "fejlene", "frem", "også", "mine", "egne", "Ellers", "de", "andre", "ikke",
     "øh", "øhm", "mm", "5", "[griner]", "…", "mm.", "Så-så"]
)  # fmt: skip
JOINTS = st.sampled_from([" ", ", ", ". ", "  ", "\n"])
SPEECH = st.lists(st.tuples(WORDS, JOINTS), min_size=1, max_size=25).map(
    lambda parts: "".join(word + joint for word, joint in parts)
)


@pytest.mark.parametrize(
    ("original", "printed"),
    [
        ("spørge bagefter, øh, så var der fire", "spørge bagefter, så var der fire"),
        ("Øh, det ved jeg ikke", "det ved jeg ikke"),
        ("det er øhm altså hmm svært", "det er altså svært"),
        ("hylden er 5 mm for høj", "hylden er 5 mm for høj"),
        ("biler, cykler mm. står her", "biler, cykler mm. står her"),
        ("Ehlers og mand er ikke øhæ", "Ehlers og mand er ikke øhæ"),
        ("det tænkte jeg, øh.", "det tænkte jeg,."),
        ("mm", "mm"),
    ],
)
def test_hesitations_go_with_their_comma_and_nothing_else(original: str, printed: str) -> None:
    assert print_quote(original) == printed
    check_printed(original, printed)


@pytest.mark.parametrize(
    "printed",
    [
        "Vi lægger fejlene frem, også … altså også mine egne.",
        "Vi lægger fejlene frem [...] også mine egne.",
        "Vi lægger fejlene frem […] også mine egne.",
        "[...] også mine egne.",
        "Vi [kontoret] lægger fejlene frem [...].",
        "Vi lægger fejlene   frem, også … [tøver] altså også mine egne.",
    ],
)
def test_marked_changes_pass(printed: str) -> None:
    check_printed("Vi lægger øh fejlene frem, også … altså også mine egne.", printed)


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("Vi lægger fejl frem, også … altså også mine egne.", "fejl frem, også"),
        ("Vi lægger fejlene frem, også mine egne.", "mine egne."),
        ("Vi lægger fejlene frem", ""),
        ("lægger fejlene frem [...]", "lægger fejlene frem"),
        ("[...]", "[...]"),
        ("", ""),
        ("[Alt er godt]", "[Alt er godt]"),
        ("vi lægger fejlene [...]", "vi lægger fejlene"),
    ],
)
def test_an_unmarked_change_is_refused_with_its_place(printed: str, found: str) -> None:
    with pytest.raises(QuoteChangedError) as refused:
        check_printed("Vi lægger fejlene frem, også … altså også mine egne.", printed)
    assert refused.value.found == found


@given(SPEECH)
def test_what_is_printed_by_itself_always_passes(original: str) -> None:
    printed = print_quote(original)
    check_printed(original, printed)
    assert print_quote(printed) == printed


@given(SPEECH, st.data())
def test_a_word_left_out_unmarked_is_refused_and_marked_it_passes(
    original: str, data: st.DataObject
) -> None:
    words = print_quote(original).split()
    plain = [n for n, word in enumerate(words) if word in {"vi", "fejlene", "Ellers", "ikke"}]
    if len(words) < 2 or not plain:
        return
    gone = data.draw(st.sampled_from(plain))
    marked = [*words[:gone], "[...]", *words[gone + 1 :]]
    # Nothing but brackets says nothing, and is refused for that.
    if any(word.strip("[].…,") for word in marked if not word.startswith("[")):
        check_printed(original, " ".join(marked))
    with pytest.raises(QuoteChangedError):
        check_printed(original, " ".join([*words[:gone], "opdigtet", *words[gone + 1 :]]))
    with pytest.raises(QuoteChangedError):
        check_printed(original, " ".join(words[:gone] + words[gone + 1 :]))


def test_the_printed_quotes_of_the_demo_study_keep_the_rule() -> None:
    drafts = list(Path("fixtures/demo_study").glob("*/draft.json"))
    assert drafts
    for path in drafts:
        for section in json.loads(path.read_text())["sections"].values():
            for citation in section["citations"].values():
                if citation["mode"] == "quote":
                    printed = citation.get("printed") or print_quote(citation["quote"])
                    check_printed(citation["quote"], printed)


REPEATED = st.sampled_from(["og ", "og øh ", "øh ", "a,", "[og] ", "og […] "])
LEFT_OUT = st.sampled_from(["[…] og ", "[og] ", "og ", "[…] [og og og] og ", "[…] a,", "og […] "])


@settings(max_examples=20, deadline=2_000)
@given(REPEATED, LEFT_OUT)
def test_no_quote_keeps_a_writer_waiting(said: str, print_so: str) -> None:
    original = (said * QUOTE_CHARACTERS)[:QUOTE_CHARACTERS]
    printed = (print_so * QUOTE_CHARACTERS)[:QUOTE_CHARACTERS]
    began = time.process_time()
    with suppress(QuoteChangedError):
        check_printed(original, printed)
    assert time.process_time() - began < 1
