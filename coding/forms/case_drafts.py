"""Forms of case descriptions: a section's text, a printed quote."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from coding.domain.case_drafts import SECTION_CHARACTERS, clean_text
from coding.enums import CitationMode


class SectionForm(forms.Form):
    """`base_version` is the version the writer had; `cite` names an excerpt to cite at the end.

    The length is the verb's to judge, so that a text over the limit comes back in the form.
    """

    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={
                "class": "is-writing",
                "id": "writing-text",
                "data-autosize": True,
                "rows": 8,
                "spellcheck": "true",
                "placeholder": _("Write here …"),
            }
        ),
    )
    base_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    cite = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        return clean_text(self.cleaned_data["text"])

    def clean_cite(self) -> tuple[CitationMode, UUID] | None:
        """`quote:<excerpt>`, `reference:<excerpt>`, `measurement:<id>` or `key_figure:<id>`."""
        given: str = self.cleaned_data["cite"]
        if not given:
            return None
        mode, _colon, excerpt = given.partition(":")
        try:
            return CitationMode(mode), UUID(excerpt)
        except ValueError:
            raise forms.ValidationError(_("What you cite is not known here.")) from None


class PrintedForm(forms.Form):
    """`base_version` is the version of the section that the writer had."""

    base_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    printed = forms.CharField(
        label=_("Printed"),
        required=False,
        max_length=SECTION_CHARACTERS,
        widget=forms.Textarea(attrs={"data-autosize": True, "rows": 2}),
        help_text=_("Mark what you leave out with [...], put your own words in [ ]."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = f"{self.prefix}-%s" if self.prefix else "id_%s"
