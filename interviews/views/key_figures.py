"""Key figures: making, rewriting, hiding. They are listed with the measurements."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from interviews.domain.key_figures import (
    add_key_figure,
    change_key_figure,
    key_figure_of,
    key_figure_state,
    remove_key_figure,
    restore_key_figure,
)
from interviews.forms.key_figures import KeyFigureForm
from interviews.models import Case, KeyFigure
from interviews.views.figures import OfCase
from workbench.errors import Missing
from workbench.views.changing import ChangingView


class WritingKeyFigure(OfCase, ChangingView):
    form_class = KeyFigureForm
    template_name = "interviews/key_figure_form.html"
    saved_message = _("The key figure is saved.")


class KeyFigureNewView(WritingKeyFigure):
    def save(self, form: KeyFigureForm) -> str:
        add_key_figure(member=self.member, case=self.case, facts=form.facts())
        return self.back()


class OfKeyFigure(OfCase):
    @cached_property
    def key_figure(self) -> KeyFigure:
        return key_figure_of(member=self.member, key_figure_id=self.kwargs["key_figure"])

    @cached_property
    def case(self) -> Case | None:
        return self.key_figure.case

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**(kwargs | {"key_figure": self.key_figure}))


class KeyFigureEditView(OfKeyFigure, WritingKeyFigure):
    def state(self) -> dict[str, Any]:
        return key_figure_state(self.key_figure)

    def save(self, form: KeyFigureForm) -> str:
        change_key_figure(
            member=self.member, key_figure=self.key_figure, facts=form.facts(), seen=form.mark
        )
        return self.back()


class KeyFigureRemoveView(OfKeyFigure):
    def post(self, request: HttpRequest, slug: str, key_figure: UUID) -> HttpResponse:
        remove_key_figure(member=self.member, key_figure=self.key_figure)
        return redirect(self.back(removed=f"key_figure.{key_figure}"))


class KeyFigureRestoreView(OfCase):
    def post(self, request: HttpRequest, slug: str, key_figure: UUID) -> HttpResponse:
        row = KeyFigure.objects.select_related("case").filter(pk=key_figure, study=self.study)
        hidden = row.first()
        if hidden is None:
            raise Missing
        restore_key_figure(member=self.member, key_figure=hidden)
        self.case = hidden.case
        return redirect(self.back())
