"""Forms of the team."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from workbench.access.roles import CHOICES
from workbench.enums import Role
from workbench.models import User


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=lazy("Role"), choices=CHOICES)

    def chosen(self) -> Role:
        return Role(self.cleaned_data["role"])


class NewMemberForm(RoleForm):
    person = forms.CharField(
        label=lazy("User name or e-mail"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ["person", "role"]

    def clean_person(self) -> User:
        wanted = self.cleaned_data["person"].strip()
        found = list(
            User.objects.filter(Q(username=wanted) | Q(email__iexact=wanted), is_active=True)[:2]
        )
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(_("Several people have this e-mail. Use the user name."))
        raise forms.ValidationError(_("Nobody with an account here has this user name or e-mail."))
