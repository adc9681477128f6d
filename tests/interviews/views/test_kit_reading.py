"""Question coverage and one question's answers, as pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from interviews.domain.answers import mark_answer
from interviews.domain.kits import add_items
from interviews.domain.queries.kits import answers_page, coverage_table
from interviews.enums import AnswerKind, AskedState, ParticipantRole
from interviews.formats.outlines import read_outline
from interviews.models import Case, Document, KitItem, Speaker
from tests.factories.field import make_case, make_document, make_participant
from tests.factories.studies import Cast, make_cast
from tests.factories.templates import make_item
from workbench.models import Member, User

SignIn = Callable[[User | Member], Client]
ANSWERED = AnswerKind.ANSWERED


@pytest.fixture
def guide(cast: Cast) -> list[KitItem]:
    """A section with two questions, the first with one under it."""
    return add_items(
        member=cast.lead, lines=read_outline("Om jer\n\tHvem er I?\n\t\tHvor mange?\n\tHvad nu?")
    )


def mark(cast: Cast, document: Document, item: KitItem, turn: int, kind: AnswerKind) -> None:
    item = KitItem.objects.select_related("kit").get(pk=item.pk)
    mark_answer(member=cast.coder, turn=document.turns.get(number=turn), item=item, kind=kind)


def page(cast: Cast, name: str, **keys: Any) -> str:
    return reverse(name, kwargs={"slug": cast.study.slug, **keys})


def test_the_table_says_what_each_interview_made_of_each_question(
    cast: Cast, case: Case, guide: list[KitItem]
) -> None:
    marked = make_document(cast.coder, case, title="A")
    make_document(cast.coder, case, title="B")
    mark(cast, marked, guide[1], 2, ANSWERED)
    table = coverage_table(cast.reader)

    assert [row.item.text for row in table.rows] == [
        "Om jer",
        "Hvem er I?",
        "Hvor mange?",
        "Hvad nu?",
    ]
    states = [[cell.state for cell in row.cells] for row in table.rows]
    assert states == [
        [],
        [AskedState.ASKED, AskedState.UNMARKED],
        [AskedState.NOT_ASKED, AskedState.UNMARKED],
        [AskedState.NOT_ASKED, AskedState.UNMARKED],
    ]
    assert (table.rows[1].cells[0].document, table.rows[1].cells[0].turn) == (marked.pk, 2)
    assert (table.questions, table.of, table.unmarked, table.never) == (3, 2, 1, 2)


def test_rolled_up_a_case_says_how_many_of_its_interviews(
    cast: Cast, case: Case, guide: list[KitItem]
) -> None:
    mark(cast, make_document(cast.coder, case, title="A"), guide[1], 2, ANSWERED)
    make_document(cast.coder, case, title="B")
    make_case(cast.lead, "svalen", "Svalen")
    row = coverage_table(cast.reader, by_case=True).rows[1]
    assert [cell.label for cell in row.cells] == [
        "spurgt i 1 af 2, 1 ikke markeret",
        "ingen interview endnu",
    ]


def test_holes_alone_leave_out_what_was_asked_everywhere(
    cast: Cast, case: Case, guide: list[KitItem]
) -> None:
    mark(cast, make_document(cast.coder, case), guide[1], 2, ANSWERED)
    shown = [row.item.text for row in coverage_table(cast.reader, holes=True).rows]
    assert shown == ["Om jer", "Hvor mange?", "Hvad nu?"]


def test_one_case_is_shown_alone(cast: Cast, case: Case, guide: list[KitItem]) -> None:
    make_document(cast.coder, case)
    other = make_case(cast.lead, "svalen", "Svalen")
    make_document(cast.coder, other)
    assert [head.case for head in coverage_table(cast.reader, case="svalen").heads] == [other]


def test_a_cell_opens_on_its_turn(
    cast: Cast, case: Case, guide: list[KitItem], sign_in: SignIn
) -> None:
    document = make_document(cast.coder, case)
    mark(cast, document, guide[1], 2, ANSWERED)
    html = sign_in(cast.reader).get(page(cast, "kit_coverage")).content.decode()
    marks = page(cast, "document_answers", document=document.pk)
    assert f'href="{marks}?question={guide[1].key}#turn-2"' in html
    assert f'href="{marks}?question={guide[3].key}"' in html

    html = sign_in(cast.reader).get(page(cast, "kit_coverage"), {"by": "case"}).content.decode()
    assert f'href="{page(cast, "kit_answers", item=guide[1].pk)}?case={case.key}"' in html


@pytest.mark.parametrize("by", ["", "case"])
def test_queries_do_not_grow_with_the_interviews(
    cast: Cast,
    case: Case,
    guide: list[KitItem],
    sign_in: SignIn,
    by: str,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    client = sign_in(cast.reader)
    for number in range(2):
        mark(cast, make_document(cast.coder, case, title=f"{number}"), guide[1], 2, ANSWERED)
        with django_assert_max_num_queries(9):
            assert client.get(page(cast, "kit_coverage"), {"by": by}).status_code == 200


def test_a_guide_or_a_study_without_anything_says_what_comes(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.reader)
    assert page(cast, "kit") in client.get(page(cast, "kit_coverage")).content.decode()
    make_item(cast.lead)
    assert page(cast, "cases") in client.get(page(cast, "kit_coverage")).content.decode()
    make_case(cast.lead)
    assert page(cast, "documents") in client.get(page(cast, "kit_coverage")).content.decode()


def speak_as(document: Document, label: str, role: ParticipantRole) -> None:
    person = make_participant(document.case, f"{label} {document.title}", role=role)
    Speaker.objects.filter(document=document, label=label).update(participant=person)


def test_all_answers_to_a_question_stand_side_by_side(
    cast: Cast, case: Case, guide: list[KitItem]
) -> None:
    first, second = (make_document(cast.coder, case, title=title) for title in "AB")
    speak_as(first, "Hjælper 2", ParticipantRole.LEADER)
    for document in (first, second):
        mark(cast, document, guide[1], 2, ANSWERED)
    mark(cast, first, guide[1], 3, AnswerKind.UNPROMPTED)
    found = answers_page(cast.reader, KitItem.objects.get(pk=guide[1].pk))

    told = [(each.talk.title, [turn.number for turn in each.turns]) for each in found.answered]
    assert told == [("A", [2, 3]), ("B", [2])]
    one = found.answered[0].turns[0]
    assert one.speaker == "Hjælper 2 A"
    assert one.role is ParticipantRole.LEADER
    assert one.text.startswith("Altså … i starten")
    # The last turn ends in an emoji: places are counted in characters everywhere.
    assert found.answered[0].turns[1].text.endswith("er tavlen visket ud 🙂.")
    assert (found.section, found.before, found.after) == ("Om jer", None, guide[2])


def test_a_role_leaves_the_others_out_and_says_nothing_of_silence(
    cast: Cast, case: Case, guide: list[KitItem]
) -> None:
    first, second, silent = (make_document(cast.coder, case, title=title) for title in "ABC")
    speak_as(first, "Hjælper 2", ParticipantRole.LEADER)
    speak_as(second, "Hjælper 2", ParticipantRole.UNION)
    for document in (first, second):
        mark(cast, document, guide[1], 2, ANSWERED)
    item = KitItem.objects.get(pk=guide[1].pk)

    found = answers_page(cast.reader, item, role=ParticipantRole.UNION)
    assert [each.talk.title for each in found.answered] == ["B"]
    assert found.silent == ()
    [alone] = answers_page(cast.reader, item).silent
    assert (alone.talk.title, alone.state) == (silent.title, AskedState.UNMARKED)


def test_answers_of_another_case_or_study_are_not_there(
    cast: Cast, case: Case, guide: list[KitItem], sign_in: SignIn
) -> None:
    mark(cast, make_document(cast.coder, case), guide[1], 2, ANSWERED)
    make_case(cast.lead, "svalen", "Svalen")
    client = sign_in(cast.reader)
    address = page(cast, "kit_answers", item=guide[1].pk)
    assert "spild" in client.get(address).content.decode()
    assert "spild" not in client.get(address, {"case": "svalen"}).content.decode()
    foreign = make_item(make_cast("other", "other-").lead)
    assert client.get(page(cast, "kit_answers", item=foreign.pk)).status_code == 404
    assert client.get(page(cast, "kit_answers", item=guide[0].pk)).status_code == 404
