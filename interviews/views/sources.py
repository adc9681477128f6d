"""Sources: the chain of who led to whom, and what the search misses."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from interviews.domain.queries.registry import bias_statements
from interviews.domain.queries.sources import chain, removed_bias, removed_sources
from interviews.domain.sources import (
    add_bias,
    add_source,
    bias_of,
    bias_state,
    change_bias,
    change_source,
    remove_bias,
    remove_source,
    restore_bias,
    restore_source,
    source_of,
    source_state,
)
from interviews.forms.sources import BiasForm, SourceForm
from interviews.models import BiasStatement, Source
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.errors import Missing
from workbench.views.changing import ChangingView


class SourcesView(StudyView, TemplateView):
    permission = Permission.STUDY_READ
    template_name = "interviews/sources_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_write = self.may(Permission.FIELD_WRITE)
        return super().get_context_data(
            links=chain(self.member),
            bias=bias_statements(self.member),
            may_write=may_write,
            removed=removed_sources(self.member) if may_write else [],
            removed_bias=removed_bias(self.member) if may_write else [],
            **kwargs,
        )


class OfSources(StudyView):
    permission = Permission.FIELD_WRITE

    @cached_property
    def source(self) -> Source:
        return source_of(member=self.member, source_id=self.kwargs["source"])

    @cached_property
    def bias(self) -> BiasStatement:
        return bias_of(member=self.member, bias_id=self.kwargs["bias"])

    @property
    def address(self) -> str:
        return reverse("sources", kwargs={"slug": self.study.slug})


class WritingSource(OfSources, ChangingView):
    form_class = SourceForm
    template_name = "interviews/source_form.html"
    saved_message = _("The source is saved.")


class SourceNewView(WritingSource):
    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "study": self.study}

    def save(self, form: SourceForm) -> str:
        add_source(member=self.member, facts=form.facts())
        return self.address


class SourceEditView(WritingSource):
    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "study": self.study, "source": self.source}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # The address has given `source` its id.
        return super().get_context_data(**(kwargs | {"source": self.source}))

    def state(self) -> dict[str, Any]:
        return source_state(self.source)

    def save(self, form: SourceForm) -> str:
        change_source(member=self.member, source=self.source, facts=form.facts(), seen=form.mark)
        return self.address


class SourceRemoveView(OfSources):
    def post(self, request: HttpRequest, slug: str, source: UUID) -> HttpResponse:
        remove_source(member=self.member, source=self.source)
        return redirect(self.address)


class SourceRestoreView(OfSources):
    def post(self, request: HttpRequest, slug: str, source: UUID) -> HttpResponse:
        hidden = Source.objects.filter(pk=source, study=self.study).first()
        if hidden is None:
            raise Missing
        restore_source(member=self.member, source=hidden)
        return redirect(self.address)


class WritingBias(OfSources, ChangingView):
    form_class = BiasForm
    template_name = "interviews/bias_form.html"
    saved_message = _("It is printed with every total.")


class BiasNewView(WritingBias):
    def save(self, form: BiasForm) -> str:
        add_bias(member=self.member, text=form.cleaned_data["text"])
        return self.address


class BiasEditView(WritingBias):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**(kwargs | {"bias": self.bias}))

    def state(self) -> dict[str, Any]:
        return bias_state(self.bias)

    def save(self, form: BiasForm) -> str:
        change_bias(
            member=self.member, bias=self.bias, text=form.cleaned_data["text"], seen=form.mark
        )
        return self.address


class BiasRemoveView(OfSources):
    def post(self, request: HttpRequest, slug: str, bias: UUID) -> HttpResponse:
        remove_bias(member=self.member, bias=self.bias)
        return redirect(self.address)


class BiasRestoreView(OfSources):
    def post(self, request: HttpRequest, slug: str, bias: UUID) -> HttpResponse:
        hidden = BiasStatement.objects.filter(pk=bias, study=self.study).first()
        if hidden is None:
            raise Missing
        restore_bias(member=self.member, bias=hidden)
        return redirect(self.address)
