"""Measurements: a value, when it held, and never without its caveat."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from interviews.domain.measurements import InstrumentFacts as Facts
from interviews.domain.measurements import (
    MeasurementFacts,
    change_instrument,
    change_measurement,
    instrument_state,
    measurement_of,
    measurement_state,
    remove_instrument,
    remove_measurement,
    restore_instrument,
    restore_measurement,
)
from interviews.models import Case, Instrument, Measurement
from tests.factories.field import make_case
from tests.factories.measurements import make_instrument, make_measurement
from tests.factories.studies import Cast, make_cast
from workbench.domain.rows import seal
from workbench.errors import Conflict, Invalid, Missing, WorkbenchError
from workbench.models import HistoryEntry


@pytest.fixture
def instrument(cast: Cast) -> Instrument:
    return make_instrument(cast.coder)


@pytest.fixture
def measurement(cast: Cast, case: Case, instrument: Instrument) -> Measurement:
    return make_measurement(cast.coder, instrument, case)


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"value": None}, "value"), ({"caveat": ""}, "caveat"), ({"no_caveat": True}, "caveat"),
     ({"date": "20111"}, "date"), ({"date": "2011-13"}, "date"), ({"date": "2011-02-30"}, "date"),
     ({"date": "efterår"}, "date"), ({"date": "2011-1"}, "date"), ({"date": "0000"}, "date")],
)  # fmt: skip
def test_a_measurement_says_enough_or_is_refused(
    cast: Cast, case: Case, instrument: Instrument, facts: dict[str, object], code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        make_measurement(cast.coder, instrument, case, **facts)
    assert refused.value.code == code
    assert not Measurement.objects.exists()


@pytest.mark.parametrize("change", [{"caveat": ""}, {"no_caveat": True}, {"value": None}])
def test_the_database_keeps_caveat_and_value_too(
    measurement: Measurement, change: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Measurement.objects.filter(pk=measurement.pk).update(**change)


@pytest.mark.parametrize(
    ("date", "words", "shown"),
    [("2011", "", "2011"), ("2011-11", "", "november 2011"), ("2011-11-14", "", "14. nov. 2011"),
     ("2011", "2011-2012", "2011-2012"), ("", "", "uden dato")],
)  # fmt: skip
def test_a_date_is_as_precise_as_it_is_known(
    cast: Cast, case: Case, instrument: Instrument, date: str, words: str, shown: str
) -> None:
    row = make_measurement(cast.coder, instrument, case, date=date, date_text=words)
    assert row.shown_date == shown


@pytest.mark.parametrize(
    ("value", "words", "shown"),
    [("11.92", "", "11,92"), ("6000", "", "6.000"), ("6000", "over 6000", "over 6000"),
     (None, "6-8", "6-8"), ("0", "", "0")],
)  # fmt: skip
def test_a_value_is_printed_without_what_the_database_adds(
    cast: Cast, case: Case, instrument: Instrument, value: str | None, words: str, shown: str
) -> None:
    number = None if value is None else Decimal(value)
    made = make_measurement(cast.coder, instrument, case, value=number, value_text=words)
    assert Measurement.objects.get(pk=made.pk).shown_value == shown


def test_history_says_what_changed_but_not_the_caveat(
    cast: Cast, measurement: Measurement, instrument: Instrument
) -> None:
    facts = MeasurementFacts(instrument=instrument, value=Decimal("12.3"), caveat="Elses tal")
    seen = seal(measurement_state(Measurement.objects.get()))
    change_measurement(member=cast.lead, measurement=measurement, facts=facts, seen=seen)
    entry = HistoryEntry.objects.filter(noun="measurement").latest("number")
    assert entry.after["value"] == "12.3"
    assert entry.after["changed"] == ["caveat"]
    assert "Elses" not in str([entry.before, entry.after, entry.label])
    with pytest.raises(Conflict) as refused:
        change_measurement(member=cast.coder, measurement=measurement, facts=facts, seen=seen)
    assert refused.value.code == "version_behind"


def test_it_is_removed_and_comes_back(cast: Cast, measurement: Measurement) -> None:
    remove_measurement(member=cast.coder, measurement=measurement)
    with pytest.raises(Missing):
        measurement_of(member=cast.coder, measurement_id=measurement.pk)
    restore_measurement(member=cast.coder, measurement=measurement)
    assert measurement_of(member=cast.coder, measurement_id=measurement.pk) == measurement


def test_an_instrument_that_measured_something_stays(
    cast: Cast, measurement: Measurement, instrument: Instrument
) -> None:
    with pytest.raises(Conflict) as refused:
        remove_instrument(member=cast.coder, instrument=instrument)
    assert refused.value.code == "has_measurements"
    remove_measurement(member=cast.coder, measurement=measurement)
    remove_instrument(member=cast.coder, instrument=instrument)
    with pytest.raises(Conflict) as refused:
        restore_measurement(member=cast.coder, measurement=measurement)
    assert refused.value.code == "instrument_removed"
    restore_instrument(member=cast.coder, instrument=instrument)
    restore_measurement(member=cast.coder, measurement=measurement)
    assert measurement_of(member=cast.coder, measurement_id=measurement.pk)


def test_two_instruments_of_one_name_cannot_stand(cast: Cast, instrument: Instrument) -> None:
    with pytest.raises(Conflict):
        make_instrument(cast.lead)
    remove_instrument(member=cast.coder, instrument=instrument)
    make_instrument(cast.lead)
    with pytest.raises(Conflict) as refused:
        restore_instrument(member=cast.coder, instrument=instrument)
    assert refused.value.code == "instrument_there"


@pytest.mark.parametrize(
    ("ends", "code"),
    [((0, None, None), "scale_to"), ((16, 0, None), "scale_to"), ((0, 16, 17), "norm")],
)
def test_a_scale_has_two_ends_and_the_norm_between(
    cast: Cast, instrument: Instrument, ends: tuple[int | None, ...], code: str
) -> None:
    low, high, norm = (None if each is None else Decimal(each) for each in ends)
    facts = Facts(name="Trivsel", scale_from=low, scale_to=high, norm=norm)
    with pytest.raises(Invalid) as refused:
        change_instrument(member=cast.lead, instrument=instrument, facts=facts)
    assert refused.value.code == code
    assert instrument_state(Instrument.objects.get())["name"] == "Social kapital"


def test_what_belongs_to_another_study_is_not_there(
    cast: Cast, case: Case, instrument: Instrument, measurement: Measurement
) -> None:
    other = make_cast("other", "other-")
    elsewhere = make_case(other.lead)
    tries = (
        lambda: make_measurement(other.coder, instrument, None),
        lambda: make_measurement(cast.coder, instrument, elsewhere),
        lambda: measurement_of(member=other.coder, measurement_id=measurement.pk),
        lambda: remove_measurement(member=other.coder, measurement=measurement),
    )
    for attempt in tries:
        with pytest.raises(WorkbenchError) as refused:
            attempt()
        assert isinstance(refused.value, Missing)
