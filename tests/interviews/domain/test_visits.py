"""Visits and their interviews: made, rewritten, hidden together."""

import datetime as dt

import pytest

from interviews.domain.documents import NewDocument, attach_document
from interviews.domain.visits import (
    InterviewFacts,
    VisitFacts,
    add_interview,
    add_visit,
    change_interview,
    change_visit,
    interview_of,
    interview_state,
    remove_interview,
    remove_visit,
    restore_interview,
    restore_visit,
    visit_of,
    visit_state,
)
from interviews.enums import DocumentKind
from interviews.models import Case, Interview, Visit
from tests.factories.field import TALK, make_case, make_participant
from tests.factories.studies import Cast, make_cast
from workbench.domain.rows import seal
from workbench.errors import Conflict, Invalid, Missing
from workbench.models import HistoryEntry


@pytest.fixture
def visit(cast: Cast, case: Case) -> Visit:
    return add_visit(member=cast.coder, case=case, facts=VisitFacts("Første", dt.date(2024, 5, 14)))


@pytest.fixture
def interview(cast: Cast, visit: Visit) -> Interview:
    return add_interview(member=cast.coder, visit=visit, facts=InterviewFacts("Leder"))


def give_material(cast: Cast, interview: Interview) -> None:
    attach_document(
        member=cast.coder,
        new=NewDocument(
            case=interview.visit.case,
            kind=DocumentKind.TRANSCRIPT,
            title="Leder",
            language="da",
            interview=interview,
        ),
        turns=TALK,
        sentences=[],
    )


def test_a_visit_says_which_it_is(cast: Cast, case: Case) -> None:
    with pytest.raises(Invalid):
        add_visit(member=cast.coder, case=case, facts=VisitFacts(note="En note"))
    assert add_visit(member=cast.coder, case=case, facts=VisitFacts(date_text="foråret 2009"))


def test_interviews_are_numbered_through_the_study(cast: Cast, visit: Visit) -> None:
    other = add_visit(member=cast.coder, case=make_case(cast.lead, "andet"), facts=VisitFacts("Et"))
    numbers = [
        add_interview(member=cast.coder, visit=each, facts=InterviewFacts("Leder")).number
        for each in (visit, other, visit)
    ]
    assert numbers == [1, 2, 3]
    with pytest.raises(Conflict) as refused:
        add_interview(member=cast.coder, visit=visit, facts=InterviewFacts("TR"), number=2)
    assert refused.value.code == "number_taken"


def test_people_of_other_places_take_no_part(cast: Cast, visit: Visit) -> None:
    elsewhere = make_participant(make_case(cast.lead, "andet"))
    with pytest.raises(Invalid) as refused:
        add_interview(
            member=cast.coder,
            visit=visit,
            facts=InterviewFacts("Leder", participants=[elsewhere]),
        )
    assert refused.value.code == "other_case"
    with pytest.raises(Invalid) as refused:
        add_interview(
            member=cast.coder,
            visit=visit,
            facts=InterviewFacts("Leder", interviewers=[cast.stranger]),
        )
    assert refused.value.code == "not_on_team"
    assert not Interview.objects.exists()


def test_an_interview_keeps_who_came_and_history_says_what_changed(
    cast: Cast, case: Case, interview: Interview
) -> None:
    person = make_participant(case)
    change_interview(
        member=cast.coder,
        interview=interview,
        facts=InterviewFacts(
            "Leder",
            minutes=45,
            participants=[person],
            interviewers=[cast.coder.user],
            people_planned=2,
            people_actual=1,
            difference="En var syg.",
        ),
    )
    assert list(interview.participants.all()) == [person]
    entry = HistoryEntry.objects.get(noun="interview", action="changed")
    assert entry.after["participants"] == [str(person.pk)]
    assert entry.after["minutes"] == 45
    assert "title" not in entry.after


def test_the_second_of_two_writers_is_shown_both_versions(
    cast: Cast, visit: Visit, interview: Interview
) -> None:
    seen, saw = seal(visit_state(visit)), seal(interview_state(interview))
    change_visit(member=cast.coder, visit=visit, facts=VisitFacts("Et"), seen=seen)
    with pytest.raises(Conflict) as refused:
        change_visit(member=cast.lead, visit=visit, facts=VisitFacts("To"), seen=seen)
    assert refused.value.details["theirs"]["title"] == "Et"
    change_interview(
        member=cast.coder,
        interview=interview,
        facts=InterviewFacts("Leder", interviewers=[cast.lead.user]),
        seen=saw,
    )
    with pytest.raises(Conflict):
        change_interview(
            member=cast.lead, interview=interview, facts=InterviewFacts("Chef"), seen=saw
        )


def test_a_visit_is_hidden_with_its_interviews_and_brings_them_back(
    cast: Cast, case: Case, visit: Visit, interview: Interview
) -> None:
    gone = add_interview(member=cast.coder, visit=visit, facts=InterviewFacts("Aflyst"))
    remove_interview(member=cast.coder, interview=gone)
    remove_visit(member=cast.coder, visit=visit)
    with pytest.raises(Missing):
        visit_of(member=cast.coder, case=case, visit_id=visit.pk)
    with pytest.raises(Missing):
        interview_of(member=cast.coder, case=case, interview_id=interview.pk)
    with pytest.raises(Conflict) as refused:
        restore_interview(member=cast.coder, interview=gone)
    assert refused.value.code == "visit_removed"
    restore_visit(member=cast.coder, visit=visit)
    assert interview_of(member=cast.coder, case=case, interview_id=interview.pk) == interview
    with pytest.raises(Missing):
        interview_of(member=cast.coder, case=case, interview_id=gone.pk)


def test_what_has_material_is_not_hidden(cast: Cast, visit: Visit, interview: Interview) -> None:
    give_material(cast, interview)
    with pytest.raises(Conflict) as refused:
        remove_interview(member=cast.coder, interview=interview)
    assert refused.value.code == "has_material"
    with pytest.raises(Conflict) as refused:
        remove_visit(member=cast.coder, visit=visit)
    assert refused.value.code == "has_material"


def test_another_studys_visits_are_out_of_reach(
    cast: Cast, case: Case, visit: Visit, interview: Interview
) -> None:
    other = make_cast("other", prefix="other-")
    with pytest.raises(Missing):
        add_visit(member=other.lead, case=case, facts=VisitFacts("Et"))
    with pytest.raises(Missing):
        add_interview(member=other.lead, visit=visit, facts=InterviewFacts("Leder"))
    with pytest.raises(Missing):
        remove_visit(member=other.lead, visit=visit)
    with pytest.raises(Missing):
        remove_interview(member=other.lead, interview=interview)
