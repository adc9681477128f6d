"""The one door to spaCy. It is imported at first use: web processes never pay for it."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language


def sentence_starts(lines: Sequence[str], language: str) -> Iterator[list[int]]:
    """For each line the code points at which spaCy's sentencizer begins a sentence.

    Raises ValueError for a language that is not `da` or `en`.
    """
    for document in _pipeline(language).pipe(lines):
        yield [sentence.start_char for sentence in document.sents]


@cache
def _pipeline(language: str) -> "Language":
    if language not in ("da", "en"):
        raise ValueError(f"no sentence rules for {language!r}")
    import spacy  # noqa: PLC0415

    pipeline = spacy.blank(language)
    pipeline.add_pipe("sentencizer")
    return pipeline
