"""Forms of participants, and of a look at a name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from interviews.domain.participants import Person
from interviews.domain.queries.labels import CONSENTS, PARTICIPANT_ROLES
from interviews.enums import Consent, ParticipantRole
from interviews.forms.choices import KnownOrNot, choices_of, date_field
from workbench.domain.names import NAME_LENGTH
from workbench.forms.seen import SeenForm


class ParticipantForm(SeenForm):
    pseudonym = forms.CharField(
        label=_("Pseudonym"),
        max_length=100,
        help_text=_("What the person is called everywhere in the study. Never the real name."),
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=choices_of(PARTICIPANT_ROLES), initial=ParticipantRole.EMPLOYEE
    )
    printed_label = forms.CharField(
        label=_("Printed label"),
        max_length=100,
        required=False,
        help_text=_("Stands under printed quotes. Left empty, the role is printed."),
    )
    driving = KnownOrNot(label=_("Has driven the effort"))
    consent = forms.ChoiceField(
        label=_("Consent"), choices=choices_of(CONSENTS), initial=Consent.PENDING
    )
    consent_date = date_field(_("Date of consent"))
    consent_note = forms.CharField(
        label=_("About the consent"),
        max_length=300,
        required=False,
        help_text=_("How it was obtained, and what it covers."),
    )

    def person(self) -> Person:
        data: dict[str, Any] = self.cleaned_data
        return Person(
            pseudonym=data["pseudonym"],
            role=ParticipantRole(data["role"]),
            printed_label=data["printed_label"],
            driving=data["driving"],
            consent=Consent(data["consent"]),
            consent_date=data["consent_date"],
            consent_note=data["consent_note"],
        )


class NewParticipantForm(ParticipantForm):
    real_name = forms.CharField(
        label=_("Real name"),
        max_length=NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Goes to the name key, apart from everything else, and is not shown again."),
    )


class KeepNameForm(forms.Form):
    real_name = forms.CharField(
        label=_("Real name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class LookForm(forms.Form):
    purpose = forms.CharField(
        label=_("Why do you need the name?"),
        max_length=200,
        help_text=_("Your reason is kept with your name and the time."),
    )
