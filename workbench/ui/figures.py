"""Figures as people read them: page counts in quarters, shares in whole per cent."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.utils.formats import number_format

_QUARTERS: Final = {Decimal("0.25"): "¼", Decimal("0.5"): "½", Decimal("0.75"): "¾"}


def page_amount(pages: Decimal | float) -> str:
    """Pages, in the reader's number format: whole quarters as ¼ ½ ¾, all else to two places."""
    exact = Decimal(str(pages)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    whole = int(exact)
    quarter = _QUARTERS.get(exact - whole)
    if quarter:
        return f"{whole or ''}{quarter}"
    return number_format(exact.normalize() if exact != whole else whole)


def amount(value: Decimal) -> str:
    """A number in the reader's format, without the noughts that a database adds: `11.92`."""
    return number_format(Decimal(f"{value.normalize():f}"), force_grouping=True)


def share(part: Decimal | float, whole: Decimal | float) -> int:
    """Per cent of the whole, 0 to 100; more than the whole is 100, a whole of nothing is 0."""
    if whole <= 0:
        return 0
    return max(0, min(100, round(float(part) / float(whole) * 100)))
