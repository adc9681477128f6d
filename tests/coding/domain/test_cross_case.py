"""Cross-case cells: written by several, standing on excerpts, and honest about what changed."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from coding.domain.case_drafts import cite, cite_figure, open_draft, write_section
from coding.domain.codings import remove_coding, restore_coding
from coding.domain.cross_case import cite_in_cell, start_from_case_text, write_cell
from coding.domain.evidence import set_code_rules
from coding.domain.queries.cross_case import cell_view, question_grid, section_grid
from coding.enums import CitationMode, PlacementState, TextState
from coding.models import Cell, CellCitation, CellVersion, Code, Coding, Placement
from interviews.enums import AnswerKind, Consent
from interviews.models import AnalysisQuestion, AnswerMark, Case, Document, DocumentRevision
from tests.factories.codings import make_code, make_coding
from tests.factories.field import make_case, make_document, make_participant
from tests.factories.measurements import make_key_figure
from tests.factories.studies import Cast, make_cast
from tests.factories.templates import make_item, make_point, make_question, make_section
from workbench.errors import Conflict, Gone, Invalid, Missing, TooLarge
from workbench.models import HistoryEntry


@pytest.fixture
def question(cast: Cast) -> AnalysisQuestion:
    return make_question(cast.lead)


@pytest.fixture
def place(cast: Cast, question: AnalysisQuestion, case: Case) -> dict[str, Any]:
    return {"member": cast.coder, "question": question, "case": case}


@pytest.fixture
def code(cast: Cast) -> Code:
    return make_code(cast.lead)


@pytest.fixture
def coding(cast: Cast, document: Document, code: Code) -> Coding:
    return make_coding(cast.coder, document, "er tavlen visket ud", code)


def state(cast: Cast) -> TextState:
    """The one cell's text state; grid and page must agree on it."""
    [row] = question_grid(cast.reader).rows
    [cell] = row.cells
    question = AnalysisQuestion.objects.get()
    assert cell_view(cast.reader, question, cell.case).state == cell.text
    return cell.text


def test_every_saved_text_is_kept_and_the_same_again_is_no_version(
    cast: Cast, place: dict[str, Any]
) -> None:
    write_cell(**place, text="Et.\r\n", base_version=0)
    write_cell(**place, text="Et to.", base_version=1)
    again = write_cell(**place, text="Et to.", base_version=1)
    assert again.version == 2
    assert list(CellVersion.objects.values_list("number", "text")) == [(1, "Et.\n"), (2, "Et to.")]
    entry = HistoryEntry.objects.filter(noun="cell").latest("number")
    assert (entry.label, entry.after) == (
        f"{place['question'].title} · Hjemmeplejen Tofteby",
        {"version": 2, "characters": 6},
    )


def test_of_two_writers_the_second_gets_both_texts(cast: Cast, place: dict[str, Any]) -> None:
    write_cell(**place, text="Den ene.", base_version=0)
    mine = {**place, "member": cast.second_coder}
    with pytest.raises(Conflict) as refused:
        write_cell(**mine, text="Den anden.", base_version=0)
    details = refused.value.details
    assert (details["mine"], details["theirs"], details["version"], details["by"]) == (
        "Den anden.",
        "Den ene.",
        1,
        "Coder",
    )
    assert Cell.objects.get().text == "Den ene."


def test_a_citation_is_made_once_for_the_same_words(place: dict[str, Any], coding: Coding) -> None:
    first = cite_in_cell(**place, excerpt_id=coding.excerpt_id)
    assert cite_in_cell(**place, excerpt_id=coding.excerpt_id) == first == "[@1]"
    write_cell(**place, text=f"Tavlen viskes ud {first}.", base_version=0)
    assert CellCitation.objects.get().placement.quote == "er tavlen visket ud"


def test_a_number_without_a_citation_is_named(place: dict[str, Any], coding: Coding) -> None:
    cite_in_cell(**place, excerpt_id=coding.excerpt_id)
    with pytest.raises(Invalid) as refused:
        write_cell(**place, text="[@1] og [@7]", base_version=0)
    assert (refused.value.code, refused.value.details["numbers"]) == ("unknown_citation", [7])


def test_foreign_and_misplaced_excerpts_are_refused(
    cast: Cast, place: dict[str, Any], coding: Coding, document: Document
) -> None:
    with pytest.raises(Missing):
        cite_in_cell(**place, excerpt_id=uuid4())
    other = make_cast("other", "other-")
    foreign = make_document(other.lead, make_case(other.lead))
    theirs = make_coding(other.lead, foreign, "om aftenen", make_code(other.lead))
    with pytest.raises(Missing):
        cite_in_cell(**place, excerpt_id=theirs.excerpt_id)
    elsewhere = {**place, "case": make_case(cast.lead, "svalen")}
    with pytest.raises(Invalid) as refused:
        cite_in_cell(**elsewhere, excerpt_id=coding.excerpt_id)
    assert refused.value.code == "other_case"
    Document.objects.filter(pk=document.pk).update(removed_at="2024-06-01T00:00Z")
    with pytest.raises(Gone):
        cite_in_cell(**place, excerpt_id=coding.excerpt_id)


def test_a_foreign_question_or_case_is_not_there(cast: Cast, place: dict[str, Any]) -> None:
    other = make_cast("other", "other-")
    for part in (
        {"question": make_question(other.lead, "b1")},
        {"case": make_case(other.lead, "svalen")},
        {"member": other.lead},
    ):
        with pytest.raises(Missing):
            write_cell(**{**place, **part}, text="Nej.", base_version=0)
    assert not Cell.objects.exists()


def test_a_text_beyond_all_measure_is_refused(place: dict[str, Any]) -> None:
    with pytest.raises(TooLarge):
        write_cell(**place, text="a" * 200_001, base_version=0)


def test_a_cell_needs_checking_when_nobody_codes_its_excerpt_any_more(
    cast: Cast, place: dict[str, Any], coding: Coding
) -> None:
    assert state(cast) == TextState.EMPTY
    token = cite_in_cell(**place, excerpt_id=coding.excerpt_id)
    write_cell(**place, text=f"Tavlen {token}.", base_version=0)
    assert state(cast) == TextState.WRITTEN
    remove_coding(member=cast.coder, coding_id=coding.pk)
    assert state(cast) == TextState.CHECK
    [source] = cell_view(cast.reader, place["question"], place["case"]).sources
    assert len(source.reasons) == 1
    restore_coding(member=cast.coder, coding_id=coding.pk)
    assert state(cast) == TextState.WRITTEN


def test_a_cell_needs_checking_when_its_words_were_corrected(
    cast: Cast, place: dict[str, Any], coding: Coding, document: Document
) -> None:
    token = cite_in_cell(**place, excerpt_id=coding.excerpt_id)
    write_cell(**place, text=f"Tavlen {token}.", base_version=0)
    placement = CellCitation.objects.get().placement
    old = placement.revision
    new = DocumentRevision.objects.create(
        document=document, number=2, text=old.text, length=old.length, words=old.words, sha256="x"
    )
    Document.objects.filter(pk=document.pk).update(current_revision=new)
    assert state(cast) == TextState.CHECK
    moved = {"excerpt_id": placement.excerpt_id, "revision": new, "start": 3, "end": 22}
    placement.__class__.objects.create(**moved, quote=placement.quote)
    assert state(cast) == TextState.WRITTEN
    placement.__class__.objects.filter(revision=new).update(quote="er tavlen tørret af")
    assert state(cast) == TextState.CHECK


def test_a_cell_needs_checking_when_the_person_says_no(
    cast: Cast, place: dict[str, Any], coding: Coding, document: Document, case: Case
) -> None:
    token = cite_in_cell(**place, excerpt_id=coding.excerpt_id)
    write_cell(**place, text=f"Tavlen {token}.", base_version=0)
    helper = make_participant(case, "Hjælper 4", consent=Consent.DECLINED)
    document.speakers.filter(label="Hjælper 4").update(participant=helper)
    assert state(cast) == TextState.CHECK


def test_a_citation_that_the_text_no_longer_uses_troubles_nobody(
    cast: Cast, place: dict[str, Any], coding: Coding
) -> None:
    cite_in_cell(**place, excerpt_id=coding.excerpt_id)
    write_cell(**place, text="Uden belæg.", base_version=0)
    remove_coding(member=cast.coder, coding_id=coding.pk)
    assert state(cast) == TextState.WRITTEN


def feed(cast: Cast, question: AnalysisQuestion, code: Code) -> Any:
    """A section that the question's item feeds, and one that its code leads to."""
    by_item = make_section(cast.lead, "anledning", "Anledning")
    by_code = make_section(cast.lead, "haemmer", "Hæmmere")
    make_section(cast.lead, "fremtid", "Fremtid")
    item = make_item(cast.lead)
    item.analysis_questions.add(question)
    item.template_sections.add(by_item)
    set_code_rules(
        member=cast.lead, code=code, points=[make_point(by_code).pk], questions=[question.pk]
    )
    return by_item, by_code


def test_the_case_text_becomes_the_cells_own_with_its_citations(
    cast: Cast, place: dict[str, Any], coding: Coding, code: Code
) -> None:
    by_item, by_code = feed(cast, place["question"], code)
    draft = open_draft(member=cast.coder, case=place["case"])
    token = cite(
        member=cast.coder,
        draft=draft,
        excerpt_id=coding.excerpt_id,
        mode=CitationMode.REFERENCE,
    )
    other = cite(
        member=cast.coder, draft=draft, excerpt_id=coding.excerpt_id, mode=CitationMode.QUOTE
    )
    staff = make_key_figure(cast.coder, place["case"]).pk
    figure = cite_figure(
        member=cast.coder, draft=draft, mode=CitationMode.KEY_FIGURE, figure_id=staff
    )
    for section, text in (
        (by_item, f"Blandt {figure}."),
        (by_code, f"Tavlen {other} viskes ud {token}."),
    ):
        write_section(member=cast.coder, draft=draft, section=section, text=text, base_version=0)
    cell = start_from_case_text(**place)
    assert cell.text == "Blandt 160 (2013).\n\nTavlen [@1] viskes ud [@1]."
    assert CellCitation.objects.get().excerpt_id == coding.excerpt_id
    view = cell_view(cast.coder, place["question"], place["case"])
    assert [each.section.key for each in view.sections] == ["anledning", "haemmer"]
    with pytest.raises(Conflict) as refused:
        start_from_case_text(**place)
    assert refused.value.code == "not_empty"


def test_a_cell_cannot_begin_from_nothing(cast: Cast, place: dict[str, Any], code: Code) -> None:
    feed(cast, place["question"], code)
    with pytest.raises(Invalid) as refused:
        start_from_case_text(**place)
    assert refused.value.code == "nothing_written"


def test_evidence_follows_the_nearest_rule_up_the_codebook(
    cast: Cast, place: dict[str, Any], document: Document, code: Code, coding: Coding
) -> None:
    under = make_code(cast.lead, "Aftenholdet udenfor", code)
    apart = make_code(cast.lead, "Tid", code)
    other = make_question(cast.lead, "a2", "Noget andet")
    set_code_rules(member=cast.lead, code=code, points=[], questions=[place["question"].pk])
    set_code_rules(member=cast.lead, code=apart, points=[], questions=[other.pk])
    make_coding(cast.coder, document, "Ja, for jer.", under)
    make_coding(cast.coder, document, "det var spild", apart)
    make_coding(cast.second_coder, document, "er tavlen visket ud", code)
    view = cell_view(cast.reader, place["question"], place["case"])
    assert [each.quote for each in view.evidence] == ["Ja, for jer.", "er tavlen visket ud"]
    assert view.evidence[1].coders == ("Coder", "Second Coder")


def test_a_cell_tells_what_each_interview_made_of_the_question(
    cast: Cast, place: dict[str, Any], document: Document
) -> None:
    item = make_item(cast.lead)
    item.analysis_questions.add(place["question"])
    AnswerMark.objects.create(
        document=document,
        turn=document.turns.get(number=2),
        item=item,
        kind=AnswerKind.UNPROMPTED,
    )
    make_document(cast.coder, place["case"], title="En anden")
    view = cell_view(cast.reader, place["question"], place["case"])
    assert {each.talk.title: (each.kind, each.kind_label) for each in view.talks} == {
        "Fokusgruppe, fire hjælpere": (AnswerKind.UNPROMPTED, "Nævnt uopfordret"),
        "En anden": (None, "svar ikke markeret endnu"),
    }
    assert view.asked.state == "unprompted"
    assert view.asked_label == "nævnt uopfordret, 1 ikke markeret"


def test_what_is_said_of_asking_is_only_what_can_be_seen(
    cast: Cast, place: dict[str, Any], document: Document
) -> None:
    def label() -> str:
        return cell_view(cast.reader, place["question"], place["case"]).asked_label

    item, aside = make_item(cast.lead), make_item(cast.lead, "s2")
    assert label() == "ukendt, om der er spurgt"
    item.analysis_questions.add(place["question"])
    assert label() == "svar ikke markeret endnu"
    answered: dict[str, Any] = {"item": aside, "kind": AnswerKind.ANSWERED}
    AnswerMark.objects.create(document=document, turn=document.turns.get(number=2), **answered)
    assert label() == "ikke spurgt"
    make_document(cast.coder, place["case"], title="En anden")
    assert label() == "svar i 1 af 2 ikke markeret endnu"
    Document.objects.update(removed_at="2024-06-01T00:00Z")
    assert label() == "ingen interview endnu"


def test_cases_are_ordered_by_what_they_are(cast: Cast) -> None:
    make_question(cast.lead)
    for key, attributes in (
        ("a", {"headcount": 120}),
        ("b", {}),
        ("c", {"headcount": 9}),
        ("d", {"headcount": "ukendt"}),
    ):
        case = make_case(cast.lead, key, key)
        Case.objects.filter(pk=case.pk).update(attributes=attributes)
    ordered = [case.key for case in question_grid(cast.coder, "headcount").cases]
    assert ordered == ["c", "a", "d", "b"]
    assert [case.key for case in question_grid(cast.coder, "no such").cases] == list("abcd")


def test_sections_show_text_and_never_what_was_asked(
    cast: Cast, case: Case, coding: Coding
) -> None:
    section = make_section(cast.lead)
    [row] = section_grid(cast.reader).rows
    assert (row.cells[0].text, row.cells[0].asked) == (TextState.EMPTY, None)
    draft = open_draft(member=cast.coder, case=case)
    token = cite(
        member=cast.coder, draft=draft, excerpt_id=coding.excerpt_id, mode=CitationMode.REFERENCE
    )
    text = f"Tavlen {token}."
    write_section(member=cast.coder, draft=draft, section=section, text=text, base_version=0)
    assert section_grid(cast.reader).rows[0].cells[0].text == TextState.WRITTEN
    remove_coding(member=cast.coder, coding_id=coding.pk)
    assert section_grid(cast.reader).rows[0].cells[0].text == TextState.CHECK


def test_a_section_shows_its_quotes_at_a_glance_and_not_its_references(
    cast: Cast, case: Case, coding: Coding
) -> None:
    draft = open_draft(member=cast.coder, case=case)
    quote, reference = (
        cite(member=cast.coder, draft=draft, excerpt_id=coding.excerpt_id, mode=mode)
        for mode in (CitationMode.QUOTE, CitationMode.REFERENCE)
    )
    text = f"Hjælperen siger: {quote}. Det er ofte {reference}."
    section = make_section(cast.lead)
    write_section(member=cast.coder, draft=draft, section=section, text=text, base_version=0)
    [row] = section_grid(cast.reader).rows
    assert row.cells[0].glance == "Hjælperen siger: »er tavlen visket ud«. Det er ofte."


def test_the_grid_counts_the_passages_that_the_cell_lists(
    cast: Cast, place: dict[str, Any], document: Document, code: Code
) -> None:
    """Once for several coders, codes and excerpts on one span; not what lost its place."""
    other, apart = make_code(cast.lead, "Fremmere"), make_code(cast.lead, "Tid")
    for each in (code, other):
        set_code_rules(member=cast.lead, code=each, points=[], questions=[place["question"].pk])
    make_coding(cast.coder, document, "er tavlen visket ud", code)
    make_coding(cast.second_coder, document, "er tavlen visket ud", other)
    twin = make_coding(cast.coder, document, "Ja, for jer.", other)
    make_coding(cast.coder, document, "det var spild", apart)
    lost = make_coding(cast.coder, document, "om aftenen", code)
    Placement.objects.filter(excerpt=lost.excerpt_id).update(state=PlacementState.UNPLACED)

    def counted() -> int:
        [row] = question_grid(cast.reader).rows
        view = cell_view(cast.reader, place["question"], place["case"])
        assert row.cells[0].passages == len(view.evidence)
        return len(view.evidence)

    assert counted() == 2
    first = Placement.objects.filter(quote="er tavlen visket ud").get()
    Placement.objects.filter(excerpt=twin.excerpt_id).update(start=first.start, end=first.end)
    assert counted() == 1
    Document.objects.filter(pk=document.pk).update(removed_at="2024-06-01T00:00Z")
    assert counted() == 0


def test_whole_texts_keep_their_paragraphs(cast: Cast, place: dict[str, Any]) -> None:
    text = "Det første afsnit. " * 20 + "\n\nDet andet."
    write_cell(**place, text=text, base_version=0)
    [short] = question_grid(cast.reader).rows
    [whole] = question_grid(cast.reader, whole=True).rows
    assert short.cells[0].glance.endswith(" …")
    assert whole.cells[0].glance == text


@pytest.mark.parametrize("size", [1, 3])
def test_the_grid_takes_a_fixed_number_of_queries(
    cast: Cast, code: Code, size: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for number in range(size):
        question = make_question(cast.lead, f"a{number}", f"Spørgsmål {number}")
        case = make_case(cast.lead, f"case{number}", f"Case {number}")
        document = make_document(cast.coder, case)
        coding = make_coding(cast.coder, document, "tavlen", code)
        place: dict[str, Any] = {"member": cast.coder, "question": question, "case": case}
        token = cite_in_cell(**place, excerpt_id=coding.excerpt_id)
        write_cell(**place, text=f"Tavlen {token}.", base_version=0)
    with django_assert_num_queries(15):
        grid = question_grid(cast.coder)
    assert sum(row.written for row in grid.rows) == size
    with django_assert_num_queries(23):
        cell_view(cast.coder, question, case)
