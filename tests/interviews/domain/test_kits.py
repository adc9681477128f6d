"""The interview guide: what is arranged, removed or changed by two at once is never lost."""

import pytest

from interviews.domain.answers import mark_answer
from interviews.domain.arrangements import Move
from interviews.domain.kits import (
    ITEMS,
    add_items,
    change_item,
    describe_kit,
    kit_state,
    state_of,
)
from interviews.enums import AnswerKind, KitItemKind
from interviews.formats.outlines import OutlineLine, read_outline
from interviews.models import AnalysisQuestion, Document, Kit, KitItem
from tests.factories.studies import Cast, make_cast
from workbench.domain.rows import seal
from workbench.errors import Conflict, Invalid, Missing
from workbench.models import HistoryEntry

GUIDE = "Om jer\n\tHvem er I?\n\tHvor mange?\n\t\tOm natten?\nOpgaven\n\tHvad gør I?"


@pytest.fixture
def guide(cast: Cast) -> dict[str, KitItem]:
    return {item.text: item for item in add_items(member=cast.lead, lines=read_outline(GUIDE))}


def drawn(cast: Cast) -> str:
    items = KitItem.objects.filter(kit__study=cast.study, removed_at=None)
    return "\n".join("\t" * item.depth + item.text for item in items)


def numbers(cast: Cast) -> list[str]:
    items = KitItem.objects.filter(kit__study=cast.study, removed_at=None)
    return [item.number for item in items]


def test_a_pasted_outline_becomes_sections_and_questions(cast: Cast, guide: object) -> None:
    assert drawn(cast) == GUIDE
    assert numbers(cast) == ["1", "1.1", "1.2", "1.2.1", "2", "2.1"]
    for item in KitItem.objects.select_related("parent"):
        assert item.kind == (KitItemKind.QUESTION if item.depth else KitItemKind.SECTION)
        assert item.depth == (item.parent.depth + 1 if item.parent else 0)
    assert HistoryEntry.objects.get(noun="kit_item").after["items"] == 6


def test_items_can_be_added_under_an_item(cast: Cast, guide: dict[str, KitItem]) -> None:
    lines = [OutlineLine("Hvor længe?"), OutlineLine("Siden hvornår?", 1)]
    add_items(member=cast.lead, lines=lines, under=guide["Om jer"].pk)

    assert drawn(cast) == GUIDE.replace("\nOpgaven", "\n\tHvor længe?\n\t\tSiden hvornår?\nOpgaven")


def test_the_same_words_twice_get_two_keys(cast: Cast) -> None:
    made = add_items(member=cast.lead, lines=read_outline("Hvad så?\nHvad så?"))

    assert [item.key for item in made] == ["hvad_saa", "hvad_saa_2"]


def test_a_move_takes_what_is_under_along_and_numbers_follow(
    cast: Cast, guide: dict[str, KitItem]
) -> None:
    ITEMS.move(member=cast.lead, pk=guide["Hvor mange?"].pk, way=Move.UP)
    item = ITEMS.move(member=cast.lead, pk=guide["Opgaven"].pk, way=Move.UP)

    assert drawn(cast) == (
        "Opgaven\n\tHvad gør I?\nOm jer\n\tHvor mange?\n\t\tOm natten?\n\tHvem er I?"
    )
    assert item.number == "1"


def test_a_section_moved_in_becomes_a_question_and_out_again_a_section(
    cast: Cast, guide: dict[str, KitItem]
) -> None:
    item = ITEMS.move(member=cast.lead, pk=guide["Opgaven"].pk, way=Move.IN)
    assert (item.kind, item.number) == (KitItemKind.QUESTION, "1.3")

    item = ITEMS.move(member=cast.lead, pk=guide["Opgaven"].pk, way=Move.OUT)
    assert item.kind == KitItemKind.SECTION
    assert drawn(cast) == GUIDE


def test_two_people_who_arrange_at_once_lose_nothing(cast: Cast, guide: dict[str, KitItem]) -> None:
    """Each acts on a page that is old by then."""
    ITEMS.move(member=cast.lead, pk=guide["Om jer"].pk, way=Move.DOWN)
    ITEMS.move(member=cast.lead, pk=guide["Om jer"].pk, way=Move.DOWN)
    ITEMS.move(member=cast.lead, pk=guide["Hvem er I?"].pk, way=Move.OUT)
    ITEMS.remove(member=cast.lead, pk=guide["Opgaven"].pk)
    ITEMS.move(member=cast.lead, pk=guide["Om natten?"].pk, way=Move.OUT)

    assert set(drawn(cast).replace("\t", "").split("\n")) == {
        "Om jer",
        "Hvem er I?",
        "Hvor mange?",
        "Om natten?",
    }
    with pytest.raises(Missing):
        ITEMS.move(member=cast.lead, pk=guide["Hvad gør I?"].pk, way=Move.UP)


def test_removing_hides_and_keeps_the_answer_marks(
    cast: Cast, guide: dict[str, KitItem], document: Document
) -> None:
    turn = document.turns.all()[0]
    mark_answer(member=cast.coder, turn=turn, item=guide["Om natten?"], kind=AnswerKind.ANSWERED)
    ITEMS.remove(member=cast.lead, pk=guide["Hvor mange?"].pk)

    assert drawn(cast) == "Om jer\n\tHvem er I?\nOpgaven\n\tHvad gør I?"
    assert numbers(cast) == ["1", "1.1", "2", "2.1"]

    for _again in range(2):
        ITEMS.restore(member=cast.lead, pk=guide["Hvor mange?"].pk)
    assert drawn(cast) == GUIDE
    assert KitItem.objects.get(text="Om natten?").answer_marks.count() == 1


def test_what_comes_back_under_something_removed_comes_back_at_the_top(
    cast: Cast, guide: dict[str, KitItem]
) -> None:
    ITEMS.remove(member=cast.lead, pk=guide["Hvad gør I?"].pk)
    ITEMS.remove(member=cast.lead, pk=guide["Opgaven"].pk)
    item = ITEMS.restore(member=cast.lead, pk=guide["Hvad gør I?"].pk)

    assert (item.parent, item.depth, item.kind) == (None, 0, KitItemKind.SECTION)


def test_wording_and_feeds_change_with_their_history(cast: Cast, guide: dict[str, KitItem]) -> None:
    question = AnalysisQuestion.objects.create(study=cast.study, key="a1", title="Anledning")
    item = guide["Hvem er I?"]
    change_item(
        member=cast.lead,
        item_id=item.pk,
        seen=seal(state_of(item)),
        text="Hvem er I her?",
        questions=[question],
    )
    item.refresh_from_db()

    assert item.text == "Hvem er I her?"
    assert list(item.analysis_questions.all()) == [question]
    entry = HistoryEntry.objects.filter(noun="kit_item").latest("number")
    assert entry.before == {"text": "Hvem er I?"}
    assert entry.after == {"text": "Hvem er I her?", "changed": ["questions"]}


def test_the_second_of_two_writers_sees_both_versions(
    cast: Cast, guide: dict[str, KitItem]
) -> None:
    item = guide["Hvem er I?"]
    seen = seal(state_of(item))
    change_item(member=cast.lead, item_id=item.pk, seen=seen, text="Den første")

    with pytest.raises(Conflict) as conflict:
        change_item(member=cast.lead, item_id=item.pk, seen=seen, text="Den anden")

    assert conflict.value.details["theirs"]["text"] == "Den første"
    item.refresh_from_db()
    assert item.text == "Den første"


def test_an_empty_wording_is_refused(cast: Cast, guide: dict[str, KitItem]) -> None:
    with pytest.raises(Invalid):
        change_item(member=cast.lead, item_id=guide["Om jer"].pk, seen=None, text="  ")


def test_items_and_questions_of_another_study_do_not_exist(
    cast: Cast, guide: dict[str, KitItem]
) -> None:
    other = make_cast("other", "other-")
    foreign = AnalysisQuestion.objects.create(study=other.study, key="a1", title="Anledning")

    with pytest.raises(Missing):
        ITEMS.move(member=other.lead, pk=guide["Om jer"].pk, way=Move.DOWN)
    with pytest.raises(Missing):
        change_item(
            member=cast.lead,
            item_id=guide["Om jer"].pk,
            seen=None,
            text="Om jer",
            questions=[foreign],
        )


def test_answer_categories_keep_their_keys_while_their_labels_stay(
    cast: Cast, guide: dict[str, KitItem]
) -> None:
    def describe(text: str) -> None:
        kit, _made = Kit.objects.get_or_create(study=cast.study)
        describe_kit(
            member=cast.lead,
            seen=seal(kit_state(kit)),
            title="Guide",
            categories=read_outline(text),
        )

    describe("Gevinst\n\tMålbar\n\tTro")
    before = Kit.objects.get().answer_categories
    describe("Udfordring\n\tTid\nGevinst\n\tTro\n\tKvalitativ\n\tMålbar")
    after = Kit.objects.get().answer_categories

    assert [each["label"] for each in after] == ["Udfordring", "Gevinst"]
    assert after[1]["key"] == before[0]["key"]
    keys = {each["label"]: each["key"] for each in after[1]["options"]}
    assert {each["label"]: each["key"] for each in before[0]["options"]}.items() <= keys.items()
    assert len(set(keys.values())) == 3
