"""Verbs of instruments and of what was measured with them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from interviews.domain.figures import FIELDS, QUIET, FigureFacts, refuse_unclear, standing_case
from interviews.models import Case, Instrument, Measurement
from workbench.domain.changing import changing
from workbench.domain.rows import (
    fresh,
    hide,
    record_act,
    record_change,
    refuse_outdated,
    show,
    standing,
)
from workbench.errors import Conflict, Invalid, Missing
from workbench.history.actions import Action
from workbench.models import Member

NOUN: Final = "measurement"
INSTRUMENT: Final = "instrument"


@dataclass(frozen=True, kw_only=True)
class InstrumentFacts:
    """`asked` has one question a line; the norm is on the scale of the instrument."""

    name: str
    unit: str = ""
    asked: str = ""
    scale_from: Decimal | None = None
    scale_to: Decimal | None = None
    scale_from_label: str = ""
    scale_to_label: str = ""
    norm: Decimal | None = None
    norm_year: int | None = None
    norm_source: str = ""


@dataclass(frozen=True, kw_only=True)
class MeasurementFacts(FigureFacts):
    """`n` answered. `no_caveat` says that somebody looked and there is none."""

    instrument: Instrument
    n: int | None = None
    no_caveat: bool = False


INSTRUMENT_FIELDS: Final = tuple(InstrumentFacts.__dataclass_fields__)
MEASUREMENT_FIELDS: Final = (*FIELDS, "n", "no_caveat")


def instrument_of(*, member: Member, instrument_id: UUID) -> Instrument:
    """A live instrument of the member's study. Raises Missing."""
    live = Instrument.objects.filter(study_id=member.study_id, removed_at__isnull=True)
    found = live.filter(pk=instrument_id).first()
    if found is None:
        raise Missing
    return found


def measurement_of(*, member: Member, measurement_id: UUID) -> Measurement:
    """A live measurement of the member's study. Raises Missing."""
    live = Measurement.objects.filter(study_id=member.study_id, removed_at__isnull=True)
    found = live.select_related("instrument", "case").filter(pk=measurement_id).first()
    if found is None:
        raise Missing
    return found


def instrument_state(instrument: Instrument) -> dict[str, Any]:
    return {name: getattr(instrument, name) for name in INSTRUMENT_FIELDS}


def measurement_state(measurement: Measurement) -> dict[str, Any]:
    """Columns, and the id of the instrument."""
    return {
        "instrument": str(measurement.instrument_id),
        **{name: getattr(measurement, name) for name in MEASUREMENT_FIELDS},
    }


def add_instrument(*, member: Member, facts: InstrumentFacts) -> Instrument:
    """Raises Conflict `instrument_there` for a name that another one has, Invalid."""
    _refuse_instrument(facts)
    with changing(member):
        _refuse_namesake(member, facts.name)
        instrument = Instrument.objects.create(
            study_id=member.study_id,
            **{name: getattr(facts, name) for name in INSTRUMENT_FIELDS},
        )
        record_act(member, Action.CREATED, INSTRUMENT, instrument)
    return instrument


def change_instrument(
    *, member: Member, instrument: Instrument, facts: InstrumentFacts, seen: str | None = None
) -> Instrument:
    """Raises Conflict `version_behind` or `instrument_there`, Invalid, Missing."""
    _refuse_instrument(facts)
    with changing(member):
        found = standing(member, instrument)
        before = instrument_state(found)
        refuse_outdated(before, seen)
        if facts.name != found.name:
            _refuse_namesake(member, facts.name)
        for name in INSTRUMENT_FIELDS:
            setattr(found, name, getattr(facts, name))
        found.save(update_fields=INSTRUMENT_FIELDS)
        record_change(
            member=member,
            row=found,
            noun=INSTRUMENT,
            before=before,
            after=instrument_state(found),
            quiet=QUIET,
        )
    return found


def remove_instrument(*, member: Member, instrument: Instrument) -> None:
    """Hides an instrument nobody measured with. Raises Conflict `has_measurements`."""
    with changing(member):
        found = fresh(member, instrument)
        if found.measurements.filter(removed_at__isnull=True).exists():
            raise Conflict(
                _("Something is measured with it. Remove the measurements first."),
                code="has_measurements",
            )
        hide(member=member, row=found, noun=INSTRUMENT)


def restore_instrument(*, member: Member, instrument: Instrument) -> None:
    """Raises Conflict `instrument_there` when another one has its name by now."""
    with changing(member):
        found = fresh(member, instrument)
        if found.removed_at is not None:
            _refuse_namesake(member, found.name)
        show(member=member, row=found, noun=INSTRUMENT)


def add_measurement(*, member: Member, case: Case | None, facts: MeasurementFacts) -> Measurement:
    """A value of the case, or outside of the cases. Raises Invalid, Missing."""
    _refuse_bare(facts)
    with changing(member):
        measurement = Measurement.objects.create(
            study_id=member.study_id,
            case=standing_case(member, case),
            instrument=standing(member, facts.instrument),
            **{name: getattr(facts, name) for name in MEASUREMENT_FIELDS},
        )
        record_act(member, Action.CREATED, NOUN, measurement, after=_told(measurement))
    return measurement


def change_measurement(
    *, member: Member, measurement: Measurement, facts: MeasurementFacts, seen: str | None = None
) -> Measurement:
    """Raises Conflict `version_behind`, Invalid, Missing."""
    _refuse_bare(facts)
    with changing(member):
        found = standing(member, measurement)
        before = measurement_state(found)
        refuse_outdated(before, seen)
        found.instrument = standing(member, facts.instrument)
        for name in MEASUREMENT_FIELDS:
            setattr(found, name, getattr(facts, name))
        found.save(update_fields=("instrument", *MEASUREMENT_FIELDS))
        after = measurement_state(found)
        record_change(member=member, row=found, noun=NOUN, before=before, after=after, quiet=QUIET)
    return found


def remove_measurement(*, member: Member, measurement: Measurement) -> None:
    with changing(member):
        hide(member=member, row=fresh(member, measurement, "instrument"), noun=NOUN)


def restore_measurement(*, member: Member, measurement: Measurement) -> None:
    """Raises Conflict `instrument_removed` when its instrument is hidden."""
    with changing(member):
        found = fresh(member, measurement, "instrument")
        if found.instrument.removed_at is not None:
            raise Conflict(
                _("Its instrument is removed. Restore the instrument."), code="instrument_removed"
            )
        show(member=member, row=found, noun=NOUN)


def _told(measurement: Measurement) -> dict[str, Any]:
    case = measurement.case
    return {"case": case.name if case else "", "date": measurement.date}


def _refuse_bare(facts: MeasurementFacts) -> None:
    refuse_unclear(facts)
    if bool(facts.caveat) == facts.no_caveat:
        raise Invalid(
            _("Write what the number cannot say, or tick that no caveat is known. One of the two."),
            code="caveat",
        )


def _refuse_instrument(facts: InstrumentFacts) -> None:
    if not facts.name:
        raise Invalid(_("Give the instrument a name."), code="name")
    ends = (facts.scale_from, facts.scale_to)
    if ends == (None, None):
        return
    if facts.scale_from is None or facts.scale_to is None or facts.scale_from >= facts.scale_to:
        raise Invalid(_("A scale has two ends, the lower one first."), code="scale_to")
    if facts.norm is not None and not facts.scale_from <= facts.norm <= facts.scale_to:
        raise Invalid(_("The norm is not on the scale."), code="norm")


def _refuse_namesake(member: Member, name: str) -> None:
    live = Instrument.objects.filter(study_id=member.study_id, removed_at__isnull=True)
    if live.filter(name=name).exists():
        raise Conflict(_("The study has an instrument of this name."), code="instrument_there")
