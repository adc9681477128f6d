"""History as a file: in the person's language, narrowed as the page was, and itself in history."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation

from tests.factories.studies import Cast
from workbench.models import HistoryEntry, Member, User

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | Member], Client]
EXPORT = "/studies/study/history/export/"


def exported(client: Client, language: str, query: str = "") -> str:
    answer = client.post(EXPORT + query, headers={"Accept-Language": language})
    # The answer is sent when the request is over, and its language with it.
    with translation.override("da" if language == "en" else "en"):
        return b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize(("language", "word"), [("da", "Projektleder"), ("en", "Project lead")])
def test_the_file_is_in_the_language_of_who_asked(
    cast: Cast, sign_in: SignIn, language: str, word: str
) -> None:
    assert word in exported(sign_in(cast.reader), language)


def test_taking_history_out_is_told_in_history(cast: Cast, sign_in: SignIn) -> None:
    before = HistoryEntry.objects.filter(study=cast.study, noun="member").count()
    text = exported(sign_in(cast.reader), "en", f"?thing=member&person={cast.lead.user_id}")
    assert len(text.splitlines()) == before + 1
    entry = HistoryEntry.objects.filter(study=cast.study).latest("number")
    assert (entry.action, entry.noun, entry.actor) == ("exported", "export", cast.reader.user)
    assert entry.after["rows"] == before
    assert set(entry.after["filters"]) == {"user", "kind"}


def test_looking_at_the_address_takes_nothing_out(cast: Cast, sign_in: SignIn) -> None:
    before = HistoryEntry.objects.count()
    assert sign_in(cast.lead).get(EXPORT).status_code == 405
    assert HistoryEntry.objects.count() == before


def test_the_kind_of_thing_is_not_said_twice(cast: Cast, sign_in: SignIn) -> None:
    exported(sign_in(cast.lead), "da")
    page = sign_in(cast.lead).get("/studies/study/history/").content.decode()
    assert re.search(r"eksporterede <a [^>]*>»history.csv«</a>", page)
    assert re.search(r"føjede til holdet <a [^>]*>»Coder«</a>", page)
