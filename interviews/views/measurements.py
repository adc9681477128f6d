"""Measurements of a case and of the study, and the instruments they were made with."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from interviews.domain.measurements import (
    add_instrument,
    add_measurement,
    change_instrument,
    change_measurement,
    instrument_of,
    instrument_state,
    measurement_of,
    measurement_state,
    remove_instrument,
    remove_measurement,
    restore_instrument,
    restore_measurement,
)
from interviews.domain.queries.measurements import (
    key_figures_of,
    live_instruments,
    measured_in_case,
    measured_in_study,
)
from interviews.forms.measurements import InstrumentForm, MeasurementForm
from interviews.models import Case, Instrument, Measurement
from interviews.views.cases import CaseTabView
from interviews.views.figures import OfCase, undoing_figure
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.errors import Missing
from workbench.views.changing import ChangingView


class CaseMeasurementsView(CaseTabView):
    template_name = "interviews/case_measurements.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            measured=measured_in_case(self.case),
            key_figures=key_figures_of(self.member, self.case),
            has_instruments=live_instruments(self.member).exists(),
            on_measurements=True,
            **kwargs,
        ) | undoing_figure(self)


class MeasurementsView(StudyView, TemplateView):
    permission = Permission.STUDY_READ
    template_name = "interviews/measurements_page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            measured=measured_in_study(self.member),
            key_figures=key_figures_of(self.member, None),
            may_write=self.may(Permission.FIELD_WRITE),
            across=True,
            **undoing_figure(self),
            **kwargs,
        )


class WritingMeasurement(OfCase, ChangingView):
    form_class = MeasurementForm
    template_name = "interviews/measurement_form.html"
    saved_message = _("The measurement is saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instruments": list(live_instruments(self.member))}


class MeasurementNewView(WritingMeasurement):
    def get_initial(self) -> dict[str, Any]:
        return {"instrument": self.request.GET.get("instrument", "")}

    def save(self, form: MeasurementForm) -> str:
        add_measurement(member=self.member, case=self.case, facts=form.facts())
        return self.back()


class OfMeasurement(OfCase):
    @cached_property
    def measurement(self) -> Measurement:
        return measurement_of(member=self.member, measurement_id=self.kwargs["measurement"])

    @cached_property
    def case(self) -> Case | None:
        return self.measurement.case

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**(kwargs | {"measurement": self.measurement}))


class MeasurementEditView(OfMeasurement, WritingMeasurement):
    def state(self) -> dict[str, Any]:
        return measurement_state(self.measurement)

    def save(self, form: MeasurementForm) -> str:
        change_measurement(
            member=self.member, measurement=self.measurement, facts=form.facts(), seen=form.mark
        )
        return self.back()


class MeasurementRemoveView(OfMeasurement):
    def post(self, request: HttpRequest, slug: str, measurement: UUID) -> HttpResponse:
        remove_measurement(member=self.member, measurement=self.measurement)
        return redirect(self.back(removed=f"measurement.{measurement}"))


class MeasurementRestoreView(OfCase):
    def post(self, request: HttpRequest, slug: str, measurement: UUID) -> HttpResponse:
        hidden = Measurement.objects.filter(pk=measurement, study=self.study)
        row = hidden.select_related("case").first()
        if row is None:
            raise Missing
        restore_measurement(member=self.member, measurement=row)
        self.case = row.case
        return redirect(self.back())


class WritingInstrument(OfCase, ChangingView):
    form_class = InstrumentForm
    template_name = "interviews/instrument_form.html"
    saved_message = _("The instrument is saved.")


class InstrumentNewView(WritingInstrument):
    def save(self, form: InstrumentForm) -> str:
        add_instrument(member=self.member, facts=form.facts())
        return self.back()


class OfInstrument(OfCase):
    @cached_property
    def instrument(self) -> Instrument:
        return instrument_of(member=self.member, instrument_id=self.kwargs["instrument"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**(kwargs | {"instrument": self.instrument}))


class InstrumentEditView(OfInstrument, WritingInstrument):
    def state(self) -> dict[str, Any]:
        return instrument_state(self.instrument)

    def save(self, form: InstrumentForm) -> str:
        change_instrument(
            member=self.member, instrument=self.instrument, facts=form.facts(), seen=form.mark
        )
        return self.back()


class InstrumentRemoveView(OfInstrument):
    def post(self, request: HttpRequest, slug: str, instrument: UUID) -> HttpResponse:
        remove_instrument(member=self.member, instrument=self.instrument)
        return redirect(self.back(removed=f"instrument.{instrument}"))


class InstrumentRestoreView(OfCase):
    def post(self, request: HttpRequest, slug: str, instrument: UUID) -> HttpResponse:
        hidden = Instrument.objects.filter(pk=instrument, study=self.study).first()
        if hidden is None:
            raise Missing
        restore_instrument(member=self.member, instrument=hidden)
        return redirect(self.back())
