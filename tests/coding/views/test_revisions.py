"""Correcting a text without a script: look, decide, save; what waits; what changed."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from coding.domain.queries.codings import placed_codings
from coding.domain.queries.quarantine import count_unplaced
from coding.models import Coding
from interviews.models import Document
from tests.factories.codings import make_code, make_coding
from tests.factories.revisions import correct, text_of
from tests.factories.studies import Cast
from workbench.models import Member, User

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
SignIn = Callable[[User | Member], Client]
QUOTE = "tavlen visket ud"
TURN = "Ja, for jer. Når vi kommer om aftenen, er tavlen visket ud 🙂."


def address(name: str, document: Document, **more: Any) -> str:
    return reverse(name, kwargs={"slug": "study", "document": document.pk, **more})


def typed(document: Document, text: str, **more: str) -> dict[str, str]:
    return {"text": text, "base": str(document.current_revision_id), "id": str(uuid4()), **more}


def standing(member: Member, document: Document) -> list[str]:
    text = text_of(document)
    found = placed_codings(member=member, document_id=document.pk)
    return [text[coding.start : coding.end] for coding in found]


def test_a_turn_where_nothing_is_coded_is_saved_at_once(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    client = sign_in(cast.coder)
    there = address("turn_correct", document, number=3)
    assert TURN in client.get(there).content.decode()
    assert there in client.get(address("text", document)).content.decode()
    answer = client.post(there, typed(document, TURN.replace("aftenen", "natten") + "\r\n"))
    assert answer.status_code == 302
    assert text_of(document).endswith("om natten, er tavlen visket ud 🙂.")


def test_where_something_is_coded_it_is_shown_first(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    code = make_code(cast.lead)
    kept = make_coding(cast.coder, document, QUOTE, code)
    dropped = make_coding(cast.coder, document, "er tavlen", code)
    make_coding(cast.second_coder, document, "tavlen", code)
    client, there = sign_in(cast.coder), address("turn_correct", document, number=3)
    sent = typed(document, TURN.replace("tavlen", "tavlerne"))
    look = client.post(there, sent)
    assert look.status_code == 200
    page = look.content.decode()
    assert page.count("text-unplaced") == 3
    assert page.count('value="accept"') == 2
    assert document.revisions.count() == 1
    decided = {
        "seen": "yes",
        f"excerpt-{kept.excerpt_id}": "accept",
        f"excerpt-{dropped.excerpt_id}": "drop",
    }
    answer = client.post(there, sent | decided)
    assert (answer.status_code, answer["Location"]) == (302, address("quarantine", document))
    assert standing(cast.coder, document) == ["tavlerne visket ud"]
    assert Coding.objects.get(pk=dropped.pk).removed_at is not None
    assert count_unplaced(cast.coder) == 1
    assert client.post(there, sent | decided).status_code == 302
    assert document.revisions.count() == 2


@pytest.mark.parametrize("text", ["", " \r\n", TURN])
def test_what_is_no_correction_is_said_at_the_field(
    cast: Cast, document: Document, sign_in: SignIn, text: str
) -> None:
    there = address("turn_correct", document, number=3)
    answer = sign_in(cast.coder).post(there, typed(document, text))
    assert answer.status_code == 422
    assert document.revisions.count() == 1


def test_who_was_second_sees_both_and_means_it_the_next_time(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    client, there = sign_in(cast.coder), address("turn_correct", document, number=3)
    sent = typed(document, TURN.replace("aftenen", "natten"))
    correct(cast.lead, document, "tavlen", "tavlerne")
    answer = client.post(there, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "tavlerne visket" in page
    assert "om natten" in page
    assert str(document.current_revision_id) in page
    assert client.post(there, typed(document, sent["text"])).status_code == 302
    assert "om natten, er tavlen visket" in text_of(document)


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        ({"decision": "accept"}, 302, ["tavlerne visket ud"]),
        ({"decision": "move", "words": "er tavlerne"}, 302, ["er tavlerne"]),
        ({"decision": "move", "words": "findes ikke"}, 400, []),
        ({"decision": "move", "words": "er"}, 400, []),
        ({"decision": "move"}, 400, []),
        ({"decision": "sit"}, 400, []),
        ({}, 400, []),
    ],
)
def test_what_waits_is_accepted_or_moved(
    cast: Cast,
    document: Document,
    sign_in: SignIn,
    sent: dict[str, str],
    status: int,
    words: list[str],
) -> None:
    coding = make_coding(cast.coder, document, QUOTE, make_code(cast.lead))
    correct(cast.lead, document, "tavlen", "tavlerne")
    client = sign_in(cast.coder)
    assert QUOTE in client.get(address("quarantine", document)).content.decode()
    there = address("quarantine_decide", document, excerpt=coding.excerpt_id)
    seen = {"revision": str(document.current_revision_id)}
    assert client.post(there, sent | seen).status_code == status
    assert standing(cast.coder, document) == words


def test_what_waits_is_dropped_and_a_stale_page_decides_nothing(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    coding = make_coding(cast.coder, document, QUOTE, make_code(cast.lead))
    older = str(document.current_revision_id)
    correct(cast.lead, document, "tavlen", "tavlerne")
    client = sign_in(cast.coder)
    there = address("quarantine_decide", document, excerpt=coding.excerpt_id)
    for revision, status in ((older, 409), ("x", 400)):
        stale = {"decision": "accept", "revision": revision}
        assert client.post(there, stale).status_code == status
    assert client.post(there, {"decision": "drop"}).status_code == 302
    assert Coding.objects.get(pk=coding.pk).removed_at is not None
    assert client.post(there, {"decision": "drop"}).status_code == 302
    foreign = address("quarantine_decide", document, excerpt=uuid4())
    assert client.post(foreign, {"decision": "drop"}).status_code == 404


def test_two_versions_are_compared_turn_by_turn(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    client, there = sign_in(cast.reader), address("revisions", document)
    assert client.get(there).status_code == 200
    correct(cast.lead, document, "tavlen", "tavlerne")
    correct(cast.lead, document, "Altså", "Nå")
    page = client.get(there).content.decode()
    assert ("<del>Altså</del>" in page, "tavlerne" in page) == (True, False)
    page = client.get(f"{there}?from=1&to=3").content.decode()
    assert "<ins>tavlerne</ins>" in page
    assert client.get(f"{there}?from=2&to=2").status_code == 200
    assert client.get(f"{there}?from=9&to=10").status_code == 404


def test_overview_document_and_excerpts_name_what_waits(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    make_coding(cast.coder, document, QUOTE, make_code(cast.lead))
    correct(cast.lead, document, "tavlen", "tavlerne")
    quarantine = address("quarantine", document)
    for person, name in (
        (cast.coder, "study_overview"),
        (cast.lead, "study_overview"),
        (cast.coder, "excerpts"),
    ):
        page = sign_in(person).get(reverse(name, kwargs={"slug": "study"})).content.decode()
        assert quarantine in page, name
    assert quarantine in sign_in(cast.coder).get(address("document", document)).content.decode()
    other = sign_in(cast.second_coder).get(reverse("study_overview", kwargs={"slug": "study"}))
    assert quarantine not in other.content.decode()
