"""The team: adding, inviting, changing roles, removing; and that somebody always leads."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.studies import PASSWORD, Cast, make_cast, make_user
from workbench.enums import Role
from workbench.models import HistoryEntry, Invitation, Member, User

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
SignIn = Callable[[User | Member], Client]
TEAM = "/studies/study/members/"
ASKED = {"person": "New@Example.org", "role": "coder"}
ANSWER = {"name": "Ny Kollega", "username": "ny", "password": "a wholly new secret"}


def link_in(content: bytes) -> str:
    found = re.search(r"http://testserver(/invitation/[\w-]+/)", content.decode())
    assert found
    return found[1]


@pytest.fixture
def link(cast: Cast, sign_in: SignIn) -> str:
    return link_in(sign_in(cast.lead).post(TEAM, ASKED).content)


def role_of(member: Member) -> str | None:
    return Member.objects.filter(pk=member.pk).values_list("role", flat=True).first()


@pytest.mark.parametrize("person", ["stranger", "stranger@example.org", " STRANGER@example.org "])
def test_somebody_with_an_account_is_added_once_the_lead_has_seen_who_it_is(
    cast: Cast, sign_in: SignIn, person: str
) -> None:
    client, wanted = sign_in(cast.lead), {"person": person, "role": "reader"}
    page = client.post(TEAM, wanted)
    assert page.status_code == 200
    assert "Stranger (stranger)" in page.content.decode()
    assert not Member.objects.filter(study=cast.study, user=cast.stranger).exists()
    answer = client.post(TEAM, {**wanted, "account": str(cast.stranger.pk)})
    assert answer.status_code == 302
    assert Member.objects.get(study=cast.study, user=cast.stranger).role == Role.READER
    assert HistoryEntry.objects.filter(study=cast.study, action="joined").latest("number").label


@pytest.mark.parametrize("account", ["", "nobody", "00000000-0000-4000-8000-000000000000"])
def test_nobody_is_added_whom_the_lead_has_not_seen(
    cast: Cast, sign_in: SignIn, account: str
) -> None:
    wanted = {"person": "stranger", "role": "lead", "account": account}
    assert sign_in(cast.lead).post(TEAM, wanted).status_code == 200
    assert not Member.objects.filter(study=cast.study, user=cast.stranger).exists()


def test_a_user_name_that_looks_like_an_address_is_not_taken_for_it(
    cast: Cast, sign_in: SignIn
) -> None:
    """Made before such names were refused: its owner chose it, and need not own the address."""
    poser = make_user("prof@uni.example")
    User.objects.filter(pk=poser.pk).update(email="")
    answer = sign_in(cast.lead).post(TEAM, {"person": "prof@uni.example", "role": "lead"})
    assert link_in(answer.content)
    assert Invitation.objects.get().email == "prof@uni.example"
    assert not Member.objects.filter(user=poser).exists()


def test_an_invited_person_chooses_no_address_as_user_name(cast: Cast, link: str) -> None:
    answer = Client().post(link, {**ANSWER, "username": "prof@uni.example"})
    assert b"field-error" in answer.content
    assert not User.objects.filter(username__contains="@").exists()


def test_nobody_is_on_the_team_twice(cast: Cast, sign_in: SignIn) -> None:
    client, wanted = sign_in(cast.lead), {"person": "coder", "role": "lead"}
    assert b"field-error" in client.post(TEAM, wanted).content
    assert b"field-error" in client.post(TEAM, {**wanted, "account": cast.coder.user_id}).content
    assert role_of(cast.coder) == Role.CODER


def test_who_signs_in_by_which_name_is_shown_to_leads_alone(cast: Cast, sign_in: SignIn) -> None:
    User.objects.filter(pk=cast.coder.user_id).update(name="Mette Hansen", username="mh-1976")
    assert b"mh-1976" in sign_in(cast.lead).get(TEAM).content
    for person in (cast.coder, cast.reader):
        assert b"Mette Hansen" in sign_in(person).get(TEAM).content
        assert b"mh-1976" not in sign_in(person).get(TEAM).content


@pytest.mark.parametrize("person", ["", "nobody", "no@address", "@", "x" * 300])
def test_who_cannot_be_found_or_invited_is_told_of(
    cast: Cast, sign_in: SignIn, person: str
) -> None:
    answer = sign_in(cast.lead).post(TEAM, {"person": person, "role": "coder"})
    assert answer.status_code == 200
    assert b"field-error" in answer.content
    assert not Invitation.objects.exists()


def test_a_role_is_changed_and_told_of(cast: Cast, sign_in: SignIn) -> None:
    address = reverse("member_role", kwargs={"slug": "study", "member": cast.coder.pk})
    assert sign_in(cast.lead).post(address, {"role": "lead"}).status_code == 302
    assert role_of(cast.coder) == Role.LEAD
    entry = HistoryEntry.objects.get(subject=cast.coder.pk, action="changed")
    assert (entry.before, entry.after) == ({"role": "coder"}, {"role": "lead"})
    assert sign_in(cast.lead).post(address, {"role": "emperor"}).status_code == 400


def test_each_of_the_team_has_a_place_of_their_own_in_the_order_of_joining(cast: Cast) -> None:
    make_cast("other", prefix="other-")
    team = Member.objects.filter(study=cast.study).with_place().order_by("created_at", "pk")
    assert [each.place for each in team] == list(range(team.count()))  # type: ignore[attr-defined]


def test_the_only_lead_is_told_why_their_role_stays(cast: Cast, sign_in: SignIn) -> None:
    def page_of(member: Member) -> str:
        return sign_in(member).get(TEAM, headers={"Accept-Language": "en"}).content.decode()

    address = reverse("member_role", kwargs={"slug": "study", "member": cast.lead.pk})
    assert address not in page_of(cast.lead)
    assert "A study needs a project lead." in page_of(cast.lead)
    assert "A study needs a project lead." not in page_of(cast.reader)
    Member.objects.filter(pk=cast.coder.pk).update(role=Role.LEAD)
    assert address in page_of(cast.lead)


def test_the_last_lead_neither_leaves_nor_steps_down(cast: Cast, sign_in: SignIn) -> None:
    """The page does not offer it; another lead may have gone since it was opened."""
    client = sign_in(cast.lead)
    for name, data in (("member_remove", {}), ("member_role", {"role": "reader"})):
        address = reverse(name, kwargs={"slug": "study", "member": cast.lead.pk})
        answer = client.post(address, data)
        assert answer.status_code == 409
        assert b"field-error" in answer.content
    assert role_of(cast.lead) == Role.LEAD


def test_a_removed_member_finds_nothing_and_their_work_stays(cast: Cast, sign_in: SignIn) -> None:
    address = reverse("member_remove", kwargs={"slug": "study", "member": cast.coder.pk})
    assert sign_in(cast.lead).post(address).status_code == 302
    assert role_of(cast.coder) is None
    assert sign_in(cast.coder.user).get("/studies/study/").status_code == 404


def test_a_member_of_another_study_is_out_of_reach(cast: Cast, sign_in: SignIn) -> None:
    other = make_cast("other", prefix="other-")
    address = reverse("member_remove", kwargs={"slug": "study", "member": other.coder.pk})
    assert sign_in(cast.lead).post(address).status_code == 404
    assert role_of(other.coder) == Role.CODER


def test_an_invited_person_makes_an_account_and_is_on_the_team(cast: Cast, link: str) -> None:
    client = Client()
    assert client.get(link).status_code == 200
    answer = client.post(link, ANSWER)
    assert answer.headers["Location"] == "/studies/study/"
    assert client.get("/studies/study/").status_code == 200
    member = Member.objects.select_related("user").get(study=cast.study, user__username="ny")
    assert (member.role, member.user.email) == (Role.CODER, "new@example.org")
    cache.clear()
    signing_in = {"login": "new@example.org", "password": ANSWER["password"]}
    assert Client().post("/account/login/", signing_in).status_code == 302


def test_an_invitation_works_once(link: str) -> None:
    Client().post(link, ANSWER)
    again = Client().post(link, {**ANSWER, "username": "another"})
    assert again.status_code == 410
    assert not User.objects.filter(username="another").exists()


def test_an_invitation_too_old_withdrawn_or_made_up_is_gone(
    cast: Cast, sign_in: SignIn, link: str
) -> None:
    Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert Client().get(link).status_code == 410
    assert Client().get("/invitation/made-up/").status_code == 410
    other = {**ASKED, "person": "other@example.org"}
    link = link_in(sign_in(cast.lead).post(TEAM, other).content)
    # The address of the one that ran out is not kept.
    assert Invitation.objects.get().email == "other@example.org"
    assert Client().get(link).status_code == 200
    address = reverse(
        "invitation_withdraw", kwargs={"slug": "study", "invitation": Invitation.objects.get().pk}
    )
    assert sign_in(cast.coder).post(address).status_code == 403
    assert sign_in(cast.lead).post(address).status_code == 302
    assert Client().get(link).status_code == 410


def test_inviting_again_makes_a_new_link_and_ends_the_old_one(
    cast: Cast, sign_in: SignIn, link: str
) -> None:
    newer = link_in(sign_in(cast.lead).post(TEAM, {**ASKED, "role": "reader"}).content)
    assert Client().get(link).status_code == 410
    assert Client().get(newer).status_code == 200
    assert Invitation.objects.get().role == Role.READER


def test_an_invitation_ends_with_the_lead_who_made_it(cast: Cast, link: str) -> None:
    Member.objects.filter(pk=cast.coder.pk).update(role=Role.LEAD)
    Member.objects.filter(pk=cast.lead.pk).update(role=Role.READER)
    assert Client().get(link).status_code == 410


def test_the_link_is_shown_once_and_kept_nowhere(cast: Cast, sign_in: SignIn, link: str) -> None:
    page = sign_in(cast.lead).get(TEAM).content.decode()
    assert "new@example.org" in page
    assert b"new@example.org" not in sign_in(cast.lead).get("/studies/study/history/").content
    secret = link.split("/")[2]
    assert secret not in page
    assert not Invitation.objects.filter(digest=secret).exists()
    assert b"new@example.org" not in sign_in(cast.reader).get(TEAM).content


def test_taken_names_weak_passwords_and_known_addresses_are_told_of(cast: Cast, link: str) -> None:
    for field, value in (("username", "CODER"), ("password", "12345678"), ("password", "short")):
        answer = Client().post(link, {**ANSWER, field: value})
        assert answer.status_code in (200, 409)
        assert b"field-error" in answer.content
    make_user("meanwhile")
    User.objects.filter(username="meanwhile").update(email="NEW@example.org")
    assert Client().post(link, ANSWER).status_code == 409
    assert not User.objects.filter(username="ny").exists()


def test_somebody_signed_in_is_asked_to_sign_out_first(
    cast: Cast, sign_in: SignIn, link: str
) -> None:
    assert sign_in(cast.stranger).get(link).status_code == 409
    assert Invitation.objects.exists()


def test_a_person_keeps_their_password_out_of_the_page(cast: Cast, link: str) -> None:
    answer = Client().post(link, {**ANSWER, "username": ""})
    assert ANSWER["password"].encode() not in answer.content
    assert PASSWORD.encode() not in answer.content
