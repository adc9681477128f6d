"""Fields that forms of measurements and key figures share."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workbench.ui.figures import amount


class NumberField(forms.DecimalField):
    """A number typed as the person's language writes it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            max_digits=14,
            decimal_places=4,
            localize=True,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return amount(value) if isinstance(value, Decimal) else value


def value_field() -> NumberField:
    return NumberField(label=_("Value"), help_text=_("The number that is drawn."))


def value_text_field() -> forms.CharField:
    return forms.CharField(
        label=_("Printed as"),
        max_length=100,
        required=False,
        help_text=_("When it is not one number, e.g. “6-8” or “about 160”."),
    )


def when_field() -> forms.CharField:
    return forms.CharField(
        label=_("Date"),
        max_length=10,
        required=False,
        help_text=_("As far as it is known: 2011, 2011-11 or 2011-11-14."),
    )


def when_text_field() -> forms.CharField:
    return forms.CharField(
        label=_("Date in words"),
        max_length=100,
        required=False,
        help_text=_("When it is not one date, e.g. “2010-2012”."),
    )


def group_field() -> forms.CharField:
    return forms.CharField(
        label=_("Group"),
        max_length=100,
        required=False,
        help_text=_("Of whom, when not of everybody, e.g. a ward or a trade."),
    )


def long_text(label: Any, rows: int = 3, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": rows, "data-autosize": True}),
        **kwargs,
    )
