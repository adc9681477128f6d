"""Forms of the case template."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from interviews.domain.case_templates import POINT_LENGTH, TITLE_LENGTH
from interviews.domain.queries.labels import SOURCE_TYPES
from interviews.formats.page_budgets import read_pages
from interviews.forms.choices import choices_of
from workbench.forms.seen import SeenForm
from workbench.ui.figures import page_amount


class PagesField(forms.CharField):
    """Pages as people write them, `¼` or `1.5`; cleaned to plain figures, "" for none."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            pages = read_pages(text)
        except ValueError as error:
            raise forms.ValidationError(
                _now("Write pages as a number or a fraction: 1, 1½, ¼, 0.5."), code="pages"
            ) from error
        return "" if pages is None else f"{pages.normalize():f}"

    def prepare_value(self, value: Any) -> Any:
        try:
            return page_amount(Decimal(value)) if value else value
        except InvalidOperation:
            return value


def pages_of(cleaned: str) -> Decimal | None:
    return Decimal(cleaned) if cleaned else None


class TemplateForm(SeenForm):
    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH, required=False)
    total_pages = PagesField(
        label=_("Pages in all"),
        max_length=12,
        required=False,
        help_text=_("How long a whole case description may be. Sections without a budget share."),
    )


class SectionForm(SeenForm):
    title = forms.CharField(
        label=_("Working title"), max_length=TITLE_LENGTH, help_text=_("For the one who writes.")
    )
    printed_title = forms.CharField(
        label=_("Printed heading"),
        max_length=TITLE_LENGTH,
        required=False,
        help_text=_("For the one who reads. Empty prints the working title."),
    )
    guidance = forms.CharField(
        label=_("Guidance"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "data-autosize": True}),
        help_text=_("What the section must contain."),
    )
    page_budget = PagesField(
        label=_("Page budget"),
        max_length=12,
        required=False,
        help_text=_("Pages, also as a fraction: ¼, 1½. May be empty."),
    )
    required_sources = forms.MultipleChoiceField(
        label=_("Required sources"),
        choices=choices_of(SOURCE_TYPES),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class PointForm(SeenForm):
    text = forms.CharField(
        label=_("Point"),
        max_length=POINT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "data-autosize": True}),
    )
