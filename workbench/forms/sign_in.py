"""Forms of sign-in and passwords: the package's own, with labels instead of placeholders."""

from typing import Any

from allauth.account import forms as package
from django import forms
from django.utils.translation import gettext_lazy as _


class Plain(forms.Form):
    """A placeholder that repeats the label is gone when it is needed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class SignInForm(Plain, package.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail")
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}


class ChangePasswordForm(Plain, package.ChangePasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordForm(Plain, package.ResetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordKeyForm(Plain, package.ResetPasswordKeyForm):  # type: ignore[misc]
    pass
