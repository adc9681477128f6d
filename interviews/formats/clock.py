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
