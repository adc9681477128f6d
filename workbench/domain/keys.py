"""Keys that people read."""

from collections.abc import Container

from django.utils.text import slugify

_DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


def _without_danish_letters(text: str) -> str:
    """Small letters, æ, ø and å as the two letters that addresses write them with."""
    return text.casefold().translate(_DANISH)


def free_key(
    text: str, taken: Container[str], *, fallback: str, length: int = 40, joint: str = "_"
) -> str:
    """A key of small letters and digits from `text` that is not among `taken`.

    Its words are joined by an underscore; keys that stand in addresses by a hyphen.
    """
    stem = slugify(_without_danish_letters(text)).replace("-", joint)[:length].strip("-_")
    stem = stem or fallback
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}{joint}{number}"
    return key
