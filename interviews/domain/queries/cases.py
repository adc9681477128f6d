"""Cases as pages read them: with what is known of each, in a fixed number of queries."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.functional import Promise

from interviews.domain.queries.labels import CONSENTS, PARTICIPANT_ROLES
from interviews.enums import Consent, ParticipantRole
from interviews.models import Case, Contact, Document, Interview, Participant, Recording, Visit
from workbench.models import Member


@dataclass(frozen=True)
class CaseRow:
    """A case with its counts; `words` are those of the material's current texts."""

    case: Case
    people: int
    interviews: int
    documents: int
    coded: int
    words: int


@dataclass(frozen=True)
class RoleCount:
    label: Promise
    count: int


@dataclass(frozen=True)
class CaseHeader:
    """`roles` in the order of the roles; `driving` people drove the effort."""

    roles: tuple[RoleCount, ...]
    people: int
    driving: int
    visits: int
    interviews: int
    documents: int
    contacts: int


@dataclass(frozen=True)
class PersonRow:
    """A participant; `alone`: nobody else here is printed with the same label."""

    participant: Participant
    role: Promise
    consent: Promise
    interviews: int
    alone: bool


def live_cases(member: Member) -> QuerySet[Case]:
    return Case.objects.filter(study_id=member.study_id, removed_at__isnull=True)


def case_rows(member: Member) -> list[CaseRow]:
    """The live cases in order, with their counts. One query."""
    of_case = Document.objects.filter(case=OuterRef("pk"), removed_at__isnull=True)
    cases = live_cases(member).annotate(
        people=_count(Participant.objects.filter(case=OuterRef("pk"), removed_at__isnull=True)),
        interviews=_count(
            Interview.objects.filter(visit__case=OuterRef("pk"), removed_at__isnull=True), "visit"
        ),
        documents_live=_count(of_case),
        coded=_count(of_case.filter(coded_at__isnull=False)),
        words=_total(of_case, "current_revision__words"),
    )
    return [
        CaseRow(
            case=case,
            people=case.people,
            interviews=case.interviews,
            documents=case.documents_live,
            coded=case.coded,
            words=case.words,
        )
        for case in cases
    ]


def _count(rows: QuerySet[Any], through: str = "") -> Coalesce:
    group = f"{through}__case" if through else "case"
    counted = rows.order_by().values(group).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _total(rows: QuerySet[Any], field: str) -> Coalesce:
    summed = rows.order_by().values("case").annotate(n=Sum(field)).values("n")
    return Coalesce(Subquery(summed, output_field=IntegerField()), 0)


def case_header(case: Case) -> CaseHeader:
    """What stands above every tab of a case. Five queries."""
    people = list(
        Participant.objects.filter(case=case, removed_at__isnull=True).values_list(
            "role", "driving"
        )
    )
    by_role = Counter(role for role, _driving in people)
    return CaseHeader(
        roles=tuple(
            RoleCount(PARTICIPANT_ROLES[role], by_role[role])
            for role in ParticipantRole
            if by_role[role]
        ),
        people=len(people),
        driving=sum(driving is True for _role, driving in people),
        visits=Visit.objects.filter(case=case, removed_at__isnull=True).count(),
        interviews=Interview.objects.filter(visit__case=case, removed_at__isnull=True).count(),
        documents=Document.objects.filter(case=case, removed_at__isnull=True).count(),
        contacts=Contact.objects.filter(candidate__case=case, removed_at__isnull=True).count(),
    )


def person_rows(case: Case) -> list[PersonRow]:
    """The live participants of a case. One query."""
    people = list(
        Participant.objects.filter(case=case, removed_at__isnull=True)
        .annotate(talks=Count("interviews", filter=Q(interviews__removed_at__isnull=True)))
        # Counting drops the order that these rows have by themselves.
        .order_by("order", "pseudonym")
    )
    labels = Counter(_printed(person) for person in people)
    return [
        PersonRow(
            participant=person,
            role=PARTICIPANT_ROLES[ParticipantRole(person.role)],
            consent=CONSENTS[Consent(person.consent)],
            interviews=person.talks,
            alone=labels[_printed(person)] == 1,
        )
        for person in people
    ]


def _printed(person: Participant) -> tuple[str, str]:
    label = person.printed_label.strip().casefold()
    return ("", label) if label else (person.role, "")


def visit_rows(case: Case) -> list[Visit]:
    """The live visits with `talks`: their live interviews with people, material and `sound`.

    6 queries.
    """
    documents = Document.objects.filter(removed_at__isnull=True).order_by("title")
    talks = (
        Interview.objects.filter(removed_at__isnull=True)
        .select_related("kit_version")
        .order_by("number")
        .prefetch_related(
            Prefetch(
                "participants",
                Participant.objects.filter(removed_at__isnull=True),
                to_attr="people",
            ),
            "interviewers",
            Prefetch("documents", documents, to_attr="material"),
            Prefetch("recordings", Recording.objects.filter(removed_at=None), to_attr="sound"),
        )
    )
    visits = Visit.objects.filter(case=case, removed_at__isnull=True).order_by(
        F("date").asc(nulls_last=True), "created_at"
    )
    return list(visits.prefetch_related(Prefetch("interviews", talks, to_attr="talks")))


def material_rows(case: Case) -> list[Document]:
    """The live material of a case with interview and length. One query."""
    return list(
        Document.objects.filter(case=case, removed_at__isnull=True)
        .select_related("interview")
        .annotate(words=F("current_revision__words"))
        .order_by(F("date").asc(nulls_last=True), "title")
    )


@dataclass(frozen=True)
class Removed:
    """Something that was hidden, as its undo names it: the words of its restoring address."""

    noun: str
    label: str
    keys: dict[str, Any]


def removed_row(member: Member, case: Case | None, mark: str) -> Removed | None:
    """What `?removed=noun.uuid` names, while it is still hidden; cases when `case` is None."""
    noun, _dot, raw = mark.partition(".")
    within: dict[str, tuple[Any, dict[str, Any]]] = {
        "participant": (Participant, {"case": case}),
        "visit": (Visit, {"case": case}),
        "interview": (Interview, {"visit__case": case}),
    }
    model, narrow = (Case, {}) if case is None else within.get(noun, (None, {}))
    try:
        pk = UUID(raw)
    except ValueError:
        return None
    if model is None:
        return None
    row = model.objects.filter(
        pk=pk, study_id=member.study_id, removed_at__isnull=False, **narrow
    ).first()
    if row is None:
        return None
    keys = {"key": row.key} if case is None else {"key": case.key, noun: row.pk}
    return Removed("case" if case is None else noun, str(row), keys)
