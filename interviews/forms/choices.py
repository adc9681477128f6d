"""Choices that several forms of field work offer."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNKNOWN = ""
_VALUES = {"True": True, "False": False}


def choices_of(labels: Mapping[Any, Promise]) -> list[tuple[str, Promise]]:
    return [(str(value), label) for value, label in labels.items()]


class KnownOrNot(forms.TypedChoiceField):
    """Yes, no, or not known: True, False, None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=[("True", _("Yes")), ("False", _("No")), (UNKNOWN, _("Not known"))],
            coerce=_VALUES.__getitem__,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> str:
        return UNKNOWN if value is None else str(value)


def date_field(label: Any, **kwargs: Any) -> forms.DateField:
    # Browsers send and expect this one form of a date, whatever the reader's language.
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, required=False, widget=widget, input_formats=["%Y-%m-%d"], **kwargs
    )
