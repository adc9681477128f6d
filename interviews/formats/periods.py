"""Periods as reports print them: read into two days, with how exactly and how surely.

Danish and English. What cannot be read wholly is not read at all: a period that was half
understood would count as known.
"""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass

from interviews.enums import Precision

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar january jan", "februar february feb", "marts march mar", "april apr",
            "maj may", "juni june jun", "juli july jul", "august aug",
            "september sept sep", "oktober october okt oct", "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
# First and last month; a winter ends in the year after the one it is named by.
_SEASONS = {
    name: span
    for names, span in (
        ("forår foråret spring", (3, 5)),
        ("sommer sommeren summer", (6, 8)),
        ("efterår efteråret autumn fall", (9, 11)),
        ("vinter vinteren winter", (12, 2)),
    )
    for name in names.split()
}


def _any(words: Sequence[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_POINT = re.compile(
    rf"""
      (?P<iso>\d{{4}}-\d{{2}}-\d{{2}}) (?!\d)
    | (?<!\d) (?P<first>\d{{1,2}}) [./-] \s? (?P<second>\d{{1,2}}) [./-] \s?
      (?P<third>\d{{4}}) (?!\d)
    | (?: (?<!\d) (?P<day>\d{{1,2}}) \.? \s+ )? \b (?P<month>{_any(list(_MONTHS))}) \.? \s+
      (?P<month_year>\d{{4}}) (?!\d)
    | \b (?P<season>{_any(list(_SEASONS))}) \s+ (?P<season_year>\d{{4}}) (?!\d)
    | (?<!\d) (?P<year>(?:19|20)\d{{2}}) (?!\d)
    """,
    re.VERBOSE,
)
# “2. generation”: a number that is no date.
_ORDINAL = re.compile(r"(?<!\d)\d{1,2}\.\s+(?=[a-zæøå])")
_ABOUT = re.compile(r"\b(?:ca|cirka|omkring|about|around|approx|approximately|circa)\b")
_OPEN = re.compile(
    r"-\s*$|\b(?:og frem|fremefter|fremad|igangværende|i gang|ikke afsluttet|"
    r"onwards?|ongoing|not finished)\b"
)
_BEGINS = re.compile(
    r"\b(?:iværksat|startet|starter|begyndt|påbegyndt|siden|fra|started|starts|begun|since|from)\b"
)
_ENDS = re.compile(
    r"\b(?:afsluttet|afsluttes|slutter|stoppet|til|indtil|ended|ends|finished|closed|until|to)\b"
)
_ORDER = (Precision.DAY, Precision.MONTH, Precision.SEASON, Precision.YEAR)


@dataclass(frozen=True, slots=True)
class Period:
    """`start` and `end` inclusive, None where it is open or not known; precision "" when nothing
    was read. `ambiguous`: it can be read in another way, or not at all."""

    start: dt.date | None = None
    end: dt.date | None = None
    precision: Precision | None = None
    approximate: bool = False
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class _Point:
    first: dt.date
    last: dt.date
    precision: Precision
    ambiguous: bool = False


def parse_period(printed: str) -> Period:
    """The period that a printed text tells; an empty text tells none, surely."""
    text = " ".join(printed.casefold().replace("–", "-").replace("—", "-").split())
    if not text:
        return Period()
    matches = list(_POINT.finditer(text))
    points = [_point(match) for match in matches]
    rest = _ORDINAL.sub(" ", _POINT.sub(" ", text))
    if not points or None in points or re.search(r"\d", rest):
        return Period(ambiguous=True)
    known = [point for point in points if point is not None]
    before, after = text[: matches[0].start()], text[matches[-1].end() :]
    start, end = _ends(known, before, after)
    if start and end and start > end:
        return Period(ambiguous=True)
    return Period(
        start,
        end,
        max((point.precision for point in known), key=_ORDER.index),
        approximate=bool(_ABOUT.search(rest)),
        ambiguous=any(point.ambiguous for point in known),
    )


def _ends(points: list[_Point], before: str, after: str) -> tuple[dt.date | None, dt.date | None]:
    start, end = points[0].first, points[-1].last
    if _OPEN.search(after):
        return start, None
    if len(points) > 1:
        return start, end
    if _BEGINS.search(before):
        return start, None
    if _ENDS.search(before) or before.rstrip().endswith("-"):
        return None, end
    return start, end


def _point(match: re.Match[str]) -> _Point | None:
    """None for a day that no calendar has."""
    try:
        if match["iso"]:
            day = dt.date.fromisoformat(match["iso"])
            return _Point(day, day, Precision.DAY)
        if match["first"]:
            return _numbers(int(match["first"]), int(match["second"]), int(match["third"]))
        if match["month"]:
            return _month(match["day"], _MONTHS[match["month"]], int(match["month_year"]))
        if match["season"]:
            return _season(*_SEASONS[match["season"]], int(match["season_year"]))
        year = int(match["year"])
        return _Point(dt.date(year, 1, 1), dt.date(year, 12, 31), Precision.YEAR)
    except ValueError:
        return None


def _numbers(first: int, second: int, year: int) -> _Point:
    """Day first; month first only where the day cannot be first."""
    if second > 12:
        first, second = second, first
        either = False
    else:
        either = first <= 12 and first != second
    day = dt.date(year, second, first)
    return _Point(day, day, Precision.DAY, ambiguous=either)


def _month(day: str | None, month: int, year: int) -> _Point:
    if day:
        exact = dt.date(year, month, int(day))
        return _Point(exact, exact, Precision.DAY)
    return _Point(dt.date(year, month, 1), _last_of(year, month), Precision.MONTH)


def _season(first: int, last: int, year: int) -> _Point:
    ends = year + 1 if last < first else year
    return _Point(dt.date(year, first, 1), _last_of(ends, last), Precision.SEASON)


def _last_of(year: int, month: int) -> dt.date:
    return dt.date(year, month, monthrange(year, month)[1])
