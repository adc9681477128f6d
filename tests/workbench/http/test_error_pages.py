"""Pages for what went wrong: in the person's language, and claiming nothing they cannot know."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import messages
from django.http import HttpRequest
from django.test import Client

from tests.factories.studies import PASSWORD, Cast
from workbench.errors import Conflict
from workbench.models import Member, User
from workbench.views.members import MembersView

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | Member], Client]
TEAM = "/studies/study/members/"


def refuse(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def broken(view: MembersView, request: HttpRequest, **kwargs: Any) -> None:
        messages.success(request, "It is saved.")
        raise error

    monkeypatch.setattr(MembersView, "get", broken)
    monkeypatch.setattr(MembersView, "post", broken)


@pytest.mark.parametrize(
    ("language", "words"), [("da", "Noget gik galt her"), ("en", "Something went wrong here")]
)
def test_a_crash_is_told_in_the_persons_language(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    refuse(monkeypatch, RuntimeError("broken"))
    client = sign_in(cast.lead)
    client.raise_request_exception = False
    asked = {"Accept-Language": language}
    for answer in (client.get(TEAM, headers=asked), client.post(TEAM, headers=asked)):
        page = answer.content.decode()
        assert answer.status_code == 500
        assert words in page
        assert "Nothing was saved" not in page
        assert "Intet er gemt" not in page
        assert "It is saved." not in page
    monkeypatch.undo()
    # What was said before waits for a page that works.
    assert "It is saved." in client.get(TEAM).content.decode()


@pytest.mark.parametrize(
    ("error", "heading"),
    [
        (Conflict(code="version_behind"), "Someone else changed this"),
        (Conflict("It has ended already.", code="ended"), "That did not work"),
    ],
)
def test_a_conflict_blames_somebody_only_when_there_was_one(
    cast: Cast,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
    error: Conflict,
    heading: str,
) -> None:
    refuse(monkeypatch, error)
    answer = sign_in(cast.lead).post(TEAM, headers={"Accept-Language": "en"})
    assert answer.status_code == 409
    assert f"<h1>{heading}</h1>" in answer.content.decode()
    assert "Nothing was saved." in answer.content.decode()


def test_who_has_a_closed_account_is_told_so_with_a_way_back(cast: Cast) -> None:
    User.objects.filter(pk=cast.coder.user_id).update(is_active=False)
    answer = Client().post(
        "/account/login/",
        {"login": "coder", "password": PASSWORD},
        headers={"Accept-Language": "en"},
        follow=True,
    )
    page = answer.content.decode()
    assert "<h1>This account is closed</h1>" in page
    assert 'href="/account/login/"' in page
