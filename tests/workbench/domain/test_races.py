"""Two people at once in studies, teams and names: each decides on what the one before left."""

from functools import partial

import pytest

from tests.factories.field import make_participant
from tests.factories.races import Field, Race, RaceAt, refusal
from tests.factories.studies import PASSWORD, make_cast, make_user
from workbench.domain.invitations import accept, invite
from workbench.domain.names import keep_name
from workbench.domain.studies import add_member, change_role, remove_member, start_study
from workbench.enums import Role
from workbench.keystore import names
from workbench.models import Invitation, Member, Study

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keystore"])


def keeping_one_name_twice(at: Field) -> Race:
    person = make_participant(at.case)
    keep = partial(keep_name, participant=person.pk, real_name="Else Krogh", label="Hjælper 2")
    return Race(
        first=lambda: keep(member=at.lead),
        second=lambda: keep(member=at.lead),
        stands=lambda: names.kept_ids() == {person.pk},
    )


def starting_two_studies_of_one_title(at: Field) -> Race:
    start = partial(start_study, title="Tavlen")
    return Race(
        first=lambda: start(owner=at.lead.user),
        second=lambda: start(owner=at.coder.user),
        stands=lambda: set(Study.objects.values_list("slug", flat=True)) >= {"tavlen", "tavlen-2"},
    )


def adding_one_member_twice(at: Field) -> Race:
    add = partial(add_member, study=at.cast.study, actor=at.lead.user, user=at.cast.stranger)
    return Race(
        first=lambda: add(role=Role.CODER),
        second=lambda: add(role=Role.READER),
        stands=lambda: Member.objects.filter(user=at.cast.stranger).get().role == Role.CODER,
        refused="conflict",
    )


def two_leads_who_send_each_other_away(at: Field) -> Race:
    other = add_member(
        study=at.cast.study, actor=at.lead.user, user=make_user("other"), role=Role.LEAD
    )
    return Race(
        first=lambda: remove_member(actor=at.lead, member=other),
        second=lambda: change_role(actor=other, member=at.lead, role=Role.CODER),
        stands=lambda: Member.objects.get(role=Role.LEAD).pk == at.lead.pk,
        refused="last_lead",
    )


def accepting_one_invitation_twice(at: Field) -> Race:
    _invitation, secret = invite(actor=at.lead, email="ny@example.org", role=Role.CODER)
    join = partial(accept, secret=secret, name="Ny", password=PASSWORD)
    return Race(
        first=lambda: join(username="ny"),
        second=lambda: join(username="nyere"),
        stands=lambda: Member.objects.filter(user__email="ny@example.org").count() == 1,
        refused="gone",
    )


def taking_one_user_name_from_two_studies(at: Field) -> Race:
    leads = at.lead, make_cast("other", prefix="other-").lead
    secrets = [
        invite(actor=lead, email=f"{lead.user.username}@ny.org", role=Role.CODER)[1]
        for lead in leads
    ]
    join = partial(accept, username="ny", name="Ny", password=PASSWORD)
    return Race(
        first=lambda: join(secret=secrets[0]),
        second=lambda: join(secret=secrets[1]),
        stands=lambda: Member.objects.get(user__username="ny").study_id == at.cast.study.pk,
        refused="username",
    )


def inviting_one_person_twice(at: Field) -> Race:
    ask = partial(invite, email="ny@example.org")
    return Race(
        first=lambda: ask(actor=at.lead, role=Role.CODER),
        second=lambda: ask(actor=at.lead, role=Role.READER),
        stands=lambda: Invitation.objects.get().role == Role.READER,
    )


RACES: list[RaceAt] = [
    keeping_one_name_twice,
    starting_two_studies_of_one_title,
    adding_one_member_twice,
    two_leads_who_send_each_other_away,
    accepting_one_invitation_twice,
    taking_one_user_name_from_two_studies,
    inviting_one_person_twice,
]


@pytest.mark.parametrize("of", RACES, ids=lambda of: of.__name__)
def test_two_at_once_end_as_one_after_the_other(of: RaceAt, field: Field) -> None:
    race = of(field)
    assert refusal(race) == race.refused
    assert race.stands()
