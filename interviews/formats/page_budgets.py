"""Page budgets as people write them: `1`, `1,5`, `1½`, `1 1/4`, `¼`; and at the end of a title."""

import re
from decimal import Decimal, InvalidOperation

_FRACTIONS = {
    "¼": Decimal("0.25"),
    "½": Decimal("0.5"),
    "¾": Decimal("0.75"),
    "⅓": Decimal("0.33"),
    "⅔": Decimal("0.67"),
}
_AMOUNT = r"(?:\d{1,3}(?:[.,]\d{1,2})?)?\s?[¼½¾⅓⅔]|\d{1,3}[.,]\d{1,2}|(?:\d{1,3}\s)?\d/\d|\d{1,3}"
_BRACKETED = re.compile(
    rf"\s*[(\[]\s*(?:ca\.?|c\.|about|max\.?)?\s*(?P<amount>{_AMOUNT})\s*"
    r"(?:standard|normal)?(?:sider?|pages?|s\.|p\.)\s*[)\]]$",
    re.IGNORECASE,
)
_SHARE = re.compile(r"(?:(\d{1,3})\s)?(\d)/(\d)")


def read_pages(text: str) -> Decimal | None:
    """The pages that `text` states; None when it states nothing. Raises ValueError."""
    plain = " ".join(text.split())
    if not plain:
        return None
    if plain[-1] in _FRACTIONS:
        whole = plain[:-1].strip()
        return (_number(whole) if whole else Decimal(0)) + _FRACTIONS[plain[-1]]
    if share := _SHARE.fullmatch(plain):
        if share[3] == "0":
            raise ValueError(text)
        part = (Decimal(share[2]) / Decimal(share[3])).quantize(Decimal("0.01"))
        return Decimal(share[1] or 0) + part
    return _number(plain)


def take_budget(title: str) -> tuple[str, Decimal | None]:
    """`The core task (¼ page)` -> the title without it, and the pages."""
    match = _BRACKETED.search(title)
    if match is None or not title[: match.start()].strip():
        return title, None
    try:
        pages = read_pages(match["amount"])
    except ValueError:
        return title, None
    return (title[: match.start()].strip(), pages) if pages else (title, None)


def _number(text: str) -> Decimal:
    if not re.fullmatch(r"\d{1,6}(?:[.,]\d{1,6})?", text):
        raise ValueError(text)
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(text) from error
