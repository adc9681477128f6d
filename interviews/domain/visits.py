"""Verbs of visits and their interviews: when, in what form, with whom."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from interviews.enums import InterviewForm
from interviews.models import Case, Document, Interview, KitVersion, Participant, Visit
from workbench.domain.changing import changing
from workbench.domain.rows import (
    fresh,
    hide,
    record_act,
    record_change,
    refuse_outdated,
    show,
    standing,
)
from workbench.errors import Conflict, Invalid, Missing
from workbench.history.actions import Action
from workbench.models import Member, User

VISIT = "visit"
INTERVIEW = "interview"


@dataclass(frozen=True)
class VisitFacts:
    """`date_text` is the date as it is known, e.g. “18 or 30 April 2013”."""

    title: str = ""
    date: datetime.date | None = None
    date_text: str = ""
    note: str = ""


@dataclass(frozen=True)
class InterviewFacts:
    """`recorded` None: not known. `difference` says why others came than were planned.
    `kit_version` is the number of the guide's version that was used."""

    title: str
    form: InterviewForm = InterviewForm.INDIVIDUAL
    recorded: bool | None = None
    minutes: int | None = None
    participants: Sequence[Participant] = ()
    interviewers: Sequence[User] = ()
    people_planned: int | None = None
    people_actual: int | None = None
    difference: str = ""
    kit_version: int | None = None


VISIT_FIELDS = tuple(VisitFacts.__dataclass_fields__)
INTERVIEW_FIELDS = (
    "title", "form", "recorded", "minutes", "people_planned", "people_actual", "difference",
)  # fmt: skip


def visit_of(*, member: Member, case: Case, visit_id: UUID) -> Visit:
    """A live visit to that case of the member's study. Raises Missing."""
    found = (
        Visit.objects.select_related("case")
        .filter(pk=visit_id, case=case, study_id=member.study_id, removed_at__isnull=True)
        .first()
    )
    if found is None:
        raise Missing
    return found


def interview_of(*, member: Member, case: Case, interview_id: UUID) -> Interview:
    """A live interview of that case of the member's study. Raises Missing."""
    found = (
        Interview.objects.select_related("visit__case", "kit_version")
        .filter(
            pk=interview_id,
            visit__case=case,
            study_id=member.study_id,
            removed_at__isnull=True,
            visit__removed_at__isnull=True,
        )
        .first()
    )
    if found is None:
        raise Missing
    return found


def visit_state(visit: Visit) -> dict[str, Any]:
    return {name: getattr(visit, name) for name in VISIT_FIELDS}


def interview_state(interview: Interview) -> dict[str, Any]:
    """Columns, the number of the guide's version, ids of participants and interviewers."""
    return {
        "kit_version": interview.kit_version.number if interview.kit_version else None,
        **{name: getattr(interview, name) for name in INTERVIEW_FIELDS},
        "participants": sorted(
            str(pk) for pk in interview.participants.values_list("pk", flat=True)
        ),
        "interviewers": sorted(
            str(pk) for pk in interview.interviewers.values_list("pk", flat=True)
        ),
    }


def add_visit(*, member: Member, case: Case, facts: VisitFacts) -> Visit:
    """A new visit. Raises Missing for a foreign or hidden case, Invalid without date and title."""
    _refuse_nameless(facts)
    with changing(member):
        case = standing(member, case)
        visit = Visit.objects.create(
            study_id=member.study_id,
            case=case,
            **{name: getattr(facts, name) for name in VISIT_FIELDS},
        )
        record_act(
            member, Action.CREATED, VISIT, visit, after={"case": case.name, "date": facts.date}
        )
    return visit


def change_visit(
    *, member: Member, visit: Visit, facts: VisitFacts, seen: str | None = None
) -> Visit:
    """Rewrites a visit. Raises Conflict `version_behind`, Invalid, Missing."""
    _refuse_nameless(facts)
    with changing(member):
        found = fresh(member, visit)
        before = visit_state(found)
        refuse_outdated(before, seen)
        for name in VISIT_FIELDS:
            setattr(found, name, getattr(facts, name))
        found.save(update_fields=VISIT_FIELDS)
        record_change(
            member=member,
            row=found,
            noun=VISIT,
            before=before,
            after=visit_state(found),
            quiet=frozenset({"note"}),
        )
    return found


def remove_visit(*, member: Member, visit: Visit) -> None:
    """Hides a visit with its interviews. Raises Conflict `has_material` when one has some."""
    with changing(member):
        found = fresh(member, visit)
        _refuse_material(found.interviews.all())
        hide(member=member, row=found, noun=VISIT)
        for interview in found.interviews.filter(removed_at__isnull=True):
            hide(member=member, row=interview, noun=INTERVIEW)


def restore_visit(*, member: Member, visit: Visit) -> None:
    """Brings the visit back with the interviews that were hidden with it."""
    with changing(member):
        found = fresh(member, visit)
        if found.removed_at is None:
            return
        with_it = list(found.interviews.filter(removed_at__gte=found.removed_at))
        show(member=member, row=found, noun=VISIT)
        for interview in with_it:
            show(member=member, row=interview, noun=INTERVIEW)


def add_interview(
    *, member: Member, visit: Visit, facts: InterviewFacts, number: int | None = None
) -> Interview:
    """A new interview with the study's next number, or `number` when that is free.

    Raises Conflict `number_taken`, Invalid, Missing for foreign people and hidden visits.
    """
    with changing(member):
        visit = standing(member, visit)
        _refuse_strangers(visit, facts)
        interview = Interview.objects.create(
            study_id=member.study_id,
            visit=visit,
            number=_free_number(member, number),
            kit_version=_version(member, facts),
            **{name: getattr(facts, name) for name in INTERVIEW_FIELDS},
        )
        interview.participants.set(facts.participants)
        interview.interviewers.set(facts.interviewers)
        record_act(
            member,
            Action.CREATED,
            INTERVIEW,
            interview,
            after={"number": interview.number, "form": facts.form, "visit": str(visit.pk)},
        )
    return interview


def change_interview(
    *, member: Member, interview: Interview, facts: InterviewFacts, seen: str | None = None
) -> Interview:
    """Rewrites an interview. Raises Conflict `version_behind`, Invalid, Missing."""
    with changing(member):
        found = fresh(member, interview, "visit", "kit_version")
        _refuse_strangers(found.visit, facts)
        before = interview_state(found)
        refuse_outdated(before, seen)
        for name in INTERVIEW_FIELDS:
            setattr(found, name, getattr(facts, name))
        found.kit_version = _version(member, facts)
        found.save(update_fields=[*INTERVIEW_FIELDS, "kit_version"])
        found.participants.set(facts.participants)
        found.interviewers.set(facts.interviewers)
        record_change(
            member=member,
            row=found,
            noun=INTERVIEW,
            before=before,
            after=interview_state(found),
            # One made with its material is called as that is, often after a file.
            quiet=frozenset({"title"}),
        )
    return found


def remove_interview(*, member: Member, interview: Interview) -> None:
    """Hides an interview without material. Raises Conflict `has_material`."""
    with changing(member):
        found = fresh(member, interview, "visit")
        _refuse_material(Interview.objects.filter(pk=found.pk))
        hide(member=member, row=found, noun=INTERVIEW)


def restore_interview(*, member: Member, interview: Interview) -> None:
    """Raises Conflict `visit_removed` when its visit is hidden."""
    with changing(member):
        found = fresh(member, interview, "visit")
        if found.visit.removed_at is not None:
            raise Conflict(_("Its visit is removed. Restore the visit."), code="visit_removed")
        show(member=member, row=found, noun=INTERVIEW)


def _version(member: Member, facts: InterviewFacts) -> KitVersion | None:
    if facts.kit_version is None:
        return None
    found = KitVersion.objects.filter(
        kit__study_id=member.study_id, number=facts.kit_version
    ).first()
    if found is None:
        raise Missing
    return found


def _free_number(member: Member, number: int | None) -> int:
    taken = Interview.objects.filter(study_id=member.study_id)
    if number is None:
        return (taken.aggregate(last=Max("number"))["last"] or 0) + 1
    if taken.filter(number=number).exists():
        raise Conflict(
            _("Interview %(number)s is there already.") % {"number": number}, code="number_taken"
        )
    return number


def _refuse_nameless(facts: VisitFacts) -> None:
    if not (facts.title.strip() or facts.date or facts.date_text.strip()):
        raise Invalid(_("Give the visit a date or a title."), code="empty")


def _refuse_strangers(visit: Visit, facts: InterviewFacts) -> None:
    if not facts.title.strip():
        raise Invalid(_("Give the interview a title."), code="title")
    if any(person.case_id != visit.case_id for person in facts.participants):
        raise Invalid(_("A participant belongs to another case."), code="other_case")
    wanted = {user.pk for user in facts.interviewers}
    team = set(
        Member.objects.filter(study_id=visit.study_id, user_id__in=wanted).values_list(
            "user_id", flat=True
        )
    )
    if wanted - team:
        raise Invalid(_("An interviewer is not on the team."), code="not_on_team")


def _refuse_material(interviews: Any) -> None:
    if Document.objects.filter(interview__in=interviews, removed_at__isnull=True).exists():
        raise Conflict(
            _("It has material. Remove the material or give it another interview first."),
            code="has_material",
        )
