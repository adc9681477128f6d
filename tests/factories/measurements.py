"""Instruments, measurements and key figures, made by the real verbs."""

from decimal import Decimal
from typing import Any

from interviews.domain.key_figures import KeyFigureFacts, add_key_figure
from interviews.domain.measurements import (
    InstrumentFacts,
    MeasurementFacts,
    add_instrument,
    add_measurement,
)
from interviews.models import Case, Instrument, KeyFigure, Measurement
from workbench.models import Member


def make_instrument(member: Member, name: str = "Social kapital", **facts: Any) -> Instrument:
    return add_instrument(member=member, facts=InstrumentFacts(name=name, **facts))


def make_measurement(
    member: Member, instrument: Instrument, case: Case | None, **facts: Any
) -> Measurement:
    given: dict[str, Any] = {
        "value": Decimal("11.92"),
        "date": "2011-11",
        "caveat": "intern måling",
    } | facts
    return add_measurement(
        member=member, case=case, facts=MeasurementFacts(instrument=instrument, **given)
    )


def make_key_figure(member: Member, case: Case | None, **facts: Any) -> KeyFigure:
    given: dict[str, Any] = {
        "name": "Ansatte",
        "source": "årsrapport",
        "value": Decimal(160),
        "date": "2013",
    } | facts
    return add_key_figure(member=member, case=case, facts=KeyFigureFacts(**given))
