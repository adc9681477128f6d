"""Forms of review: a decision with its reason, a comment."""

from enum import StrEnum

from django import forms
from django.utils.translation import gettext_lazy as _

from coding.domain.reviews import COMMENT_CHARACTERS


class Decision(StrEnum):
    RETURN = "return"
    APPROVE = "approve"
    REOPEN = "reopen"


class DecisionForm(forms.Form):
    base_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    decision = forms.ChoiceField(choices=[(value, value) for value in Decision])
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=COMMENT_CHARACTERS,
        widget=forms.Textarea(
            attrs={"rows": 2, "data-autosize": True, "aria-describedby": "reason-hint"}
        ),
    )


class SubmitForm(forms.Form):
    """`as_is`: the writer has seen what is missing."""

    base_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    as_is = forms.BooleanField(required=False, widget=forms.HiddenInput)


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("Comment"),
        max_length=COMMENT_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 2, "data-autosize": True}),
    )
