"""Forms of the interview guide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from interviews.formats.outlines import LINE_CHARACTERS
from interviews.forms.outlines import OutlineField
from interviews.models import AnalysisQuestion, Kit, TemplateSection
from workbench.forms.seen import SeenForm
from workbench.models import Study


class KitForm(SeenForm):
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    categories = OutlineField(
        label=_("Answer categories"),
        required=False,
        rows=10,
        help_text=_("A line per category, with its answers indented under it."),
    )


class PublishForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        help_text=_("E.g. “After the first visit: shorter on methods.”"),
    )


class KitItemForm(SeenForm):
    text = forms.CharField(
        label=_("Wording"),
        max_length=LINE_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3, "data-autosize": True}),
    )
    questions = forms.ModelMultipleChoiceField(
        label=_("Feeds these analysis questions"),
        queryset=AnalysisQuestion.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sections = forms.ModelMultipleChoiceField(
        label=_("Feeds these sections of the case template"),
        queryset=TemplateSection.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    categories = forms.MultipleChoiceField(
        label=_("Answer categories"), required=False, widget=forms.CheckboxSelectMultiple
    )
    recurrence = forms.CharField(
        label=_("One question at several places"),
        max_length=60,
        required=False,
        help_text=_("Give each of them the same word here; they are then read as one question."),
    )

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        questions: Any = self.fields["questions"]
        sections: Any = self.fields["sections"]
        categories: Any = self.fields["categories"]
        questions.queryset = AnalysisQuestion.objects.filter(study=study, removed_at__isnull=True)
        sections.queryset = TemplateSection.objects.select_related("template").filter(
            template__study=study, removed_at__isnull=True
        )
        kit = Kit.objects.filter(study=study).first()
        categories.choices = [
            (each["key"], each["label"]) for each in (kit.answer_categories if kit else ())
        ]
        # What a study does not have is not asked for.
        if not kit or not kit.answer_categories:
            del self.fields["categories"]


class AdaptationForm(SeenForm):
    off = forms.BooleanField(
        label=_("Not asked at this case"),
        required=False,
        help_text=_("Nor what stands under it. Question coverage then says “not planned” here."),
    )
    text = forms.CharField(
        label=_("Wording at this case"),
        max_length=LINE_CHARACTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-autosize": True}),
        help_text=_("Empty: as in the guide."),
    )
    added = forms.CharField(
        label=_("Asked besides"),
        max_length=20 * LINE_CHARACTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-autosize": True}),
        help_text=_("A line per question. Answers to them are marked at this question."),
    )

    def clean_added(self) -> list[str]:
        told: str = self.cleaned_data["added"]
        return [line.strip() for line in told.splitlines() if line.strip()]
