"""Keys that people read."""

from collections.abc import Container

from django.utils.text import slugify

_DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


def without_danish_letters(text: str) -> str:
    """Small letters, æ, ø and å as the two letters that addresses write them with."""
    return text.casefold().translate(_DANISH)


def free_key(text: str, taken: Container[str], *, fallback: str, length: int = 40) -> str:
    """A key of small letters, digits and underscores from `text` that is not among `taken`."""
    stem = slugify(without_danish_letters(text)).replace("-", "_")[:length].strip("_")
    stem = stem or fallback
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}_{number}"
    return key
