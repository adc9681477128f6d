"""What the formats that are text have in common."""

from collections.abc import Iterable
from dataclasses import dataclass

from interviews.formats.encodings import Decoded, decode
from interviews.formats.kinds import check_text_kind
from interviews.formats.normalise import normalise
from interviews.formats.records import Notice, ParsedDocument, ParsedTurn


@dataclass(frozen=True, slots=True)
class PlainText:
    """A file's normalised text, and what became of its bytes."""

    text: str
    notices: tuple[Notice, ...]
    decoded: Decoded

    def document(
        self, name: str, turns: tuple[ParsedTurn, ...], notices: Iterable[Notice]
    ) -> ParsedDocument:
        return ParsedDocument(
            turns=turns,
            notices=(*self.notices, *notices),
            encoding=self.decoded.encoding,
            encoding_certain=self.decoded.certain,
            format=name,
        )


def read_plain(data: bytes, *, encoding: str | None, expected: str) -> PlainText:
    """Raises FileProblem: see `decode`; wrong_type when the text is of another kind."""
    decoded = decode(data, encoding=encoding)
    normalised = normalise(decoded.text)
    check_text_kind(normalised.text, expected=expected)
    return PlainText(normalised.text, normalised.notices, decoded)
