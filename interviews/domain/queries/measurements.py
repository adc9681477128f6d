"""Instruments with what was measured with them, and key figures, as pages read them."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from interviews.domain.queries.charts import Chart, Value, chart_of
from interviews.models import Case, Instrument, KeyFigure, Measurement
from workbench.models import Member


@dataclass(frozen=True, slots=True)
class Measured:
    """An instrument with its measurements in order of time; their numbers lead to the chart's."""

    instrument: Instrument
    rows: tuple[Measurement, ...]
    chart: Chart | None

    @property
    def groups(self) -> bool:
        return any(row.group for row in self.rows)

    @property
    def counts(self) -> bool:
        return any(row.n is not None for row in self.rows)

    @property
    def asked(self) -> list[str]:
        return [line for line in self.instrument.asked.splitlines() if line.strip()]


def live_instruments(member: Member) -> QuerySet[Instrument]:
    return Instrument.objects.filter(study_id=member.study_id, removed_at__isnull=True)


def measured_in_case(case: Case) -> list[Measured]:
    """The instruments that the case was measured with. One query."""
    rows = Measurement.objects.filter(case=case, removed_at__isnull=True)
    return [
        _measured(found[0].instrument, found, across=False)
        for found in _by_instrument(rows).values()
    ]


def measured_in_study(member: Member) -> list[Measured]:
    """Every instrument of the study, with what was measured with it in any case. Two queries."""
    rows = Measurement.objects.filter(
        Q(case=None) | Q(case__removed_at=None), study_id=member.study_id, removed_at__isnull=True
    )
    found = _by_instrument(rows.order_by("case__order", "case__name", "date", "created_at"))
    return [
        _measured(instrument, found.get(instrument.pk, []), across=True)
        for instrument in live_instruments(member)
    ]


def key_figures_of(member: Member, case: Case | None) -> list[KeyFigure]:
    """The live key figures of the case, or those outside of the cases. One query."""
    return list(
        KeyFigure.objects.filter(study_id=member.study_id, case=case, removed_at__isnull=True)
    )


@dataclass(frozen=True, slots=True)
class RemovedFigure:
    """Something hidden just now; `noun` begins the name of its restoring address."""

    noun: str
    pk: UUID
    label: str


def removed_figure(member: Member, mark: str) -> RemovedFigure | None:
    """What `?removed=noun.uuid` names, while it is still hidden."""
    noun, _dot, raw = mark.partition(".")
    models: dict[str, Any] = {
        "instrument": Instrument,
        "measurement": Measurement,
        "key_figure": KeyFigure,
    }
    try:
        pk = UUID(raw)
    except ValueError:
        return None
    if noun not in models:
        return None
    hidden = models[noun].objects.filter(study_id=member.study_id, removed_at__isnull=False)
    row = hidden.filter(pk=pk).first()
    return None if row is None else RemovedFigure(noun, pk, str(row))


def _by_instrument(rows: QuerySet[Measurement]) -> dict[UUID, list[Measurement]]:
    found: dict[UUID, list[Measurement]] = defaultdict(list)
    for row in rows.select_related("instrument", "case"):
        found[row.instrument_id].append(row)
    return found


def _measured(instrument: Instrument, rows: list[Measurement], *, across: bool) -> Measured:
    values = [
        Value(_series(row, across), row.first_day, row.value, row.shown_value, at)
        for at, row in enumerate(rows, 1)
        if row.value is not None and row.first_day is not None
    ]
    scale = (
        (instrument.scale_from, instrument.scale_to)
        if instrument.scale_from is not None and instrument.scale_to is not None
        else None
    )
    return Measured(instrument, tuple(rows), chart_of(values, scale, instrument.norm))


def _series(row: Measurement, across: bool) -> str:
    named = [str(row.case) if across and row.case else "", row.group]
    return ", ".join(name for name in named if name)
