"""Forms of the team."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from workbench.access.roles import CHOICES
from workbench.enums import Role
from workbench.models import Member, Study, User
from workbench.models.user import USERNAME_VALIDATORS


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=CHOICES)

    def chosen(self) -> Role:
        return Role(self.cleaned_data["role"])


class NewMemberForm(RoleForm):
    """`person` is cleaned to an account, or to the e-mail address of somebody without one.

    `account` is the account that the lead was shown and meant.
    """

    person = forms.CharField(
        label=_("User name or e-mail"),
        max_length=254,
        help_text=_("Somebody without an account gets a link to make one."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    account = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ["person", "role"]

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.study = study

    def is_meant(self, user: User) -> bool:
        return bool(self.cleaned_data.get("account") == str(user.pk))

    def clean_person(self) -> User | str:
        wanted: str = self.cleaned_data["person"].strip()
        is_address = "@" in wanted
        # An address comes with an invitation, a user name is its owner's choice: one is never
        # taken for the other.
        named = {"email__iexact": wanted} if is_address else {"username": wanted}
        found = list(User.objects.filter(is_active=True, **named)[:2])
        if len(found) > 1:
            raise forms.ValidationError(_("Several people have this e-mail. Use the user name."))
        if found:
            if Member.objects.filter(study=self.study, user=found[0]).exists():
                raise forms.ValidationError(
                    _("%(name)s is already on the team."), params={"name": found[0]}
                )
            return found[0]
        if not is_address:
            raise forms.ValidationError(
                _("Nobody here has this user name. Write an e-mail address to invite someone.")
            )
        validate_email(wanted)
        return wanted


class InvitedForm(forms.Form):
    """What the invited person says of themselves."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("As your colleagues see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        validators=USERNAME_VALIDATORS,
        help_text=_("You sign in with it, or with your e-mail address."),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        help_text=_("At least 8 characters, and not a common word."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> None:
        given = self.cleaned_data
        if "password" not in given:
            return
        person = User(username=given.get("username", ""), name=given.get("name", ""))
        try:
            validate_password(given["password"], person)
        except forms.ValidationError as refused:
            self.add_error("password", refused)
