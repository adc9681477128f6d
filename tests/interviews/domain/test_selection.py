"""Choosing: lists that freeze, marks that follow a criterion, candidates that become cases."""

import datetime as dt
from collections.abc import Callable
from functools import partial

import pytest

from interviews.domain.arrangements import Move
from interviews.domain.cases import (
    add_case,
    candidate_for,
    choose,
    remove_case,
    restore_case,
    take_in_cases,
)
from interviews.domain.queries.selection import Matrix, matrix
from interviews.domain.selection.candidates import (
    candidate_of,
    change_candidate,
    consider_again,
    remove_candidate,
    restore_candidate,
    turn_down,
)
from interviews.domain.selection.contacts import (
    ContactFacts,
    change_contact,
    contact_state,
    log_contact,
    remove_contact,
    restore_contact,
)
from interviews.domain.selection.marks import Judgement, judge, mark_state
from interviews.domain.selection.versions import (
    CriterionFacts,
    Decision,
    add_criterion,
    change_criterion,
    criterion_state,
    decide_version,
    move_criterion,
    propose_version,
    remove_criterion,
    restore_criterion,
)
from interviews.enums import CandidateState, Certainty, Reading, SelectionState
from interviews.models import Candidate, Case, CriterionMark, SelectionCriterion
from tests.factories.field import make_case
from tests.factories.selection import make_candidate, make_criterion
from tests.factories.studies import Cast, make_cast
from workbench.domain.rows import seal
from workbench.errors import Conflict, Invalid, Missing
from workbench.models import HistoryEntry

DECIDED = Decision(on=dt.date(2026, 3, 2), by="Styregruppen")


def names(shown: Matrix) -> list[str]:
    return [row.criterion.name for row in shown.rows]


def reword(cast: Cast, criterion: SelectionCriterion, text: str, seen: str | None = None) -> None:
    facts = CriterionFacts(criterion.name, text)
    change_criterion(member=cast.lead, criterion_id=criterion.pk, facts=facts, seen=seen)


def test_the_first_criterion_begins_version_one_as_a_proposal(cast: Cast) -> None:
    make_criterion(cast.lead)
    version = matrix(cast.reader).version
    assert version is not None
    assert (version.number, version.state) == (1, SelectionState.PROPOSED)


def test_a_decided_version_is_frozen(cast: Cast) -> None:
    criterion = make_criterion(cast.lead)
    decide_version(member=cast.lead, number=1, decision=DECIDED)
    attempts: list[Callable[[], object]] = [
        lambda: reword(cast, criterion, "Noget andet"),
        lambda: make_criterion(cast.lead, "Størrelse"),
        lambda: move_criterion(member=cast.lead, criterion_id=criterion.pk, way=Move.UP),
        lambda: remove_criterion(member=cast.lead, criterion_id=criterion.pk),
        lambda: decide_version(member=cast.lead, number=1, decision=DECIDED),
    ]
    for attempt in attempts:
        with pytest.raises(Conflict) as refused:
            attempt()
        assert refused.value.code == "frozen"
    assert SelectionCriterion.objects.get().text == "Både med og uden."


def test_a_change_makes_a_new_proposal_with_its_reason_and_keeps_the_old_one(cast: Cast) -> None:
    criterion = make_criterion(cast.lead)
    decide_version(member=cast.lead, number=1, decision=DECIDED)
    version = propose_version(member=cast.lead, reason=" For snæver. ", after=1)
    reword(cast, version.criteria.get(), "Mindst to med døgndrift.")

    assert (version.number, version.state, version.reason) == (
        2,
        SelectionState.PROPOSED,
        "For snæver.",
    )
    criterion.refresh_from_db()
    assert criterion.text == "Både med og uden."
    assert {each.key for each in SelectionCriterion.objects.all()} == {criterion.key}


def test_a_proposal_that_was_followed_by_another_is_frozen_too(cast: Cast) -> None:
    criterion = make_criterion(cast.lead)
    propose_version(member=cast.lead, reason="Drøftet på mødet.", after=1)
    with pytest.raises(Conflict) as refused:
        reword(cast, criterion, "Noget andet")
    assert refused.value.code == "frozen"


def test_a_new_version_needs_a_reason_and_the_number_that_was_seen(cast: Cast) -> None:
    make_criterion(cast.lead)
    with pytest.raises(Invalid):
        propose_version(member=cast.lead, reason="  ", after=1)
    propose_version(member=cast.lead, reason="Første", after=1)
    with pytest.raises(Conflict) as refused:
        propose_version(member=cast.lead, reason="Anden", after=1)
    assert refused.value.code == "moved_on"


def test_nothing_is_decided_without_a_criterion(cast: Cast) -> None:
    criterion = make_criterion(cast.lead)
    remove_criterion(member=cast.lead, criterion_id=criterion.pk)
    with pytest.raises(Invalid):
        decide_version(member=cast.lead, number=1, decision=DECIDED)


def test_a_removed_criterion_stays_behind_and_its_key_is_never_given_again(cast: Cast) -> None:
    gone = make_criterion(cast.lead)
    remove_criterion(member=cast.lead, criterion_id=gone.pk)
    make_criterion(cast.lead, "Størrelse")
    propose_version(member=cast.lead, reason="Kortere", after=1)
    again = make_criterion(cast.lead)
    assert names(matrix(cast.lead)) == ["Størrelse", "Døgndækning"]
    assert again.key != gone.key


def test_criteria_are_moved_and_brought_back(cast: Cast) -> None:
    first, second = make_criterion(cast.lead, "Først"), make_criterion(cast.lead, "Så")
    move_criterion(member=cast.lead, criterion_id=second.pk, way=Move.UP)
    assert names(matrix(cast.lead)) == ["Så", "Først"]
    remove_criterion(member=cast.lead, criterion_id=first.pk)
    restore_criterion(member=cast.lead, criterion_id=first.pk)
    assert names(matrix(cast.lead)) == ["Så", "Først"]


def test_the_second_of_two_who_reword_a_criterion_sees_both_versions(cast: Cast) -> None:
    criterion = make_criterion(cast.lead)
    seen = seal(criterion_state(criterion))
    reword(cast, criterion, "Mindst to", seen)
    with pytest.raises(Conflict) as refused:
        reword(cast, criterion, "Mindst tre", seen)
    assert refused.value.code == "version_behind"
    assert refused.value.details["theirs"]["text"] == "Mindst to"


def test_a_mark_says_who_when_and_on_what_and_follows_its_criterion(cast: Cast) -> None:
    criterion, candidate = make_criterion(cast.lead), make_candidate(cast.coder)
    judgement = Judgement(Reading.PARTLY, Certainty.UNCERTAIN, " Vagtplanen ")
    mark = judge(member=cast.coder, candidate=candidate, key=criterion.key, judgement=judgement)
    version = propose_version(member=cast.lead, reason="Skarpere", after=1)

    assert (mark.marked_by, mark.evidence, mark.version.number) == (
        cast.coder.user,
        "Vagtplanen",
        1,
    )
    assert mark.marked_at is not None
    [cell] = matrix(cast.reader).rows[0].cells
    assert (cell.mark, cell.reading, cell.is_uncertain) == (mark, Reading.PARTLY, True)
    assert not cell.reworded
    reword(cast, version.criteria.get(), "Døgnet rundt hele året")
    assert matrix(cast.reader).rows[0].cells[0].reworded
    assert not matrix(cast.reader, 1).rows[0].cells[0].reworded


def test_a_cell_without_a_mark_is_not_known(cast: Cast) -> None:
    make_criterion(cast.lead)
    make_candidate(cast.coder)
    [cell] = matrix(cast.reader).rows[0].cells
    assert (cell.mark, cell.reading) == (None, Reading.UNKNOWN)


def test_the_second_of_two_who_mark_a_cell_sees_both_versions(cast: Cast) -> None:
    criterion, candidate = make_criterion(cast.lead), make_candidate(cast.coder)
    empty = seal(mark_state(None))
    mark = partial(judge, candidate=candidate, key=criterion.key, seen=empty)
    mark(member=cast.coder, judgement=Judgement(Reading.MET))
    with pytest.raises(Conflict) as refused:
        mark(member=cast.lead, judgement=Judgement(Reading.NOT_MET))
    assert refused.value.details["theirs"]["reading"] == Reading.MET
    assert CriterionMark.objects.get().reading == Reading.MET


def test_nothing_is_marked_across_studies(cast: Cast) -> None:
    criterion, candidate = make_criterion(cast.lead), make_candidate(cast.coder)
    other = make_cast("other", prefix="other-")
    with pytest.raises(Missing):
        judge(member=other.lead, candidate=candidate, key=criterion.key, judgement=Judgement())
    with pytest.raises(Missing):
        judge(
            member=other.lead,
            candidate=make_candidate(other.coder),
            key=criterion.key,
            judgement=Judgement(),
        )
    with pytest.raises(Missing):
        candidate_of(member=other.lead, candidate_id=candidate.pk)


def test_a_chosen_candidate_becomes_a_case_once(cast: Cast) -> None:
    candidate = make_candidate(cast.coder, Sted="Ribe", Ansatte=40)
    case = choose(member=cast.coder, candidate=candidate)
    assert choose(member=cast.lead, candidate=candidate) == case
    assert (case.name, case.attributes) == ("Plejecenter Ny", {"Sted": "Ribe", "Ansatte": 40})
    assert Case.objects.count() == 1
    [column] = matrix(cast.reader).columns
    assert (column.case, column.is_chosen) == (case, True)


def test_what_is_known_of_a_chosen_candidate_stands_on_its_case(cast: Cast) -> None:
    candidate = make_candidate(cast.coder)
    case = choose(member=cast.coder, candidate=candidate)
    Case.objects.filter(pk=case.pk).update(name="Nyt navn", attributes={"Sted": "Tønder"})
    [column] = matrix(cast.reader).columns
    assert (column.name, column.attributes) == ("Nyt navn", {"Sted": "Tønder"})
    with pytest.raises(Conflict) as refused:
        change_candidate(
            member=cast.coder,
            candidate=candidate,
            name="Andet",
            note="",
            attributes={},
            project=None,
        )
    assert refused.value.code == "chosen"


def test_a_candidate_follows_its_case_out_and_back(cast: Cast) -> None:
    candidate = make_candidate(cast.coder)
    case = choose(member=cast.coder, candidate=candidate)
    remove_case(member=cast.coder, case=case)
    candidate.refresh_from_db()
    assert candidate.state == CandidateState.CONSIDERED
    assert matrix(cast.reader).columns[0].case is None
    restore_case(member=cast.coder, case=case)
    candidate.refresh_from_db()
    assert candidate.state == CandidateState.CHOSEN


def test_choosing_again_brings_the_removed_case_back(cast: Cast) -> None:
    candidate = make_candidate(cast.coder)
    case = choose(member=cast.coder, candidate=candidate)
    remove_case(member=cast.coder, case=case)
    assert choose(member=cast.coder, candidate=candidate) == case
    case.refresh_from_db()
    assert case.removed_at is None


def test_who_is_not_chosen_keeps_the_reason_until_considered_again(cast: Cast) -> None:
    candidate = make_candidate(cast.coder)
    with pytest.raises(Invalid):
        turn_down(member=cast.coder, candidate=candidate, reason=" ")
    turn_down(member=cast.coder, candidate=candidate, reason="For få ansatte.")
    candidate.refresh_from_db()
    assert (candidate.state, candidate.reason) == (CandidateState.NOT_CHOSEN, "For få ansatte.")
    consider_again(member=cast.coder, candidate=candidate)
    candidate.refresh_from_db()
    assert (candidate.state, candidate.reason) == (CandidateState.CONSIDERED, "")


def test_a_removed_candidate_comes_back_with_its_marks(cast: Cast) -> None:
    criterion, candidate = make_criterion(cast.lead), make_candidate(cast.coder)
    judge(
        member=cast.coder,
        candidate=candidate,
        key=criterion.key,
        judgement=Judgement(Reading.MET),
    )
    remove_candidate(member=cast.coder, candidate=candidate)
    assert matrix(cast.reader).columns == ()
    candidate.refresh_from_db()
    restore_candidate(member=cast.coder, candidate=candidate)
    assert matrix(cast.reader).rows[0].cells[0].reading == Reading.MET


def test_cases_made_before_are_taken_in_once(cast: Cast) -> None:
    make_case(cast.lead)
    assert matrix(cast.lead).untaken == 1
    assert take_in_cases(member=cast.coder) == 1
    assert take_in_cases(member=cast.coder) == 0
    assert [column.name for column in matrix(cast.lead).columns] == ["Hjemmeplejen Tofteby"]


def test_the_spread_is_that_of_the_whole_set(cast: Cast) -> None:
    facts = [
        ("A", {"Sektor": "Kommune", "Ansatte": 16, "Døgn": True}),
        ("B", {"Sektor": "Kommune", "Ansatte": 160, "Døgn": False}),
        ("C", {"Sektor": "Stat", "Ansatte": 1}),
    ]
    made = [make_candidate(cast.coder, name, **attributes) for name, attributes in facts]
    for candidate in made[:2]:
        choose(member=cast.coder, candidate=candidate)
    spread = {each.attribute: each for each in matrix(cast.reader).spread}

    assert [(v.value, v.chosen, v.of_all) for v in spread["Sektor"].values] == [
        ("Kommune", ("A", "B"), 2),
        ("Stat", (), 1),
    ]
    assert [(len(v.chosen), v.of_all) for v in spread["Døgn"].values] == [(1, 1), (1, 1), (0, 1)]
    assert spread["Ansatte"].span == (16, 160)


def test_one_and_yes_are_different_answers(cast: Cast) -> None:
    make_candidate(cast.coder, "A", Døgn=True)
    make_candidate(cast.coder, "B", Døgn=1)
    [spread] = matrix(cast.reader).spread
    assert len(spread.values) == 2


def test_a_line_of_the_log_is_rewritten_removed_and_brought_back(cast: Cast) -> None:
    candidate = make_candidate(cast.coder)
    facts = ContactFacts(date=dt.date(2026, 2, 3), who="HR", agreed="Sender et brev.")
    contact = log_contact(member=cast.coder, candidate=candidate, facts=facts)
    seen = seal(contact_state(contact))
    change = partial(change_contact, member=cast.lead, contact=contact, seen=seen)
    change(facts=ContactFacts(date=facts.date, agreed="Besøg i maj."))
    with pytest.raises(Conflict):
        change(facts=ContactFacts(date=facts.date, agreed="Besøg i juni."))
    remove_contact(member=cast.coder, contact=contact)
    restore_contact(member=cast.coder, contact=contact)
    contact.refresh_from_db()
    assert (contact.agreed, contact.removed_at, contact.logged_by) == (
        "Besøg i maj.",
        None,
        cast.coder.user,
    )


@pytest.mark.parametrize(
    "facts",
    [ContactFacts(agreed="Ringer igen."), ContactFacts(date_text="i går"), ContactFacts()],
)
def test_a_line_needs_a_time_and_words(cast: Cast, facts: ContactFacts) -> None:
    with pytest.raises(Invalid):
        log_contact(member=cast.coder, candidate=make_candidate(cast.coder), facts=facts)


def test_history_keeps_the_words_of_the_log_out(cast: Cast) -> None:
    candidate = make_candidate(cast.coder)
    facts = ContactFacts(date_text="i går", who="Else Krogh", agreed="Else ringer.")
    contact = log_contact(member=cast.coder, candidate=candidate, facts=facts)
    change_contact(
        member=cast.coder, contact=contact, facts=ContactFacts(date_text="i går", who="Else K.")
    )
    entries = HistoryEntry.objects.filter(noun="contact")
    assert entries.count() == 2
    told = " ".join(f"{each.label}{each.before}{each.after}" for each in entries)
    assert "Else" not in told


def test_a_case_that_was_not_chosen_from_anything_can_have_a_log(cast: Cast) -> None:
    case = add_case(member=cast.coder, name="Huset")
    candidate = candidate_for(member=cast.coder, case=case)
    assert candidate_for(member=cast.lead, case=Case.objects.get(pk=case.pk)) == candidate
    assert Candidate.objects.get().state == CandidateState.CHOSEN


def test_a_criterion_needs_a_name(cast: Cast) -> None:
    with pytest.raises(Invalid):
        add_criterion(member=cast.lead, facts=CriterionFacts("  "))


@pytest.mark.parametrize("count", [1, 3])
def test_the_matrix_is_read_in_the_same_few_queries(
    cast: Cast, count: int, django_assert_num_queries: object
) -> None:
    for number in range(count):
        criterion = make_criterion(cast.lead, f"Krav {number}")
        candidate = make_candidate(cast.coder, f"Sted {number}")
        judge(
            member=cast.coder,
            candidate=candidate,
            key=criterion.key,
            judgement=Judgement(Reading.MET),
        )
    choose(member=cast.coder, candidate=candidate)
    with django_assert_num_queries(5):  # type: ignore[operator]
        shown = matrix(cast.reader)
    assert len(shown.rows) == len(shown.columns) == count
