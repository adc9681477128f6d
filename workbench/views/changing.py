"""Pages that make or rewrite one row: one form, one verb, and both versions on a conflict."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.views.generic import FormView

from workbench.access.views import StudyView
from workbench.domain.rows import seal
from workbench.errors import Conflict, Invalid


@dataclass(frozen=True)
class Difference:
    """A field that someone else changed meanwhile, as both wrote it."""

    label: str | Promise
    theirs: str
    yours: str


class ChangingView(StudyView, FormView, ABC):  # type: ignore[type-arg]  # each view has its own form
    """`state` is the row as it stands, or None."""

    saved_message: str | Promise = ""

    def state(self) -> dict[str, Any] | None:
        return None

    @abstractmethod
    def save(self, form: Any) -> str:
        """Calls the verb; returns where to go."""

    def get_initial(self) -> dict[str, Any]:
        state = self.state()
        return {} if state is None else {**state, "seen": seal(state)}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            address = self.save(form)
        except Conflict as error:
            if error.code == "version_behind":
                return self.both_versions(form, error)
            form.add_error(None, str(error.message))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        except Invalid as error:
            form.add_error(error.code if error.code in form.fields else None, str(error.message))
            return self.form_invalid(form)
        if self.saved_message:
            messages.success(self.request, str(self.saved_message))
        return redirect(address)

    def both_versions(self, form: Any, error: Conflict) -> HttpResponse:
        """The writer's form again, beside what is stored; saving once more means it."""
        form.data = form.data.copy()
        form.data[form.add_prefix("seen")] = error.details["seen"]
        differences = self.differences(form, error.details["theirs"])
        return self.render_to_response(
            self.get_context_data(form=form, differences=differences), status=409
        )

    def differences(self, form: Any, theirs: dict[str, Any]) -> list[Difference]:
        """The fields where the writer's version and the stored one part."""
        found = []
        for bound in form:
            if bound.name not in theirs:
                continue
            yours = _plain(form.cleaned_data.get(bound.name))
            if yours != theirs[bound.name]:
                stored = shown(bound, theirs[bound.name])
                found.append(Difference(bound.label, stored, shown(bound, yours)))
        return found


def _plain(value: Any) -> Any:
    """Rows as the sorted ids that a state holds; everything else as it is."""
    if isinstance(value, QuerySet):
        return sorted(str(row.pk) for row in value)
    return value


def shown(bound: BoundField, value: Any) -> str:
    """A value as the person reads it: the label of a choice, names of rows, a dash for nothing."""
    field = bound.field
    if isinstance(field, forms.ModelMultipleChoiceField):
        rows: Any = field.queryset
        return ", ".join(str(row) for row in rows.filter(pk__in=value)) or "–"
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        labels = {str(key): str(label) for key, label in choices}
        return labels.get(str("" if value is None else value), str(value))
    return "–" if value in (None, "") else str(value)
