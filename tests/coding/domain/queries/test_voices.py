"""How a person is named under a quote."""

import pytest
from django.utils.translation import override

from coding.domain.queries.voices import Voice

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("pseudonym", "label", "named"),
    [
        ("Hjælper 4", "Hjælper, aften", "Hjælper 4, aften"),
        ("Hjælper 4", "Ansat", "Hjælper 4, Ansat"),
        ("Gruppeleder", "Leder", "Gruppeleder"),
        ("Tillidsrepræsentant", "Tillidsrepræsentant", "Tillidsrepræsentant"),
    ],
)
def test_nothing_is_said_twice(pseudonym: str, label: str, named: str) -> None:
    assert str(Voice(pseudonym, printed_label=label, role="employee")) == named


def test_without_a_printed_label_the_role_stands_there() -> None:
    with override("en"):
        assert str(Voice("Ida", role="employee")) == "Ida, Employee"
