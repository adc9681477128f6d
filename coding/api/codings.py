"""Codings in the API: made once by the client's id, changed by the version that was seen."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from ninja import Router, Status

from coding.api.schemas import (
    DIRECTION_NAMES,
    BatchIn,
    BatchOut,
    CodingChangeIn,
    CodingIn,
    CodingOut,
    DocumentCodingsOut,
    StandsOut,
    direction_of,
)
from coding.domain.codings import (
    CodingRequest,
    change_coding,
    code_passage,
    code_passages,
    remove_coding,
    restore_coding,
)
from coding.domain.evidence import stands_for
from coding.domain.queries.changes import cursor_now
from coding.domain.queries.codings import (
    CodingDetail,
    coding_detail,
    placed_codings,
    study_of_coding,
)
from coding.domain.queries.surface import (
    CODING_COLUMNS,
    coders_of,
    coding_rows,
    document_text,
    studies_of_document,
    study_of_document,
)
from coding.enums import CodingSource
from coding.models import Coding
from workbench.access.permissions import Permission
from workbench.errors import Conflict, Invalid
from workbench.http.matching import version_seen
from workbench.http.permitted import MemberRequest, permitted
from workbench.models import Member, User

router = Router(tags=["codings"])


def _of_coding(arguments: Mapping[str, Any]) -> UUID | None:
    return study_of_coding(arguments["coding"])


def _of_new_coding(arguments: Mapping[str, Any]) -> QuerySet[Any, Any]:
    return studies_of_document(arguments["wanted"].document)


def _of_document(arguments: Mapping[str, Any]) -> UUID | None:
    return study_of_document(arguments["document"])


@router.get("/codings/{uuid:coding}", response=CodingOut, summary="A coding, with your memo on it")
@permitted(Permission.STUDY_READ, find=_of_coding)
def get_coding(request: MemberRequest, response: HttpResponse, coding: UUID) -> CodingOut:
    return _answer(request, response, coding)


@router.put(
    "/codings/{uuid:coding}",
    response={200: CodingOut, 201: CodingOut},
    summary="Code a passage, once",
)
@permitted(Permission.CODINGS_WRITE, find=_of_new_coding)
def put_coding(
    request: MemberRequest, response: HttpResponse, coding: UUID, wanted: CodingIn
) -> Status[CodingOut]:
    """The same request again answers 200, whatever happened to the coding since.

    409: `different_request` (the id stands for another coding), `revision_behind` with the
    current revision, `duplicate` with the existing id. 410: removed since.
    """
    applied = code_passage(
        member=request.member,
        request=CodingRequest(
            id=coding,
            document=wanted.document,
            revision=wanted.revision,
            start=wanted.start,
            end=wanted.end,
            code=wanted.code,
            direction=direction_of(wanted.direction),
            memo=wanted.memo,
        ),
    )
    if applied.created:
        return Status(201, _made(request.member, response, applied.coding, wanted))
    return Status(200, _answer(request, response, coding))


@router.patch("/codings/{uuid:coding}", response=CodingOut, summary="Change a coding")
@permitted(Permission.CODINGS_WRITE, find=_of_coding)
def patch_coding(
    request: MemberRequest, response: HttpResponse, coding: UUID, wanted: CodingChangeIn
) -> CodingOut:
    """Needs `If-Match` with the version that was seen; 428 without.

    409 `version_behind` carries `current`, the coding as it is now.
    """
    version = version_seen(request)
    fields = wanted.model_fields_set
    try:
        change_coding(
            member=request.member,
            coding_id=coding,
            version=version,
            code=wanted.code,
            span=_span(request.member, coding, wanted),
            direction=direction_of(wanted.direction),
            weight=wanted.weight,
            memo=wanted.memo,
            fields=frozenset(fields | ({"span"} if fields & {"start", "end"} else set())),
        )
    except Conflict as refused:
        if "current" in refused.details:
            refused.details["current"] = _out(request.member, coding).model_dump(mode="json")
        raise
    return _answer(request, response, coding)


@router.delete("/codings/{uuid:coding}", response={204: None}, summary="Remove a coding")
@permitted(Permission.CODINGS_WRITE, find=_of_coding)
def delete_coding(request: MemberRequest, coding: UUID) -> Status[None]:
    remove_coding(member=request.member, coding_id=coding)
    return Status(204, None)


@router.post("/codings/{uuid:coding}/restore", response=CodingOut, summary="Bring a coding back")
@permitted(Permission.CODINGS_WRITE, find=_of_coding)
def post_restore(request: MemberRequest, response: HttpResponse, coding: UUID) -> CodingOut:
    restore_coding(member=request.member, coding_id=coding)
    return _answer(request, response, coding)


@router.post(
    "/documents/{uuid:document}/codings",
    response={200: BatchOut, 201: BatchOut},
    summary="Code several passages, all or nothing",
)
@permitted(Permission.CODINGS_WRITE, find=_of_document)
def post_codings(request: MemberRequest, document: UUID, wanted: BatchIn) -> Status[BatchOut]:
    applied = code_passages(
        member=request.member,
        requests=[
            CodingRequest(
                id=each.id,
                document=document,
                revision=each.revision,
                start=each.start,
                end=each.end,
                code=each.code,
                direction=direction_of(each.direction),
                memo=each.memo,
            )
            for each in wanted.codings
        ],
    )
    made = any(each.created for each in applied)
    codings = [_out(request.member, each.coding.pk) for each in applied]
    return Status(201 if made else 200, BatchOut(codings=codings))


@router.get(
    "/documents/{uuid:document}/codings",
    response=DocumentCodingsOut,
    summary="The codings on a document, as compact rows",
)
@permitted(Permission.STUDY_READ, find=_of_document)
def get_document_codings(request: MemberRequest, document: UUID) -> DocumentCodingsOut:
    # The cursor first: a coding saved between the two reads is then heard twice, never missed.
    cursor = cursor_now(request.member)
    found, _turns = document_text(member=request.member, document_id=document, turns=False)
    assert found.current_revision_id is not None
    codings = placed_codings(member=request.member, document_id=document)
    codes = list(dict.fromkeys(coding.code for coding in codings))
    coders = coders_of(codings)
    return DocumentCodingsOut(
        revision=found.current_revision_id,
        cursor=str(cursor),
        columns=list(CODING_COLUMNS),
        codes=codes,
        coders=[named(coder) for coder in coders],
        codings=coding_rows(codings, codes, [coder.pk for coder in coders]),
    )


def named(coder: User) -> tuple[UUID, str, str]:
    """A coder as the surface shows them: id, name, initials."""
    return coder.pk, str(coder), coder.initials


def _span(member: Member, coding_id: UUID, wanted: CodingChangeIn) -> tuple[UUID, int, int] | None:
    """Both ends in one revision; what is not given stays where it stands now."""
    if not wanted.model_fields_set & {"start", "end"}:
        return None
    now = coding_detail(member=member, coding_id=coding_id)
    start = now.start if wanted.start is None else wanted.start
    end = now.end if wanted.end is None else wanted.end
    if start is None or end is None:
        raise Invalid(code="both_ends")
    return wanted.revision or now.revision, start, end


def _answer(request: MemberRequest, response: HttpResponse, coding_id: UUID) -> CodingOut:
    out = _out(request.member, coding_id)
    response.headers["ETag"] = f'"{out.version}"'
    return out


def _made(member: Member, response: HttpResponse, coding: Coding, wanted: CodingIn) -> CodingOut:
    """A coding of this very request: what the answer says is known without reading it again."""
    response.headers["ETag"] = f'"{coding.version}"'
    return _told(
        member,
        CodingDetail(
            id=coding.pk,
            document=coding.document_id,
            revision=wanted.revision,
            excerpt=coding.excerpt_id,
            start=wanted.start,
            end=wanted.end,
            code=coding.code_id,
            coder=coding.coder_id,
            version=coding.version,
            direction=coding.direction,
            weight=coding.weight,
            has_memo=bool(wanted.memo),
            memo=wanted.memo,
            source=coding.source,
            removed=False,
            created_at=coding.created_at,
        ),
    )


def _out(member: Member, coding_id: UUID) -> CodingOut:
    return _told(member, coding_detail(member=member, coding_id=coding_id))


def _told(member: Member, coding: CodingDetail) -> CodingOut:
    places = [] if coding.removed else stands_for(member.study_id, [coding.code])
    return CodingOut(
        id=coding.id,
        document=coding.document,
        revision=coding.revision,
        excerpt=coding.excerpt,
        start=coding.start,
        end=coding.end,
        code=coding.code,
        coder=coding.coder,
        version=coding.version,
        direction=DIRECTION_NAMES[coding.direction],
        weight=coding.weight,
        has_memo=coding.has_memo,
        memo=coding.memo,
        source=CodingSource(coding.source),
        removed=coding.removed,
        created_at=coding.created_at,
        stands=[StandsOut(section=section, point=point) for section, point in places],
    )
