"""The settings of a study: who may change them, what is refused, and what history says."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories.studies import Cast
from workbench.domain.rows import seal
from workbench.domain.studies import StudyFacts, change_study, state_of
from workbench.errors import Invalid
from workbench.models import HistoryEntry, Member, Study, User

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | Member], Client]
SETTINGS = "/studies/study/settings/"
WANTED = {
    "title": "  Fælles   om opgaven ",
    "description": "Hvordan gør de?",
    "language": "en",
    "page_unit": "laid_out",
    "legal_basis": "Samtykke, se aftalen af 1. maj.",
    "retention_date": "2031-12-31",
}


def wanted(cast: Cast, **other: str) -> dict[str, str]:
    return {**WANTED, "seen": seal(state_of(Study.objects.get(pk=cast.study.pk))), **other}


def told(cast: Cast) -> list[HistoryEntry]:
    entries = HistoryEntry.objects.filter(study=cast.study, noun="study", action="changed")
    return list(entries.order_by("number"))


def test_a_lead_changes_the_study_and_history_says_how_it_was(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.lead)
    assert client.get(SETTINGS).status_code == 200
    answer = client.post(SETTINGS, wanted(cast))
    assert answer.headers["Location"] == SETTINGS
    assert state_of(Study.objects.get(pk=cast.study.pk)) == {
        **WANTED,
        "title": "Fælles om opgaven",
        "retention_date": dt.date(2031, 12, 31),
    }
    (entry,) = told(cast)
    assert entry.actor == cast.lead.user
    assert entry.before == {
        "title": "A study", "language": "da", "page_unit": "standard", "retention_date": None
    }  # fmt: skip
    assert entry.after == {
        "title": "Fælles om opgaven", "language": "en", "page_unit": "laid_out",
        "retention_date": "2031-12-31", "changed": ["description", "legal_basis"],
    }  # fmt: skip


def test_what_stands_already_is_no_change(cast: Cast, sign_in: SignIn) -> None:
    for _twice in range(2):
        assert sign_in(cast.lead).post(SETTINGS, wanted(cast)).status_code == 302
    assert len(told(cast)) == 1


def test_of_two_leads_the_second_sees_both_versions(cast: Cast, sign_in: SignIn) -> None:
    second = wanted(cast, title="Min titel")
    sign_in(cast.lead).post(SETTINGS, wanted(cast, title="Din titel"))
    page = sign_in(cast.lead).post(SETTINGS, second)
    assert page.status_code == 409
    for title in ("Min titel", "Din titel"):
        assert title in page.content.decode()
    assert Study.objects.get(pk=cast.study.pk).title == "Din titel"


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", " "), ("title", "x" * 201), ("description", "x" * 5001), ("language", "sv"),
     ("page_unit", "acre"), ("legal_basis", "x" * 5001), ("retention_date", "i morgen"),
     ("title", "a\x00b")],
)  # fmt: skip
def test_what_cannot_be_is_told_beside_its_field(
    cast: Cast, sign_in: SignIn, field: str, value: str
) -> None:
    page = sign_in(cast.lead).post(SETTINGS, wanted(cast, **{field: value}))
    assert page.status_code == 200
    assert b"field-error" in page.content
    assert told(cast) == []


def test_the_verb_itself_refuses_what_no_form_held_back(cast: Cast) -> None:
    for facts in (StudyFacts(title=""), StudyFacts(title="x", legal_basis="x" * 5001)):
        with pytest.raises(Invalid):
            change_study(member=cast.lead, facts=facts)


def test_members_read_on_what_ground_and_how_long_and_leads_find_the_way(
    cast: Cast, sign_in: SignIn
) -> None:
    sign_in(cast.lead).post(SETTINGS, wanted(cast))
    for person, finds in ((cast.reader, False), (cast.coder, False), (cast.lead, True)):
        page = sign_in(person).get("/studies/study/").content.decode()
        assert "Samtykke, se aftalen" in page
        assert "2031" in page
        assert (SETTINGS in page) is finds


def test_the_fields_whose_words_history_does_not_hold_are_named(
    cast: Cast, sign_in: SignIn
) -> None:
    client = sign_in(cast.lead)
    client.post(SETTINGS, wanted(cast))
    page = client.get("/studies/study/history/?thing=study", headers={"Accept-Language": "en"})
    assert "description, legal basis" in page.content.decode()
    assert "legal_basis" not in page.content.decode()
