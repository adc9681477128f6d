"""What every reader hands over: turns, and what there is to tell about the reading."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from workbench.files.archives import ArchiveLimits

Manner = Literal["verbatim", "paraphrase"]

SPEAKER_CHARACTERS = 60
"""A longer label is no speaker, whatever the file calls it."""


class NoticeCode(StrEnum):
    """What a person should know before saving, with the parameters that accompany it."""

    CONTROLS_STRIPPED = "controls_stripped"  # count
    DIRECTION_MARKS = "direction_marks"  # count
    EMPTY_TURNS = "empty_turns"  # count
    SPEAKER_IGNORED = "speaker_ignored"  # count
    CUE_MALFORMED = "cue_malformed"  # line, reason
    CUES_MALFORMED = "cues_malformed"  # count
    MISSING_HEADER = "missing_header"
    TRACKED_CHANGES = "tracked_changes"  # insertions, deletions
    HIDDEN_TEXT = "hidden_text"  # count
    COMMENTS_LEFT_OUT = "comments_left_out"  # count
    IMAGES_LEFT_OUT = "images_left_out"  # count
    EXTERNAL_IGNORED = "external_ignored"  # count
    EMBEDDED_IGNORED = "embedded_ignored"  # count
    TIMES_UNREAD = "times_unread"  # count
    PAGE_LINES_LEFT_OUT = "page_lines_left_out"  # count
    PAGES_WITHOUT_TEXT = "pages_without_text"  # count
    NOTES_LEFT_OUT = "notes_left_out"  # count


@dataclass(frozen=True, slots=True)
class Notice:
    code: NoticeCode
    params: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ParsedTurn:
    """What one speaker says until the next one does. Times are milliseconds of the recording.

    `text` is normalised, without its label, not empty, without space at either end.
    """

    speaker: str | None
    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    manner: Manner | None = None


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A file as read. `encoding_certain` is False when the bytes allow another reading."""

    turns: tuple[ParsedTurn, ...]
    notices: tuple[Notice, ...]
    encoding: str | None
    encoding_certain: bool
    format: str


@dataclass(frozen=True, slots=True)
class ParseLimits:
    """How much a reader takes on before it refuses."""

    file_bytes: int = 50 * 1024 * 1024
    characters: int = 20_000_000
    cues: int = 1_000_000
    archive: ArchiveLimits = field(default_factory=ArchiveLimits)


def counted(code: NoticeCode, count: int) -> Iterable[Notice]:
    """One notice with its count, or none when there is nothing to count."""
    return (Notice(code, {"count": count}),) if count else ()
