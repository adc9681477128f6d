"""Forms of cases: the case itself, and its attributes as rows of name, kind and value."""

import math
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from interviews.domain.cases import Attribute
from workbench.forms.seen import SeenForm

TEXT, NUMBER, YES_NO = "text", "number", "yes_no"
KINDS = [(TEXT, lazy("Text")), (NUMBER, lazy("Number")), (YES_NO, lazy("Yes or no"))]
YES = frozenset({"yes", "ja", "true", "1", "x"})
NO = frozenset({"no", "nej", "false", "0"})


class CaseForm(SeenForm):
    name = forms.CharField(label=lazy("Name"), max_length=200)
    key = forms.CharField(
        label=lazy("Key"),
        max_length=60,
        required=False,
        help_text=lazy("Stands in addresses and exports. Made from the name when left empty."),
    )
    description = forms.CharField(
        label=lazy("Description"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5, "data-autosize": True}),
        help_text=lazy("What the workplace does, for whom, and what the effort is about."),
    )


class AttributeForm(forms.Form):
    """One attribute; a row without a name is left out."""

    name = forms.CharField(label=lazy("Name"), max_length=60, required=False)
    kind = forms.ChoiceField(label=lazy("Kind"), choices=KINDS, initial=TEXT)
    value = forms.CharField(label=lazy("Value"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("name") and "value" in data:
            data["typed"] = self._typed(data.get("kind", TEXT), data["value"].strip())
        elif data.get("value"):
            self.add_error("name", _("Give the attribute a name."))
        return data

    def _typed(self, kind: str, value: str) -> Attribute:
        if kind == NUMBER:
            return self._number(value)
        if kind == YES_NO:
            if value.casefold() not in YES | NO:
                self.add_error("value", _("Write yes or no."))
            return value.casefold() in YES
        return value

    def _number(self, value: str) -> Attribute:
        plain = value.replace(" ", "").replace(",", ".")
        try:
            number = float(plain)
        except ValueError:
            number = math.nan
        if not math.isfinite(number) or len(plain) > 20:
            self.add_error("value", _("Write a number."))
            return 0
        return int(number) if number.is_integer() else number


class BaseAttributeRows(forms.BaseFormSet):  # type: ignore[type-arg]  # holds AttributeForm
    def clean(self) -> None:
        names = [form.cleaned_data.get("name") for form in self.forms if form.is_valid()]
        twice = {name for name in names if name and names.count(name) > 1}
        if twice:
            raise forms.ValidationError(
                _("This name stands twice: %(names)s.") % {"names": ", ".join(sorted(twice))}
            )

    def attributes(self) -> dict[str, Attribute]:
        """name -> typed value, in the order of the rows."""
        rows = [form.cleaned_data for form in self.forms]
        return {row["name"]: row["typed"] for row in rows if row.get("name") and "typed" in row}


AttributeRows = forms.formset_factory(
    AttributeForm, formset=BaseAttributeRows, extra=2, max_num=50, absolute_max=60
)


def rows_of(attributes: dict[str, Attribute]) -> list[dict[str, str]]:
    """The attributes as initial values of the rows."""
    return [{"name": name, **_written(value)} for name, value in attributes.items()]


def _written(value: Attribute) -> dict[str, str]:
    if isinstance(value, bool):
        return {"kind": YES_NO, "value": str(_("yes") if value else _("no"))}
    if isinstance(value, int | float):
        return {"kind": NUMBER, "value": str(value)}
    return {"kind": TEXT, "value": value}
