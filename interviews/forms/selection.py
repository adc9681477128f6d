"""Forms of choosing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from interviews.domain.queries.labels import CERTAINTIES, CONTACT_WAYS, CRITERION_SCOPES, READINGS
from interviews.domain.selection.contacts import ContactFacts
from interviews.domain.selection.marks import Judgement
from interviews.domain.selection.versions import CriterionFacts, Decision
from interviews.enums import Certainty, ContactWay, CriterionScope, Reading
from interviews.forms.choices import choices_of, date_field
from interviews.models import MappedProject
from workbench.forms.seen import SeenForm
from workbench.models import Study

LONGEST = 20_000


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "data-autosize": True})


class CriterionForm(SeenForm):
    name = forms.CharField(label=_("Name"), max_length=200)
    text = forms.CharField(
        label=_("What it asks for"), required=False, max_length=LONGEST, widget=_lines(3)
    )
    aspects = forms.CharField(
        label=_("What it covers"),
        required=False,
        max_length=LONGEST,
        widget=_lines(2),
        help_text=_("A line each, e.g. the approaches that must be there."),
    )
    scope = forms.ChoiceField(
        label=_("Met by"),
        choices=choices_of(CRITERION_SCOPES),
        initial=CriterionScope.CASE,
        widget=forms.RadioSelect,
    )

    def facts(self) -> CriterionFacts:
        data = self.cleaned_data
        return CriterionFacts(
            name=data["name"],
            text=data["text"],
            aspects=tuple(data["aspects"].splitlines()),
            scope=CriterionScope(data["scope"]),
        )


class ProposeForm(SeenForm):
    """`after` is the number of the version that the new one begins as."""

    after = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    reason = forms.CharField(
        label=_("Why the criteria change"), max_length=LONGEST, widget=_lines(3)
    )


class DecideForm(SeenForm):
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    on = date_field(_("Decided on"))
    by = forms.CharField(
        label=_("Decided by"),
        max_length=300,
        required=False,
        help_text=_("The meeting or group, e.g. “the steering group”."),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=LONGEST, widget=_lines(3))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].required = True

    def decision(self) -> Decision:
        data = self.cleaned_data
        return Decision(on=data["on"], by=data["by"], note=data["note"])


class CandidateForm(SeenForm):
    name = forms.CharField(label=_("Name"), max_length=200)
    project = forms.ChoiceField(
        label=_("Mapped project"),
        required=False,
        help_text=_("What on the map led to it."),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=LONGEST,
        widget=_lines(3),
        help_text=_("Why it is considered. Becomes the description of the case."),
    )

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        projects = MappedProject.objects.filter(study=study, removed_at=None)
        self.projects = {str(each.pk): each for each in projects}
        choices = [("", _("None")), *((key, each.name) for key, each in self.projects.items())]
        field: Any = self.fields["project"]
        field.choices = choices

    def mapped(self) -> MappedProject | None:
        return self.projects.get(self.cleaned_data["project"])


class TurnDownForm(SeenForm):
    reason = forms.CharField(label=_("Why it is not chosen"), max_length=LONGEST, widget=_lines(3))


class MarkForm(SeenForm):
    reading = forms.ChoiceField(
        label=_("Reading"), choices=choices_of(READINGS), widget=forms.RadioSelect
    )
    certainty = forms.ChoiceField(
        label=_("Certainty"), choices=choices_of(CERTAINTIES), widget=forms.RadioSelect
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        required=False,
        max_length=LONGEST,
        widget=_lines(3),
        help_text=_("What the reading stands on: what was read, seen or told."),
    )

    def judgement(self) -> Judgement:
        data = self.cleaned_data
        return Judgement(
            reading=Reading(data["reading"]),
            certainty=Certainty(data["certainty"]),
            evidence=data["evidence"],
        )


class ContactForm(SeenForm):
    date = date_field(_("Date"))
    date_text = forms.CharField(
        label=_("Date in words"),
        max_length=100,
        required=False,
        help_text=_("When the day is not certain, e.g. “18 or 30 April 2013”."),
    )
    way = forms.ChoiceField(
        label=_("How"), choices=choices_of(CONTACT_WAYS), initial=ContactWay.PHONE
    )
    who = forms.CharField(
        label=_("With whom"),
        max_length=200,
        required=False,
        help_text=_("A role or a department. Names belong in the name key."),
    )
    agreed = forms.CharField(
        label=_("What was agreed"), required=False, max_length=LONGEST, widget=_lines(3)
    )

    def facts(self) -> ContactFacts:
        data = self.cleaned_data
        return ContactFacts(
            date=data["date"],
            date_text=data["date_text"],
            way=ContactWay(data["way"]),
            who=data["who"],
            agreed=data["agreed"],
        )
