"""Forms of visits and interviews."""

from typing import Any

from django import forms
from django.utils import dateformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from interviews.domain.queries.labels import INTERVIEW_FORMS
from interviews.domain.visits import InterviewFacts, VisitFacts
from interviews.enums import InterviewForm
from interviews.forms.choices import KnownOrNot, choices_of, date_field
from interviews.models import Case, KitVersion, Participant
from workbench.forms.seen import SeenForm
from workbench.models import Study, User


class VisitForm(SeenForm):
    date = date_field(_("Date"))
    date_text = forms.CharField(
        label=_("Date in words"),
        max_length=100,
        required=False,
        help_text=_("When the day is not certain, e.g. “18 or 30 April 2013”."),
    )
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "data-autosize": True}),
    )

    def facts(self) -> VisitFacts:
        data = self.cleaned_data
        return VisitFacts(
            title=data["title"],
            date=data["date"],
            date_text=data["date_text"],
            note=data["note"],
        )


class InterviewDetailsForm(SeenForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    form = forms.ChoiceField(label=_("Form"), choices=choices_of(INTERVIEW_FORMS))
    kit_version = forms.TypedChoiceField(
        label=_("Version of the guide"), required=False, coerce=int, empty_value=None
    )
    recorded = KnownOrNot(label=_("Recorded"))
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=0, max_value=6000)
    participants = forms.ModelMultipleChoiceField(
        label=_("Participants"),
        queryset=Participant.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    interviewers = forms.ModelMultipleChoiceField(
        label=_("Interviewers"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    people_planned = forms.IntegerField(
        label=_("People planned"), required=False, min_value=0, max_value=10_000
    )
    people_actual = forms.IntegerField(
        label=_("People who came"), required=False, min_value=0, max_value=10_000
    )
    difference = forms.CharField(label=_("Why the two differ"), max_length=300, required=False)

    def __init__(self, *args: Any, case: Case, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Participant.objects.filter(case=case, removed_at__isnull=True)
        team = User.objects.filter(memberships__study=study).order_by("name", "username")
        self.choice_field("participants").queryset = people
        self.choice_field("interviewers").queryset = team
        published = KitVersion.objects.filter(kit__study=study).order_by("-number")
        self.choice_field("kit_version").choices = [
            ("", _("Not said")),
            *((each.number, _version_label(each)) for each in published),
        ]
        # What a study does not have is not asked for.
        if not published:
            del self.fields["kit_version"]

    def choice_field(self, name: str) -> Any:
        return self.fields[name]

    def facts(self) -> InterviewFacts:
        data = self.cleaned_data
        return InterviewFacts(
            title=data["title"],
            form=InterviewForm(data["form"]),
            recorded=data["recorded"],
            minutes=data["minutes"],
            participants=list(data["participants"]),
            interviewers=list(data["interviewers"]),
            people_planned=data["people_planned"],
            people_actual=data["people_actual"],
            difference=data["difference"],
            kit_version=data.get("kit_version"),
        )


def _version_label(version: KitVersion) -> str:
    day = dateformat.format(version.created_at, pgettext("date format", "j M Y"))
    return f"{version.number} · {day} · {version.reason[:60]}"
