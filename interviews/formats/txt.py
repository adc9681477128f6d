"""Plain text: transcripts and notes as people and transcription services save them."""

from interviews.formats.plain import read_plain
from interviews.formats.records import ParsedDocument, ParseLimits
from interviews.formats.turns import find_turns, split_lines

NAME = "txt"


def read(data: bytes, *, encoding: str | None, limits: ParseLimits) -> ParsedDocument:
    plain = read_plain(data, encoding=encoding, expected=NAME)
    found = find_turns(split_lines(plain.text))
    return plain.document(NAME, found.turns, found.notices)
