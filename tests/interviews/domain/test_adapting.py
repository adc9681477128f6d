"""A guide adapted to a case: off, other words, more questions; always mapped to the guide."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from interviews.domain.kits import ITEMS, adapt_item, add_items
from interviews.domain.queries.adaptations import adapted_guide
from interviews.domain.queries.documents import questions_of
from interviews.domain.queries.kits import answers_page, coverage, coverage_table
from interviews.enums import AnswerKind, AskedState
from interviews.formats.outlines import read_outline
from interviews.models import AnswerMark, Case, KitAdaptation, KitItem
from tests.factories.field import make_case, make_document
from tests.factories.studies import Cast, make_cast
from tests.factories.templates import make_item
from workbench.errors import Conflict, Missing
from workbench.models import HistoryEntry, Member, User

SignIn = Callable[[User | Member], Client]


@pytest.fixture
def guide(cast: Cast) -> list[KitItem]:
    return add_items(
        member=cast.lead,
        lines=read_outline("Om jer\n\tHvem er I?\n\t\tHvor mange?\nOpgaven\n\tHvad?"),
    )


def adapt(cast: Cast, case: Case, item: KitItem, **said: object) -> KitAdaptation | None:
    return adapt_item(member=cast.coder, case=case, item_id=item.pk, seen=None, **said)  # type: ignore[arg-type]


def test_what_is_off_takes_what_lies_under_it_along(
    cast: Cast, case: Case, guide: list[KitItem]
) -> None:
    adapt(cast, case, guide[1], off=True)
    assert [row.is_off for row in adapted_guide(case)] == [False, True, True, False, False]
    assert [row.is_own for row in adapted_guide(case)] == [False, True, False, False, False]
    assert not any(row.is_off for row in adapted_guide(make_case(cast.lead, "svalen", "Svalen")))


def test_what_a_case_leaves_out_was_not_planned_there_and_is_no_hole(
    cast: Cast, case: Case, guide: list[KitItem]
) -> None:
    document = make_document(cast.coder, case)
    AnswerMark.objects.create(document=document, turn=document.turns.get(number=2), item=guide[4])
    adapt(cast, case, guide[0], off=True)
    shown = {row.item.text: row for row in coverage_table(cast.reader).rows if row.cells}
    assert [row.cells[0].state for row in shown.values()] == [
        AskedState.NOT_PLANNED,
        AskedState.NOT_PLANNED,
        AskedState.ASKED,
    ]
    assert not any(row.holes for row in shown.values())
    covered = coverage(cast.reader)
    assert covered.asked([guide[1].pk], case.pk).state is AskedState.NOT_PLANNED
    # Another question of the same row was planned, and was not asked.
    adapt(cast, case, guide[0], off=False)
    assert coverage(cast.reader).asked([guide[1].pk], case.pk).state is AskedState.NOT_ASKED


def test_an_answer_counts_though_the_question_was_not_planned(
    cast: Cast, case: Case, guide: list[KitItem]
) -> None:
    document = make_document(cast.coder, case)
    AnswerMark.objects.create(
        document=document,
        turn=document.turns.get(number=2),
        item=guide[1],
        kind=AnswerKind.UNPROMPTED,
    )
    adapt(cast, case, guide[1], off=True)
    assert coverage(cast.reader).asked([guide[1].pk], case.pk).state is AskedState.UNPROMPTED


def test_answers_are_marked_in_the_words_of_the_case(
    cast: Cast, case: Case, guide: list[KitItem]
) -> None:
    document = make_document(cast.coder, case)
    AnswerMark.objects.create(document=document, turn=document.turns.get(number=2), item=guide[1])
    adapt(cast, case, guide[1], text="Hvem står på tavlen?", added=["Og om natten?", " "])
    rows = {row.number: row for row in questions_of(cast.study.pk, document)}
    assert (rows["1.1"].text, rows["1.1"].added) == ("Hvem står på tavlen?", ("Og om natten?",))
    assert rows["2.1"].text == "Hvad?"
    [answered] = answers_page(cast.reader, KitItem.objects.get(pk=guide[1].pk)).answered
    assert answered.wording == "Hvem står på tavlen?"


def test_the_words_of_the_guide_are_no_adaptation(
    cast: Cast, case: Case, guide: list[KitItem]
) -> None:
    assert adapt(cast, case, guide[1], text=" Hvem er I? ") is None
    adapt(cast, case, guide[1], text="Hvem?")
    assert adapt(cast, case, guide[1]) is None
    assert not KitAdaptation.objects.exists()


def test_history_tells_that_words_changed_and_not_which(
    cast: Cast, case: Case, guide: list[KitItem]
) -> None:
    adapt(cast, case, guide[1], text="Hvem står på tavlen?", off=True)
    entry = HistoryEntry.objects.get(noun="kit_adaptation")
    assert entry.after == {"off": True, "changed": ["text"]}
    adapt(cast, case, guide[1], text="Hvem står på tavlen?", off=True)
    assert HistoryEntry.objects.filter(noun="kit_adaptation").count() == 1


def test_who_saves_second_sees_both_versions(
    cast: Cast, case: Case, guide: list[KitItem], sign_in: SignIn
) -> None:
    client = sign_in(cast.coder)
    keys = {"slug": cast.study.slug, "key": case.key, "item": guide[1].pk}
    address = reverse("case_guide_item", kwargs=keys)
    seen = client.get(address).context["form"]["seen"].value()
    adapt(cast, case, guide[1], text="Deres ord", added=["Mere"])
    answer = client.post(address, {"seen": seen, "text": "Mine ord"})
    assert answer.status_code == 409
    assert "Deres ord" in answer.content.decode()
    assert "Mere" in answer.content.decode()
    mark = answer.context["form"]["seen"].value()
    assert client.post(address, {"seen": mark, "text": "Mine ord"}).status_code == 302
    page = client.get(reverse("case_guide", args=(cast.study.slug, case.key)))
    assert "Mine ord" in page.content.decode()
    with pytest.raises(Conflict):
        adapt_item(member=cast.coder, case=case, item_id=guide[1].pk, seen=seen)


def test_foreign_items_and_hidden_cases_are_missing(
    cast: Cast, case: Case, guide: list[KitItem]
) -> None:
    foreign = make_item(make_cast("other", "other-").lead)
    with pytest.raises(Missing):
        adapt(cast, case, foreign, off=True)
    ITEMS.remove(member=cast.lead, pk=guide[1].pk)
    with pytest.raises(Missing):
        adapt(cast, case, guide[1], off=True)
    Case.objects.filter(pk=case.pk).update(removed_at="2024-06-01T00:00Z")
    with pytest.raises(Missing):
        adapt(cast, case, guide[4], off=True)
