"""Time codes as transcribers and programs write them."""

import re

TIME = r"(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
"""`1:02:03`, `01:02:03.500`, `62:03`; two or more parts, or it is no time code."""

_PARTS = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,3}))?")


def milliseconds(text: str) -> int | None:
    """Milliseconds of `[h:]m:s[.fff]`; None when it is no time (61 seconds, 75 minutes past)."""
    match = _PARTS.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    if int(seconds) > 59 or (hours is not None and int(minutes) > 59):
        return None
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))


def time_code(at: int | None) -> str:
    """Milliseconds as 12:47, or 1:02:47 from the first hour on; empty without a clock."""
    if at is None:
        return ""
    hours, minutes, seconds = _parts(at)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def full_time_code(at: int) -> str:
    """Milliseconds as 01:02:47, so that a column of them sorts by time."""
    hours, minutes, seconds = _parts(at)
    return f"{hours:02}:{minutes:02}:{seconds:02}"


def _parts(at: int) -> tuple[int, int, int]:
    minutes, seconds = divmod(at // 1000, 60)
    return *divmod(minutes, 60), seconds
