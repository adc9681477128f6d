"""Correcting a text through the API: looked at, sent, and what waits is decided."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse

from coding.models import Coding
from interviews.models import Document
from tests.factories.codings import make_code, make_coding
from tests.factories.revisions import correct
from tests.factories.studies import Cast

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
Ask = Callable[..., HttpResponse]
QUOTE = "tavlen visket ud"


def said(answer: HttpResponse, status: int = 200) -> dict[str, Any]:
    assert answer.status_code == status, answer.content
    found = json.loads(answer.content)
    assert isinstance(found, dict)
    return found


def correction(document: Document, old: str, new: str) -> dict[str, Any]:
    document.refresh_from_db()
    assert document.current_revision is not None
    start = document.current_revision.text.index(old)
    edit = {"start": start, "end": start + len(old), "text": new}
    return {"base_revision": str(document.current_revision_id), "edits": [edit]}


def test_a_text_is_looked_at_corrected_and_placed(cast: Cast, document: Document, ask: Ask) -> None:
    coding = make_coding(cast.coder, document, QUOTE, make_code(cast.lead))
    path, wanted = f"documents/{document.pk}", correction(document, "tavlen", "tavlerne")
    look = said(ask(cast.coder, "POST", f"{path}/revisions/look", wanted))
    (doubtful,) = look["doubtful"]
    assert (look["placed"], doubtful["excerpt"]) == (0, str(coding.excerpt_id))
    assert (doubtful["was"]["quote"], doubtful["now"]["quote"]) == (QUOTE, "tavlerne visket ud")
    assert doubtful["codings"][0] | {"mine": True} == doubtful["codings"][0]

    body = {"id": str(uuid4()), **wanted}
    made = said(ask(cast.coder, "POST", f"{path}/revisions", body), 201)
    assert (made["revision"], made["number"], made["unplaced"]) == (body["id"], 2, 1)
    assert said(ask(cast.coder, "POST", f"{path}/revisions", body)) == made
    text = said(ask(cast.reader, "GET", path))
    assert (text["revision"], "tavlerne visket" in text["text"]) == (body["id"], True)
    assert said(ask(cast.reader, "GET", f"{path}/codings"))["codings"] == []
    versions = said(ask(cast.reader, "GET", f"{path}/revisions"))["items"]
    assert [(each["number"], each["made_by"]) for each in versions] == [(2, "Coder"), (1, "")]

    waiting = said(ask(cast.coder, "GET", f"{path}/quarantine"))
    (item,) = waiting["items"]
    place = {"revision": waiting["revision"], **{k: item["now"][k] for k in ("start", "end")}}
    there = f"{path}/quarantine/{item['excerpt']}"
    assert ask(cast.second_coder, "POST", f"{there}/place", place).status_code == 409
    assert ask(cast.coder, "POST", f"{there}/place", place).status_code == 204
    assert ask(cast.coder, "POST", f"{there}/place", place).status_code == 204
    (row,) = said(ask(cast.reader, "GET", f"{path}/codings"))["codings"]
    assert text["text"][row[1] : row[2]] == "tavlerne visket ud"
    assert said(ask(cast.coder, "POST", f"{there}/drop"), 409)["code"] == "placed"


def test_what_was_looked_at_is_decided_at_once(cast: Cast, document: Document, ask: Ask) -> None:
    code = make_code(cast.lead)
    kept = make_coding(cast.coder, document, QUOTE, code)
    dropped = make_coding(cast.coder, document, "er tavlen", code)
    body = {
        "id": str(uuid4()),
        **correction(document, "tavlen", "tavlerne"),
        "accept": [str(kept.excerpt_id)],
        "drop": [str(dropped.excerpt_id)],
    }
    made = said(ask(cast.coder, "POST", f"documents/{document.pk}/revisions", body), 201)
    assert (made["placed"], made["unplaced"]) == (1, 1)
    waiting = said(ask(cast.coder, "GET", f"documents/{document.pk}/quarantine"))
    assert waiting["items"] == []
    assert list(Coding.objects.filter(removed_at__isnull=True)) == [kept]


def test_dropped_words_name_what_can_be_restored(cast: Cast, document: Document, ask: Ask) -> None:
    coding = make_coding(cast.coder, document, QUOTE, make_code(cast.lead))
    correct(cast.lead, document, "tavlen", "tavlerne")
    there = f"documents/{document.pk}/quarantine/{coding.excerpt_id}"
    assert said(ask(cast.coder, "POST", f"{there}/drop")) == {"codings": [str(coding.pk)]}
    restored = said(ask(cast.coder, "POST", f"codings/{coding.pk}/restore"))
    assert (restored["start"], restored["removed"]) == (None, False)


def test_who_was_second_gets_both_versions(cast: Cast, document: Document, ask: Ask) -> None:
    mine = {"id": str(uuid4()), **correction(document, "tavlen", "taflen")}
    correct(cast.lead, document, "tavlen", "tavlerne")
    told = said(ask(cast.coder, "POST", f"documents/{document.pk}/revisions", mine), 409)
    assert (told["code"], told["revision"]) == (
        "revision_behind",
        str(document.current_revision_id),
    )
    assert "tavlerne" in told["turns"][0]["theirs"]
    look = {name: mine[name] for name in ("base_revision", "edits")}
    answer = ask(cast.coder, "POST", f"documents/{document.pk}/revisions/look", look)
    assert said(answer, 409)["code"] == "revision_behind"


def test_a_page_of_the_older_text_hears_that_there_is_a_newer(
    cast: Cast, document: Document, ask: Ask
) -> None:
    coding = make_coding(cast.coder, document, QUOTE, make_code(cast.lead))
    path = f"studies/{cast.study.slug}/changes?document={document.pk}"
    before = said(ask(cast.coder, "GET", path))
    correct(cast.lead, document, "tavlen", "tavlerne")
    after = said(ask(cast.coder, "GET", f"{path}&after={before['cursor']}"))
    assert before["revision"] != after["revision"] == str(document.current_revision_id)
    assert after["removed"] == [str(coding.pk)]


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"edits": []}, 400),
        ({"edits": [{"start": 0, "end": 9999, "text": "x"}]}, 400),
        ({"edits": [{"start": -1, "end": 2, "text": "x"}]}, 400),
        ({"edits": [{"start": 0, "end": 2, "text": "x", "more": 1}]}, 400),
        ({"edits": [{"start": 0, "end": 2**40, "text": "x"}]}, 400),
        ({"edits": "x"}, 400),
        ({"id": "x"}, 400),
        ({"base_revision": str(uuid4())}, 404),
        ({"accept": ["x"]}, 400),
    ],
)
def test_bad_corrections_are_refused(
    cast: Cast, document: Document, ask: Ask, changed: dict[str, Any], status: int
) -> None:
    body = {"id": str(uuid4()), **correction(document, "tavlen", "tavlerne"), **changed}
    answer = ask(cast.coder, "POST", f"documents/{document.pk}/revisions", body)
    assert answer.status_code == status, answer.content
    assert document.revisions.count() == 1


def test_an_excerpt_of_another_document_is_not_there(
    cast: Cast, document: Document, ask: Ask
) -> None:
    there = f"documents/{document.pk}/quarantine/{uuid4()}"
    assert ask(cast.coder, "POST", f"{there}/drop").status_code == 404
    place = {"revision": str(document.current_revision_id), "start": 0, "end": 2}
    assert ask(cast.coder, "POST", f"{there}/place", place).status_code == 404
