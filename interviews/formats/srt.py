"""SubRip subtitles."""

from interviews.formats.cues import join_cues, read_cues
from interviews.formats.plain import read_plain
from interviews.formats.records import ParsedDocument, ParseLimits

NAME = "srt"


def read(data: bytes, *, encoding: str | None, limits: ParseLimits) -> ParsedDocument:
    plain = read_plain(data, encoding=encoding, expected=NAME)
    found = read_cues(plain.text.split("\n"), limit=limits.cues)
    return plain.document(NAME, join_cues(found.cues), found.notices)
