"""The form of a study's settings."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from workbench.domain.studies import TEXT_LENGTH, TITLE_LENGTH, StudyFacts
from workbench.enums import Language, PageUnit
from workbench.forms.seen import SeenForm

PAGE_UNITS = {
    PageUnit.STANDARD: _("Standard page"),
    PageUnit.LAID_OUT: _("Laid-out page"),
}


class StudyForm(SeenForm):
    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "data-autosize": True}),
        help_text=_("What you want to find out, and where."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("What most of your material is in. Each document can have its own."),
    )
    page_unit = forms.ChoiceField(
        label=_("Page unit"),
        choices=[(unit.value, label) for unit, label in PAGE_UNITS.items()],
        help_text=_("What the length of a section is measured in, against its budget."),
    )
    legal_basis = forms.CharField(
        label=_("Legal basis"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "data-autosize": True}),
        help_text=_("Why you may keep what people said, and where that is written down."),
    )
    retention_date = forms.DateField(
        label=_("To be erased by"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("A note for the team; nothing is erased by itself."),
    )

    def facts(self) -> StudyFacts:
        data = self.cleaned_data
        return StudyFacts(
            title=data["title"],
            description=data["description"],
            language=Language(data["language"]),
            page_unit=PageUnit(data["page_unit"]),
            legal_basis=data["legal_basis"],
            retention_date=data["retention_date"],
        )
