"""JSON that other programs write: read within bounds, its text normalised string by string."""

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from interviews.formats.encodings import Decoded, decode
from interviews.formats.normalise import normalise
from interviews.formats.records import Notice, NoticeCode, counted
from workbench.files.problems import FileProblem, ProblemCode

_WEEK = 7 * 24 * 3600 * 1000


class Source:
    """A file's JSON object, and what was told of while it was read."""

    def __init__(self, data: bytes, *, encoding: str | None, expected: str) -> None:
        """Raises FileProblem: see `decode`; broken (no JSON), wrong_type (no object)."""
        self.decoded: Decoded = decode(data, encoding=encoding)
        root = _load(self.decoded.text)
        if not isinstance(root, dict):
            raise FileProblem(ProblemCode.WRONG_TYPE, expected=expected, found="json")
        self.root: Mapping[str, Any] = root
        self._said: dict[NoticeCode, int] = {}
        self._times_unread = 0

    def text(self, value: object) -> str:
        """Normalised, without space at either end; empty when it is no string."""
        if not isinstance(value, str):
            return ""
        plain = normalise(value)
        for notice in plain.notices:
            count = int(notice.params["count"])
            self._said[notice.code] = self._said.get(notice.code, 0) + count
        return plain.text.strip()

    def milliseconds(self, value: object, *, unit: int = 1000) -> int | None:
        """A number of seconds (`unit` 1000) as milliseconds; None when it is no time."""
        if value is None:
            return None
        # A truth value is a number in Python and a mistake in a time.
        if (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and math.isfinite(value)
            and 0 <= value * unit <= _WEEK
        ):
            return round(value * unit)
        self._times_unread += 1
        return None

    def notices(self) -> Iterator[Notice]:
        yield from (Notice(code, {"count": count}) for code, count in self._said.items())
        yield from counted(NoticeCode.TIMES_UNREAD, self._times_unread)


def objects(value: object) -> list[Mapping[str, Any]]:
    """The JSON objects of a list; whatever else stands there is none."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _load(text: str) -> object:
    try:
        root: object = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise FileProblem(ProblemCode.BROKEN, reason="json") from error
    return root


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
