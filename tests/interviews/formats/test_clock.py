"""Time codes are written as they are read on a recorder."""

import pytest

from interviews.formats.clock import full_time_code, milliseconds, time_code

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("at", "said"), [(None, ""), (0, "0:00"), (767_000, "12:47"), (3_767_999, "1:02:47")]
)
def test_hours_stand_there_from_the_first_hour_on(at: int | None, said: str) -> None:
    assert time_code(at) == said


@pytest.mark.parametrize("at", [0, 59_000, 3_600_000, 359_999_000])
def test_what_is_written_is_read_again(at: int) -> None:
    assert milliseconds(time_code(at)) == milliseconds(full_time_code(at)) == at
