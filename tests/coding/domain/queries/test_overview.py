"""What waits for whom: on the overview of a study, and in a person's list of studies."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from coding.domain.case_drafts import open_draft, write_section
from coding.domain.queries.overview import Overview, Stage, Work, overview_of, studies_of
from coding.domain.reviews import approve_draft, return_draft, submit_draft
from coding.models import CaseDraft
from interviews.models import Case, Document
from tests.factories.codings import make_code, make_coding
from tests.factories.field import make_case, make_document
from tests.factories.studies import Cast
from tests.factories.templates import fresh, make_section
from workbench.models import Member, Study


@pytest.fixture
def draft(cast: Cast, case: Case) -> CaseDraft:
    """Written by the coder: one section of two."""
    section = make_section(cast.lead)
    make_section(cast.lead, "fremtid", "Fremtid")
    draft = open_draft(member=cast.coder, case=case)
    write_section(member=cast.coder, draft=draft, section=section, text="Kort.", base_version=0)
    return draft


def works(overview: Overview) -> dict[str, Work]:
    return {work.member.user.username: work for work in overview.people if work.member}


def test_a_lead_sees_everyones_work_a_coder_their_own_and_a_reader_none(cast: Cast) -> None:
    assert list(works(overview_of(cast.lead))) == ["lead", "coder", "second-coder"]
    assert list(works(overview_of(cast.coder))) == ["coder"]
    assert overview_of(cast.reader).people == ()


def test_begun_material_is_with_its_coders_and_the_rest_with_nobody(
    cast: Cast, case: Case, document: Document
) -> None:
    untouched = make_document(cast.coder, case, title="Ikke begyndt")
    make_coding(cast.second_coder, document, "tavlen visket ud", make_code(cast.lead))
    overview = overview_of(cast.lead)
    assert works(overview)["second-coder"].to_code == [document]
    assert works(overview)["coder"].to_code == []
    assert overview.open.to_code == [untouched]

    Document.objects.update(coded_at=timezone.now())
    overview = overview_of(cast.lead)
    assert works(overview)["second-coder"].is_empty
    assert overview.board[0].coded.stage is Stage.DONE


def test_a_description_goes_from_its_writer_to_the_leads_and_back(
    cast: Cast, draft: CaseDraft
) -> None:
    def waiting() -> dict[str, set[str]]:
        return {
            name: {kind for kind in ("to_write", "to_review", "returned") if getattr(work, kind)}
            for name, work in works(overview_of(cast.lead)).items()
        }

    assert waiting() == {"lead": set(), "coder": {"to_write"}, "second-coder": set()}
    submit_draft(member=cast.coder, draft=draft, base_version=fresh(draft).version)
    assert waiting() == {"lead": {"to_review"}, "coder": set(), "second-coder": set()}
    return_draft(member=cast.lead, draft=draft, reason="Mere.", base_version=fresh(draft).version)
    assert waiting() == {"lead": set(), "coder": {"returned"}, "second-coder": set()}


def test_the_board_follows_a_case_to_its_approval(cast: Cast, draft: CaseDraft) -> None:
    [row] = overview_of(cast.reader).board
    assert (row.drafted.done, row.drafted.total, row.drafted.stage) == (1, 2, Stage.PART)
    assert (row.reviewed.stage, row.approved.stage) == (Stage.NONE, Stage.NONE)
    submit_draft(member=cast.coder, draft=draft, base_version=fresh(draft).version)
    version = fresh(draft).version
    approve_draft(member=cast.lead, draft=draft, base_version=version, reason="Kort er nok.")
    [row] = overview_of(cast.reader).board
    assert (row.reviewed.stage, row.approved.stage) == (Stage.DONE, Stage.DONE)


def test_a_published_example_makes_no_work(cast: Cast, document: Document) -> None:
    Study.objects.update(is_published_example=True)
    lead = Member.objects.select_related("study", "user").get(pk=cast.lead.pk)
    overview = overview_of(lead)
    assert overview.people == ()
    assert overview.open.is_empty
    assert [(row.cases, row.to_code, row.waits) for row in studies_of(lead.user)] == [(1, 0, False)]


def test_a_persons_list_says_what_waits_for_them(
    cast: Cast, document: Document, draft: CaseDraft
) -> None:
    def told(member: Member) -> tuple[int, int, int, bool]:
        [row] = studies_of(member.user)
        return row.to_code, row.to_review, row.returned, row.waits

    submit_draft(member=cast.coder, draft=draft, base_version=fresh(draft).version)
    assert told(cast.lead) == (1, 1, 0, True)
    assert told(cast.coder) == (1, 0, 0, True)
    assert told(cast.reader) == (0, 0, 0, False)
    return_draft(member=cast.lead, draft=draft, reason="Mere.", base_version=fresh(draft).version)
    assert told(cast.coder) == (1, 0, 1, True)
    assert told(cast.second_coder) == (1, 0, 0, True)


def test_begun_material_no_longer_waits_for_those_who_did_not_begin_it(
    cast: Cast, document: Document
) -> None:
    make_coding(cast.coder, document, "tavlen visket ud", make_code(cast.lead))
    waiting = {
        member.user.username: studies_of(member.user)[0].to_code
        for member in (cast.lead, cast.coder, cast.second_coder)
    }
    assert waiting == {"lead": 0, "coder": 1, "second-coder": 0}


@pytest.mark.parametrize("size", [1, 3])
def test_both_take_a_fixed_number_of_queries(
    cast: Cast, size: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    section, code = make_section(cast.lead), make_code(cast.lead)
    for number in range(size):
        case = make_case(cast.lead, f"case{number}", f"Case {number}")
        make_coding(cast.coder, make_document(cast.coder, case), "tavlen", code)
        draft = open_draft(member=cast.coder, case=case)
        write_section(member=cast.coder, draft=draft, section=section, text="Kort.", base_version=0)
    with django_assert_num_queries(15):
        assert len(overview_of(cast.lead).board) == size
    with django_assert_num_queries(5):
        studies_of(cast.lead.user)
