"""The form that starts a study."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coding.domain.copies import Part
from workbench.enums import Language
from workbench.models import Member, User

LANGUAGES = {Language.DANISH: _("Danish"), Language.ENGLISH: _("English")}
PARTS = {
    Part.KIT: _("Interview guide"),
    Part.TEMPLATE: _("Case template"),
    Part.QUESTIONS: _("Analysis questions"),
    Part.CODEBOOK: _("Codebook"),
}


class SourceField(forms.ModelChoiceField):  # type: ignore[type-arg]  # of memberships
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.study)


class StudyNewForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3, "data-autosize": True}),
        help_text=_("What you want to find out, and where."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[(language.value, label) for language, label in LANGUAGES.items()],
        help_text=_("What most of your material is in. Each document can have its own."),
    )
    source = SourceField(
        label=_("Start from"),
        queryset=Member.objects.none(),
        required=False,
        empty_label=_("A blank study"),
        help_text=_("Only the plan is copied, nothing of what was said or written."),
    )
    parts = forms.MultipleChoiceField(
        label=_("Copy these"),
        choices=[(part.value, label) for part, label in PARTS.items()],
        initial=[part.value for part in PARTS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source: Any = self.fields["source"]
        source.queryset = (
            Member.objects.select_related("study").filter(user=user).order_by("study__title")
        )
