"""Evidence: coded passages stand at the template's points, by rule or by hand."""

from typing import Any
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from coding.domain.codings import remove_coding
from coding.domain.evidence import (
    hide_excerpt,
    note_excerpt,
    order_excerpt,
    pin_excerpt,
    set_code_rules,
    set_item_rules,
    set_kind_rules,
    stands_for,
)
from coding.domain.queries.evidence import (
    CaseEvidence,
    evidence_of_case,
    note_state,
    rules_by_code,
    rules_state,
)
from coding.models import EvidenceMark, EvidenceRule, Excerpt, QuestionRule
from interviews.domain.answers import mark_answer
from interviews.domain.case_templates import POINTS
from interviews.domain.documents import SpeakerMapping
from interviews.enums import AnswerKind, DocumentKind
from interviews.models import Case, Document, TemplatePoint, Turn
from tests.factories.codings import make_code, make_coding
from tests.factories.field import make_case, make_document, make_participant
from tests.factories.studies import Cast, make_cast
from tests.factories.templates import make_item, make_point, make_question, make_section
from workbench.domain.rows import seal
from workbench.errors import Conflict, Missing
from workbench.models import HistoryEntry


@pytest.fixture
def point(cast: Cast) -> TemplatePoint:
    return make_point(make_section(cast.lead))


def quotes_at(evidence: CaseEvidence, point: TemplatePoint) -> list[str]:
    found = evidence.point(point.pk)
    assert found is not None
    return [row.passage.quote for row in found.shown]


def excerpt_of(document: Document, cast: Cast, quote: str, code_name: str) -> Excerpt:
    code = make_code(cast.lead, code_name)
    return make_coding(cast.coder, document, quote, code).excerpt


def test_a_coded_passage_stands_where_its_codes_rule_puts_it(
    cast: Cast, case: Case, document: Document, point: TemplatePoint
) -> None:
    code = make_code(cast.lead)
    set_code_rules(member=cast.lead, code=code, points=[point.pk], questions=[])
    coding = make_coding(cast.coder, document, "tavlen visket ud", code)
    evidence = evidence_of_case(cast.coder, case)
    assert quotes_at(evidence, point) == ["tavlen visket ud"]
    assert evidence.elsewhere == ()
    remove_coding(member=cast.coder, coding_id=coding.pk)
    assert quotes_at(evidence_of_case(cast.coder, case), point) == []


def test_a_code_without_rules_has_those_of_its_nearest_ancestor(
    cast: Cast, point: TemplatePoint
) -> None:
    other = make_point(point.section, "Noget andet")
    question = make_question(cast.lead)
    top = make_code(cast.lead, "Hæmmere")
    middle = make_code(cast.lead, "Organisering", parent=top)
    leaf = make_code(cast.lead, "Vagtplan", parent=middle)
    loose = make_code(cast.lead, "Løs")
    set_code_rules(member=cast.lead, code=top, points=[point.pk], questions=[question.pk])
    assert rules_by_code(cast.study.pk)[leaf.pk].points == (point.pk,)
    set_code_rules(member=cast.lead, code=middle, points=[other.pk], questions=[])
    rules = rules_by_code(cast.study.pk)
    assert rules[leaf.pk].points == (other.pk,)
    assert rules[leaf.pk].questions == (question.pk,)
    assert rules[loose.pk].points == ()
    assert stands_for(cast.study.pk, [leaf.pk, loose.pk]) == [("Sådan gør de", "Noget andet")]


def test_one_passage_by_two_coders_is_one_with_both_names(
    cast: Cast, case: Case, document: Document, point: TemplatePoint
) -> None:
    code, other = make_code(cast.lead), make_code(cast.lead, "Forankring")
    set_code_rules(member=cast.lead, code=code, points=[point.pk], questions=[])
    for member, each in ((cast.coder, code), (cast.second_coder, code), (cast.coder, other)):
        make_coding(member, document, "tavlen visket ud", each)
    found = evidence_of_case(cast.coder, case).point(point.pk)
    assert found is not None
    [row] = found.rows
    assert row.passage.coders == ("Coder", "Second Coder")
    assert [mark.name for mark in row.passage.codes] == ["Hæmmere", "Forankring"]


def test_an_answer_to_a_guide_question_counts_only_when_it_is_coded(
    cast: Cast, case: Case, document: Document, point: TemplatePoint
) -> None:
    item = make_item(cast.lead)
    set_item_rules(member=cast.lead, item=item, points=[point.pk])
    turn = Turn.objects.get(document=document, number=2)
    mark_answer(member=cast.coder, turn=turn, item=item, kind=AnswerKind.ANSWERED)
    assert quotes_at(evidence_of_case(cast.coder, case), point) == []
    make_coding(cast.coder, document, "det var spild", make_code(cast.lead))
    make_coding(cast.coder, document, "om aftenen", make_code(cast.lead, "Andet"))
    evidence = evidence_of_case(cast.coder, case)
    assert quotes_at(evidence, point) == ["det var spild"]
    assert [row.passage.quote for row in evidence.elsewhere] == ["om aftenen"]
    mark_answer(member=cast.coder, turn=turn, item=item, kind=AnswerKind.NOTHING_SAID)
    assert quotes_at(evidence_of_case(cast.coder, case), point) == []


def test_coded_material_of_a_kind_stands_where_its_rule_says(
    cast: Cast, case: Case, point: TemplatePoint
) -> None:
    note = make_document(cast.coder, case, kind=DocumentKind.OBSERVATION, title="Rundgang")
    set_kind_rules(member=cast.lead, kind=DocumentKind.OBSERVATION, points=[point.pk])
    make_coding(cast.coder, note, "om aftenen", make_code(cast.lead))
    assert quotes_at(evidence_of_case(cast.coder, case), point) == ["om aftenen"]


def test_a_pinned_passage_stands_there_even_after_it_is_uncoded(
    cast: Cast, case: Case, document: Document, point: TemplatePoint
) -> None:
    coding = make_coding(cast.coder, document, "tavlen visket ud", make_code(cast.lead))
    pin_excerpt(member=cast.coder, case=case, point=point, excerpt=coding.excerpt)
    remove_coding(member=cast.coder, coding_id=coding.pk)
    found = evidence_of_case(cast.coder, case).point(point.pk)
    assert found is not None
    assert [(row.passage.quote, row.pinned) for row in found.rows] == [("tavlen visket ud", True)]
    pin_excerpt(member=cast.coder, case=case, point=point, excerpt=coding.excerpt, pinned=False)
    assert quotes_at(evidence_of_case(cast.coder, case), point) == []


def test_hidden_passages_leave_the_list_and_come_back_with_their_note(
    cast: Cast, case: Case, document: Document, point: TemplatePoint
) -> None:
    code = make_code(cast.lead)
    set_code_rules(member=cast.lead, code=code, points=[point.pk], questions=[])
    excerpt = make_coding(cast.coder, document, "tavlen visket ud", code).excerpt
    note_excerpt(member=cast.coder, case=case, point=point, excerpt=excerpt, note="Bedst!")
    hide_excerpt(member=cast.coder, case=case, point=point, excerpt=excerpt)
    found = evidence_of_case(cast.coder, case).point(point.pk)
    assert found is not None
    assert (len(found.shown), [row.note for row in found.hidden]) == (0, ["Bedst!"])
    hide_excerpt(member=cast.coder, case=case, point=point, excerpt=excerpt, hidden=False)
    assert quotes_at(evidence_of_case(cast.coder, case), point) == ["tavlen visket ud"]
    assert "Bedst" not in str(list(HistoryEntry.objects.values_list("after", flat=True)))


def test_passages_move_up_and_down_and_stay_at_the_ends(
    cast: Cast, case: Case, document: Document, point: TemplatePoint
) -> None:
    code = make_code(cast.lead)
    set_code_rules(member=cast.lead, code=code, points=[point.pk], questions=[])
    excerpts = [
        make_coding(cast.coder, document, quote, code).excerpt
        for quote in ("det var spild", "dårlig nat", "om aftenen")
    ]
    for step in (-1, -1, -1):
        order_excerpt(member=cast.coder, case=case, point=point, excerpt=excerpts[2], step=step)
    assert quotes_at(evidence_of_case(cast.coder, case), point) == [
        "om aftenen", "det var spild", "dårlig nat",
    ]  # fmt: skip
    order_excerpt(member=cast.coder, case=case, point=point, excerpt=excerpts[2], step=1)
    assert quotes_at(evidence_of_case(cast.coder, case), point)[1] == "om aftenen"


def test_a_passage_knows_who_says_it_and_when(cast: Cast, case: Case, point: TemplatePoint) -> None:
    helper = make_participant(case, printed_label="Hjælper, dag")
    spoken = make_document(
        cast.coder,
        case,
        speakers={
            "Hjælper 2": SpeakerMapping(participant=helper),
            "Interviewer": SpeakerMapping(is_interviewer=True),
        },
    )
    code = make_code(cast.lead)
    set_code_rules(member=cast.lead, code=code, points=[point.pk], questions=[])
    make_coding(cast.coder, spoken, "ti minutter?\n\nAltså", code)
    found = evidence_of_case(cast.coder, case).point(point.pk)
    assert found is not None
    [row] = found.rows
    assert [voice.pseudonym for voice in row.passage.spoken.voices] == ["Hjælper 2"]
    assert row.passage.spoken.voices[0].label == "Hjælper, dag"
    assert row.passage.spoken.time_code == "12:40"
    assert len(row.passage.spoken.turns) == 2


def test_nothing_of_another_study_can_be_marked_or_ruled(
    cast: Cast, case: Case, document: Document, point: TemplatePoint
) -> None:
    foreign = make_cast("other", "other-")
    code = make_code(foreign.lead)
    with pytest.raises(Missing):
        set_code_rules(member=foreign.lead, code=code, points=[point.pk], questions=[])
    with pytest.raises(Missing):
        set_kind_rules(member=foreign.lead, kind=DocumentKind.WRITTEN, points=[point.pk])
    excerpt = excerpt_of(document, cast, "om aftenen", "Andet")
    with pytest.raises(Missing):
        pin_excerpt(member=foreign.lead, case=case, point=point, excerpt=excerpt)
    elsewhere = make_case(cast.lead, key="andet", name="Et andet sted")
    with pytest.raises(Missing):
        pin_excerpt(member=cast.lead, case=elsewhere, point=point, excerpt=excerpt)


def test_rules_are_replaced_as_a_whole_and_written_into_history_once(
    cast: Cast, point: TemplatePoint
) -> None:
    code, question = make_code(cast.lead), make_question(cast.lead)
    other = make_point(point.section, "Noget andet")

    def rule(points: list[UUID], questions: list[UUID]) -> None:
        set_code_rules(member=cast.lead, code=code, points=points, questions=questions)

    rule([point.pk], [question.pk])
    rule([point.pk], [question.pk])
    rule([other.pk], [])
    assert list(EvidenceRule.objects.values_list("point_id", flat=True)) == [other.pk]
    assert not QuestionRule.objects.exists()
    assert HistoryEntry.objects.filter(noun="evidence").count() == 2


def test_a_mark_is_told_once_with_what_stood_before(
    cast: Cast, case: Case, document: Document, point: TemplatePoint
) -> None:
    excerpt = excerpt_of(document, cast, "om aftenen", "Andet")
    hide_excerpt(member=cast.coder, case=case, point=point, excerpt=excerpt)
    for _time in range(3):
        pin_excerpt(member=cast.lead, case=case, point=point, excerpt=excerpt)
    hidden, pinned = HistoryEntry.objects.filter(noun="evidence").order_by("number")
    assert (hidden.before, hidden.after["hidden"]) == ({"hidden": False}, True)
    assert pinned.before == {"pinned": False, "hidden": True}
    assert (pinned.after["pinned"], pinned.after["hidden"]) == (True, False)
    assert EvidenceMark.objects.get().made_by == cast.lead.user


def test_letting_go_of_what_nobody_pinned_changes_nothing(
    cast: Cast, case: Case, document: Document, point: TemplatePoint
) -> None:
    excerpt = excerpt_of(document, cast, "om aftenen", "Andet")
    pin_excerpt(member=cast.coder, case=case, point=point, excerpt=excerpt, pinned=False)
    note_excerpt(member=cast.coder, case=case, point=point, excerpt=excerpt, note="  ")
    assert not EvidenceMark.objects.exists()
    assert not HistoryEntry.objects.filter(noun="evidence").exists()


def test_a_note_is_not_written_over_one_that_was_not_seen(
    cast: Cast, case: Case, document: Document, point: TemplatePoint
) -> None:
    excerpt = excerpt_of(document, cast, "om aftenen", "Andet")
    nothing = seal(note_state(""))

    def note(text: str) -> None:
        note_excerpt(
            member=cast.coder, case=case, point=point, excerpt=excerpt, note=text, seen=nothing
        )

    note("Bedst")
    with pytest.raises(Conflict) as refused:
        note("Værst")
    assert refused.value.details["theirs"] == {"note": "Bedst"}
    assert EvidenceMark.objects.get().note == "Bedst"


def test_rules_are_not_set_over_ones_that_were_not_seen(cast: Cast, point: TemplatePoint) -> None:
    code, item, nothing = make_code(cast.lead), make_item(cast.lead), seal(rules_state([]))

    def rule_all() -> None:
        points = [point.pk]
        set_code_rules(member=cast.lead, code=code, points=points, questions=[], seen=nothing)
        set_item_rules(member=cast.lead, item=item, points=points, seen=nothing)
        kind = DocumentKind.NOTES
        set_kind_rules(member=cast.lead, kind=kind, points=points, seen=nothing)

    rule_all()
    given: dict[str, Any] = {"member": cast.lead, "points": [], "seen": nothing}
    with pytest.raises(Conflict):
        set_code_rules(code=code, questions=[], **given)
    with pytest.raises(Conflict):
        set_item_rules(item=item, **given)
    with pytest.raises(Conflict):
        set_kind_rules(kind=DocumentKind.NOTES, **given)
    assert EvidenceRule.objects.count() == 3


def test_the_rules_of_a_hidden_point_come_back_with_it(cast: Cast, point: TemplatePoint) -> None:
    code, other = make_code(cast.lead), make_point(point.section, "Noget andet")
    both = [point.pk, other.pk]
    set_code_rules(member=cast.lead, code=code, points=both, questions=[])
    POINTS.remove(member=cast.lead, pk=point.pk)
    set_code_rules(member=cast.lead, code=code, points=[], questions=[])
    POINTS.restore(member=cast.lead, pk=point.pk)
    assert rules_by_code(cast.study.pk)[code.pk].points == (point.pk,)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_evidence_of_a_case_takes_a_fixed_number_of_queries(
    *,
    cast: Cast,
    case: Case,
    document: Document,
    point: TemplatePoint,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    code = make_code(cast.lead)
    set_code_rules(member=cast.lead, code=code, points=[point.pk], questions=[])
    for quote in ("det var spild", "dårlig nat", "om aftenen")[:rows]:
        excerpt = make_coding(cast.coder, document, quote, code).excerpt
        note_excerpt(member=cast.coder, case=case, point=point, excerpt=excerpt, note="x")
    with django_assert_num_queries(12):
        evidence = evidence_of_case(cast.coder, case)
    assert len(quotes_at(evidence, point)) == rows
