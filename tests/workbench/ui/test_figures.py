"""Pages and shares as people read them."""

from decimal import Decimal

import pytest
from django.utils import translation

from workbench.ui.figures import page_amount, share

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        (Decimal("0.25"), "¼"),
        (Decimal("1.5"), "1½"),
        (0.75, "¾"),
        (2, "2"),
        (0, "0"),
        (10, "10"),
        (Decimal("1.70"), "1,7"),
        (0.224, "0,22"),
        (Decimal("0.2499"), "¼"),
    ],
)
def test_pages_are_written_in_quarters_or_danish_decimals(
    pages: Decimal | float, words: str
) -> None:
    with translation.override("da"):
        assert page_amount(pages) == words


def test_share_never_leaves_its_scale() -> None:
    assert share(1, 4) == 25
    assert share(5, 4) == 100
    assert share(-1, 4) == 0
    assert share(3, 0) == 0
