"""The reference study: a published example with its plan and its cases, without transcripts."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from coding.domain.imports.fixtures import Record, reference
from coding.domain.imports.measurements import load_measurements
from coding.domain.imports.plans import load_plan
from coding.domain.imports.registry import load_registry
from coding.domain.imports.selection import load_selection
from interviews.models import Case, Interview, Participant, Visit
from workbench.domain.studies import add_member
from workbench.enums import Language, PageUnit, Role
from workbench.history.actions import Action
from workbench.history.record import record
from workbench.models import Member, Study, User

ADMIN = "admin"
LONGEST_ATTRIBUTE = 60
Labels = dict[str, tuple[str, dict[str, str]]]


@dataclass(frozen=True)
class Loaded:
    """The study; whether this run made it; who joined it in this run."""

    study: Study
    created: bool
    joined: tuple[str, ...]


def load_reference_study(
    *, language: Language = Language.DANISH, members: Mapping[User, Role] | None = None
) -> Loaded:
    """Makes the study, once; another run only adds members that are missing.

    Without `members` the superuser `admin` leads it when there is one. Raises FixtureProblem.
    """
    with transaction.atomic():
        about = reference("study", language)
        study = Study.objects.filter(slug=about["slug"]).first()
        created = study is None
        if study is None:
            study = _make_study(about, language)
            load_plan(study=study, actor=None, language=language)
            _load_cases(study, language)
            load_registry(study, language)
            load_measurements(study, language)
            load_selection(study, language)
            admin = User.objects.filter(username=ADMIN, is_superuser=True).first()
            members = members or ({admin: Role.LEAD} if admin else {})
        known = set(Member.objects.filter(study=study).values_list("user_id", flat=True))
        new = {user: role for user, role in (members or {}).items() if user.pk not in known}
        for user, role in new.items():
            add_member(study=study, actor=None, user=user, role=role)
    return Loaded(study, created, tuple(user.username for user in new))


def _make_study(about: Record, language: Language) -> Study:
    study = Study.objects.create(
        slug=about["slug"],
        title=about["title"],
        description=about["description"],
        language=language,
        page_unit=PageUnit.STANDARD,
        notice=about["notice"],
        is_published_example=not about["transcripts_available"],
    )
    record(
        study=study,
        actor=None,
        action=Action.CREATED,
        noun="study",
        subject=study.pk,
        label=study.title,
    )
    return study


def _load_cases(study: Study, language: Language) -> None:
    content = reference("cases", language)
    labels = attribute_labels(language)
    note = content["participant_note"][:300]
    number = 0
    for order, each in enumerate(content["cases"]):
        case = Case.objects.create(
            study=study,
            key=each["key"],
            name=each["name"],
            description=_description(each, labels),
            attributes=named_attributes(short_ones(each["attributes"]), labels),
            order=order,
        )
        people = _participants(case, each["participants"], note)
        for visited in each["visits"]:
            visit = _visit(case, visited, language)
            for held in visited["interviews"]:
                number += 1
                interview = _interview(visit, held, number)
                interview.participants.set([people[key] for key in held["participants"]])
        record(
            study=study,
            actor=None,
            action=Action.CREATED,
            noun="case",
            subject=case.pk,
            label=case.name,
            after={
                "key": case.key,
                "participants": len(people),
                "visits": len(each["visits"]),
                "interviews": sum(len(visited["interviews"]) for visited in each["visits"]),
            },
        )


def attribute_labels(language: Language) -> Labels:
    """Attribute key -> its label, and the labels of its options."""
    return {
        each["key"]: (
            each["label"],
            {option["key"]: option["label"] for option in each.get("options", ())},
        )
        for each in reference("cases", language)["attributes"]
    }


def named_attributes(values: Mapping[str, Any], labels: Labels) -> dict[str, Any]:
    """Values under the words that people read; an unknown key keeps its name."""
    named: dict[str, Any] = {}
    for key, value in values.items():
        label, options = labels.get(key, (key, {}))
        named[label] = options.get(value, value) if isinstance(value, str) else value
    return named


def short_ones(values: Mapping[str, Any]) -> dict[str, Any]:
    """What compares cases; longer text is told in the description."""
    return {key: value for key, value in values.items() if not _is_long(value)}


def _is_long(value: Any) -> bool:
    return isinstance(value, str) and len(value) > LONGEST_ATTRIBUTE


def _description(each: Record, labels: Labels) -> str:
    told = {key: value for key, value in each["attributes"].items() if _is_long(value)}
    parts = [
        each["enterprise"],
        "; ".join(each["key_figures"]),
        *(f"{label}: {value}" for label, value in named_attributes(told, labels).items()),
        each["contact_path"],
        each["project_note"],
    ]
    return "\n\n".join(part for part in parts if part)


def _participants(case: Case, people: list[Record], note: str) -> dict[str, Participant]:
    made = {
        each["key"]: Participant(
            study_id=case.study_id,
            case=case,
            pseudonym=each["pseudonym"],
            role=each["role"],
            printed_label=each["printed_label"],
            consent_note=note,
            order=order,
        )
        for order, each in enumerate(people)
    }
    Participant.objects.bulk_create(made.values())
    return made


def _visit(case: Case, each: Record, language: Language) -> Visit:
    days = [dt.date.fromisoformat(day) for day in (each["date"], *each["further_dates"])]
    certain = each["date_certain"]
    return Visit.objects.create(
        study_id=case.study_id,
        case=case,
        date=days[0] if certain else None,
        date_text="" if certain else _either(days, language),
        note=each.get("note", ""),
    )


def _either(days: list[dt.date], language: Language) -> str:
    with override(language):
        return f" {gettext('or')} ".join(date_format(day, "DATE_FORMAT") for day in days)


def _interview(visit: Visit, each: Record, number: int) -> Interview:
    return Interview.objects.create(
        study_id=visit.study_id,
        visit=visit,
        number=number,
        title=each["title"],
        form=each["form"],
        recorded=each["recorded"],
        people_planned=each["planned_count"],
        people_actual=each["actual_count"],
        difference=each.get("note", ""),
    )
