"""A closed account opens nothing; what the person made stays."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from tests.factories.studies import PASSWORD, Cast
from workbench.domain.studies import add_member, remove_member
from workbench.domain.tokens import create_token
from workbench.enums import Role
from workbench.errors import Conflict
from workbench.models import HistoryEntry, Member, User

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
SignIn = Callable[[User | Member], Client]
HOME = "/studies/study/"


@pytest.fixture(autouse=True)
def nobody_tried_before() -> None:
    cache.clear()


def close(*arguments: str) -> str:
    output = StringIO()
    call_command("close_account", *arguments, stdout=output)
    return output.getvalue()


def sign_in_by_hand(username: str) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": username, "password": PASSWORD})
    return client


def told(action: str) -> list[tuple[str, str]]:
    return list(HistoryEntry.objects.filter(action=action).values_list("study__slug", "label"))


def test_every_way_in_ends_and_opens_again(cast: Cast, sign_in: SignIn) -> None:
    session = sign_in(cast.coder)
    _token, secret = create_token(user=cast.coder.user, name="script")
    script = Client(headers={"Authorization": f"Bearer {secret}"})
    assert close("coder") == "The account of coder is closed.\n"
    assert session.get(HOME).status_code == 302
    assert sign_in_by_hand("coder").get(HOME).status_code == 302
    assert close("coder", "--reopen") == "coder can sign in.\n"
    assert sign_in_by_hand("coder").get(HOME).status_code == 200
    assert script.get("/api/v1/studies/study/codes").status_code == 401


def test_history_tells_it_once_in_every_study_of_the_person(cast: Cast) -> None:
    for _again in range(2):
        close("coder")
    for _again in range(2):
        close("coder", "--reopen")
    entry = [("study", str(cast.coder.user))]
    assert told("account_closed") == entry
    assert told("account_opened") == entry


def test_the_team_sees_it(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.lead)
    client.post("/language/", {"language": "en"})
    assert "account closed" not in client.get(f"{HOME}members/").content.decode()
    close("coder")
    assert "account closed" in client.get(f"{HOME}members/").content.decode()
    assert "closed the account of" in client.get(f"{HOME}history/").content.decode()


def test_a_study_that_nobody_leads_any_more_is_told_of(cast: Cast) -> None:
    assert "study has no project lead now" in close("lead")


def test_a_closed_account_leads_nothing(cast: Cast) -> None:
    other = add_member(study=cast.study, actor=cast.lead.user, user=cast.stranger, role=Role.LEAD)
    assert "no project lead" not in close(other.user.username)
    with pytest.raises(Conflict):
        remove_member(actor=cast.lead, member=cast.lead)


def test_nobody_of_that_name() -> None:
    with pytest.raises(CommandError, match="no user “nobody”"):
        close("nobody")
