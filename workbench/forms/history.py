"""The filter of history."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workbench.domain.history import Wanted, actors, nouns
from workbench.models import Member


class HistoryFilter(forms.Form):
    """Lives in the query string, so that a view of history is a link."""

    person = forms.ChoiceField(label=_("Person"), required=False)
    thing = forms.ChoiceField(label=_("Thing"), required=False)
    subject = forms.UUIDField(required=False, widget=forms.HiddenInput)
    since = forms.DateField(
        label=_("From"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=_("To"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in actors(member)}
        self._choose("person", _("Everyone"), [(pk, str(who)) for pk, who in self.people.items()])
        self._choose("thing", _("Everything"), nouns(member))

    def _choose(self, name: str, everything: Any, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", everything), *choices]

    def wanted(self) -> Wanted:
        """What was asked for; a part that cannot be read is left out and marked."""
        data = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        who = self.people.get(data.get("person") or "")
        return Wanted(
            actor=who.pk if who else None,
            noun=data.get("thing") or "",
            subject=data.get("subject"),
            since=data.get("since"),
            until=data.get("until"),
        )
