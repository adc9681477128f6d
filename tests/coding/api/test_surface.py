"""What the coding surface hears: a document's rows, and what others did since."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from coding.domain.codebook import add_code, define_code, remove_code
from coding.domain.codings import change_coding, remove_coding
from interviews.domain.documents import remove_document
from interviews.models import Document
from tests.factories.codings import make_code, make_coding
from tests.factories.field import make_case, make_document
from tests.factories.studies import Cast, make_cast
from workbench.models import Member

Ask = Callable[..., HttpResponse]


def said(answer: HttpResponse) -> dict[str, Any]:
    assert answer.status_code == 200, answer.content
    found = json.loads(answer.content)
    assert isinstance(found, dict)
    return found


def test_a_document_comes_with_its_words_and_turns(
    cast: Cast, document: Document, ask: Ask
) -> None:
    found = said(ask(cast.reader, "GET", f"documents/{document.pk}"))
    assert found["length"] == len(found["text"])
    words = [found["text"][turn["start"] : turn["end"]] for turn in found["turns"]]
    assert words[2].endswith("visket ud 🙂.")
    assert {turn["speaker"] for turn in found["turns"]} == {"Unavngiven"}


def test_the_rows_of_a_document_name_code_and_coder_by_place(
    cast: Cast, document: Document, ask: Ask
) -> None:
    code = make_code(cast.lead)
    one = make_coding(cast.coder, document, "om aftenen", code)
    two = make_coding(cast.second_coder, document, "i starten", code)
    found = said(ask(cast.reader, "GET", f"documents/{document.pk}/codings"))
    rows = [dict(zip(found["columns"], row, strict=True)) for row in found["codings"]]
    assert [row["id"] for row in rows] == [str(two.pk), str(one.pk)]
    assert [found["codes"][row["code"]] for row in rows] == [str(code.pk)] * 2
    assert found["coders"][rows[0]["coder"]][1] == str(cast.second_coder)
    assert rows[0]["direction"] == "none"


def changes(ask: Ask, cast: Cast, document: Document, after: str) -> dict[str, Any]:
    slug = cast.study.slug
    path = f"studies/{slug}/changes?after={after}&document={document.pk}"
    return said(ask(cast.second_coder, "GET", path))


def test_others_hear_of_a_coding_made_changed_and_removed_once(
    cast: Cast, document: Document, ask: Ask
) -> None:
    code = make_code(cast.lead)
    start = said(ask(cast.second_coder, "GET", f"documents/{document.pk}/codings"))["cursor"]
    coding = make_coding(cast.coder, document, "om aftenen", code)
    made = changes(ask, cast, document, start)
    assert [row["id"] for row in made["codings"]] == [str(coding.pk)]
    assert made["coders"][0][0] == str(cast.coder.user_id)
    assert made["codes"] == []

    quiet = changes(ask, cast, document, made["cursor"])
    assert (quiet["codings"], quiet["removed"], quiet["cursor"]) == ([], [], made["cursor"])

    change_coding(
        member=cast.coder,
        coding_id=coding.pk,
        version=1,
        direction="both",
        fields=frozenset({"direction"}),
    )
    changed = changes(ask, cast, document, quiet["cursor"])
    assert (changed["codings"][0]["version"], changed["codings"][0]["direction"]) == (2, "both")

    remove_coding(member=cast.coder, coding_id=coding.pk)
    gone = changes(ask, cast, document, changed["cursor"])
    assert (gone["codings"], gone["removed"]) == ([], [str(coding.pk)])


def test_changes_elsewhere_are_not_told(cast: Cast, document: Document, ask: Ask) -> None:
    code = make_code(cast.lead)
    start = said(ask(cast.second_coder, "GET", f"documents/{document.pk}/codings"))["cursor"]
    elsewhere = make_document(cast.coder, make_case(cast.lead, "nordkaj", "Nordkaj"), title="B")
    make_coding(cast.coder, elsewhere, "om aftenen", code)
    assert changes(ask, cast, document, start)["codings"] == []


def test_new_renamed_and_removed_codes_are_told(cast: Cast, document: Document, ask: Ask) -> None:
    parent, unused = make_code(cast.lead), make_code(cast.lead, "Ubrugt")
    start = changes(ask, cast, document, "")["cursor"]
    child = add_code(member=cast.coder, name="Aftenholdet udenfor", parent=parent)
    define_code(member=cast.lead, code=parent, name="Barrierer")
    remove_code(member=cast.lead, code=unused, reason="bruges ikke")
    told = changes(ask, cast, document, start)
    paths = {code["id"]: code["path"] for code in told["codes"]}
    assert paths[str(child.pk)] == "Barrierer / Aftenholdet udenfor"
    assert told["removed_codes"] == [str(unused.pk)]
    assert changes(ask, cast, document, told["cursor"])["codes"] == []


@pytest.mark.parametrize(("field", "value"), [("colour", 9), ("shortcut", "4")])
def test_what_a_code_looks_like_and_answers_to_is_told(
    *, cast: Cast, document: Document, ask: Ask, field: str, value: Any
) -> None:
    code = make_code(cast.lead)
    start = changes(ask, cast, document, "")["cursor"]
    define_code(member=cast.lead, code=code, **{field: value})
    (told,) = changes(ask, cast, document, start)["codes"]
    assert told[field] == value


@pytest.mark.parametrize(
    "cursor", ["x", "%00", "MS4x4", "æ", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTkuMQ=="]
)
def test_a_made_up_cursor_is_refused(cast: Cast, document: Document, ask: Ask, cursor: str) -> None:
    path = f"studies/{cast.study.slug}/changes?after={cursor}&document={document.pk}"
    assert ask(cast.coder, "GET", path).status_code == 400


def test_only_members_hear_anything(cast: Cast, document: Document, ask: Ask) -> None:
    other = make_cast("other", prefix="other-")
    paths = [
        f"documents/{document.pk}",
        f"documents/{document.pk}/codings",
        f"studies/{cast.study.slug}/changes?document={document.pk}",
        f"studies/{cast.study.slug}/codes",
        f"studies/{cast.study.slug}/cases",
        f"studies/{cast.study.slug}/documents",
        f"studies/{cast.study.slug}/memos",
        f"studies/{cast.study.slug}/excerpts",
    ]
    for path in paths:
        assert ask(cast.reader, "GET", path).status_code == 200, path
        assert ask(cast.stranger, "GET", path).status_code == 404, path
        assert ask(other.lead, "GET", path).status_code == 404, path
        assert ask(None, "GET", path).status_code == 401, path
    own_slug = f"studies/other/changes?document={document.pk}"
    assert ask(other.lead, "GET", own_slug).status_code == 404


def test_removed_material_answers_nothing_more(cast: Cast, document: Document, ask: Ask) -> None:
    remove_document(member=cast.coder, document=document)
    assert ask(cast.coder, "GET", f"documents/{document.pk}").status_code == 404
    assert ask(cast.coder, "GET", f"documents/{document.pk}/codings").status_code == 404


def test_reading_rows_takes_the_same_queries_for_one_and_for_three(
    cast: Cast,
    document: Document,
    sign_in: Callable[[Member], Client],
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    code = make_code(cast.lead)
    client = sign_in(cast.reader)
    quotes = ["om aftenen", "i starten", "en dårlig nat"]
    for before, after in ((0, 1), (1, 3)):
        for quote in quotes[before:after]:
            make_coding(cast.coder, document, quote, code)
        with django_assert_num_queries(9):
            client.get(f"/api/v1/documents/{document.pk}/codings")
