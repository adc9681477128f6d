"""Spans in a text that changes: the very words, or doubt. Never other words."""

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from interviews.domain.anchors import Edit, EditScript, same_words

pytestmark = pytest.mark.pure

# Few letters, so that words come again; emoji of several code points, marks, right to left.
ALPHABET = "aab  \n.é\u0301\u05d0\u05d1\u200f👩\u200d🔬🏽🇩🇰"
TEXTS = st.text(alphabet=ALPHABET, max_size=40)


@st.composite
def scripts(draw: st.DrawFn) -> EditScript:
    text = unicodedata.normalize("NFC", draw(TEXTS))
    count = draw(st.integers(0, 3))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2 * count, max_size=2 * count)))
    pairs = zip(cuts[::2], cuts[1::2], strict=True)
    return EditScript(text, [Edit(start, end, draw(TEXTS)) for start, end in pairs])


@given(scripts(), st.data())
def test_a_span_keeps_its_words_or_is_in_doubt(script: EditScript, data: st.DataObject) -> None:
    if not script.text:
        return
    start = data.draw(st.integers(0, len(script.text) - 1))
    end = data.draw(st.integers(start + 1, len(script.text)))
    to = script.carry(start, end)
    assert 0 <= to.start <= to.end <= len(script.new_text)
    if to.sure:
        assert to.start < to.end
        assert same_words(script.text[start:end], script.new_text[to.start : to.end])


@given(scripts())
def test_spans_stay_in_their_order(script: EditScript) -> None:
    starts = [script.start_of(at) for at in range(len(script.text) + 1)]
    ends = [script.end_of(at) for at in range(len(script.text) + 1)]
    assert starts == sorted(starts)
    assert ends == sorted(ends)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_what_stands_apart_from_the_edit_is_sure(
    before: str, old: str, new: str, after: str
) -> None:
    """Between them a sign that is part of no word: the edit touches nothing beyond it."""
    text = f"{before}. {old} .{after}"
    edit = Edit(len(before) + 2, len(before) + 2 + len(old), new)
    script = EditScript(text, [edit])
    if before:
        to = script.carry(0, len(before))
        assert (to.start, to.end, to.sure) == (0, len(before), True)
    if after:
        shift = len(new) - len(old)
        to = script.carry(len(text) - len(after), len(text))
        end = len(text) + shift
        assert (to.start, to.end, to.sure) == (end - len(after), end, True)


@given(TEXTS, TEXTS)
@example("aaa aaa", "aaa aaa aaa")
def test_the_new_text_is_what_the_edits_make(old: str, new: str) -> None:
    assert EditScript(old, [Edit(0, len(old), new)]).new_text == new


def carried(old: str, new: str, quote: str) -> tuple[str, bool]:
    """What the quote's span says after the whole text was typed anew."""
    script = EditScript(old, [Edit(0, len(old), new)])
    start = old.index(quote)
    to = script.carry(start, start + len(quote))
    return new[to.start : to.end], to.sure


TEXT = "Når vi kommer om aftenen, er tavlen visket ud 🙂. Det er synd."


@pytest.mark.parametrize(
    ("new", "quote", "words", "sure"),
    [
        # A word beside it, before it, in it.
        (TEXT.replace("synd", "trist"), "tavlen visket ud 🙂", "tavlen visket ud 🙂", True),
        (TEXT.replace("Når", "Men når"), "tavlen visket ud", "tavlen visket ud", True),
        (TEXT.replace("tavlen", "tavlerne"), "er tavlen visket", "er tavlerne visket", False),
        # Only white space.
        (TEXT.replace("tavlen visket", "tavlen  \nvisket"), "tavlen visket", None, True),
        # Nothing of it is left.
        (TEXT.replace(" Det er synd.", ""), "Det er synd.", "", False),
        # It grows at its edge: the word is another word, a sign beside it is not its own.
        (TEXT.replace("tavlen", "tavlens"), "tavlen", "tavlens", False),
        (TEXT.replace("synd.", "synd, sagde hun."), "Det er synd", "Det er synd", True),
        # The sign is drawn otherwise.
        (TEXT.replace("🙂", "🙂\u200d↕"), "ud 🙂", "ud 🙂\u200d↕", False),
        (TEXT.replace("ud", "ud\u0323"), "visket ud", "visket ud\u0323", False),
    ],
)
def test_a_turn_typed_anew(new: str, quote: str, words: str | None, sure: bool) -> None:
    told, certain = carried(TEXT, new, quote)
    assert certain is sure
    assert words is None or told == words


def test_a_sentence_that_moved_is_proposed_where_it_stands_now() -> None:
    rest = "Vi mødes ved tavlen hver morgen. Det tager ti minutter, og så kører vi."
    old, new = f"{rest} Mere er det ikke.", f"Mere er det ikke. {rest}"
    assert carried(old, new, "Mere er det ikke.") == ("Mere er det ikke.", False)
    assert carried(old, new, "ti minutter, og så") == ("ti minutter, og så", True)


def test_one_of_three_equal_words_is_in_doubt() -> None:
    script = EditScript("ja, ja, ja, siger hun", [Edit(0, 10, "ja, ja")])
    assert [script.carry(at, at + 2).sure for at in (0, 4, 8)].count(False) >= 1


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(2, 1, "")],
        [Edit(0, 99, "")],
        [Edit(-1, 0, "")],
        [Edit(2, 4, ""), Edit(3, 5, "")],
        [Edit(4, 5, ""), Edit(0, 1, "")],
    ],
)
def test_edits_out_of_order_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="in order"):
        EditScript("en lille tekst", edits)


def test_one_long_turn_typed_anew_is_carried_at_once() -> None:
    old = " ".join(f"ord{number}" for number in range(9000))
    new = " ".join(f"ord{number * 7 % 9000}" for number in range(9000))
    begun = time.perf_counter()
    script = EditScript(old, [Edit(0, len(old), new)])
    for at in range(0, 4000, 10):
        script.carry(at, at + 20)
    assert time.perf_counter() - begun < 5
