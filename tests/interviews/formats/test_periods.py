"""Printed periods: every form that the reference study prints, and what must not be guessed."""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.enums import Precision
from interviews.formats.periods import Period, parse_period

pytestmark = pytest.mark.pure
FIXTURE = Path(__file__).resolve().parents[3] / "fixtures/reference_study/projects.json"

DAY, MONTH, SEASON, YEAR = Precision
PRINTED = {
    "01/01-2009 - 30/06-2011": ("2009-01-01", "2011-06-30", DAY, ""),
    "Ca. 2007 og fremefter; 2. generation 2011-": ("2007-01-01", None, YEAR, "approximate"),
    "2012 -2013": ("2012-01-01", "2013-12-31", YEAR, ""),
    "2009- ikke afsluttet": ("2009-01-01", None, YEAR, ""),
    "2009 og frem": ("2009-01-01", None, YEAR, ""),
    "2010-2011": ("2010-01-01", "2011-12-31", YEAR, ""),
    "Efteråret 2011": ("2011-09-01", "2011-11-30", SEASON, ""),
    "2009-2011": ("2009-01-01", "2011-12-31", YEAR, ""),
    "2011 - 2012": ("2011-01-01", "2012-12-31", YEAR, ""),
    "2012-2013": ("2012-01-01", "2013-12-31", YEAR, ""),
    "Iværksat 2010": ("2010-01-01", None, YEAR, ""),
    "2012 – 2013": ("2012-01-01", "2013-12-31", YEAR, ""),
    "2011-2012": ("2011-01-01", "2012-12-31", YEAR, ""),
    "2012": ("2012-01-01", "2012-12-31", YEAR, ""),
    "Iværksat januar 2012": ("2012-01-01", None, MONTH, ""),
    "2012 –": ("2012-01-01", None, YEAR, ""),
    "2012 – igangværende": ("2012-01-01", None, YEAR, ""),
    "Gennemført i 2009 og stoppet i 2010": ("2009-01-01", "2010-12-31", YEAR, ""),
    "Afsluttes februar 2013": (None, "2013-02-28", MONTH, ""),
    "Afsluttet januar 2012": (None, "2012-01-31", MONTH, ""),
    "01-02-2012 - 04.01-2014": ("2012-02-01", "2014-01-04", DAY, "ambiguous"),
    "01-02-2012 – 04-01-2013": ("2012-02-01", "2013-01-04", DAY, "ambiguous"),
    "01-01-2012 – 30-03-2014": ("2012-01-01", "2014-03-30", DAY, ""),
    "01-01-2012 – 04-01-2014": ("2012-01-01", "2014-01-04", DAY, "ambiguous"),
    "08-01-2011 – 31-12-2013": ("2011-01-08", "2013-12-31", DAY, "ambiguous"),
    "": (None, None, None, ""),
}
FURTHER = {
    "2012-02-29": ("2012-02-29", "2012-02-29", DAY, ""),
    "12/31/2011": ("2011-12-31", "2011-12-31", DAY, ""),
    "from 9. January 2013": ("2013-01-09", None, DAY, ""),
    "spring 2009 – autumn 2010": ("2009-03-01", "2010-11-30", SEASON, ""),
    "vinteren 2010": ("2010-12-01", "2011-02-28", SEASON, ""),
    "marts 2011 - 2013": ("2011-03-01", "2013-12-31", YEAR, ""),
    "about 2010, ongoing": ("2010-01-01", None, YEAR, "approximate"),
    "- 2013": (None, "2013-12-31", YEAR, ""),
    "until 2013": (None, "2013-12-31", YEAR, ""),
}


def read(start: str | None, end: str | None, precision: Precision | None, flag: str) -> Period:
    return Period(
        dt.date.fromisoformat(start) if start else None,
        dt.date.fromisoformat(end) if end else None,
        precision,
        approximate=flag == "approximate",
        ambiguous=flag == "ambiguous",
    )


def test_every_form_of_the_reference_study_has_its_test() -> None:
    projects = json.loads(FIXTURE.read_text(encoding="utf-8"))["projects"]
    assert {each["period_printed"] for each in projects} == set(PRINTED)


@pytest.mark.parametrize(("printed", "told"), [*PRINTED.items(), *FURTHER.items()])
def test_a_printed_period_is_read(
    printed: str, told: tuple[str | None, str | None, Precision | None, str]
) -> None:
    assert parse_period(printed) == read(*told)


@pytest.mark.parametrize(
    "printed",
    ["snart", "31-02-2012", "2013 - 2011", "2010-11", "13/13/2012", "2012 kl. 14", "00-00-2012"],
)
def test_what_cannot_be_read_wholly_is_not_read(printed: str) -> None:
    assert parse_period(printed) == Period(ambiguous=True)


@given(st.text(max_size=200))
def test_no_text_breaks_it_and_ends_stand_in_order(printed: str) -> None:
    period = parse_period(printed)
    if period.start and period.end:
        assert period.start <= period.end
    assert (period.precision is None) == (period.start is None and period.end is None)
