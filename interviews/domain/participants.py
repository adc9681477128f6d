"""Verbs of participants: pseudonyms with a role; their names go to the name key alone."""

import datetime
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from interviews.enums import Consent, ParticipantRole
from interviews.models import Case, Participant
from workbench.domain.changing import changing
from workbench.domain.names import forget_name, keep_name
from workbench.domain.rows import (
    fresh,
    hide,
    next_order,
    record_change,
    refuse_outdated,
    show,
    standing,
)
from workbench.errors import Conflict, Invalid, Missing
from workbench.history.actions import Action
from workbench.history.record import record
from workbench.keystore import names
from workbench.models import HistoryEntry, Member

NOUN = "participant"
QUIET = frozenset({"consent_note"})


@dataclass(frozen=True)
class Person:
    """What is known of a participant; `driving` None: not known whether they drove the effort."""

    pseudonym: str
    role: ParticipantRole = ParticipantRole.EMPLOYEE
    printed_label: str = ""
    driving: bool | None = None
    consent: Consent = Consent.PENDING
    consent_date: datetime.date | None = None
    consent_note: str = ""


FIELDS = tuple(Person.__dataclass_fields__)


def participant_of(*, member: Member, case: Case, participant_id: UUID) -> Participant:
    """A live participant of that case of the member's study. Raises Missing."""
    found = (
        Participant.objects.select_related("case", "study")
        .filter(pk=participant_id, case=case, study_id=member.study_id, removed_at__isnull=True)
        .first()
    )
    if found is None:
        raise Missing
    return found


def state_of(participant: Participant) -> dict[str, Any]:
    return {name: getattr(participant, name) for name in FIELDS}


def add_participant(
    *,
    member: Member,
    case: Case,
    person: Person,
    real_name: str = "",
    participant_id: UUID | None = None,
) -> Participant:
    """A new participant; the same id again gives the one that is there.

    A `real_name` is kept in the name key before the participant is made, and taken back when
    making it fails. Raises Conflict `pseudonym_taken`, `different_request` for an id that another
    participant has, Invalid, Missing for a foreign or hidden case.
    """
    person = _clean(person)
    pk = participant_id or uuid4()
    with changing(member):
        case = standing(member, case)
        if known := Participant.objects.filter(pk=pk).first():
            return _known_again(known, case)
        _refuse_taken(case, person.pseudonym)
        if real_name.strip():
            keep_name(member=member, participant=pk, real_name=real_name, label=person.pseudonym)
        try:
            return _create(member, case, pk, person)
        except Exception:
            names.erase(participant=pk, study=member.study_id)
            raise


def _known_again(known: Participant, case: Case) -> Participant:
    if known.case_id != case.pk:
        raise Conflict(_("This id is taken."), code="different_request")
    return known


def _create(member: Member, case: Case, pk: UUID, person: Person) -> Participant:
    participant = Participant.objects.create(
        pk=pk,
        study_id=member.study_id,
        case=case,
        order=next_order(Participant.objects.filter(case=case)),
        **asdict(person),
    )
    record(
        study=member.study,
        actor=member.user,
        action=Action.CREATED,
        noun=NOUN,
        subject=pk,
        label=person.pseudonym,
        after={"case": case.name, "role": person.role, "consent": person.consent},
    )
    return participant


def change_participant(
    *, member: Member, participant: Participant, person: Person, seen: str | None = None
) -> Participant:
    """Rewrites a participant. Raises Conflict `version_behind` or `pseudonym_taken`, Invalid."""
    person = _clean(person)
    with changing(member):
        found = fresh(member, participant, "case")
        before = state_of(found)
        refuse_outdated(before, seen)
        _refuse_taken(found.case, person.pseudonym, but=found)
        for name in FIELDS:
            setattr(found, name, getattr(person, name))
        found.save(update_fields=FIELDS)
        record_change(
            member=member,
            row=found,
            noun=NOUN,
            before=before,
            after=state_of(found),
            quiet=QUIET,
        )
    return found


def remove_participant(*, member: Member, participant: Participant) -> None:
    """Hides the participant; what they said stays. The name is kept until it is erased."""
    with changing(member):
        hide(member=member, row=fresh(member, participant, "case"), noun=NOUN)


def restore_participant(*, member: Member, participant: Participant) -> None:
    """Raises Conflict `pseudonym_taken` when another has the pseudonym by now."""
    with changing(member):
        found = fresh(member, participant, "case")
        _refuse_taken(found.case, found.pseudonym, but=found)
        show(member=member, row=found, noun=NOUN)


def purge_name(*, member: Member, participant: Participant) -> None:
    """Erases the participant's name for good. Raises Forbidden, Missing."""
    if participant.study_id != member.study_id:
        raise Missing
    forget_name(member=member, participant=participant.pk, label=participant.pseudonym)


def stands_alone(*, participant: Participant) -> bool:
    """Whether nobody else at the workplace is printed with the same label: readers there may
    know who it is."""
    others = Participant.objects.filter(
        case_id=participant.case_id, removed_at__isnull=True
    ).exclude(pk=participant.pk)
    label = participant.printed_label.strip().casefold()
    if not label:
        return not others.filter(role=participant.role, printed_label="").exists()
    # SQLite folds only ASCII letters, so the labels are compared here.
    printed = others.exclude(printed_label="").values_list("printed_label", flat=True)
    return label not in {other.strip().casefold() for other in printed}


@dataclass(frozen=True)
class KeystoreReport:
    """Ids that stand on one side only. `unkeyed`: history says a name was kept, none is there."""

    keys_without_participant: tuple[UUID, ...] = ()
    unkeyed: tuple[UUID, ...] = ()

    @property
    def is_whole(self) -> bool:
        return not self.keys_without_participant and not self.unkeyed


def verify_keystore() -> KeystoreReport:
    """Compares name key and participants both ways, over all studies."""
    keys = names.kept_ids()
    participants = set(Participant.objects.values_list("pk", flat=True))
    last: dict[UUID, str] = {}
    told = HistoryEntry.objects.filter(
        noun=NOUN, action__in=[Action.NAME_KEPT, Action.NAME_FORGOTTEN]
    )
    for subject, action in told.order_by("study_id", "number").values_list("subject", "action"):
        last[subject] = action
    named = {subject for subject, action in last.items() if action == Action.NAME_KEPT}
    return KeystoreReport(
        keys_without_participant=tuple(sorted(keys - participants)),
        unkeyed=tuple(sorted((named & participants) - keys)),
    )


def _clean(person: Person) -> Person:
    pseudonym = " ".join(person.pseudonym.split())
    if not pseudonym or len(pseudonym) > 100:
        raise Invalid(_("Give a pseudonym of at most 100 characters."), code="pseudonym")
    return Person(**{**asdict(person), "pseudonym": pseudonym})


def _refuse_taken(case: Case, pseudonym: str, *, but: Participant | None = None) -> None:
    taken = Participant.objects.filter(case=case, pseudonym=pseudonym, removed_at__isnull=True)
    if but is not None:
        taken = taken.exclude(pk=but.pk)
    if taken.exists():
        raise Conflict(
            _("“%(pseudonym)s” is in this case already.") % {"pseudonym": pseudonym},
            code="pseudonym_taken",
        )
