"""The name key: kept apart, looked up with a reason, and every look is told."""

from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError, connections

from interviews.models import Case
from tests.factories.field import make_participant
from tests.factories.studies import Cast, make_cast
from workbench.domain.names import forget_name, has_name, keep_name, look_up, looks_at
from workbench.errors import Conflict, Forbidden, Invalid, Missing
from workbench.keystore.models import Look
from workbench.models import HistoryEntry

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
NAME = "Else Krogh"
LABEL = "Hjælper 2"


@pytest.fixture
def person(cast: Cast, case: Case) -> UUID:
    """A participant whose name is kept."""
    made = make_participant(case)
    keep_name(member=cast.coder, participant=made.pk, real_name=NAME, label=LABEL)
    return made.pk


def test_a_lead_with_a_reason_sees_the_name_and_the_look_is_logged(
    cast: Cast, person: UUID
) -> None:
    assert (
        look_up(member=cast.lead, purpose=" ringe om citat ", participant=person, label=LABEL)
        == NAME
    )
    (look,) = looks_at(member=cast.lead, participant=person)
    assert (look.user_label, look.purpose) == ("lead", "ringe om citat")


def test_nobody_else_sees_the_name_or_who_looked(cast: Cast, person: UUID) -> None:
    for member in (cast.coder, cast.reader):
        with pytest.raises(Forbidden):
            look_up(member=member, purpose="nysgerrig", participant=person, label=LABEL)
        with pytest.raises(Forbidden):
            looks_at(member=member, participant=person)
    assert not Look.objects.exists()


def test_no_reason_no_name(cast: Cast, person: UUID) -> None:
    with pytest.raises(Invalid):
        look_up(member=cast.lead, purpose="  ", participant=person, label=LABEL)


def test_a_lead_of_another_study_finds_nothing(cast: Cast, person: UUID) -> None:
    other = make_cast("other", prefix="other-").lead
    with pytest.raises(Missing):
        look_up(member=other, purpose="hvorfor ikke", participant=person, label=LABEL)
    assert looks_at(member=cast.lead, participant=person) == []


@pytest.mark.parametrize("full", ["keystore", "default"])
def test_a_look_that_cannot_be_told_shows_nothing(cast: Cast, person: UUID, full: str) -> None:
    def execute(go_on: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE")):
            raise OperationalError("database or disk is full")
        return go_on(sql, *rest)

    with connections[full].execute_wrapper(execute), pytest.raises(OperationalError):
        look_up(member=cast.lead, purpose="ringe", participant=person, label=LABEL)


def test_erasing_takes_the_name_and_leaves_the_log(cast: Cast, person: UUID) -> None:
    look_up(member=cast.lead, purpose="ringe om citat", participant=person, label=LABEL)
    forget_name(member=cast.lead, participant=person, label=LABEL)
    assert not has_name(member=cast.lead, participant=person)
    assert len(looks_at(member=cast.lead, participant=person)) == 1


def test_history_holds_no_name(cast: Cast, person: UUID) -> None:
    look_up(member=cast.lead, purpose="ringe om citat", participant=person, label=LABEL)
    entries = HistoryEntry.objects.filter(study=cast.study).order_by("number")
    assert [each.action for each in entries.filter(subject=person)] == [
        "name_kept",
        "name_seen",
    ]
    assert not any(NAME in f"{each.label}{each.before}{each.after}" for each in entries)


@pytest.mark.parametrize("guess", [NAME, "Else Krag"])
def test_who_may_not_read_names_replaces_none_and_learns_nothing_by_trying(
    cast: Cast, person: UUID, guess: str
) -> None:
    with pytest.raises(Conflict) as refused:
        keep_name(member=cast.coder, participant=person, real_name=guess, label=LABEL)
    assert refused.value.code == "name_kept"
    keep_name(member=cast.lead, participant=person, real_name="Else Krag", label=LABEL)
    seen = look_up(member=cast.lead, participant=person, label=LABEL, purpose="ringe")
    assert seen == "Else Krag"
