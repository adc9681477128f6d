"""Case descriptions: written by several, cited truthfully, measured, and checked later."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from coding.domain.case_drafts import cite, open_draft, reprint_quote, write_section
from coding.domain.codings import remove_coding
from coding.domain.queries.case_drafts import draft_list, draft_of_case
from coding.domain.queries.versions import compare_versions, section_versions
from coding.domain.reviews import approve_draft, reopen_draft, submit_draft
from coding.enums import CitationMode, Doubt, DraftState, SourceState
from coding.models import CaseDraft, Citation, Coding, SectionVersion
from interviews.domain.documents import SpokenTurn
from interviews.enums import DocumentKind, Manner, SourceType
from interviews.models import Case, Document, DocumentRevision, TemplateSection
from tests.factories.codings import make_code, make_coding
from tests.factories.field import make_case, make_document
from tests.factories.studies import Cast, make_cast
from tests.factories.templates import fresh, make_section
from workbench.errors import Conflict, Invalid, Missing, TooLarge
from workbench.models import HistoryEntry, Member

QUOTE, REFERENCE = CitationMode.QUOTE, CitationMode.REFERENCE


def doubtful_numbers(member: Member, draft: CaseDraft) -> list[int]:
    return [each.number for each in draft_of_case(member, draft.case).doubtful_citations]


@pytest.fixture
def section(cast: Cast) -> TemplateSection:
    return make_section(cast.lead)


@pytest.fixture
def draft(cast: Cast, case: Case) -> CaseDraft:
    return open_draft(member=cast.coder, case=case)


@pytest.fixture
def coding(cast: Cast, document: Document) -> Coding:
    return make_coding(cast.coder, document, "i starten syntes vi jo, det var spild", make_code(
        cast.lead
    ))  # fmt: skip


def test_a_description_is_made_once(cast: Cast, case: Case, draft: CaseDraft) -> None:
    assert open_draft(member=cast.lead, case=case).pk == draft.pk
    assert HistoryEntry.objects.filter(noun="draft").count() == 1
    with pytest.raises(Missing):
        open_draft(member=make_cast("other", "other-").lead, case=case)


def test_every_saved_text_is_kept(cast: Cast, draft: CaseDraft, section: TemplateSection) -> None:
    for version, text in enumerate(("Et.", "Et to.", "Et to.")):
        write_section(
            member=cast.coder,
            draft=draft,
            section=section,
            text=text,
            base_version=min(version, 1),
        )
    assert list(SectionVersion.objects.values_list("number", "text")) == [
        (1, "Et."), (2, "Et to."),
    ]  # fmt: skip
    written = HistoryEntry.objects.filter(action="written")
    assert [entry.after["version"] for entry in written] == [1, 2]
    assert "Et to" not in str([entry.after for entry in written])


def test_who_saves_second_gets_both_texts_and_nothing_is_lost(
    cast: Cast, draft: CaseDraft, section: TemplateSection
) -> None:
    write_section(member=cast.coder, draft=draft, section=section, text="Mit.", base_version=0)
    with pytest.raises(Conflict) as refused:
        write_section(
            member=cast.second_coder, draft=draft, section=section, text="Dit.", base_version=0
        )
    assert refused.value.code == "version_behind"
    details = refused.value.details
    assert (details["mine"], details["theirs"], details["version"]) == ("Dit.", "Mit.", 1)
    assert details["by"] == "Coder"
    merged = write_section(
        member=cast.second_coder, draft=draft, section=section, text="Mit. Dit.", base_version=1
    )
    assert (merged.version, merged.text) == (2, "Mit. Dit.")


def test_a_text_over_the_limit_is_refused(
    cast: Cast, draft: CaseDraft, section: TemplateSection
) -> None:
    with pytest.raises(TooLarge):
        write_section(
            member=cast.coder, draft=draft, section=section, text="x" * 200_001, base_version=0
        )


def test_line_ends_and_invisible_characters_are_put_right(
    cast: Cast, draft: CaseDraft, section: TemplateSection
) -> None:
    saved = write_section(
        member=cast.coder,
        draft=draft,
        section=section,
        text="A\r\nb\x00c\ud800 e\u0301",
        base_version=0,
    )
    assert saved.text == "A\nbc é"


def test_an_unknown_citation_is_refused(
    cast: Cast, draft: CaseDraft, section: TemplateSection
) -> None:
    with pytest.raises(Invalid) as refused:
        write_section(
            member=cast.coder, draft=draft, section=section, text="Se [@4].", base_version=0
        )
    assert refused.value.details["numbers"] == [4]


def test_a_section_of_another_study_is_missing(cast: Cast, draft: CaseDraft) -> None:
    foreign = make_cast("other", "other-")
    other_section = make_section(foreign.lead)
    with pytest.raises(Missing):
        write_section(
            member=cast.coder, draft=draft, section=other_section, text="x", base_version=0
        )
    with pytest.raises(Missing):
        write_section(
            member=foreign.lead, draft=draft, section=other_section, text="x", base_version=0
        )


def test_citing_gives_a_token_and_the_same_again_gives_it_again(
    cast: Cast, draft: CaseDraft, coding: Coding
) -> None:
    excerpt = coding.excerpt_id
    first = cite(member=cast.coder, draft=draft, excerpt_id=excerpt, mode=QUOTE)
    again = cite(member=cast.lead, draft=draft, excerpt_id=excerpt, mode=QUOTE)
    other = cite(member=cast.coder, draft=draft, excerpt_id=excerpt, mode=REFERENCE)
    assert (first, again, other) == ("[@1]", "[@1]", "[@2]")
    assert Citation.objects.get(number=1).printed == "i starten syntes vi jo, det var spild"
    assert Citation.objects.get(number=2).printed == ""


def test_only_marked_changes_are_printed(
    cast: Cast, draft: CaseDraft, section: TemplateSection, coding: Coding
) -> None:
    excerpt = coding.excerpt_id
    shortened = "i starten syntes vi [...] det var spild"
    token = cite(member=cast.coder, draft=draft, excerpt_id=excerpt, mode=QUOTE, printed=shortened)
    assert Citation.objects.get().printed == shortened
    write_section(member=cast.coder, draft=draft, section=section, text=token, base_version=0)
    place: dict[str, Any] = {
        "member": cast.coder,
        "draft": draft,
        "section": section,
        "base_version": 1,
    }
    with pytest.raises(Invalid) as refused:
        reprint_quote(**place, number=1, printed="i starten syntes de, det var spild")
    assert refused.value.code == "quote_changed"
    assert "de, det var" in str(refused.value.message)
    with pytest.raises(Missing):
        reprint_quote(**place, number=9, printed="x")
    with pytest.raises(TooLarge):
        reprint_quote(**place, number=1, printed="[x] " * 5_001)


def test_a_quote_printed_otherwise_is_the_sections_next_version(
    cast: Cast, draft: CaseDraft, section: TemplateSection, coding: Coding
) -> None:
    token = cite(member=cast.coder, draft=draft, excerpt_id=coding.excerpt_id, mode=QUOTE)
    write_section(
        member=cast.coder, draft=draft, section=section, text=f"Se: {token}", base_version=0
    )
    place: dict[str, Any] = {"member": cast.coder, "draft": draft, "section": section, "number": 1}
    shorter = "i starten syntes vi [...] det var spild"
    assert reprint_quote(**place, printed=shorter, base_version=1) == "[@2]"
    assert list(SectionVersion.objects.values_list("number", "text")) == [
        (1, "Se: [@1]"), (2, "Se: [@2]"),
    ]  # fmt: skip
    assert Citation.objects.get(number=1).printed == "i starten syntes vi jo, det var spild"
    # Who saw the version before loses nothing and overwrites nothing.
    place |= {"number": 2, "member": cast.second_coder}
    with pytest.raises(Conflict) as behind:
        reprint_quote(**place, printed="i starten [...] det var spild", base_version=1)
    assert behind.value.code == "version_behind"
    assert Citation.objects.count() == 2
    rows = section_versions(draft, section)
    changes = compare_versions(draft, section, rows, 1, 2).changes
    assert [(c.kind, c.text) for c in changes if c.kind != "same"] == [
        ("gone", "jo,"), ("new", "[...]"), ("gone", "[@1]"), ("new", "[@2]"),
    ]  # fmt: skip
    # Back to the words of before is the citation of before.
    assert reprint_quote(**place, printed="", base_version=2) == "[@1]"


def test_an_approved_version_says_for_ever_what_was_approved(
    cast: Cast, draft: CaseDraft, section: TemplateSection, coding: Coding
) -> None:
    token = cite(member=cast.coder, draft=draft, excerpt_id=coding.excerpt_id, mode=QUOTE)
    write_section(member=cast.coder, draft=draft, section=section, text=token, base_version=0)
    submit_draft(member=cast.coder, draft=draft, base_version=fresh(draft).version)
    approved = approve_draft(member=cast.lead, draft=draft, base_version=fresh(draft).version)
    place: dict[str, Any] = {"member": cast.coder, "draft": draft, "section": section, "number": 1}
    shorter = "i starten syntes vi [...] det var spild"
    with pytest.raises(Conflict):
        reprint_quote(**place, printed=shorter, base_version=1)
    reopen_draft(member=cast.lead, draft=draft, base_version=fresh(draft).version)
    reprint_quote(**place, printed=shorter, base_version=1)
    rows = section_versions(draft, section)
    read = compare_versions(draft, section, rows, 0, approved.versions[section.key])
    assert [change.text for change in read.changes] == [
        "»i starten syntes vi jo, det var spild« [@1]"
    ]
    assert draft_of_case(cast.lead, draft.case).section(section.key).changed_since


def test_an_excerpt_of_another_study_is_missing_and_of_another_case_refused(
    cast: Cast, draft: CaseDraft, coding: Coding
) -> None:
    foreign = make_cast("other", "other-")
    case = make_case(foreign.lead)
    theirs = make_coding(
        foreign.coder, make_document(foreign.coder, case), "om aftenen", make_code(foreign.lead)
    )
    with pytest.raises(Missing):
        cite(member=cast.coder, draft=draft, excerpt_id=theirs.excerpt_id, mode=QUOTE)
    with pytest.raises(Missing):
        cite(member=foreign.coder, draft=draft, excerpt_id=theirs.excerpt_id, mode=QUOTE)
    other = open_draft(member=cast.coder, case=make_case(cast.lead, key="andet", name="Andet"))
    with pytest.raises(Invalid) as refused:
        cite(member=cast.coder, draft=other, excerpt_id=coding.excerpt_id, mode=QUOTE)
    assert refused.value.code == "other_case"


def test_a_paraphrase_is_cited_as_a_reference_only(
    cast: Cast, case: Case, draft: CaseDraft
) -> None:
    notes = make_document(
        cast.coder,
        case,
        kind=DocumentKind.NOTES,
        turns=(
            SpokenTurn("Det er blevet mindre.", "HR", manner=Manner.PARAPHRASE),
            SpokenTurn("Vi ser dem ikke.", "HR", manner=Manner.VERBATIM),
        ),
    )
    code = make_code(cast.lead)
    said = make_coding(cast.coder, notes, "Vi ser dem ikke.", code)
    told = make_coding(cast.coder, notes, "blevet mindre", code)
    with pytest.raises(Invalid) as refused:
        cite(member=cast.coder, draft=draft, excerpt_id=told.excerpt_id, mode=QUOTE)
    assert refused.value.code == "paraphrase"
    cite(member=cast.coder, draft=draft, excerpt_id=told.excerpt_id, mode=REFERENCE)
    cite(member=cast.coder, draft=draft, excerpt_id=said.excerpt_id, mode=QUOTE)


@pytest.fixture
def cited(cast: Cast, draft: CaseDraft, section: TemplateSection, coding: Coding) -> CaseDraft:
    token = cite(member=cast.coder, draft=draft, excerpt_id=coding.excerpt_id, mode=QUOTE)
    write_section(
        member=cast.coder, draft=draft, section=section, text=f"Spild {token}.", base_version=0
    )
    return fresh(draft)


def test_a_citation_needs_checking_when_nobody_codes_its_passage(
    cast: Cast, case: Case, cited: CaseDraft, coding: Coding
) -> None:
    assert doubtful_numbers(cast.lead, cited) == []
    remove_coding(member=cast.coder, coding_id=coding.pk)
    assert doubtful_numbers(cast.lead, cited) == [1]
    view = draft_of_case(cast.lead, case).sections[0]
    assert view.citations[0].doubts == (Doubt.UNCODED,)
    assert "needs-checking" in view.html


def test_a_citation_needs_checking_when_its_words_changed_until_it_is_quoted_anew(
    cast: Cast, cited: CaseDraft, section: TemplateSection, coding: Coding, document: Document
) -> None:
    old = document.current_revision
    assert old is not None
    text = old.text.replace("spild", "tidsspilde")
    revision = DocumentRevision.objects.create(
        document=document, number=2, text=text, length=len(text), words=1, sha256="x" * 64
    )
    start = text.index("i starten")
    quote = "i starten syntes vi jo, det var tidsspilde"
    coding.excerpt.placements.create(
        revision=revision, start=start, end=start + len(quote), quote=quote
    )
    document.current_revision = revision
    document.save()
    assert doubtful_numbers(cast.lead, cited) == [1]
    reprint_quote(
        member=cast.coder, draft=cited, section=section, number=1, printed="", base_version=1
    )
    assert doubtful_numbers(cast.lead, cited) == []
    assert Citation.objects.get(number=2).printed == quote


def test_a_doubtful_citation_that_the_text_no_longer_mentions_does_not_matter(
    cast: Cast, cited: CaseDraft, section: TemplateSection, coding: Coding
) -> None:
    remove_coding(member=cast.coder, coding_id=coding.pk)
    write_section(member=cast.coder, draft=cited, section=section, text="Uden.", base_version=1)
    assert doubtful_numbers(cast.lead, cited) == []


def test_required_sources_are_cited_attached_or_missing(
    cast: Cast, case: Case, draft: CaseDraft, coding: Coding
) -> None:
    section = make_section(cast.lead, "kilder", sources=("interview", "written", "observation"))
    make_document(cast.coder, case, kind=DocumentKind.WRITTEN, title="Politik")
    token = cite(member=cast.coder, draft=draft, excerpt_id=coding.excerpt_id, mode=REFERENCE)
    write_section(member=cast.coder, draft=draft, section=section, text=token, base_version=0)
    [view] = draft_of_case(cast.coder, case).sections
    assert [(source.type, source.state) for source in view.sources] == [
        (SourceType.INTERVIEW, SourceState.CITED),
        (SourceType.WRITTEN, SourceState.ATTACHED),
        (SourceType.OBSERVATION, SourceState.MISSING),
    ]
    [row] = draft_list(cast.coder)
    assert row.missing == (SourceType.WRITTEN, SourceType.OBSERVATION)
    assert (row.state, row.citations, row.written) == (DraftState.DRAFT, 1, 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_page_and_list_take_a_fixed_number_of_queries(
    *, cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    code = make_code(cast.lead)
    sections = [make_section(cast.lead, f"s{n}") for n in range(rows)]
    cases = [make_case(cast.lead, key=f"c{n}", name=f"Case {n}") for n in range(rows)]
    for case in cases:
        draft = open_draft(member=cast.coder, case=case)
        coding = make_coding(cast.coder, make_document(cast.coder, case), "om aftenen", code)
        token = cite(member=cast.coder, draft=draft, excerpt_id=coding.excerpt_id, mode=QUOTE)
        for section in sections:
            write_section(
                member=cast.coder, draft=draft, section=section, text=token, base_version=0
            )
    with django_assert_num_queries(12):
        assert len(draft_of_case(cast.coder, cases[0]).sections) == rows
    with django_assert_num_queries(10):
        assert len(draft_list(cast.coder)) == rows
