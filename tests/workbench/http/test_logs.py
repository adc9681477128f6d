"""What a log line says of an exception, and what it keeps to itself."""

import json
import logging
import sys

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError

from workbench.http.logs import JsonFormatter, TextFormatter

pytestmark = pytest.mark.pure
WORDS = "Vi snakkede om det ved kaffen"


def record_of(error: Exception, cause: Exception | None = None) -> logging.LogRecord:
    try:
        raise error from cause
    except Exception:
        return logging.LogRecord("test", logging.ERROR, __file__, 1, "broke", (), sys.exc_info())


@pytest.mark.parametrize("formatter", [TextFormatter(), JsonFormatter()])
def test_the_words_of_an_interview_stay_out_of_the_log(formatter: logging.Formatter) -> None:
    row = IntegrityError(
        f"new row violates check\nDETAIL:  Failing row contains ({WORDS}\n{WORDS})"
    )
    line = formatter.format(record_of(ValueError(f"no such line: {WORDS}"), cause=row))
    assert WORDS not in line
    assert "builtins.ValueError" in line
    assert "django.db.utils.IntegrityError: new row violates check" in line
    assert "test_logs.py" in line


def test_what_the_machine_says_of_itself_is_told() -> None:
    line = TextFormatter().format(record_of(OSError(28, "No space left on device")))
    assert line.endswith("builtins.OSError: [Errno 28] No space left on device")


def test_an_exception_without_words_has_its_name() -> None:
    assert (
        TextFormatter().format(record_of(DatabaseError())).endswith("django.db.utils.DatabaseError")
    )


def test_a_line_break_forges_no_second_line() -> None:
    record = logging.LogRecord("test", logging.INFO, __file__, 1, "a\nb %s", ("c\nd",), None)
    line = JsonFormatter().format(record)
    assert "\n" not in line
    assert json.loads(line)["message"] == "a\nb c\nd"


def test_both_formats_of_the_settings_keep_words_out() -> None:
    text, as_json = (settings.LOGGING["formatters"][name] for name in ("text", "json"))
    assert text["class"] == f"{TextFormatter.__module__}.{TextFormatter.__qualname__}"
    assert as_json["()"] == f"{JsonFormatter.__module__}.{JsonFormatter.__qualname__}"
