"""Log lines without anybody's words: a log goes to places that interviews must not."""

import json
import logging
import traceback
from collections.abc import Iterator
from types import TracebackType

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.template import TemplateDoesNotExist

# What these say is about the machine. Any other message may quote what somebody said.
TOLD = (DatabaseError, ImportError, ImproperlyConfigured, OSError, TemplateDoesNotExist)
LONGEST = 300

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class TextFormatter(logging.Formatter):
    """One line a record, and the places of an exception below it."""

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 (the library's name)
        return "\n".join(_story(ei[1])) if ei[1] else ""


class JsonFormatter(TextFormatter):
    """One object a line; line breaks in values cannot forge a second one."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _story(error: BaseException) -> Iterator[str]:
    """Where it was raised and what it is called, the first cause first."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _story(cause)
        yield "which led to"
    yield from (line.rstrip() for line in traceback.format_tb(error.__traceback__))
    yield f"{type(error).__module__}.{type(error).__qualname__}{_told(error)}"


def _told(error: BaseException) -> str:
    """PostgreSQL gives the failing row itself from the second line on."""
    lines = str(error).splitlines() if isinstance(error, TOLD) else []
    return f": {lines[0][:LONGEST]}" if lines else ""
