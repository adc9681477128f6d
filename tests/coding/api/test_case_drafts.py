"""Case descriptions through the API: by the version that was seen, and by role."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse

from coding.domain.case_drafts import open_draft
from coding.models import CaseDraft
from interviews.models import Case, Document
from tests.factories.codings import make_code, make_coding
from tests.factories.measurements import make_key_figure
from tests.factories.studies import Cast, make_cast
from tests.factories.templates import fresh, make_section

Ask = Callable[..., HttpResponse]


def said(answer: HttpResponse) -> dict[str, Any]:
    found = json.loads(answer.content)
    assert isinstance(found, dict)
    return found


@pytest.fixture
def draft(cast: Cast, case: Case) -> CaseDraft:
    make_section(cast.lead, "goer", sources=("interview",))
    return open_draft(member=cast.coder, case=case)


def test_a_section_is_written_by_the_version_that_was_seen(
    cast: Cast, draft: CaseDraft, ask: Ask
) -> None:
    path = f"drafts/{draft.pk}/sections/goer"
    assert ask(cast.coder, "PUT", path, {"text": "Mit."}).status_code == 428
    first = ask(cast.coder, "PUT", path, {"text": "Mit."}, if_match='"0"')
    assert (first.status_code, first.headers["ETag"]) == (200, '"1"')
    behind = ask(cast.second_coder, "PUT", path, {"text": "Dit."}, if_match='"0"')
    assert behind.status_code == 409
    body = said(behind)
    assert (body["code"], body["mine"], body["theirs"]) == ("version_behind", "Dit.", "Mit.")
    assert said(ask(cast.reader, "GET", path))["text"] == "Mit."


def test_citing_and_writing_the_token(
    cast: Cast, draft: CaseDraft, document: Document, ask: Ask
) -> None:
    coding = make_coding(cast.coder, document, "om aftenen", make_code(cast.lead))
    wanted = {"excerpt": str(coding.excerpt_id), "mode": "quote"}
    made = ask(cast.coder, "POST", f"drafts/{draft.pk}/citations", wanted)
    assert (made.status_code, said(made)) == (201, {"number": 1, "token": "[@1]"})
    path = f"drafts/{draft.pk}/sections/goer"
    answer = said(ask(cast.coder, "PUT", path, {"text": "Sent [@1]."}, if_match="0"))
    assert answer["sources"] == [{"type": "interview", "state": "cited"}]
    assert answer["citations"][0]["printed"] == "om aftenen"
    unknown = ask(cast.coder, "PUT", path, {"text": "[@9]"}, if_match="1")
    assert (unknown.status_code, said(unknown)["code"]) == (400, "unknown_citation")
    nowhere = ask(
        cast.coder, "POST", f"drafts/{draft.pk}/citations", {**wanted, "excerpt": str(uuid4())}
    )
    assert nowhere.status_code == 404


def test_the_way_through_review(cast: Cast, draft: CaseDraft, ask: Ask) -> None:
    path = f"drafts/{draft.pk}"
    ask(cast.coder, "PUT", f"{path}/sections/goer", {"text": "x"}, if_match="0")

    def post(member: Any, what: str, body: Any = None) -> HttpResponse:
        version = str(fresh(draft).version)
        return ask(member, "POST", f"{path}/{what}", body, if_match=version)

    assert ask(cast.coder, "POST", f"{path}/submit").status_code == 428
    assert said(post(cast.coder, "submit"))["state"] == "submitted"
    assert post(cast.coder, "approve").status_code == 403
    assert said(post(cast.lead, "return", {"reason": " "}))["code"] == "reason_missing"
    assert said(post(cast.lead, "return", {"reason": "Mere."}))["state"] == "returned"
    assert post(cast.lead, "approve").status_code == 409
    post(cast.coder, "submit")
    lacking = said(post(cast.lead, "approve"))
    assert (lacking["code"], lacking["sections"]) == ("incomplete", ["goer"])
    whole = {"reason": "Interview kommer ikke."}
    assert said(post(cast.lead, "approve", whole))["state"] == "approved"
    closed = ask(cast.coder, "PUT", f"{path}/sections/goer", {"text": "y"}, if_match="1")
    assert (closed.status_code, said(closed)["code"]) == (409, "approved")
    assert said(post(cast.lead, "reopen"))["state"] == "draft"


def test_the_list_shows_every_case(cast: Cast, draft: CaseDraft, ask: Ask) -> None:
    [row] = said(ask(cast.reader, "GET", f"studies/{cast.study.slug}/drafts"))["items"]
    assert (row["case"], row["state"], row["missing_sources"]) == (
        "tofteby", "draft", ["interview"],
    )  # fmt: skip


def test_a_stranger_a_reader_and_nobody(cast: Cast, draft: CaseDraft, ask: Ask) -> None:
    path = f"drafts/{draft.pk}/sections/goer"
    foreign = make_cast("other", "other-")
    assert ask(None, "GET", path).status_code == 401
    for person in (cast.stranger, foreign.lead):
        assert ask(person, "GET", path).status_code == 404
        answer = ask(person, "PUT", path, {"text": "x"}, if_match="0")
        assert (answer.status_code, answer.content) == (
            404, ask(person, "PUT", f"drafts/{uuid4()}/sections/goer", {"text": "x"}).content,
        )  # fmt: skip
    assert ask(cast.reader, "PUT", path, {"text": "x"}, if_match="0").status_code == 403
    assert ask(cast.coder, "GET", f"drafts/{draft.pk}/sections/nix").status_code == 404


def test_a_figure_is_cited_and_nothing_else_beside_it(
    cast: Cast, case: Case, draft: CaseDraft, ask: Ask
) -> None:
    figure = make_key_figure(cast.coder, case)
    path = f"drafts/{draft.pk}/citations"
    made = ask(cast.coder, "POST", path, {"key_figure": str(figure.pk)})
    assert (made.status_code, said(made)["token"]) == (201, "[@1]")
    section = f"drafts/{draft.pk}/sections/goer"
    ask(cast.coder, "PUT", section, {"text": "Her er [@1]."}, if_match='"0"')
    (cited,) = said(ask(cast.reader, "GET", section))["citations"]
    assert (cited["key_figure"], cited["excerpt"], cited["printed"]) == (
        str(figure.pk), None, "160 (2013)",
    )  # fmt: skip
    for body in ({}, {"key_figure": str(figure.pk), "measurement": str(figure.pk)}):
        refused = ask(cast.coder, "POST", path, body)
        assert (refused.status_code, said(refused)["code"]) == (400, "one_thing")
