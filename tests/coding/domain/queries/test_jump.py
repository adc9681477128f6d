"""The palette's order: what begins so first, a few letters in order last."""

import pytest

from coding.domain.queries.jump import LIMIT, Place, PlaceKind, best

pytestmark = pytest.mark.pure
PLACES = [
    Place(PlaceKind.PAGE, "codebook", "Kodebog", "Analysér"),
    Place(PlaceKind.CASE, "tofteby", "Hjemmeplejen Tofteby"),
    Place(PlaceKind.DOCUMENT, "d", "Fokusgruppe, fire hjælpere", "Hjemmeplejen Tofteby"),
    Place(PlaceKind.CODE, "c", "Ærlighed", "Tillid"),
]


def found(wanted: str) -> list[str]:
    return [place.label for place in best(PLACES, wanted)]


@pytest.mark.parametrize(
    ("wanted", "first"),
    [
        ("kode", "Kodebog"),
        ("TOFTE", "Hjemmeplejen Tofteby"),
        ("ærlig", "Ærlighed"),
        ("ÆRLIG", "Ærlighed"),
        ("tofteby fokus", "Fokusgruppe, fire hjælpere"),
        ("kdbg", "Kodebog"),
        ("hjtof", "Hjemmeplejen Tofteby"),
    ],
)
def test_a_few_letters_find_the_place(wanted: str, first: str) -> None:
    assert found(wanted)[0] == first


def test_what_the_label_says_goes_before_what_stands_around_it() -> None:
    assert found("tofteby") == ["Hjemmeplejen Tofteby", "Fokusgruppe, fire hjælpere"]


def test_letters_in_another_order_find_nothing() -> None:
    assert found("gobedok") == []


def test_nothing_asked_shows_the_first_places_and_no_more() -> None:
    assert found("") == [place.label for place in PLACES]
    assert len(best(PLACES * 10, "")) == LIMIT
