"""Review: handed in, returned with a reason, approved as it was read."""

import pytest

from coding.domain.case_drafts import cite, open_draft, write_section
from coding.domain.codings import remove_coding
from coding.domain.queries.reviews import review_queue
from coding.domain.reviews import (
    approve_draft,
    comment_on,
    reopen_draft,
    resolve_comment,
    return_draft,
    submit_draft,
)
from coding.enums import CitationMode, DraftState
from coding.models import CaseDraft, ReviewStep
from interviews.models import Case, Document, TemplateSection
from tests.factories.codings import make_code, make_coding
from tests.factories.studies import Cast, make_cast
from tests.factories.templates import fresh, make_section
from workbench.domain.history import Wanted, entries, lines
from workbench.errors import Conflict, Forbidden, Invalid, Missing
from workbench.models import HistoryEntry, Member


@pytest.fixture
def section(cast: Cast) -> TemplateSection:
    return make_section(cast.lead)


@pytest.fixture
def draft(cast: Cast, case: Case, section: TemplateSection) -> CaseDraft:
    made = open_draft(member=cast.coder, case=case)
    write_section(member=cast.coder, draft=made, section=section, text="Tekst.", base_version=0)
    return fresh(made)


def submit(member: Member, draft: CaseDraft) -> CaseDraft:
    submit_draft(member=member, draft=draft, base_version=fresh(draft).version)
    return fresh(draft)


def approve(member: Member, draft: CaseDraft, reason: str = "") -> CaseDraft:
    approve_draft(member=member, draft=draft, base_version=fresh(draft).version, reason=reason)
    return fresh(draft)


def test_the_way_through_review(cast: Cast, draft: CaseDraft, section: TemplateSection) -> None:
    draft = submit(cast.coder, draft)
    assert draft.state == DraftState.SUBMITTED
    return_draft(
        member=cast.lead, draft=draft, reason="Hvor er natten?", base_version=draft.version
    )
    assert fresh(draft).state == DraftState.RETURNED
    write_section(member=cast.coder, draft=draft, section=section, text="Natten.", base_version=1)
    draft = approve(cast.lead, submit(cast.coder, draft))
    assert draft.state == DraftState.APPROVED
    steps = ReviewStep.objects.filter(draft=draft)
    assert [step.kind for step in steps] == ["submit", "return", "submit", "approve"]
    assert [step.versions for step in steps] == [
        {"goer": 1}, {"goer": 1}, {"goer": 2}, {"goer": 2},
    ]  # fmt: skip
    history = HistoryEntry.objects.filter(noun="draft").values_list("action", flat=True)
    assert {"submitted", "returned", "approved"} <= set(history)
    assert "natten" not in str(list(HistoryEntry.objects.values_list("after"))).casefold()


def test_history_tells_reason_and_sections_in_words(
    cast: Cast, draft: CaseDraft, section: TemplateSection
) -> None:
    draft = submit(cast.coder, draft)
    return_draft(member=cast.lead, draft=draft, reason="Hvor er dagen?", base_version=draft.version)
    told, *_rest = lines(entries(cast.reader, Wanted(noun="draft")))
    assert (told.thing, told.label) == ("casebeskrivelse", "Hjemmeplejen Tofteby")
    # PostgreSQL keeps the fields of an entry in an order of its own.
    changes = {(str(each.field), each.before, each.after) for each in told.changes}
    assert changes == {
        ("tilstand", "Sendt til gennemsyn", "Sendt retur"),
        ("versioner", "", f"{section.title}: 1"),
        ("begrundelse", "", "Hvor er dagen?"),
    }
    comment_on(member=cast.lead, draft=draft, section=section, text="Hvem siger det?")
    told, *_rest = lines(entries(cast.reader, Wanted(noun="draft")))
    assert section.title in [each.after for each in told.changes]


def test_only_a_lead_decides(cast: Cast, draft: CaseDraft) -> None:
    with pytest.raises(Forbidden):
        submit(cast.reader, draft)
    draft = submit(cast.coder, draft)
    for member in (cast.coder, cast.reader):
        with pytest.raises(Forbidden):
            approve(member, draft)
        with pytest.raises(Forbidden):
            return_draft(member=member, draft=draft, reason="x", base_version=draft.version)
    draft = approve(cast.lead, draft)
    with pytest.raises(Forbidden):
        reopen_draft(member=cast.coder, draft=draft, base_version=draft.version)


def test_a_return_needs_a_reason_and_a_submission_a_text(
    cast: Cast, case: Case, draft: CaseDraft, section: TemplateSection
) -> None:
    draft = submit(cast.coder, draft)
    with pytest.raises(Invalid):
        return_draft(member=cast.lead, draft=draft, reason="  ", base_version=draft.version)
    return_draft(member=cast.lead, draft=draft, reason="x", base_version=draft.version)
    write_section(member=cast.coder, draft=draft, section=section, text="", base_version=1)
    with pytest.raises(Invalid):
        submit(cast.coder, draft)


def test_an_approved_description_is_closed_until_a_lead_reopens_it(
    cast: Cast, draft: CaseDraft, section: TemplateSection, document: Document
) -> None:
    coding = make_coding(cast.coder, document, "om aftenen", make_code(cast.lead))
    draft = approve(cast.lead, submit(cast.coder, draft))
    with pytest.raises(Conflict) as refused:
        write_section(member=cast.coder, draft=draft, section=section, text="x", base_version=1)
    assert refused.value.code == "approved"
    with pytest.raises(Conflict):
        cite(
            member=cast.coder,
            draft=draft,
            excerpt_id=coding.excerpt_id,
            mode=CitationMode.QUOTE,
        )
    reopen_draft(member=cast.lead, draft=draft, base_version=draft.version)
    write_section(member=cast.coder, draft=draft, section=section, text="x", base_version=1)


def test_a_decision_on_a_text_that_went_on_is_a_conflict(
    cast: Cast, draft: CaseDraft, section: TemplateSection
) -> None:
    draft = submit(cast.coder, draft)
    write_section(
        member=cast.coder, draft=draft, section=section, text="Lige et ord.", base_version=1
    )
    with pytest.raises(Conflict) as refused:
        approve_draft(member=cast.lead, draft=draft, base_version=draft.version)
    assert refused.value.code == "version_behind"
    with pytest.raises(Conflict) as refused:
        reopen_draft(member=cast.lead, draft=draft, base_version=draft.version)
    assert refused.value.code == "other_state"


def test_approving_citations_that_need_checking_asks_for_a_reason(
    cast: Cast, draft: CaseDraft, section: TemplateSection, document: Document
) -> None:
    coding = make_coding(cast.coder, document, "om aftenen", make_code(cast.lead))
    token = cite(
        member=cast.coder, draft=draft, excerpt_id=coding.excerpt_id, mode=CitationMode.QUOTE
    )
    write_section(member=cast.coder, draft=draft, section=section, text=token, base_version=1)
    remove_coding(member=cast.coder, coding_id=coding.pk)
    draft = submit(cast.coder, draft)
    with pytest.raises(Invalid) as refused:
        approve(cast.lead, draft)
    assert refused.value.code == "incomplete"
    assert refused.value.details["sections"] == [section.key]
    approve(cast.lead, draft, reason="Ordene står i båndet.")
    assert ReviewStep.objects.get(kind="approve").reason == "Ordene står i båndet."


def test_an_empty_section_or_a_source_not_cited_asks_for_a_reason_to_approve(
    cast: Cast, draft: CaseDraft
) -> None:
    make_section(cast.lead, key="forankring")
    make_section(cast.lead, key="plads", sources=("interview",))
    draft = submit(cast.coder, draft)
    with pytest.raises(Invalid) as refused:
        approve(cast.lead, draft, reason="  ")
    assert refused.value.details["sections"] == ["forankring", "plads"]
    assert fresh(draft).state == DraftState.SUBMITTED
    approve(cast.lead, draft, reason="Stedet kendes.")
    assert ReviewStep.objects.get(kind="approve").reason == "Stedet kendes."


def test_a_comment_belongs_to_the_version_it_was_written_about(
    cast: Cast, draft: CaseDraft, section: TemplateSection
) -> None:
    comment = comment_on(member=cast.lead, draft=draft, section=section, text="Hvor er de?")
    assert comment.on_version == 1
    resolved = resolve_comment(member=cast.coder, comment_id=comment.pk)
    assert resolved.resolved_by == cast.coder.user
    first = resolved.resolved_at
    assert resolve_comment(member=cast.lead, comment_id=comment.pk).resolved_at == first
    assert "Hvor er de" not in str(list(HistoryEntry.objects.values_list("after")))
    with pytest.raises(Missing):
        resolve_comment(member=make_cast("other", "other-").lead, comment_id=comment.pk)
    with pytest.raises(Invalid):
        comment_on(member=cast.lead, draft=draft, section=section, text=" ")


def test_the_queue_holds_what_waits_with_its_open_comments(
    cast: Cast, draft: CaseDraft, section: TemplateSection
) -> None:
    assert review_queue(cast.lead) == []
    comment_on(member=cast.lead, draft=draft, section=section, text="a")
    comment_on(member=cast.lead, draft=draft, section=section, text="b")
    submit(cast.coder, draft)
    [row] = review_queue(cast.lead)
    assert (row.draft.pk, row.by, row.open_comments) == (draft.pk, cast.coder.user, 2)
    assert review_queue(make_cast("other", "other-").lead) == []
