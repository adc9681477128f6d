"""Lists of the API: codes, memos, excerpts, cases, material, in pages."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse

from coding.domain.memos import write_memo
from coding.models import Code
from interviews.models import Document
from tests.factories.codings import make_code, make_coding
from tests.factories.field import make_case, make_document
from tests.factories.studies import Cast

Ask = Callable[..., HttpResponse]


def said(answer: HttpResponse) -> dict[str, Any]:
    found = json.loads(answer.content)
    assert isinstance(found, dict)
    return found


def test_a_code_named_while_coding_is_made_once(cast: Cast, ask: Ask) -> None:
    parent = make_code(cast.lead)
    path = f"studies/{cast.study.slug}/codes"
    body = {"id": str(uuid4()), "name": "  Aftenholdet   udenfor ", "parent": str(parent.pk)}
    made = ask(cast.coder, "POST", path, body)
    again = ask(cast.coder, "POST", path, body)
    assert (made.status_code, again.status_code) == (201, 201)
    assert said(made) == said(again)
    assert said(made)["path"] == "Hæmmere / Aftenholdet udenfor"
    assert Code.objects.filter(study=cast.study).count() == 2


def test_a_taken_name_or_id_says_what_is_there(cast: Cast, ask: Ask) -> None:
    there = make_code(cast.lead)
    path = f"studies/{cast.study.slug}/codes"
    taken = ask(cast.coder, "POST", path, {"id": str(uuid4()), "name": "hæmmere"})
    assert (taken.status_code, said(taken)["existing"]) == (409, str(there.pk))
    other = ask(cast.coder, "POST", path, {"id": str(there.pk), "name": "Noget andet"})
    assert (other.status_code, said(other)["code"]) == (409, "different_request")


@pytest.mark.parametrize("name", ["", " \u200b ", "a\x00b", "\udfff", "x" * 121, 7, None])
def test_a_name_that_is_none_is_refused(cast: Cast, ask: Ask, name: object) -> None:
    path = f"studies/{cast.study.slug}/codes"
    answer = ask(cast.coder, "POST", path, {"id": str(uuid4()), "name": name})
    assert answer.status_code == 400
    assert not Code.objects.exists()


def test_readers_add_no_code(cast: Cast, ask: Ask) -> None:
    path = f"studies/{cast.study.slug}/codes"
    body = {"id": str(uuid4()), "name": "Ny"}
    for person, status in ((cast.reader, 403), (cast.stranger, 404), (None, 401)):
        assert ask(person, "POST", path, body).status_code == status


def test_the_codebook_comes_in_tree_order_with_counts(
    cast: Cast, document: Document, ask: Ask
) -> None:
    top = make_code(cast.lead)
    make_code(cast.lead, "Forankring")
    child = make_code(cast.lead, "Aftenholdet", top)
    make_coding(cast.coder, document, "om aftenen", child)
    found = said(ask(cast.reader, "GET", f"studies/{cast.study.slug}/codes"))
    assert [code["name"] for code in found["items"]] == ["Hæmmere", "Aftenholdet", "Forankring"]
    assert [code["count"] for code in found["items"]] == [0, 1, 0]
    assert found["version"] == 3


def test_memos_come_in_pages_and_private_ones_only_to_their_author(cast: Cast, ask: Ask) -> None:
    for number in range(5):
        write_memo(member=cast.coder, text=f"Tanke {number}", private=number == 2)
    path = f"studies/{cast.study.slug}/memos?limit=2"
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = said(ask(cast.lead, "GET", f"{path}&after={cursor}"))
        seen += [memo["text"] for memo in page["items"]]
        cursor = page["next"]
    assert seen == ["Tanke 0", "Tanke 1", "Tanke 3", "Tanke 4"]
    own = said(ask(cast.coder, "GET", f"studies/{cast.study.slug}/memos"))
    assert len(own["items"]) == 5


def test_excerpts_are_passages_with_all_codings_on_them(
    cast: Cast, document: Document, ask: Ask
) -> None:
    one, two = make_code(cast.lead), make_code(cast.lead, "Fremmere")
    make_coding(cast.coder, document, "om aftenen", one)
    make_coding(cast.second_coder, document, "om aftenen", one)
    make_coding(cast.coder, document, "i starten", two)
    path = f"studies/{cast.study.slug}/excerpts"
    everything = said(ask(cast.reader, "GET", path))["items"]
    assert [(each["quote"], len(each["codings"])) for each in everything] == [
        ("om aftenen", 2),
        ("i starten", 1),
    ]
    by_code = said(ask(cast.reader, "GET", f"{path}?code={two.pk}"))["items"]
    assert [each["quote"] for each in by_code] == ["i starten"]
    by_coder = said(ask(cast.reader, "GET", f"{path}?coder={cast.second_coder.user_id}"))["items"]
    assert [each["quote"] for each in by_coder] == ["om aftenen"]
    assert said(ask(cast.reader, "GET", f"{path}?case=nowhere"))["items"] == []


def test_cases_and_material_are_listed_without_words(
    cast: Cast, document: Document, ask: Ask
) -> None:
    make_document(cast.coder, make_case(cast.lead, "nordkaj", "Nordkaj"), title="Rundgang")
    cases = said(ask(cast.reader, "GET", f"studies/{cast.study.slug}/cases"))
    assert [case["key"] for case in cases["items"]] == ["tofteby", "nordkaj"]
    material = said(ask(cast.reader, "GET", f"studies/{cast.study.slug}/documents"))
    assert [row["case"] for row in material["items"]] == ["tofteby", "nordkaj"]
    assert material["items"][0]["words"] == len(document.current_revision.text.split())  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "query",
    ["after=zz", "after=%00", "after=W10=", "after=WyJ4IiwgInkiXQ==", "limit=0", "limit=10000",
     "limit=x", "limit=" + "9" * 5000],
)  # fmt: skip
def test_a_page_that_is_none_is_refused(cast: Cast, ask: Ask, query: str) -> None:
    for name in ("cases", "documents", "memos", "excerpts"):
        path = f"studies/{cast.study.slug}/{name}?{query}"
        assert ask(cast.reader, "GET", path).status_code == 400, path


@pytest.mark.parametrize("query", ["code=x", "coder=1", "case=%00", "case=a%20b", "case=\ud7ff"])
def test_a_filter_that_is_none_is_refused(cast: Cast, ask: Ask, query: str) -> None:
    path = f"studies/{cast.study.slug}/excerpts?{query}"
    assert ask(cast.reader, "GET", path).status_code == 400
