"""What cannot be taken back is confirmed by its name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ConfirmedForm(forms.Form):
    """Valid when the person typed what the dialog asked for."""

    confirmation = forms.CharField(required=False)

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_confirmation(self) -> str:
        typed: str = self.cleaned_data["confirmation"]
        if typed != self.expected.strip():
            raise forms.ValidationError(
                _("Type “%(name)s” to go on. Nothing is erased."), params={"name": self.expected}
            )
        return typed
