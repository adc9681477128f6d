"""Forms of one's own account."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from workbench.domain.tokens import NAME_LENGTH


class AccountForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        help_text=_("As your colleagues see it. Left empty, they see your user name."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("As the browser asks for")), *settings.LANGUAGES],
    )


class TokenForm(forms.Form):
    token_name = forms.CharField(
        label=_("What it is for"),
        max_length=NAME_LENGTH,
        help_text=_("For example “nightly export”."),
    )
