"""Forms of the analysis questions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from interviews.domain.analysis_frames import TITLE_LENGTH
from workbench.forms.seen import SeenForm


class QuestionForm(SeenForm):
    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)
    text = forms.CharField(
        label=_("The question in full"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3, "data-autosize": True}),
    )
