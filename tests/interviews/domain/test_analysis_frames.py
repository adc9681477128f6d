"""Analysis questions: added, worded, ordered, removed and brought back."""

import pytest

from interviews.domain.analysis_frames import (
    QUESTIONS,
    TITLE_LENGTH,
    add_questions,
    change_question,
    state_of,
)
from interviews.domain.arrangements import Move
from interviews.formats.outlines import OutlineLine, read_outline
from interviews.models import AnalysisQuestion
from tests.factories.studies import Cast, make_cast
from workbench.domain.rows import seal
from workbench.errors import Conflict, Invalid, Missing
from workbench.models import HistoryEntry


@pytest.fixture
def questions(cast: Cast) -> list[AnalysisQuestion]:
    lines = read_outline("1. Anledninger\n   Hvad fik jer i gang?\n2. Forankring\n3. Måling")
    return add_questions(member=cast.lead, lines=lines)


def titles() -> list[str]:
    return [each.title for each in AnalysisQuestion.objects.filter(removed_at=None)]


def test_deeper_lines_are_the_text_of_their_question(questions: list[AnalysisQuestion]) -> None:
    assert titles() == ["Anledninger", "Forankring", "Måling"]
    assert AnalysisQuestion.objects.get(key="anledninger").text == "Hvad fik jer i gang?"


def test_the_order_changes_a_step_at_a_time(cast: Cast, questions: list[AnalysisQuestion]) -> None:
    QUESTIONS.move(member=cast.lead, pk=questions[2].pk, way=Move.UP)
    QUESTIONS.move(member=cast.lead, pk=questions[0].pk, way=Move.UP)

    assert titles() == ["Anledninger", "Måling", "Forankring"]


def test_a_removed_question_keeps_its_row_and_comes_back_last(
    cast: Cast, questions: list[AnalysisQuestion]
) -> None:
    QUESTIONS.remove(member=cast.lead, pk=questions[0].pk)
    assert titles() == ["Forankring", "Måling"]

    QUESTIONS.restore(member=cast.lead, pk=questions[0].pk)
    assert titles() == ["Forankring", "Måling", "Anledninger"]


def test_two_writers_see_each_other(cast: Cast, questions: list[AnalysisQuestion]) -> None:
    seen = seal(state_of(questions[1]))
    change_question(
        member=cast.lead, question_id=questions[1].pk, seen=seen, title="Forankret?", text="Hvor?"
    )

    with pytest.raises(Conflict):
        change_question(
            member=cast.lead, question_id=questions[1].pk, seen=seen, title="Nej", text=""
        )
    assert titles()[1] == "Forankret?"


def test_a_title_that_is_too_long_adds_nothing(cast: Cast) -> None:
    lines = [OutlineLine("Kort"), OutlineLine("x" * (TITLE_LENGTH + 1))]

    with pytest.raises(Invalid):
        add_questions(member=cast.lead, lines=lines)
    assert titles() == []
    assert not HistoryEntry.objects.filter(noun="analysis_question").exists()


def test_questions_of_another_study_do_not_exist(
    cast: Cast, questions: list[AnalysisQuestion]
) -> None:
    other = make_cast("other", "other-")

    with pytest.raises(Missing):
        QUESTIONS.remove(member=other.lead, pk=questions[0].pk)
