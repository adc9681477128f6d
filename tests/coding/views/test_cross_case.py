"""The grid and its cells as pages: two axes that never mix, and writing that loses nothing."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from coding.domain.case_drafts import cite, open_draft, write_section
from coding.domain.cross_case import cite_in_cell, write_cell
from coding.enums import CitationMode
from coding.models import Cell, CellCitation, Coding
from interviews.enums import AnswerKind
from interviews.models import AnalysisQuestion, AnswerMark, Case, Document
from tests.factories.codings import make_coding
from tests.factories.field import make_case, make_document
from tests.factories.pages import body
from tests.factories.studies import Cast
from tests.factories.templates import make_item, make_question, make_section

SignIn = Callable[[Any], Client]
GRID = "/studies/study/across/"


def address(question: str = "a1", case: str = "tofteby") -> str:
    return reverse("cell", kwargs={"slug": "study", "question": question, "key": case})


def test_asked_and_text_are_two_marks_of_each_cell(
    cast: Cast, question: AnalysisQuestion, case: Case, document: Document, sign_in: SignIn
) -> None:
    item = make_item(cast.lead)
    item.analysis_questions.add(question)
    AnswerMark.objects.create(
        document=document,
        turn=document.turns.get(number=1),
        item=item,
        kind=AnswerKind.NOTHING_SAID,
    )
    make_case(cast.lead, "svalen", "Svalen")
    write_cell(member=cast.coder, question=question, case=case, text="Intet.", base_version=0)
    page = body(sign_in(cast.reader), GRID)
    assert re.findall(r'<td role="cell" data-text="(\w+)" data-asked="(\w+)"', page) == [
        ("written", "nothing_said"),
        ("empty", "unmarked"),
    ]
    by_section = body(sign_in(cast.reader), f"{GRID}?by=section")
    assert "data-asked" not in by_section


def test_the_grid_says_what_is_missing(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coder)
    assert "empty-state" in body(client, GRID)
    assert "empty-state" in body(client, f"{GRID}?by=section")
    make_question(cast.lead)
    assert "empty-state" in body(client, GRID)


def test_sections_lead_into_the_case_descriptions(cast: Cast, case: Case, sign_in: SignIn) -> None:
    make_section(cast.lead, "goer")
    page = body(sign_in(cast.reader), f"{GRID}?by=section&order=%27%3B--")
    assert "/cases/tofteby/draft/?section=goer#goer" in page


def test_a_cell_shows_its_evidence_and_lets_a_coder_write(
    cast: Cast, case: Case, feeding: Coding, sign_in: SignIn
) -> None:
    page = body(sign_in(cast.coder), address())
    assert "er tavlen visket ud" in page
    assert 'name="text"' in page
    reader = body(sign_in(cast.reader), address())
    assert "er tavlen visket ud" in reader
    assert 'name="text"' not in reader
    assert "data-cite" not in reader


def test_saving_and_citing_without_script(cast: Cast, feeding: Coding, sign_in: SignIn) -> None:
    client = sign_in(cast.coder)
    data = {"text": "Tavlen viskes ud.", "base_version": "0", "cite": str(feeding.excerpt_id)}
    response = client.post(address(), data)
    assert response.headers["Location"] == f"{address()}?edit=1"
    assert Cell.objects.get().text == "Tavlen viskes ud. [@1]"
    response = client.post(address(), {"text": "Tavlen [@1].", "base_version": "1"})
    assert response.headers["Location"] == address()
    page = body(client, address())
    assert 'href="#citation-1"' in page
    assert 'id="citation-1"' in page


def test_citing_with_script_gives_the_token_alone(
    cast: Cast, feeding: Coding, sign_in: SignIn
) -> None:
    client = sign_in(cast.coder)
    asking = {"Accept": "application/json"}
    answer = client.post(address(), {"cite": str(feeding.excerpt_id)}, headers=asking)
    assert answer.json() == {"token": "[@1]"}
    assert Cell.objects.get().text == ""
    for wrong, status in (("x", 400), ("", 400), (str(uuid4()), 404)):
        assert client.post(address(), {"cite": wrong}, headers=asking).status_code == status


def test_a_conflict_shows_both_texts_and_keeps_them(
    cast: Cast, question: AnalysisQuestion, case: Case, sign_in: SignIn
) -> None:
    write_cell(member=cast.lead, question=question, case=case, text="Deres.", base_version=0)
    response = sign_in(cast.coder).post(address(), {"text": "Mit.", "base_version": "0"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Deres." in page
    assert re.search(r"<textarea[^>]*>\s*Mit\.</textarea>", page)
    assert 'name="base_version" value="1"' in page
    assert Cell.objects.get().text == "Deres."


@pytest.mark.parametrize(
    "data",
    [
        {"text": "Uden kilde [@9].", "base_version": "0"},
        {"text": "Mit.", "base_version": "-1"},
        {"text": "Mit.", "base_version": "x"},
        {"text": "Mit."},
        {"text": "Mit.", "base_version": "0", "cite": "x"},
        {"text": "a" * 200_001, "base_version": "0"},
    ],
)
def test_what_cannot_be_saved_comes_back_in_the_form(
    cast: Cast, feeding: Coding, sign_in: SignIn, data: dict[str, str]
) -> None:
    response = sign_in(cast.coder).post(address(), data)
    assert response.status_code == 422
    assert data["text"] in response.content.decode()
    assert not Cell.objects.filter(version__gt=0).exists()


def test_a_refused_save_leaves_no_citation_behind(
    cast: Cast, feeding: Coding, sign_in: SignIn
) -> None:
    data = {"text": "[@9]", "base_version": "0", "cite": str(feeding.excerpt_id)}
    assert sign_in(cast.coder).post(address(), data).status_code == 422
    assert not CellCitation.objects.exists()


def test_beginning_from_case_text_that_is_not_there_says_so(
    cast: Cast, feeding: Coding, sign_in: SignIn
) -> None:
    response = sign_in(cast.coder).post(address(), {"start": "1"}, follow=True)
    assert response.status_code == 200
    assert not Cell.objects.exists()


@pytest.mark.parametrize(
    ("person", "status"), [("reader", 403), ("stranger", 404), ("coder", 302), ("lead", 302)]
)
def test_who_may_write(
    cast: Cast, feeding: Coding, sign_in: SignIn, person: str, status: int
) -> None:
    client = sign_in(getattr(cast, person))
    data = {"text": "Mit.", "base_version": "0"}
    assert client.post(address(), data).status_code == status


def test_unknown_and_removed_questions_and_cases_are_not_there(
    cast: Cast, question: AnalysisQuestion, case: Case, sign_in: SignIn
) -> None:
    client = sign_in(cast.coder)
    assert client.get(address("no-such")).status_code == 404
    assert client.get(address("a1", "no-such")).status_code == 404
    Case.objects.filter(pk=case.pk).update(removed_at="2024-06-01T00:00Z")
    assert client.get(address()).status_code == 404


def test_the_numbers_of_the_case_description_lead_to_its_own_sources(
    cast: Cast, question: AnalysisQuestion, case: Case, feeding: Coding, sign_in: SignIn
) -> None:
    section = make_section(cast.lead, "goer")
    item = make_item(cast.lead)
    item.analysis_questions.add(question)
    item.template_sections.add(section)
    draft = open_draft(member=cast.coder, case=case)
    token = cite(
        member=cast.coder, draft=draft, excerpt_id=feeding.excerpt_id, mode=CitationMode.QUOTE
    )
    text = f"Tavlen {token}."
    write_section(member=cast.coder, draft=draft, section=section, text=text, base_version=0)
    page = body(sign_in(cast.reader), address())
    assert 'href="/studies/study/cases/tofteby/draft/#citation-1"' in page
    assert 'href="#citation-1"' not in page
    assert 'id="citation-1"' in body(sign_in(cast.reader), "/studies/study/cases/tofteby/draft/")


def test_a_cell_that_nothing_feeds_says_where_that_is_set(
    cast: Cast, question: AnalysisQuestion, case: Case, document: Document, sign_in: SignIn
) -> None:
    client = sign_in(cast.coder)
    page = body(client, address())
    assert reverse("kit", kwargs={"slug": "study"}) + '">Sig i guiden' in page
    assert reverse("evidence_rules", kwargs={"slug": "study"}) in page
    make_item(cast.lead).analysis_questions.add(question)
    marking = reverse("document_answers", kwargs={"slug": "study", "document": document.pk})
    assert marking in body(client, address())
    assert marking not in body(sign_in(cast.reader), address())


def test_markup_in_a_cell_is_only_text(
    cast: Cast, question: AnalysisQuestion, case: Case, sign_in: SignIn
) -> None:
    text = '<script>alert(1)</script> [x](javascript:alert(2)) <img src=x onerror="alert(3)">'
    write_cell(member=cast.coder, question=question, case=case, text=text, base_version=0)
    client = sign_in(cast.reader)
    for url in (GRID, address()):
        page = body(client, url)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript' not in page


def test_ways_lead_to_the_cells_beside(
    cast: Cast, question: AnalysisQuestion, case: Case, sign_in: SignIn
) -> None:
    make_case(cast.lead, "svalen", "Svalen")
    make_question(cast.lead, "a2", "Hvad fremmer?")
    page = body(sign_in(cast.reader), address())
    assert address("a1", "svalen") in page
    assert address("a2", "tofteby") in page
    last = body(sign_in(cast.reader), address("a2", "svalen"))
    assert 'rel="next"' not in last


def test_another_passage_with_the_code_is_marked_as_used_once_cited(
    cast: Cast, question: AnalysisQuestion, case: Case, feeding: Coding, sign_in: SignIn
) -> None:
    place: dict[str, Any] = {"member": cast.coder, "question": question, "case": case}
    token = cite_in_cell(**place, excerpt_id=feeding.excerpt_id)
    assert "is-used" not in body(sign_in(cast.coder), address())
    write_cell(**place, text=f"Tavlen {token}.", base_version=0)
    assert "is-used" in body(sign_in(cast.coder), address())


@pytest.mark.parametrize("size", [1, 3])
def test_the_pages_take_a_fixed_number_of_queries(
    cast: Cast,
    question: AnalysisQuestion,
    feeding: Coding,
    case: Case,
    sign_in: SignIn,
    size: int,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    for number in range(1, size):
        make_question(cast.lead, f"b{number}", f"Spørgsmål {number}")
        other = make_case(cast.lead, f"case{number}", f"Case {number}")
        make_coding(cast.coder, make_document(cast.coder, other), "tavlen", feeding.code)
    place: dict[str, Any] = {"member": cast.coder, "question": question, "case": case}
    token = cite_in_cell(**place, excerpt_id=feeding.excerpt_id)
    write_cell(**place, text=f"Tavlen {token}.", base_version=0)
    client = sign_in(cast.coder)
    with django_assert_num_queries(19):
        body(client, GRID)
    with django_assert_num_queries(30):
        body(client, address())
