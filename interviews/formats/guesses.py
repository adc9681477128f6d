"""What a file seems to be. Guesses only fill the table in; a person says how it is."""

import datetime
import re
from collections.abc import Iterable
from pathlib import PurePath

from interviews.enums import DocumentKind
from interviews.formats.records import ParsedDocument

_INTERVIEWER = re.compile(
    r"(?:interviewer|moderator|ordstyrer|facilitator|spørger|spørgsmål|question)(?:[\s-]?\w)?"
    r"|int|i|q",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?<!\d)(20\d\d)[-_. ]?([01]\d)[-_. ]?([0-3]\d)(?!\d)")
_OBSERVATION = re.compile(r"rundgang|feltnote|observation|walk.?round|field.?note", re.IGNORECASE)
_TITLE_LENGTH = 200


def guess_title(name: str) -> str:
    """The file's name without its ending."""
    return " ".join(PurePath(name).stem.replace("_", " ").split())[:_TITLE_LENGTH]


def guess_date(name: str) -> datetime.date | None:
    """The day a file's name tells, written year first."""
    match = _DATE.search(name)
    if match is None:
        return None
    try:
        return datetime.date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def guess_kind(name: str, document: ParsedDocument) -> DocumentKind:
    if _OBSERVATION.search(name):
        return DocumentKind.OBSERVATION
    if any(turn.manner for turn in document.turns):
        return DocumentKind.NOTES
    speakers = {turn.speaker for turn in document.turns if turn.speaker}
    if len(speakers) > 1 or document.format in ("vtt", "srt"):
        return DocumentKind.TRANSCRIPT
    return DocumentKind.WRITTEN


def guess_interviewers(labels: Iterable[str]) -> frozenset[str]:
    """The labels that by their words are those who ask."""
    return frozenset(label for label in labels if _INTERVIEWER.fullmatch(label.strip()))
