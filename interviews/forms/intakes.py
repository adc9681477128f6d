"""Forms of files on their way in: one row of the mapping table, one speaker."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from interviews.domain.queries.labels import DOCUMENT_KINDS, INTERVIEW_FORMS, PARTICIPANT_ROLES
from interviews.enums import NEW
from interviews.forms.choices import choices_of, date_field
from interviews.forms.documents import (
    LANGUAGES,
    Choices,
    case_choices,
    interview_choices,
    who_choices,
)
from interviews.models import Case, Intake, Interview, Participant

FIELDS = ("case", "case_name", "interview", "date", "form", "kind", "title", "language")
SHARED_FIELDS = tuple(name for name in FIELDS if name != "title")
_KEPT_LENGTH = 200


@dataclass(frozen=True)
class Offer:
    """What the study has to choose from."""

    cases: Sequence[Case]
    interviews: Sequence[Interview]
    people: Mapping[UUID, Sequence[Participant]] = field(default_factory=dict)

    def people_of(self, case: str) -> Sequence[Participant]:
        return next((found for pk, found in self.people.items() if str(pk) == case), ())

    def interview_choices(self, case: str) -> Choices:
        """Those of the chosen case; of every case, under its name, while none is chosen."""
        new = (NEW, _("New interview"))
        if case:
            inside = [talk for talk in self.interviews if str(talk.visit.case_id) == case]
            return [("", _("None")), *interview_choices(inside), new]
        groups: Choices = [
            (row.name, interview_choices(t for t in self.interviews if t.visit.case_id == row.pk))
            for row in self.cases
        ]
        return [("", _("None")), *((name, talks) for name, talks in groups if talks), new]


class MappingForm(forms.Form):
    """What one file is. Only the case is needed; what else is missing becomes a to-do."""

    case = forms.ChoiceField(label=_("Case"))
    case_name = forms.CharField(label=_("Name of the new case"), max_length=200, required=False)
    interview = forms.ChoiceField(label=_("Interview"), required=False)
    date = date_field(_("Date"))
    form = forms.ChoiceField(label=_("Form"), choices=choices_of(INTERVIEW_FORMS), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=choices_of(DOCUMENT_KINDS))
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)

    def __init__(self, *args: Any, offer: Offer, case: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer = offer
        self.fields["case"].choices = [  # type: ignore[attr-defined]
            *case_choices(offer.cases),
            (NEW, _("New case")),
        ]
        self.fields["interview"].choices = offer.interview_choices(case)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("case") == NEW and not data.get("case_name", "").strip():
            self.add_error("case_name", _("Give the new case a name."))
        return data


class SharedForm(MappingForm):
    """What all files of a batch have in common; an empty field leaves the rows as they are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["title"]
        unsaid = ("", _("As below"))
        for name in ("case", "form", "kind", "language", "interview"):
            chosen: Any = self.fields[name]
            chosen.required = False
            chosen.choices = [unsaid, *(pair for pair in chosen.choices if pair[0] != "")]


class IntakeSpeakerForm(forms.Form):
    """Whom a label stands for; a new participant gets a pseudonym and a role."""

    label = forms.CharField(widget=forms.HiddenInput)
    who = forms.ChoiceField(label=_("Stands for"), required=False)
    pseudonym = forms.CharField(label=_("Pseudonym"), max_length=100, required=False)
    role = forms.ChoiceField(
        label=_("Role"), choices=choices_of(PARTICIPANT_ROLES), required=False, initial="employee"
    )

    def __init__(self, *args: Any, people: Sequence[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        new = ((NEW, _("New interviewee")),)
        self.fields["who"].choices = who_choices(people, new)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("who") == NEW:
            pseudonym = " ".join(data.get("pseudonym", "").split())
            if not pseudonym:
                self.add_error("pseudonym", _("Give the new interviewee a pseudonym."))
            elif any(person.pseudonym == pseudonym for person in self.people):
                self.add_error("pseudonym", _("This pseudonym is in the case: choose it above."))
        return data


def row_prefix(intake: UUID) -> str:
    return f"file-{intake.hex}"


def speaker_prefix(intake: UUID, index: int) -> str:
    return f"speaker-{intake.hex}-{index}"


def said_of_files(data: QueryDict, files: Iterable[Intake]) -> dict[UUID, dict[str, Any]]:
    """By file what was said of it, right or wrong; nothing for a file the page did not have."""
    said: dict[UUID, dict[str, Any]] = {}
    for intake in files:
        if row := _said_of_row(data, intake.pk):
            said[intake.pk] = row | {"speakers": _said_of_speakers(data, intake, row.get("case"))}
    return said


def _said_of_row(data: QueryDict, intake: UUID) -> dict[str, str]:
    prefix = row_prefix(intake)
    return {name: _text(data, f"{prefix}-{name}") for name in FIELDS if f"{prefix}-{name}" in data}


def said_of_shared(data: QueryDict) -> dict[str, str]:
    """What the row for all files says."""
    said = {name: _text(data, f"same-{name}") for name in SHARED_FIELDS}
    return {name: value for name, value in said.items() if value}


def _said_of_speakers(
    data: QueryDict, intake: Intake, case: str | None
) -> dict[str, dict[str, str]]:
    """By label what is known with what the person chose.

    “Unknown” counts as said only where the people of the case were there to choose.
    """
    known = dict(intake.mapping.get("speakers", {}))
    offered = bool(case) and case == intake.mapping.get("case")
    index = 0
    while f"{speaker_prefix(intake.pk, index)}-label" in data:
        prefix = speaker_prefix(intake.pk, index)
        label = _text(data, f"{prefix}-label")
        said = {name: _text(data, f"{prefix}-{name}") for name in ("who", "pseudonym", "role")}
        known.pop(label, None)
        if said["who"] or offered:
            known[label] = said
        index += 1
    return known


def _text(data: QueryDict, name: str) -> str:
    # Kept unchecked, and PostgreSQL holds no NUL.
    return str(data.get(name, "")).replace("\x00", "")[:_KEPT_LENGTH]
