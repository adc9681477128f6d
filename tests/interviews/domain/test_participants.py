"""Participants, and the names that stand apart from them."""

from typing import Any
from uuid import uuid4

import pytest

from interviews.domain import participants
from interviews.domain.participants import (
    Person,
    add_participant,
    change_participant,
    participant_of,
    purge_name,
    remove_participant,
    restore_participant,
    stands_alone,
    state_of,
    verify_keystore,
)
from interviews.enums import Consent, ParticipantRole
from interviews.models import Case, Participant
from tests.factories.field import make_case, make_participant
from tests.factories.studies import Cast, make_cast
from workbench.domain.rows import seal
from workbench.errors import Conflict, Invalid, Missing
from workbench.keystore import names
from workbench.keystore.models import NameKey
from workbench.models import HistoryEntry

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
NAME = "Else Krogh Vestergaard"


def test_a_name_goes_to_the_name_key_and_nowhere_else(cast: Cast, case: Case) -> None:
    person = add_participant(
        member=cast.coder, case=case, person=Person("Leder"), real_name=f"  {NAME} "
    )
    assert NameKey.objects.get(participant=person.pk).real_name == NAME
    told = HistoryEntry.objects.filter(subject=person.pk).values_list("action", flat=True)
    assert list(told.order_by("number")) == ["name_kept", "created"]
    for entry in HistoryEntry.objects.all():
        assert NAME not in str((entry.label, entry.before, entry.after))


def test_the_same_id_twice_is_one_participant(cast: Cast, case: Case) -> None:
    pk = uuid4()
    for _time in range(2):
        add_participant(
            member=cast.coder,
            case=case,
            person=Person("Leder"),
            real_name=NAME,
            participant_id=pk,
        )
    assert Participant.objects.count() == NameKey.objects.count() == 1


def test_an_id_of_another_case_is_refused_and_its_name_stays(cast: Cast, case: Case) -> None:
    theirs = add_participant(member=cast.coder, case=case, person=Person("Leder"), real_name=NAME)
    other = make_cast("other", prefix="other-")
    for member, elsewhere in (
        (cast.coder, make_case(cast.lead, key="andet")),
        (other.coder, make_case(other.lead)),
    ):
        with pytest.raises(Conflict) as refused:
            add_participant(
                member=member,
                case=elsewhere,
                person=Person("Vagt"),
                real_name="En anden",
                participant_id=theirs.pk,
            )
        assert refused.value.code == "different_request"
    assert NameKey.objects.get().real_name == NAME


def test_a_taken_pseudonym_leaves_no_name_behind(cast: Cast, case: Case) -> None:
    make_participant(case, "Leder")
    with pytest.raises(Conflict) as refused:
        add_participant(member=cast.coder, case=case, person=Person("Leder"), real_name=NAME)
    assert refused.value.code == "pseudonym_taken"
    assert not NameKey.objects.exists()


def test_a_participant_that_cannot_be_made_leaves_no_name_behind(
    cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*arguments: Any, **named: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(participants, "record", breaks)
    with pytest.raises(RuntimeError):
        add_participant(member=cast.coder, case=case, person=Person("Leder"), real_name=NAME)
    assert not NameKey.objects.exists()
    assert not Participant.objects.exists()


@pytest.mark.parametrize("pseudonym", ["", "   ", "x" * 101])
def test_a_pseudonym_has_1_to_100_characters(cast: Cast, case: Case, pseudonym: str) -> None:
    with pytest.raises(Invalid):
        add_participant(member=cast.coder, case=case, person=Person(pseudonym))


def test_the_second_of_two_writers_is_shown_both_versions(cast: Cast, case: Case) -> None:
    person = make_participant(case)
    seen = seal(state_of(person))
    change_participant(
        member=cast.coder, participant=person, person=Person("Hjælper 2", driving=True), seen=seen
    )
    with pytest.raises(Conflict) as refused:
        change_participant(
            member=cast.lead, participant=person, person=Person("Hjælper to"), seen=seen
        )
    assert refused.value.details["theirs"]["driving"] is True


def test_history_keeps_the_note_on_consent_out(cast: Cast, case: Case) -> None:
    person = make_participant(case)
    change_participant(
        member=cast.coder,
        participant=person,
        person=Person("Hjælper 2", consent=Consent.GIVEN, consent_note="Sagt til Else"),
    )
    entry = HistoryEntry.objects.get(noun="participant", action="changed")
    assert entry.after == {"consent": "given", "changed": ["consent_note"]}


def test_a_hidden_participant_comes_back_unless_the_pseudonym_is_taken(
    cast: Cast, case: Case
) -> None:
    person = make_participant(case)
    remove_participant(member=cast.coder, participant=person)
    with pytest.raises(Missing):
        participant_of(member=cast.coder, case=case, participant_id=person.pk)
    other = add_participant(member=cast.coder, case=case, person=Person("Hjælper 2"))
    with pytest.raises(Conflict):
        restore_participant(member=cast.coder, participant=person)
    remove_participant(member=cast.coder, participant=other)
    restore_participant(member=cast.coder, participant=person)
    assert participant_of(member=cast.coder, case=case, participant_id=person.pk) == person


def test_a_participant_is_found_only_in_their_own_case(cast: Cast, case: Case) -> None:
    person = make_participant(case)
    with pytest.raises(Missing):
        participant_of(
            member=cast.lead, case=make_case(cast.lead, "andet"), participant_id=person.pk
        )
    other = make_cast("other", prefix="other-")
    with pytest.raises(Missing):
        purge_name(member=other.lead, participant=person)


@pytest.mark.parametrize(
    ("mine", "theirs", "alone"),
    [
        ({"printed_label": "Ældre hjælper"}, {"printed_label": "ældre HJÆLPER "}, False),
        ({"printed_label": "Leder"}, {"printed_label": "Hjælper"}, True),
        ({}, {}, False),
        ({}, {"role": ParticipantRole.LEADER}, True),
        ({}, {"printed_label": "Hjælper"}, True),
    ],
)
def test_a_label_that_only_one_person_here_has_is_told(
    case: Case, mine: dict[str, str], theirs: dict[str, str], alone: bool
) -> None:
    person = make_participant(case, "A", **mine)
    make_participant(case, "B", **theirs)
    assert stands_alone(participant=person) is alone


def test_verifying_finds_what_stands_on_one_side_only(cast: Cast, case: Case) -> None:
    whole = add_participant(member=cast.coder, case=case, person=Person("Leder"), real_name=NAME)
    lost = add_participant(member=cast.coder, case=case, person=Person("TR"), real_name="Bo Friis")
    erased = add_participant(member=cast.coder, case=case, person=Person("AMR"), real_name="Ida B")
    make_participant(case, "Uden navn")
    purge_name(member=cast.lead, participant=erased)
    assert verify_keystore().is_whole
    names.erase(participant=lost.pk, study=cast.study.pk)
    nobody = uuid4()
    names.keep(participant=nobody, study=cast.study.pk, real_name="Ingen")
    report = verify_keystore()
    assert report.keys_without_participant == (nobody,)
    assert report.unkeyed == (lost.pk,)
    assert whole.pk not in report.unkeyed
