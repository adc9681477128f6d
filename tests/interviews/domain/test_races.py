"""Two people at once in the field work: each decides on what the one before left."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from interviews.domain.analysis_frames import add_questions
from interviews.domain.answers import mark_answer
from interviews.domain.case_templates import add_sections
from interviews.domain.cases import add_case, choose, remove_case
from interviews.domain.documents import remove_document, restore_document
from interviews.domain.kits import adapt_item, adaptation_state, add_items, publish_kit
from interviews.domain.measurements import remove_instrument
from interviews.domain.participants import Person, add_participant
from interviews.domain.registry import (
    NewProject,
    ProjectFacts,
    add_project,
    add_projects,
    change_level,
)
from interviews.domain.selection.candidates import turn_down
from interviews.domain.selection.marks import Judgement, judge, mark_state
from interviews.domain.selection.versions import Decision, decide_version, propose_version
from interviews.domain.sources import SourceFacts, add_source, change_source
from interviews.domain.visits import (
    InterviewFacts,
    VisitFacts,
    add_interview,
    add_visit,
    remove_visit,
)
from interviews.enums import AnswerKind, CandidateState, Reading
from interviews.formats.outlines import OutlineLine
from interviews.models import (
    AnswerMark,
    Case,
    CriterionMark,
    Document,
    Interview,
    KitAdaptation,
    KitVersion,
    MappedProject,
    Measurement,
    SelectionCriterion,
    Source,
    Turn,
    Visit,
)
from tests.factories.field import make_case, make_document
from tests.factories.measurements import make_instrument, make_measurement
from tests.factories.races import Field, Race, RaceAt, refusal
from tests.factories.selection import make_candidate, make_criterion
from tests.factories.templates import make_item
from workbench.domain.rows import seal
from workbench.keystore import names
from workbench.models import HistoryEntry

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keystore"])


def adding_cases_of_one_name(at: Field) -> Race:
    add = partial(add_case, name="Plejecenter Ny")
    return Race(
        first=lambda: add(member=at.lead),
        second=lambda: add(member=at.coder),
        stands=lambda: (
            list(Case.objects.order_by("order").values_list("key", "order"))[1:]
            == [("plejecenter-ny", 1), ("plejecenter-ny-2", 2)]
        ),
    )


def moving_a_project_that_was_moved(at: Field) -> Race:
    project = add_project(member=at.lead, facts=ProjectFacts("Huset"), level=3)
    move = partial(change_level, project=project, reason="Evalueringen kom", seen=3)
    return Race(
        first=lambda: move(member=at.lead, level=1),
        second=lambda: move(member=at.coder, level=2),
        stands=lambda: MappedProject.objects.get().level == 1,
        refused="level_moved",
    )


def mapping_the_same_table_twice(at: Field) -> Race:
    rows = [NewProject(ProjectFacts("Huset"), level=3)]
    return Race(
        first=lambda: add_projects(member=at.lead, projects=rows),
        second=lambda: add_projects(member=at.coder, projects=rows),
        stands=lambda: MappedProject.objects.count() == 1,
    )


def closing_a_ring_of_sources(at: Field) -> Race:
    one = add_source(member=at.lead, facts=SourceFacts("Rådet"))
    other = add_source(member=at.lead, facts=SourceFacts("Skolen"))
    return Race(
        first=lambda: change_source(
            member=at.lead, source=one, facts=SourceFacts("Rådet", referred_by=other)
        ),
        second=lambda: change_source(
            member=at.coder, source=other, facts=SourceFacts("Skolen", referred_by=one)
        ),
        stands=lambda: Source.objects.filter(referred_by=None).count() == 1,
        refused="referred_by",
    )


def removing_a_case_that_gets_material(at: Field) -> Race:
    case = make_case(at.lead, "ny", "Ny")
    return Race(
        first=lambda: make_document(at.coder, case),
        second=lambda: remove_case(member=at.lead, case=case),
        stands=lambda: Case.objects.get(pk=case.pk).removed_at is None,
        refused="has_material",
    )


def attaching_to_a_case_that_is_removed(at: Field) -> Race:
    case = make_case(at.lead, "ny", "Ny")
    return Race(
        first=lambda: remove_case(member=at.lead, case=case),
        second=lambda: make_document(at.coder, case),
        stands=lambda: not Document.objects.filter(case=case).exists(),
        refused="not_found",
    )


def restoring_material_of_a_case_that_is_removed(at: Field) -> Race:
    remove_document(member=at.coder, document=at.document)
    return Race(
        first=lambda: remove_case(member=at.lead, case=at.case),
        second=lambda: restore_document(member=at.coder, document=at.document),
        stands=lambda: not Document.objects.filter(removed_at=None).exists(),
        refused="case_removed",
    )


def adding_two_interviews(at: Field) -> Race:
    visit = add_visit(member=at.coder, case=at.case, facts=VisitFacts(title="Første"))
    add = partial(add_interview, visit=visit, facts=InterviewFacts("Leder"))
    return Race(
        first=lambda: add(member=at.lead),
        second=lambda: add(member=at.coder),
        stands=lambda: sorted(Interview.objects.values_list("number", flat=True)) == [1, 2],
    )


def adding_one_interview_twice(at: Field) -> Race:
    visit = add_visit(member=at.coder, case=at.case, facts=VisitFacts(title="Første"))
    add = partial(add_interview, visit=visit, facts=InterviewFacts("Leder"), number=7)
    return Race(
        first=lambda: add(member=at.lead),
        second=lambda: add(member=at.coder),
        stands=lambda: Interview.objects.count() == 1,
        refused="number_taken",
    )


def adding_an_interview_to_a_visit_that_is_removed(at: Field) -> Race:
    visit = add_visit(member=at.coder, case=at.case, facts=VisitFacts(title="Første"))
    facts = InterviewFacts("Leder")
    return Race(
        first=lambda: remove_visit(member=at.lead, visit=visit),
        second=lambda: add_interview(member=at.coder, visit=visit, facts=facts),
        stands=lambda: not Interview.objects.exists(),
        refused="not_found",
    )


def visiting_a_case_that_is_removed(at: Field) -> Race:
    case = make_case(at.lead, "ny", "Ny")
    facts = VisitFacts(title="Første")
    return Race(
        first=lambda: remove_case(member=at.lead, case=case),
        second=lambda: add_visit(member=at.coder, case=case, facts=facts),
        stands=lambda: not Visit.objects.exists(),
        refused="not_found",
    )


def adding_one_participant_twice(at: Field) -> Race:
    add = partial(add_participant, case=at.case, person=Person("Leder"))
    return Race(
        first=lambda: add(member=at.lead),
        second=lambda: add(member=at.coder, real_name="Else Krogh"),
        stands=lambda: at.case.participants.count() == 1 and not names.kept_ids(),
        refused="pseudonym_taken",
    )


def marking_one_answer_twice(at: Field) -> Race:
    turn, item = Turn.objects.filter(document=at.document)[0], make_item(at.lead)
    mark = partial(mark_answer, turn=turn, item=item)
    return Race(
        first=lambda: mark(member=at.lead, kind=AnswerKind.ANSWERED),
        second=lambda: mark(member=at.coder, kind=AnswerKind.NOTHING_SAID),
        stands=lambda: (
            AnswerMark.objects.get().kind == AnswerKind.NOTHING_SAID
            and _last().before["mark"] == AnswerKind.ANSWERED
        ),
    )


def measuring_with_an_instrument_that_is_removed(at: Field) -> Race:
    instrument = make_instrument(at.lead)
    return Race(
        first=lambda: remove_instrument(member=at.lead, instrument=instrument),
        second=lambda: make_measurement(at.coder, instrument, at.case),
        stands=lambda: not Measurement.objects.exists(),
        refused="not_found",
    )


def removing_an_instrument_that_measures(at: Field) -> Race:
    instrument = make_instrument(at.lead)
    return Race(
        first=lambda: make_measurement(at.coder, instrument, at.case),
        second=lambda: remove_instrument(member=at.lead, instrument=instrument),
        stands=lambda: Measurement.objects.filter(instrument__removed_at=None).exists(),
        refused="has_measurements",
    )


def _plan(add: Callable[..., Any]) -> Callable[[Field], Race]:
    def race(at: Field) -> Race:
        lines = [OutlineLine("Hvad hæmmer?")]
        made: list[Any] = []
        return Race(
            first=lambda: made.extend(add(member=at.lead, lines=lines)),
            second=lambda: made.extend(add(member=at.coder, lines=lines)),
            stands=lambda: len({each.key for each in made}) == 2,
        )

    race.__name__ = add.__name__
    return race


def publishing_one_guide_twice(at: Field) -> Race:
    make_item(at.lead)
    return Race(
        first=lambda: publish_kit(member=at.lead, reason="Min"),
        second=lambda: publish_kit(member=at.coder, reason="Din"),
        stands=lambda: list(KitVersion.objects.values_list("number", "reason")) == [(1, "Min")],
    )


def adapting_one_question_twice(at: Field) -> Race:
    item = make_item(at.lead)
    adapt = partial(adapt_item, case=at.case, item_id=item.pk)
    seen = seal(adaptation_state(None))
    return Race(
        first=lambda: adapt(member=at.lead, text="Min ordlyd", seen=seen),
        second=lambda: adapt(member=at.coder, text="Din ordlyd", seen=seen),
        stands=lambda: KitAdaptation.objects.get().text == "Min ordlyd",
        refused="version_behind",
    )


def choosing_one_candidate_twice(at: Field) -> Race:
    candidate = make_candidate(at.coder)
    return Race(
        first=lambda: choose(member=at.lead, candidate=candidate),
        second=lambda: choose(member=at.coder, candidate=candidate),
        stands=lambda: Case.objects.filter(candidate=candidate).count() == 1,
    )


def turning_down_a_candidate_that_is_chosen(at: Field) -> Race:
    candidate = make_candidate(at.coder)
    return Race(
        first=lambda: choose(member=at.lead, candidate=candidate),
        second=lambda: turn_down(member=at.coder, candidate=candidate, reason="For få"),
        stands=lambda: Case.objects.filter(candidate__state=CandidateState.CHOSEN).exists(),
        refused="chosen",
    )


def adding_a_criterion_to_a_list_that_is_decided(at: Field) -> Race:
    make_criterion(at.lead)
    decision = Decision(on=date(2026, 3, 2))
    return Race(
        first=lambda: decide_version(member=at.lead, number=1, decision=decision),
        second=lambda: make_criterion(at.lead, "Størrelse"),
        stands=lambda: SelectionCriterion.objects.count() == 1,
        refused="frozen",
    )


def proposing_two_lists(at: Field) -> Race:
    make_criterion(at.lead)
    propose = partial(propose_version, member=at.lead, reason="For snæver", after=1)
    return Race(
        first=propose,
        second=propose,
        stands=lambda: SelectionCriterion.objects.count() == 2,
        refused="moved_on",
    )


def marking_one_cell_twice(at: Field) -> Race:
    criterion, candidate = make_criterion(at.lead), make_candidate(at.coder)
    mark = partial(judge, candidate=candidate, key=criterion.key, seen=seal(mark_state(None)))
    return Race(
        first=lambda: mark(member=at.lead, judgement=Judgement(Reading.MET)),
        second=lambda: mark(member=at.coder, judgement=Judgement(Reading.NOT_MET)),
        stands=lambda: CriterionMark.objects.get().reading == Reading.MET,
        refused="version_behind",
    )


RACES: list[RaceAt] = [
    choosing_one_candidate_twice,
    turning_down_a_candidate_that_is_chosen,
    adding_a_criterion_to_a_list_that_is_decided,
    proposing_two_lists,
    marking_one_cell_twice,
    adding_cases_of_one_name,
    moving_a_project_that_was_moved,
    mapping_the_same_table_twice,
    closing_a_ring_of_sources,
    removing_a_case_that_gets_material,
    attaching_to_a_case_that_is_removed,
    restoring_material_of_a_case_that_is_removed,
    adding_two_interviews,
    adding_one_interview_twice,
    adding_an_interview_to_a_visit_that_is_removed,
    visiting_a_case_that_is_removed,
    adding_one_participant_twice,
    marking_one_answer_twice,
    measuring_with_an_instrument_that_is_removed,
    removing_an_instrument_that_measures,
    publishing_one_guide_twice,
    adapting_one_question_twice,
    _plan(add_items),
    _plan(add_sections),
    _plan(add_questions),
]


@pytest.mark.parametrize("of", RACES, ids=lambda of: of.__name__)
def test_two_at_once_end_as_one_after_the_other(of: RaceAt, field: Field) -> None:
    race = of(field)
    assert refusal(race) == race.refused
    assert race.stands()


def _last() -> HistoryEntry:
    return HistoryEntry.objects.order_by("number").reverse()[0]
