"""Citation tokens in written text: `[@7]` stands for citation 7 of that text's owner."""

import re
from collections.abc import Callable

TOKEN = re.compile(r"\[@(\d{1,6})\]")


def token(number: int) -> str:
    return f"[@{number}]"


def cited_numbers(text: str) -> list[int]:
    """The citation numbers in the order of their first mention, each once."""
    return list(dict.fromkeys(int(match[1]) for match in TOKEN.finditer(text)))


def replace_tokens(text: str, printed: Callable[[int], str]) -> str:
    """The text with every token replaced by what `printed` gives for its number."""
    return TOKEN.sub(lambda match: printed(int(match[1])), text)


def around_tokens(text: str) -> list[str]:
    """Text, number, text, number, ..., text."""
    return TOKEN.split(text)


def stands_alone(paragraph: str) -> int | None:
    """The number of a token that is a paragraph of its own: a block quote."""
    match = TOKEN.fullmatch(paragraph.strip())
    return int(match[1]) if match else None
