"""WebVTT: Teams writes voice tags, Zoom writes `Name: words`."""

from collections.abc import Sequence

from interviews.formats.cues import join_cues, read_cues
from interviews.formats.plain import read_plain
from interviews.formats.records import (
    Notice,
    NoticeCode,
    ParsedDocument,
    ParseLimits,
)

NAME = "vtt"

_HEADER = "WEBVTT"
_ASIDE = ("NOTE", "STYLE", "REGION")


def read(data: bytes, *, encoding: str | None, limits: ParseLimits) -> ParsedDocument:
    plain = read_plain(data, encoding=encoding, expected=NAME)
    lines = plain.text.split("\n")
    has_header = lines[0].startswith(_HEADER)
    found = read_cues(_cue_lines(lines, has_header), limit=limits.cues)
    missing = () if has_header else (Notice(NoticeCode.MISSING_HEADER),)
    return plain.document(NAME, join_cues(found.cues), (*missing, *found.notices))


def _cue_lines(lines: Sequence[str], has_header: bool) -> list[str]:
    """The lines with header, notes, styles and regions emptied, so that numbers still fit."""
    kept: list[str] = []
    aside, after_empty = has_header, True
    for line in lines:
        if not line.strip():
            aside = False
        elif after_empty and line.split(" ", 1)[0].rstrip() in _ASIDE:
            aside = True
        after_empty = not line.strip()
        kept.append("" if aside else line)
    return kept
