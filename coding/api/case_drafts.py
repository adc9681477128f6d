"""Case descriptions in the API: read, written by the version that was seen, reviewed."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from coding.api.schemas import In, Text
from coding.domain.case_drafts import cite, cite_figure, write_section
from coding.domain.queries.case_drafts import (
    DraftRow,
    DraftView,
    SectionView,
    draft_list,
    draft_of_case,
)
from coding.domain.queries.citations import CitationView
from coding.domain.reviews import approve_draft, reopen_draft, return_draft, submit_draft
from coding.enums import CitationMode
from coding.formats.citations import cited_numbers
from coding.models import CaseDraft, ReviewStep
from interviews.models import KeyFigure, Measurement
from workbench.access.permissions import Permission
from workbench.errors import Invalid, Missing
from workbench.http.matching import version_seen
from workbench.http.permitted import MemberRequest, permitted
from workbench.models import Member

router = Router(tags=["case descriptions"])

Pages = Annotated[
    float,
    Field(
        description="Pages of the study's unit: standard pages of 2,400 keystrokes with spaces, "
        "or laid-out pages, which are estimated"
    ),
]


class DraftOut(Schema):
    """A case's description in the list; `id` is null before somebody began it."""

    id: UUID | None
    case: str
    state: str | None
    version: int
    pages: Pages
    page_budget: Pages | None
    sections_written: int
    sections: int
    citations: int
    needs_checking: int
    missing_sources: list[str]
    updated_at: dt.datetime | None


class DraftsOut(Schema):
    items: list[DraftOut]


class CitationOut(Schema):
    """`[@number]` in the text. `needs_checking` says why it does."""

    number: int
    mode: str
    printed: str
    original: str
    attribution: str
    excerpt: UUID | None
    document: UUID | None
    measurement: UUID | None
    key_figure: UUID | None
    needs_checking: list[str]


class SourceOut(Schema):
    type: str
    state: str


class SectionOut(Schema):
    """A section as it stands; `draft_version` is what handing in the whole asks for."""

    key: str
    title: str
    text: str
    version: int
    draft_version: int
    pages: Pages
    page_budget: Pages | None
    sources: list[SourceOut]
    citations: list[CitationOut]
    updated_at: dt.datetime | None


class DraftWholeOut(Schema):
    id: UUID
    case: str
    state: str
    version: int
    sections: list[SectionOut]


class SectionIn(In):
    text: Text


class CitationIn(In):
    """One of `excerpt`, `measurement` and `key_figure`; `mode` and `printed` are of excerpts."""

    excerpt: UUID | None = None
    measurement: UUID | None = None
    key_figure: UUID | None = None
    mode: Literal["quote", "reference"] = "quote"
    printed: Annotated[Text, Field(max_length=100_000)] = ""


class TokenOut(Schema):
    number: int
    token: str


class SubmitIn(In):
    pass


class DecisionIn(In):
    reason: Annotated[Text, Field(max_length=10_000)] = ""


class StateOut(Schema):
    id: UUID
    state: str
    version: int


def _of_draft(arguments: Mapping[str, Any]) -> UUID | None:
    return (
        CaseDraft.objects.filter(pk=arguments["draft"]).values_list("study_id", flat=True).first()
    )


@router.get("/studies/{slug:slug}/drafts", response=DraftsOut, summary="Every case's description")
@permitted(Permission.STUDY_READ)
def get_drafts(request: MemberRequest, slug: str) -> DraftsOut:
    return DraftsOut(items=[_row_out(row) for row in draft_list(request.member)])


@router.get("/drafts/{uuid:draft}", response=DraftWholeOut, summary="A case description")
@permitted(Permission.STUDY_READ, find=_of_draft)
def get_draft(request: MemberRequest, response: HttpResponse, draft: UUID) -> DraftWholeOut:
    view = _view(request.member, draft)
    response.headers["ETag"] = f'"{view.version}"'
    return DraftWholeOut(
        id=draft,
        case=view.case.key,
        state=view.state,
        version=view.version,
        sections=[_section_out(section, view.version) for section in view.sections],
    )


@router.get(
    "/drafts/{uuid:draft}/sections/{slug:key}", response=SectionOut, summary="One of its sections"
)
@permitted(Permission.STUDY_READ, find=_of_draft)
def get_section(
    request: MemberRequest, response: HttpResponse, draft: UUID, key: str
) -> SectionOut:
    return _answer(request.member, response, draft, key)


@router.put(
    "/drafts/{uuid:draft}/sections/{slug:key}", response=SectionOut, summary="Write a section"
)
@permitted(Permission.DRAFTS_WRITE, find=_of_draft)
def put_section(
    request: MemberRequest, response: HttpResponse, draft: UUID, key: str, wanted: SectionIn
) -> SectionOut:
    """Needs `If-Match` with the section's version; 428 without.

    409 `version_behind` carries both texts as `mine` and `theirs`, 409 `approved` says that
    the description is closed, 413 `too_long`, 400 `unknown_citation` names the numbers.
    """
    view = _view(request.member, draft)
    assert view.draft is not None
    write_section(
        member=request.member,
        draft=view.draft,
        section=view.section(key).section,
        text=wanted.text,
        base_version=version_seen(request),
    )
    return _answer(request.member, response, draft, key)


@router.post(
    "/drafts/{uuid:draft}/citations",
    response={201: TokenOut},
    summary="Cite an excerpt or a figure",
)
@permitted(Permission.DRAFTS_WRITE, find=_of_draft)
def post_citation(request: MemberRequest, draft: UUID, wanted: CitationIn) -> Status[TokenOut]:
    """The token to write into a section. The same citation again is the same token."""
    member, of = request.member, CaseDraft.objects.get(pk=draft)
    match (wanted.excerpt, wanted.measurement, wanted.key_figure):
        case (UUID() as excerpt, None, None):
            mode, printed = CitationMode(wanted.mode), wanted.printed
            given = cite(member=member, draft=of, excerpt_id=excerpt, mode=mode, printed=printed)
        case (None, UUID() as figure, None):
            mode = CitationMode.MEASUREMENT
            given = cite_figure(member=member, draft=of, mode=mode, figure_id=figure)
        case (None, None, UUID() as figure):
            mode = CitationMode.KEY_FIGURE
            given = cite_figure(member=member, draft=of, mode=mode, figure_id=figure)
        case _:
            raise Invalid(
                _("Name one thing to cite: an excerpt, a measurement or a key figure."),
                code="one_thing",
            )
    return Status(201, TokenOut(number=cited_numbers(given)[0], token=given))


@router.post("/drafts/{uuid:draft}/submit", response=StateOut, summary="Submit for review")
@permitted(Permission.DRAFTS_WRITE, find=_of_draft)
def post_submit(
    request: MemberRequest, response: HttpResponse, draft: UUID, wanted: SubmitIn | None = None
) -> StateOut:
    """Needs `If-Match` with the description's version; 409 when the text went on since."""
    step = submit_draft(
        member=request.member,
        draft=CaseDraft.objects.get(pk=draft),
        base_version=version_seen(request),
    )
    return _state(response, step)


@router.post("/drafts/{uuid:draft}/return", response=StateOut, summary="Return to the writer")
@permitted(Permission.DRAFTS_REVIEW, find=_of_draft)
def post_return(
    request: MemberRequest, response: HttpResponse, draft: UUID, wanted: DecisionIn
) -> StateOut:
    """A reason is required; `If-Match` as for submit."""
    step = return_draft(
        member=request.member,
        draft=CaseDraft.objects.get(pk=draft),
        reason=wanted.reason,
        base_version=version_seen(request),
    )
    return _state(response, step)


@router.post("/drafts/{uuid:draft}/approve", response=StateOut, summary="Approve")
@permitted(Permission.DRAFTS_REVIEW, find=_of_draft)
def post_approve(
    request: MemberRequest, response: HttpResponse, draft: UUID, wanted: DecisionIn | None = None
) -> StateOut:
    """400 `incomplete` asks for a reason, and names the sections; `If-Match` as for submit."""
    step = approve_draft(
        member=request.member,
        draft=CaseDraft.objects.get(pk=draft),
        base_version=version_seen(request),
        reason=wanted.reason if wanted else "",
    )
    return _state(response, step)


@router.post("/drafts/{uuid:draft}/reopen", response=StateOut, summary="Reopen an approved one")
@permitted(Permission.DRAFTS_REVIEW, find=_of_draft)
def post_reopen(
    request: MemberRequest, response: HttpResponse, draft: UUID, wanted: DecisionIn | None = None
) -> StateOut:
    step = reopen_draft(
        member=request.member,
        draft=CaseDraft.objects.get(pk=draft),
        base_version=version_seen(request),
        reason=wanted.reason if wanted else "",
    )
    return _state(response, step)


def _state(response: HttpResponse, step: ReviewStep) -> StateOut:
    response.headers["ETag"] = f'"{step.draft.version}"'
    return StateOut(id=step.draft_id, state=step.draft.state, version=step.draft.version)


def _view(member: Member, draft_id: UUID) -> DraftView:
    draft = (
        CaseDraft.objects.select_related("case")
        .filter(pk=draft_id, study_id=member.study_id, case__removed_at__isnull=True)
        .first()
    )
    if draft is None:
        raise Missing
    return draft_of_case(member, draft.case)


def _answer(member: Member, response: HttpResponse, draft_id: UUID, key: str) -> SectionOut:
    view = _view(member, draft_id)
    section = view.section(key)
    response.headers["ETag"] = f'"{section.version}"'
    return _section_out(section, view.version)


def _pages(amount: Decimal | None) -> float | None:
    return None if amount is None else round(float(amount), 4)


def _row_out(row: DraftRow) -> DraftOut:
    return DraftOut(
        id=row.draft.pk if row.draft else None,
        case=row.case.key,
        state=row.state,
        version=row.draft.version if row.draft else 0,
        pages=round(float(row.pages), 4),
        page_budget=_pages(row.total_budget),
        sections_written=row.written,
        sections=row.sections,
        citations=row.citations,
        needs_checking=row.doubtful,
        missing_sources=list(row.missing),
        updated_at=row.updated_at,
    )


def _section_out(section: SectionView, draft_version: int) -> SectionOut:
    return SectionOut(
        key=section.section.key,
        title=section.section.title,
        text=section.text,
        version=section.version,
        draft_version=draft_version,
        pages=round(float(section.pages), 4),
        page_budget=_pages(section.budget),
        sources=[SourceOut(type=source.type, state=source.state) for source in section.sources],
        citations=[_citation_out(citation) for citation in section.citations],
        updated_at=section.updated_at,
    )


def _citation_out(citation: CitationView) -> CitationOut:
    return CitationOut(
        number=citation.number,
        mode=citation.mode,
        printed=citation.printed,
        original=citation.original,
        attribution=citation.attribution,
        excerpt=citation.excerpt,
        document=citation.document,
        measurement=citation.figure.pk if isinstance(citation.figure, Measurement) else None,
        key_figure=citation.figure.pk if isinstance(citation.figure, KeyFigure) else None,
        needs_checking=list(citation.doubts),
    )
