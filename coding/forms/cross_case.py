"""Form of a cross-case cell."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from coding.domain.case_drafts import clean_text


class CellForm(forms.Form):
    """`base_version` is the version the writer had; `cite` an excerpt to cite at the end.

    The length is the verb's to judge, so that a text over the limit comes back in the form.
    """

    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={
                "class": "is-writing",
                "data-autosize": True,
                "rows": 8,
                "spellcheck": "true",
                "placeholder": _("What does this case say about the question?"),
            }
        ),
    )
    base_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    cite = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        return clean_text(self.cleaned_data["text"])


class CiteForm(forms.Form):
    """An excerpt to cite, without saving what is written around it."""

    cite = forms.UUIDField()

    @property
    def excerpt(self) -> UUID:
        found: UUID = self.cleaned_data["cite"]
        return found
