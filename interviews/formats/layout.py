"""Turns laid out as the one text that a revision keeps."""

from collections.abc import Sequence
from typing import Protocol

SEPARATOR = "\n\n"


class HasText(Protocol):
    """A turn of any kind: parsed, corrected, or on its way into a document."""

    @property
    def text(self) -> str: ...


def lay_out(turns: Sequence[HasText]) -> tuple[str, list[tuple[int, int]]]:
    """The turns' texts without labels, an empty line between them, and where each stands.

    Spans are half open [start, end) in Unicode code points: text[start:end] == turn.text.
    """
    spans: list[tuple[int, int]] = []
    position = 0
    for turn in turns:
        spans.append((position, position + len(turn.text)))
        position += len(turn.text) + len(SEPARATOR)
    return SEPARATOR.join(turn.text for turn in turns), spans
