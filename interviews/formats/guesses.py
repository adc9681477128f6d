"""What a file seems to be. Guesses only fill the table in; a person says how it is."""

import datetime
import itertools
import re
from collections.abc import Iterable
from pathlib import PurePath

from interviews.enums import DocumentKind, InterviewForm
from interviews.formats.records import ParsedDocument

_INTERVIEWER = re.compile(
    r"(?:interviewer|moderator|ordstyrer|facilitator|spørger|spørgsmål|question)(?:[\s-]?\w)?"
    r"|int|i|q",
    re.IGNORECASE,
)
_MONTHS = (
    "jan(?:uary|uar)?", "feb(?:ruary|ruar)?", "mar(?:ch|ts)?", "apr(?:il)?", "ma[jy]", "june?|juni",
    "july?|juli", "aug(?:ust)?", "sept?(?:ember)?", "o[kc]t(?:ober)?", "nov(?:ember)?",
    "de[ck](?:ember)?",
)  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})\.?"
_DATES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<year>20\d\d)[-_. ]?(?P<month>[01]\d)[-_. ]?(?P<day>[0-3]\d)(?!\d)",
        # The day first, as in Denmark and Britain.
        r"(?<!\d)(?P<day>[0-3]?\d)[-_./ ] ?(?P<month>[01]?\d)[-_./ ] ?(?P<year>20\d\d)(?!\d)",
        rf"(?<!\d)(?P<day>[0-3]?\d)(?:\.|st|nd|rd|th)?[-_ ]{{0,2}}{_MONTH}[-_, ]{{0,2}}"
        r"(?P<year>20\d\d)(?!\d)",
        rf"\b{_MONTH}[-_ ](?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?[-_ ](?P<year>20\d\d)(?!\d)",
    )
]
_OBSERVATION = re.compile(r"rundgang|feltnote|observation|walk.?round|field.?note", re.IGNORECASE)
_FOCUS_GROUP = re.compile(r"fo[kc]us[-_ ]?gro?up", re.IGNORECASE)
_MEETING = re.compile(r"(?<![^\W_])(?:møde|meeting)|møde(?![^\W_])", re.IGNORECASE)
_WALK_ROUND = re.compile(r"rundgang|walk.?round", re.IGNORECASE)
# What only a recording gives.
_TIMED = ("vtt", "srt", "whisper", "otr")
_TITLE_LENGTH = 200
# Day and place stand above the first words.
_HEAD = 600


def guess_title(name: str) -> str:
    """The file's name without its ending."""
    return " ".join(PurePath(name).stem.replace("_", " ").split())[:_TITLE_LENGTH]


def guess_date(name: str, document: ParsedDocument | None = None) -> datetime.date | None:
    """The day that a file's name tells, or else what stands above its first speaker."""
    found = _dates(name)
    if not found and document is not None:
        found = _dates(_head(document))
    return found[0] if found else None


def _dates(text: str) -> list[datetime.date]:
    """Every day told, in the order of the ways to write one."""
    found = []
    for match in (match for way in _DATES for match in way.finditer(text)):
        try:
            found.append(
                datetime.date(int(match["year"]), _month(match["month"]), int(match["day"]))
            )
        except ValueError:
            continue
    return found


def _month(told: str) -> int:
    if told.isdigit():
        return int(told)
    names = enumerate(_MONTHS, 1)
    return next(number for number, name in names if re.fullmatch(name, told, re.IGNORECASE))


def _head(document: ParsedDocument) -> str:
    lines = itertools.takewhile(lambda turn: turn.speaker is None, document.turns)
    return "\n".join(turn.text for turn in itertools.islice(lines, _HEAD))[:_HEAD]


def guess_kind(name: str, document: ParsedDocument) -> DocumentKind:
    if _OBSERVATION.search(name):
        return DocumentKind.OBSERVATION
    if any(turn.manner for turn in document.turns):
        return DocumentKind.NOTES
    speakers = {turn.speaker for turn in document.turns if turn.speaker}
    if len(speakers) > 1 or document.format in _TIMED:
        return DocumentKind.TRANSCRIPT
    return DocumentKind.WRITTEN


def guess_form(name: str, document: ParsedDocument) -> InterviewForm:
    """By its name, or else by how many answer; one of those who speak asks."""
    for pattern, form in (
        (_WALK_ROUND, InterviewForm.WALK_ROUND),
        (_FOCUS_GROUP, InterviewForm.FOCUS_GROUP),
        (_MEETING, InterviewForm.MEETING),
    ):
        if pattern.search(name):
            return form
    labels = {turn.speaker for turn in document.turns if turn.speaker}
    people = {label.rstrip(" ?()") for label in labels} - {""}
    answering = len(people) - max(len(guess_interviewers(people)), 1)
    if answering > 2:
        return InterviewForm.GROUP
    return InterviewForm.PAIR if answering == 2 else InterviewForm.INDIVIDUAL


def guess_interviewers(labels: Iterable[str]) -> frozenset[str]:
    """The labels that by their words are those who ask."""
    return frozenset(label for label in labels if _INTERVIEWER.fullmatch(label.strip()))
