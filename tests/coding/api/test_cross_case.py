"""Cells across cases through the API: what can be told of them, and writing by the version seen."""

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from coding.domain.cross_case import cite_in_cell
from coding.models import Coding
from interviews.models import AnalysisQuestion, Case
from tests.factories.studies import Cast
from tests.factories.templates import make_item

Ask = Callable[..., HttpResponse]
CELL = "studies/study/across/a1/tofteby"


def said(answer: HttpResponse) -> dict[str, Any]:
    found = json.loads(answer.content)
    assert isinstance(found, dict)
    return found


def test_the_grid_says_what_nobody_can_tell_yet(
    cast: Cast, question: AnalysisQuestion, feeding: Coding, ask: Ask
) -> None:
    [cell] = said(ask(cast.reader, "GET", "studies/study/across"))["items"]
    assert (cell["question"], cell["case"], cell["text"], cell["excerpts"]) == (
        "a1",
        "tofteby",
        "empty",
        1,
    )
    assert cell["asked"] == {"state": "unfed", "asked": 0, "of": 1, "unmarked": 1}
    make_item(cast.lead).analysis_questions.add(question)
    [cell] = said(ask(cast.reader, "GET", "studies/study/across"))["items"]
    assert cell["asked"]["state"] == "unmarked"


def test_a_cell_is_written_by_the_version_that_was_seen(
    cast: Cast, question: AnalysisQuestion, case: Case, feeding: Coding, ask: Ask
) -> None:
    token = cite_in_cell(
        member=cast.coder, question=question, case=case, excerpt_id=feeding.excerpt_id
    )
    assert ask(cast.coder, "PUT", CELL, {"text": "Mit."}).status_code == 428
    first = ask(cast.coder, "PUT", CELL, {"text": f"Mit {token}."}, if_match='"0"')
    assert (first.status_code, first.headers["ETag"]) == (200, '"1"')
    body = said(first)
    assert [source["quote"] for source in body["sources"]] == ["er tavlen visket ud"]
    assert body["excerpts"] == [str(feeding.excerpt_id)]
    behind = ask(cast.second_coder, "PUT", CELL, {"text": "Dit."}, if_match='"0"')
    assert (behind.status_code, said(behind)["code"]) == (409, "version_behind")
    assert said(ask(cast.reader, "GET", CELL))["text"] == "Mit [@1]."
    unknown = ask(cast.coder, "PUT", CELL, {"text": "[@9]"}, if_match="1")
    assert (unknown.status_code, said(unknown)["code"]) == (400, "unknown_citation")


def test_a_question_or_case_that_is_not_there_is_told(
    cast: Cast, question: AnalysisQuestion, case: Case, ask: Ask
) -> None:
    for path in ("studies/study/across/a1/no-such", "studies/study/across/no-such/tofteby"):
        assert ask(cast.coder, "GET", path).status_code == 404
        assert ask(cast.coder, "PUT", path, {"text": "x"}, if_match="0").status_code == 404
