"""Two people at once: each decides on what the one before left, on both databases."""

from functools import partial
from typing import Any

import pytest

from coding.domain.case_drafts import open_draft, write_section
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
from coding.domain.reviews import comment_on, resolve_comment, submit_draft
from coding.enums import DraftState
from coding.models import CaseDraft, Code, Coding, EvidenceMark, EvidenceRule, Excerpt, Memo
from interviews.domain.arrangements import Move
from tests.factories.codings import make_code, make_coding, request_for
from tests.factories.races import Field, Race, RaceAt, refusal
from tests.factories.templates import make_point, make_question, make_section
from workbench.models import HistoryEntry

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
QUOTE = "tavlen visket ud"


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


def writing_what_is_being_submitted(at: Field) -> Race:
    section, draft = make_section(at.lead), open_draft(member=at.lead, case=at.case)
    write = partial(write_section, member=at.coder, draft=draft, section=section)
    write(text="Først.", base_version=0)
    return Race(
        first=lambda: write(text="Så.", base_version=1),
        second=lambda: submit_draft(member=at.lead, draft=draft, base_version=2),
        stands=lambda: CaseDraft.objects.get().state == DraftState.DRAFT,
        refused="version_behind",
    )


def resolving_one_comment_twice(at: Field) -> Race:
    section, draft = make_section(at.lead), open_draft(member=at.lead, case=at.case)
    comment = comment_on(member=at.lead, draft=draft, section=section, text="Hvem?")
    return Race(
        first=lambda: resolve_comment(member=at.lead, comment_id=comment.pk),
        second=lambda: resolve_comment(member=at.coder, comment_id=comment.pk),
        stands=lambda: HistoryEntry.objects.filter(action="resolved").count() == 1,
    )


RACES: list[RaceAt] = [
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
    writing_what_is_being_submitted,
    resolving_one_comment_twice,
]


@pytest.mark.parametrize("of", RACES, ids=lambda of: of.__name__)
def test_two_at_once_end_as_one_after_the_other(of: RaceAt, field: Field) -> None:
    race = of(field)
    assert refusal(race) == race.refused
    assert race.stands()


def _codings(at: Field) -> Any:
    return Coding.objects.visible_to(at.lead)


def _last() -> HistoryEntry:
    return HistoryEntry.objects.order_by("number").reverse()[0]


def _place(at: Field, quote: str) -> dict[str, Any]:
    excerpt = make_coding(at.coder, at.document, quote, make_code(at.lead)).excerpt
    return {"case": at.case, "point": make_point(make_section(at.lead)), "excerpt": excerpt}
