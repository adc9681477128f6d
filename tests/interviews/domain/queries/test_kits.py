"""Question coverage: never asked is something else than asked without an answer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from interviews.domain.queries.kits import Asked, coverage, items_by_question
from interviews.enums import AnswerKind, AskedState, DocumentKind, InterviewForm
from interviews.models import AnswerMark, Case, Document, Interview, KitItem, Visit
from tests.factories.field import make_case, make_document
from tests.factories.studies import Cast, make_cast
from tests.factories.templates import make_item, make_question

ANSWERED, SILENT, UNPROMPTED = (
    AnswerKind.ANSWERED,
    AnswerKind.NOTHING_SAID,
    AnswerKind.UNPROMPTED,
)


@pytest.fixture
def item(cast: Cast) -> KitItem:
    return make_item(cast.lead)


def talk(cast: Cast, case: Case, number: int) -> Document:
    visit = Visit.objects.create(study=cast.study, case=case)
    interview = Interview.objects.create(
        study=cast.study, visit=visit, number=number, title=f"Samtale {number}",
        form=InterviewForm.INDIVIDUAL,
    )  # fmt: skip
    document = make_document(cast.coder, case, title=f"Samtale {number}")
    Document.objects.filter(pk=document.pk).update(interview=interview)
    return document


def mark(document: Document, item: KitItem, kind: AnswerKind, turn: int = 1) -> None:
    AnswerMark.objects.create(
        document=document, turn=document.turns.get(number=turn), item=item, kind=kind
    )


def fared(cast: Cast, case: Case, *items: KitItem) -> Asked:
    return coverage(cast.reader).asked([item.pk for item in items], case.pk)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ((), Asked(AskedState.NOT_ASKED, 0, 3)),
        ((ANSWERED,), Asked(AskedState.ASKED, 1, 3)),
        ((ANSWERED, SILENT), Asked(AskedState.ASKED, 2, 3)),
        ((SILENT, SILENT), Asked(AskedState.NOTHING_SAID, 2, 3)),
        ((UNPROMPTED,), Asked(AskedState.UNPROMPTED, 0, 3)),
        ((SILENT, UNPROMPTED), Asked(AskedState.UNPROMPTED, 1, 3)),
        ((ANSWERED, UNPROMPTED), Asked(AskedState.ASKED, 1, 3)),
    ],
)
def test_a_question_fares_by_what_the_interviews_make_of_it(
    cast: Cast, case: Case, item: KitItem, kinds: tuple[AnswerKind, ...], expected: Asked
) -> None:
    talks = [talk(cast, case, number) for number in (1, 2, 3)]
    aside = make_item(cast.lead, "s2")
    for document in talks:
        mark(document, aside, ANSWERED, turn=2)
    for document, kind in zip(talks, kinds, strict=False):
        mark(document, item, kind)
    assert fared(cast, case, item) == expected


def test_not_asked_is_said_only_where_every_interview_is_marked(
    cast: Cast, case: Case, item: KitItem
) -> None:
    aside = make_item(cast.lead, "s2")
    first, second = talk(cast, case, 1), talk(cast, case, 2)
    assert fared(cast, case, item) == Asked(AskedState.UNMARKED, 0, 2, unmarked=2)
    mark(first, aside, ANSWERED)
    assert fared(cast, case, item) == Asked(AskedState.UNMARKED, 0, 2, unmarked=1)
    assert fared(cast, case, aside) == Asked(AskedState.ASKED, 1, 2, unmarked=1)
    mark(second, aside, SILENT)
    assert fared(cast, case, item) == Asked(AskedState.NOT_ASKED, 0, 2)


def test_what_no_question_of_the_guide_leads_to_cannot_be_seen(
    cast: Cast, case: Case, item: KitItem
) -> None:
    mark(talk(cast, case, 1), item, ANSWERED)
    assert fared(cast, case) == Asked(AskedState.UNFED, 0, 1)


def test_several_items_of_one_question_count_an_interview_once(
    cast: Cast, case: Case, item: KitItem
) -> None:
    other = make_item(cast.lead, "s2")
    document = talk(cast, case, 1)
    mark(document, item, ANSWERED)
    mark(document, other, SILENT, turn=2)
    assert fared(cast, case, item, other) == Asked(AskedState.ASKED, 1, 1)


def test_only_interviews_with_words_count(cast: Cast, case: Case, item: KitItem) -> None:
    visit = Visit.objects.create(study=cast.study, case=case)
    Interview.objects.create(study=cast.study, visit=visit, number=9, title="Uden ord")
    make_document(cast.coder, case, title="Strategi", kind=DocumentKind.WRITTEN)
    make_document(cast.coder, case, title="Rundgang", kind=DocumentKind.OBSERVATION)
    make_document(cast.coder, case, title="Noter", kind=DocumentKind.NOTES)
    assert fared(cast, case, item) == Asked(AskedState.UNMARKED, 0, 1, unmarked=1)


def test_what_was_removed_counts_no_more(cast: Cast, case: Case, item: KitItem) -> None:
    document = talk(cast, case, 1)
    mark(document, item, ANSWERED)
    Document.objects.filter(pk=document.pk).update(removed_at="2024-06-01T00:00Z")
    assert fared(cast, case, item) == Asked(AskedState.UNMARKED, 0, 0)


def test_of_several_marks_the_answer_wins(cast: Cast, case: Case, item: KitItem) -> None:
    document = talk(cast, case, 1)
    mark(document, item, SILENT)
    mark(document, item, ANSWERED, turn=2)
    found = coverage(cast.coder)
    [only] = found.talks
    assert found.kind([item.pk], only.id) == ANSWERED
    assert found.kind([UUID(int=0)], only.id) is None


def test_cases_and_studies_are_kept_apart(cast: Cast, case: Case, item: KitItem) -> None:
    mark(talk(cast, case, 1), item, ANSWERED)
    assert fared(cast, make_case(cast.lead, "svalen"), item).of == 0
    assert coverage(make_cast("other", "other-").lead).talks == []


def test_a_question_knows_the_items_that_feed_it(cast: Cast, item: KitItem) -> None:
    question = make_question(cast.lead)
    item.analysis_questions.add(question)
    make_item(cast.lead, "s2")
    assert items_by_question(cast.coder) == {question.pk: [item.pk]}


@pytest.mark.parametrize("interviews", [1, 3])
def test_coverage_takes_four_queries(
    cast: Cast,
    case: Case,
    item: KitItem,
    interviews: int,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    for number in range(interviews):
        mark(talk(cast, case, number + 1), item, ANSWERED)
    with django_assert_num_queries(4):
        assert len(coverage(cast.coder).talks) == interviews
