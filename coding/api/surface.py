"""What the coding surface asks for besides single codings: a document's words, and changes."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Router

from coding.api.codebook import code_out
from coding.api.codings import named
from coding.api.schemas import (
    DIRECTION_NAMES,
    ChangesOut,
    CodingBriefOut,
    DocumentOut,
    TurnOut,
)
from coding.domain.queries.changes import Cursor, changes_since
from coding.domain.queries.codings import CodingRow
from coding.domain.queries.surface import current_revision, document_text, study_of_document
from coding.domain.queries.voices import Turns
from coding.enums import CodingSource
from coding.models import Code
from workbench.access.permissions import Permission
from workbench.errors import Missing
from workbench.http.permitted import MemberRequest, permitted

router = Router(tags=["documents"])


def _of_document(arguments: Mapping[str, Any]) -> UUID | None:
    return study_of_document(arguments["document"])


@router.get("/documents/{uuid:document}", response=DocumentOut, summary="A document's words")
@permitted(Permission.STUDY_READ, find=_of_document)
def get_document(request: MemberRequest, document: UUID) -> DocumentOut:
    found, turns = document_text(member=request.member, document_id=document)
    revision = found.current_revision
    assert revision is not None
    voices = {turn.id: turn.voice for turn in Turns([revision.pk]).of(revision.pk)}
    return DocumentOut(
        id=found.pk,
        title=found.title,
        kind=found.kind,
        case=found.case.key,
        language=found.language,
        revision=revision.pk,
        length=revision.length,
        text=revision.text,
        turns=[
            TurnOut(
                number=turn.number,
                start=turn.start,
                end=turn.end,
                speaker=voice.pseudonym if (voice := voices[turn.pk]) else None,
                participant=turn.speaker.participant_id if turn.speaker else None,
                start_ms=turn.start_ms,
                manner=turn.manner,
                questions=[mark.item.key for mark in turn.answer_marks.all()],
            )
            for turn in turns
        ],
    )


@router.get(
    "/studies/{slug:slug}/changes",
    response=ChangesOut,
    summary="What changed on a document since a cursor",
)
@permitted(Permission.STUDY_READ)
def get_changes(
    request: MemberRequest,
    slug: str,
    document: UUID,
    after: Annotated[str, Field(max_length=200)] = "",
) -> ChangesOut:
    if study_of_document(document) != request.member.study_id:
        raise Missing
    changes = changes_since(member=request.member, after=Cursor.parse(after), document_id=document)
    codes: list[Code] = changes.codes or []
    # Read last: a page that is told of a newer text than these offsets are of asks for it anew.
    revision = current_revision(document)
    if revision is None:
        raise Missing
    return ChangesOut(
        cursor=str(changes.cursor),
        revision=revision,
        codings=[_brief(coding) for coding in changes.codings],
        removed=changes.removed,
        codes=[code_out(code) for code in codes],
        removed_codes=changes.removed_codes,
        coders=[named(coder) for coder in changes.coders],
    )


def _brief(coding: CodingRow) -> CodingBriefOut:
    return CodingBriefOut(
        id=coding.id,
        start=coding.start,
        end=coding.end,
        code=coding.code,
        coder=coding.coder,
        version=coding.version,
        direction=DIRECTION_NAMES[coding.direction],
        weight=coding.weight,
        has_memo=coding.has_memo,
        source=CodingSource(coding.source),
    )
