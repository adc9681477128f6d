"""Text that is safe in a spreadsheet's cell."""

import re
import unicodedata

CELL_UNITS = 32_767
"""Excel's limit for a cell, in UTF-16 units: an emoji counts two."""

_FORMULA_START = frozenset("=+-@\t\r\n＝＋－＠")
# XML 1.0, production 2 (Char): what no spreadsheet part may hold, even escaped.
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_JOINER = "\u200d"
_LONGEST_CLUSTER = 64


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet might run `text` as a formula when it opens a CSV."""
    return bool(text) and text[0] in _FORMULA_START


def neutralise(text: str) -> str:
    """`text` with an apostrophe before it when it looks like a formula (for CSV only)."""
    return "'" + text if is_formula_like(text) else text


def without_illegal(text: str) -> str:
    """`text` without the characters that XML, and therefore XLSX, cannot hold."""
    return _ILLEGAL.sub("", text)


def split_for_cells(text: str, *, units: int = CELL_UNITS) -> list[str]:
    """Pieces of at most `units` UTF-16 units whose concatenation is `text`; at least one.

    A piece does not end inside a surrogate pair, and not inside a combined character
    unless that alone fills a cell.
    """
    pieces: list[str] = []
    start = 0
    while _units(text[start : start + units]) > units or len(text) - start > units:
        end = _whole_characters(text, start, _fitting(text, start, units))
        pieces.append(text[start:end])
        start = end
    pieces.append(text[start:])
    return pieces


def _units(text: str) -> int:
    return len(text) + sum(1 for character in text if character > "\uffff")


def _fitting(text: str, start: int, units: int) -> int:
    used = 0
    for index in range(start, len(text)):
        used += 2 if text[index] > "\uffff" else 1
        if used > units:
            return max(index, start + 1)
    return len(text)


def _whole_characters(text: str, start: int, end: int) -> int:
    for cut in range(end, max(start, end - _LONGEST_CLUSTER), -1):
        if not _continues(text, cut):
            return cut
    return end


def _continues(text: str, at: int) -> bool:
    following = text[at : at + 1]
    if not following:
        return False
    return (
        text[at - 1] == _JOINER
        or following == _JOINER
        or unicodedata.category(following) in ("Mn", "Me", "Mc")
        or "\U0001f3fb" <= following <= "\U0001f3ff"
    )
