"""The form of a key figure."""

from django import forms
from django.utils.translation import gettext_lazy as _

from interviews.domain.key_figures import KeyFigureFacts
from interviews.forms.figures import (
    group_field,
    long_text,
    value_field,
    value_text_field,
    when_field,
    when_text_field,
)
from workbench.forms.seen import SeenForm


class KeyFigureForm(SeenForm):
    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("e.g. staff, beds or pupils")
    )
    unit = forms.CharField(label=_("Unit"), max_length=50, required=False)
    value = value_field()
    value_text = value_text_field()
    date = when_field()
    date_text = when_text_field()
    group = group_field()
    source = forms.CharField(label=_("Source"), max_length=300)
    caveat = long_text(
        _("Caveat"),
        help_text=_("What the number cannot say. It stands wherever the number stands."),
    )

    def facts(self) -> KeyFigureFacts:
        data = self.cleaned_data
        return KeyFigureFacts(**{name: data[name] for name in KeyFigureFacts.__dataclass_fields__})
