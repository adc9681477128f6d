"""Forms of instruments and measurements."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from interviews.domain.measurements import InstrumentFacts, MeasurementFacts
from interviews.forms.figures import (
    NumberField,
    group_field,
    long_text,
    value_field,
    value_text_field,
    when_field,
    when_text_field,
)
from interviews.models import Instrument
from workbench.forms.seen import SeenForm


class InstrumentForm(SeenForm):
    name = forms.CharField(label=_("Name"), max_length=200)
    unit = forms.CharField(
        label=_("Unit"), max_length=50, required=False, help_text=_("e.g. points or days")
    )
    asked = long_text(_("What is asked"), rows=4, help_text=_("One question a line."))
    scale_from = NumberField(label=_("Lowest"))
    scale_from_label = forms.CharField(label=_("Means"), max_length=100, required=False)
    scale_to = NumberField(label=_("Highest"))
    scale_to_label = forms.CharField(label=_("Means"), max_length=100, required=False)
    norm = NumberField(label=_("National norm"))
    norm_year = forms.IntegerField(
        label=_("Year of the norm"), required=False, min_value=1800, max_value=2200
    )
    norm_source = forms.CharField(label=_("Where the norm is from"), max_length=300, required=False)

    def facts(self) -> InstrumentFacts:
        data = self.cleaned_data
        return InstrumentFacts(
            **{name: data[name] for name in InstrumentFacts.__dataclass_fields__}
        )


class MeasurementForm(SeenForm):
    instrument = forms.ChoiceField(label=_("Instrument"))
    value = value_field()
    value_text = value_text_field()
    date = when_field()
    date_text = when_text_field()
    group = group_field()
    n = forms.IntegerField(
        label=_("Answers"),
        required=False,
        min_value=0,
        max_value=10_000_000,
        help_text=_("How many answered, when it is known."),
    )
    caveat = long_text(
        _("Caveat"),
        help_text=_("What the number cannot say. It stands wherever the number stands."),
    )
    no_caveat = forms.BooleanField(label=_("No caveat is known"), required=False)

    def __init__(self, *args: Any, instruments: Sequence[Instrument], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._instruments = {str(each.pk): each for each in instruments}
        field: Any = self.fields["instrument"]
        field.choices = [(key, each.name) for key, each in self._instruments.items()]

    def facts(self) -> MeasurementFacts:
        data = self.cleaned_data
        return MeasurementFacts(
            instrument=self._instruments[data["instrument"]],
            **{
                name: data[name]
                for name in MeasurementFacts.__dataclass_fields__
                if name != "instrument"
            },
        )
