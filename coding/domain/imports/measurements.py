"""The measurements and key figures of the reference study, as its report prints them."""

from decimal import Decimal
from typing import Any

from coding.domain.imports.fixtures import Record, reference
from interviews.domain.key_figures import NOUN as KEY_FIGURE
from interviews.domain.measurements import INSTRUMENT
from interviews.domain.measurements import NOUN as MEASUREMENT
from interviews.models import Case, Instrument, KeyFigure, Measurement
from workbench.enums import Language
from workbench.history.actions import Action
from workbench.history.record import record
from workbench.models import Study

_NUMBERS = ("scale_from", "scale_to", "norm", "value")
_KEYS = ("key", "id", "case", "instrument")


def load_measurements(study: Study, language: Language) -> None:
    content = reference("measurements", language)
    cases = {case.key: case for case in Case.objects.filter(study=study)}
    instruments = {
        each["key"]: Instrument.objects.create(study=study, **_columns(each))
        for each in content["instruments"]
    }
    # One by one: their order is the order of making.
    measurements = [
        Measurement.objects.create(
            study=study,
            case=cases.get(each.get("case", "")),
            instrument=instruments[each["instrument"]],
            no_caveat="caveat" not in each,
            **_columns(each),
        )
        for each in content["measurements"]
    ]
    key_figures = [
        KeyFigure.objects.create(
            study=study, case=cases.get(each.get("case", "")), **_columns(each)
        )
        for each in content["key_figures"]
    ]
    made = (
        *((INSTRUMENT, row) for row in instruments.values()),
        *((MEASUREMENT, row) for row in measurements),
        *((KEY_FIGURE, row) for row in key_figures),
    )
    for noun, row in made:
        record(
            study=study,
            actor=None,
            action=Action.CREATED,
            noun=noun,
            subject=row.pk,
            label=str(row),
        )


def _columns(each: Record) -> dict[str, Any]:
    return {
        name: Decimal(value) if name in _NUMBERS else value
        for name, value in each.items()
        if name not in _KEYS
    }
