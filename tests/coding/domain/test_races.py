"""Two people at once: every verb decides on what the one before it left, on both databases."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from coding.domain.codebook import (
    add_code,
    define_code,
    merge_codes,
    move_code,
    place_code,
    remove_code,
)
from coding.domain.codings import (
    change_coding,
    code_passage,
    remove_coding,
    restore_coding,
)
from coding.domain.cross_case import write_cell
from coding.domain.evidence import note_excerpt, order_excerpt, pin_excerpt, set_code_rules
from coding.domain.memos import memo_on
from coding.models import Code, Coding, EvidenceMark, EvidenceRule, Excerpt, Memo
from interviews.domain.analysis_frames import add_questions
from interviews.domain.arrangements import Move
from interviews.domain.case_templates import add_sections
from interviews.domain.cases import add_case, remove_case
from interviews.domain.documents import mark_answer, remove_document, restore_document
from interviews.domain.kits import add_items
from interviews.domain.participants import Person, add_participant
from interviews.domain.visits import (
    InterviewFacts,
    VisitFacts,
    add_interview,
    add_visit,
    remove_visit,
)
from interviews.enums import AnswerKind
from interviews.formats.outlines import OutlineLine
from interviews.models import AnswerMark, Case, Document, Interview, Turn, Visit
from tests.factories.codings import make_code, make_coding, request_for
from tests.factories.field import make_case, make_document, make_participant
from tests.factories.races import Act, overlapping
from tests.factories.studies import Cast, make_user
from tests.factories.templates import make_item, make_point, make_question, make_section
from workbench.domain.names import keep_name
from workbench.domain.studies import add_member, change_role, remove_member, start_study
from workbench.enums import Role
from workbench.keystore import names
from workbench.models import HistoryEntry, Member, Study

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
QUOTE = "tavlen visket ud"


@dataclass(frozen=True)
class Race:
    """`refused` is the code of the error that the second gets, if any."""

    first: Act
    second: Act
    stands: Callable[[], bool]
    refused: str | None = None


@dataclass(frozen=True)
class Field:
    cast: Cast
    case: Case
    document: Document

    @property
    def coder(self) -> Member:
        return self.cast.coder

    @property
    def lead(self) -> Member:
        return self.cast.lead


def coding_one_span_twice(at: Field) -> Race:
    request = partial(request_for, at.document, QUOTE, make_code(at.lead))
    return Race(
        first=lambda: code_passage(member=at.coder, request=request()),
        second=lambda: code_passage(member=at.coder, request=request()),
        stands=lambda: (_codings(at).count(), Excerpt.objects.count()) == (1, 1),
        refused="duplicate",
    )


def sending_one_coding_twice(at: Field) -> Race:
    request = request_for(at.document, QUOTE, make_code(at.lead))
    act = partial(code_passage, member=at.coder, request=request)
    return Race(act, act, lambda: _codings(at).count() == 1)


def two_coders_on_one_span(at: Field) -> Race:
    code = make_code(at.lead)
    return Race(
        first=lambda: make_coding(at.coder, at.document, QUOTE, code),
        second=lambda: make_coding(at.cast.second_coder, at.document, QUOTE, code),
        stands=lambda: (_codings(at).count(), Excerpt.objects.count()) == (2, 1),
    )


def moving_ends_to_where_another_codes(at: Field) -> Race:
    code = make_code(at.lead)
    moved = make_coding(at.coder, at.document, "om aftenen", code)
    there = request_for(at.document, QUOTE, code)
    return Race(
        first=lambda: code_passage(member=at.cast.second_coder, request=there),
        second=lambda: change_coding(
            member=at.coder,
            coding_id=moved.pk,
            version=1,
            span=(there.revision, there.start, there.end),
            fields=frozenset({"span"}),
        ),
        stands=lambda: _codings(at).values("excerpt").distinct().count() == 1,
    )


def recoding_one_coding_twice(at: Field) -> Race:
    coding = make_coding(at.coder, at.document, QUOTE, make_code(at.lead))
    other, third = make_code(at.lead, "Fremmere"), make_code(at.lead, "Andet")
    recode = partial(change_coding, coding_id=coding.pk, version=1, fields=frozenset({"code"}))
    return Race(
        first=lambda: recode(member=at.coder, code=other.pk),
        second=lambda: recode(member=at.lead, code=third.pk),
        stands=lambda: _codings(at).get().code_id == other.pk,
        refused="version_behind",
    )


def restoring_what_was_coded_again(at: Field) -> Race:
    code = make_code(at.lead)
    coding = make_coding(at.coder, at.document, QUOTE, code)
    remove_coding(member=at.coder, coding_id=coding.pk)
    return Race(
        first=lambda: make_coding(at.coder, at.document, QUOTE, code),
        second=lambda: restore_coding(member=at.coder, coding_id=coding.pk),
        stands=lambda: _codings(at).count() == 1,
        refused="duplicate",
    )


def removing_a_code_that_is_put_on_words(at: Field) -> Race:
    code = make_code(at.lead)
    return Race(
        first=lambda: make_coding(at.coder, at.document, QUOTE, code),
        second=lambda: remove_code(member=at.lead, code=code, reason="Tom"),
        stands=lambda: Code.objects.get().removed_at is None,
        refused="has_codings",
    )


def coding_with_a_code_that_is_merged(at: Field) -> Race:
    source, target = make_code(at.lead), make_code(at.lead, "Fremmere")
    return Race(
        first=lambda: merge_codes(member=at.lead, source=source, target=target, reason="Ens"),
        second=lambda: make_coding(at.coder, at.document, QUOTE, source),
        stands=lambda: not _codings(at).exists(),
        refused="gone",
    )


def adding_one_code_twice(at: Field) -> Race:
    add = partial(add_code, name="Hæmmere")
    return Race(
        first=lambda: add(member=at.lead),
        second=lambda: add(member=at.coder),
        stands=lambda: Code.objects.count() == 1,
        refused="name_taken",
    )


def adding_codes_whose_keys_are_alike(at: Field) -> Race:
    tops = make_code(at.lead, "A"), make_code(at.lead, "B")
    return Race(
        first=lambda: make_code(at.lead, "Tavle", tops[0]),
        second=lambda: make_code(at.coder, "Tavle", tops[1]),
        stands=lambda: sorted(Code.objects.values_list("order", flat=True)) == [0, 1, 2, 3],
    )


def placing_one_code_while_another_moves(at: Field) -> Race:
    one, two, three = (make_code(at.lead, name) for name in "ABC")
    return Race(
        first=lambda: place_code(member=at.lead, code=three, parent=one, reason="Hører til"),
        second=lambda: move_code(member=at.coder, code=two, way=Move.UP),
        stands=lambda: list(Code.objects.values_list("path", flat=True)) == ["B", "A", "A / C"],
    )


def giving_one_shortcut_twice(at: Field) -> Race:
    one, two = make_code(at.lead, "A"), make_code(at.lead, "B")
    return Race(
        first=lambda: define_code(member=at.lead, code=one, shortcut="1"),
        second=lambda: define_code(member=at.coder, code=two, shortcut="1"),
        stands=lambda: Code.objects.filter(shortcut="1").get().pk == one.pk,
        refused="shortcut_taken",
    )


def ruling_one_code_twice(at: Field) -> Race:
    section, code = make_section(at.lead), make_code(at.lead)
    one, two = make_point(section, "Et"), make_point(section, "To")
    rule = partial(set_code_rules, code=code, questions=[])
    return Race(
        first=lambda: rule(member=at.lead, points=[one.pk]),
        second=lambda: rule(member=at.coder, points=[one.pk, two.pk]),
        stands=lambda: (
            EvidenceRule.objects.count() == 2 and _last().before["points"] == [str(one.pk)]
        ),
    )


def pinning_one_excerpt_twice(at: Field) -> Race:
    place = _place(at, QUOTE)
    return Race(
        first=lambda: pin_excerpt(member=at.lead, **place),
        second=lambda: pin_excerpt(member=at.coder, **place),
        stands=lambda: HistoryEntry.objects.filter(noun="evidence").count() == 1,
    )


def pinning_what_another_notes(at: Field) -> Race:
    place = _place(at, QUOTE)
    return Race(
        first=lambda: note_excerpt(member=at.lead, note="Bedst", **place),
        second=lambda: pin_excerpt(member=at.coder, **place),
        stands=lambda: EvidenceMark.objects.filter(note="Bedst", pinned=True).count() == 1,
    )


def ordering_two_excerpts(at: Field) -> Race:
    code, section = make_code(at.lead), make_section(at.lead)
    point = make_point(section)
    set_code_rules(member=at.lead, code=code, points=[point.pk], questions=[])
    a, b, c = (
        make_coding(at.coder, at.document, quote, code).excerpt
        for quote in ("det var spild", "dårlig nat", "om aftenen")
    )
    move = partial(order_excerpt, case=at.case, point=point)
    return Race(
        first=lambda: move(member=at.lead, excerpt=a, step=1),
        second=lambda: move(member=at.coder, excerpt=a, step=1),
        stands=lambda: (
            list(EvidenceMark.objects.order_by("order").values_list("excerpt", flat=True))
            == [b.pk, c.pk, a.pk]
        ),
    )


def noting_one_thing_twice(at: Field) -> Race:
    subject = make_code(at.lead).pk
    note = partial(memo_on, member=at.coder, noun="code", subject=subject)
    return Race(
        first=lambda: note(text="Først"),
        second=lambda: note(text="Så"),
        stands=lambda: list(Memo.objects.values_list("text", flat=True)) == ["Så"],
    )


def writing_one_cell_twice(at: Field) -> Race:
    question = make_question(at.lead)
    write = partial(write_cell, question=question, case=at.case, base_version=0)
    return Race(
        first=lambda: write(member=at.lead, text="Først"),
        second=lambda: write(member=at.coder, text="Så"),
        stands=lambda: question.cells.get().text == "Først",
        refused="version_behind",
    )


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


def keeping_one_name_twice(at: Field) -> Race:
    person = make_participant(at.case)
    keep = partial(keep_name, participant=person.pk, real_name="Else Krogh", label="Hjælper 2")
    return Race(
        first=lambda: keep(member=at.lead),
        second=lambda: keep(member=at.lead),
        stands=lambda: names.kept_ids() == {person.pk},
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


def starting_two_studies_of_one_title(at: Field) -> Race:
    start = partial(start_study, title="Tavlen")
    return Race(
        first=lambda: start(owner=at.lead.user),
        second=lambda: start(owner=at.coder.user),
        stands=lambda: set(Study.objects.values_list("slug", flat=True)) >= {"tavlen", "tavlen-2"},
    )


def adding_one_member_twice(at: Field) -> Race:
    add = partial(add_member, study=at.cast.study, actor=at.lead.user, user=at.cast.stranger)
    return Race(
        first=lambda: add(role=Role.CODER),
        second=lambda: add(role=Role.READER),
        stands=lambda: Member.objects.filter(user=at.cast.stranger).get().role == Role.CODER,
        refused="conflict",
    )


def two_leads_who_send_each_other_away(at: Field) -> Race:
    other = add_member(
        study=at.cast.study, actor=at.lead.user, user=make_user("other"), role=Role.LEAD
    )
    return Race(
        first=lambda: remove_member(actor=at.lead, member=other),
        second=lambda: change_role(actor=other, member=at.lead, role=Role.CODER),
        stands=lambda: Member.objects.get(role=Role.LEAD).pk == at.lead.pk,
        refused="last_lead",
    )


RACES = [
    coding_one_span_twice,
    sending_one_coding_twice,
    two_coders_on_one_span,
    moving_ends_to_where_another_codes,
    recoding_one_coding_twice,
    restoring_what_was_coded_again,
    removing_a_code_that_is_put_on_words,
    coding_with_a_code_that_is_merged,
    adding_one_code_twice,
    adding_codes_whose_keys_are_alike,
    placing_one_code_while_another_moves,
    giving_one_shortcut_twice,
    ruling_one_code_twice,
    pinning_one_excerpt_twice,
    pinning_what_another_notes,
    ordering_two_excerpts,
    noting_one_thing_twice,
    writing_one_cell_twice,
    adding_cases_of_one_name,
    removing_a_case_that_gets_material,
    attaching_to_a_case_that_is_removed,
    restoring_material_of_a_case_that_is_removed,
    adding_two_interviews,
    adding_one_interview_twice,
    adding_an_interview_to_a_visit_that_is_removed,
    visiting_a_case_that_is_removed,
    adding_one_participant_twice,
    keeping_one_name_twice,
    marking_one_answer_twice,
    _plan(add_items),
    _plan(add_sections),
    _plan(add_questions),
    starting_two_studies_of_one_title,
    adding_one_member_twice,
    two_leads_who_send_each_other_away,
]


@pytest.mark.parametrize("of", RACES, ids=lambda of: of.__name__)
def test_two_at_once_end_as_one_after_the_other(
    of: Callable[[Field], Race], cast: Cast, case: Case, document: Document
) -> None:
    race = of(Field(cast, case, document))
    refusal = overlapping(race.first, race.second)
    assert (refusal.code if refusal else None) == race.refused
    assert race.stands()


def _codings(at: Field) -> Any:
    return Coding.objects.visible_to(at.lead)


def _last() -> HistoryEntry:
    return HistoryEntry.objects.order_by("number").reverse()[0]


def _place(at: Field, quote: str) -> dict[str, Any]:
    excerpt = make_coding(at.coder, at.document, quote, make_code(at.lead)).excerpt
    return {"case": at.case, "point": make_point(make_section(at.lead)), "excerpt": excerpt}
