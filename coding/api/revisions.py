"""Corrected texts in the API: look first, then correct; and what waits for a place."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Router, Schema, Status

from coding.api.schemas import In, Offset, Text
from coding.domain.quarantine import drop_unplaced, place_unplaced
from coding.domain.queries.quarantine import Unplaced, Words, revisions_of, unplaced_of
from coding.domain.queries.surface import study_of_document
from coding.domain.revisions import correct_text, look_at_correction
from coding.models import Excerpt
from interviews.domain.anchors import Edit
from interviews.domain.documents import document_of
from interviews.domain.revisions import Correction
from interviews.tasks import split_later
from workbench.access.permissions import Permission
from workbench.errors import Missing
from workbench.http.permitted import MemberRequest, permitted

router = Router(tags=["documents"])
MOST_EDITS = 200


class EditIn(In):
    """[start, end) of the base becomes `text`, within one turn."""

    start: Offset
    end: Offset
    text: Annotated[Text, Field(max_length=200_000)]


class LookIn(In):
    base_revision: UUID
    edits: Annotated[list[EditIn], Field(min_length=1, max_length=MOST_EDITS)]


class CorrectionIn(LookIn):
    """`id` is made by the client and becomes the revision's. `accept` and `drop` are ids of
    excerpts from the look: they stand on the proposed words, or lose their codings."""

    id: UUID
    accept: Annotated[list[UUID], Field(max_length=10_000)] = []
    drop: Annotated[list[UUID], Field(max_length=10_000)] = []


class RevisionOut(Schema):
    id: UUID
    number: int
    words: int
    made_by: str
    created_at: datetime


class RevisionsOut(Schema):
    items: list[RevisionOut]


class CorrectedOut(Schema):
    """`placed` and `unplaced` count the excerpts of the new revision."""

    revision: UUID
    number: int
    placed: int
    unplaced: int


class WordsOut(Schema):
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str


class UnplacedCodingOut(Schema):
    id: UUID
    code: UUID
    code_name: str
    coder: str
    mine: bool


class UnplacedOut(Schema):
    """`was` in the revision where its place was sure; `now` in the newer one, null when none of
    its words are left. `mine`: you may place or drop it."""

    excerpt: UUID
    turn: int | None
    was: WordsOut
    now: WordsOut | None
    codings: list[UnplacedCodingOut]
    citations: int
    mine: bool


class LookOut(Schema):
    """`placed` excerpts keep their words; the `doubtful` would be unplaced."""

    placed: int
    doubtful: list[UnplacedOut]


class QuarantineOut(Schema):
    revision: UUID
    items: list[UnplacedOut]


class PlaceIn(In):
    """The words it stands on: the proposed ones, or any others of that revision."""

    revision: UUID
    start: Offset
    end: Offset


class DroppedOut(Schema):
    """The codings that were taken away; each can be restored."""

    codings: list[UUID]


def _of_document(arguments: Mapping[str, Any]) -> UUID | None:
    return study_of_document(arguments["document"])


@router.get(
    "/documents/{uuid:document}/revisions",
    response=RevisionsOut,
    summary="The versions of a text, the newest first",
)
@permitted(Permission.STUDY_READ, find=_of_document)
def get_revisions(request: MemberRequest, document: UUID) -> RevisionsOut:
    found = document_of(member=request.member, document_id=document)
    return RevisionsOut(
        items=[
            RevisionOut(
                id=revision.pk,
                number=revision.number,
                words=revision.words,
                made_by=str(revision.made_by or ""),
                created_at=revision.created_at,
            )
            for revision in revisions_of(found)
        ]
    )


@router.post(
    "/documents/{uuid:document}/revisions/look",
    response=LookOut,
    summary="What a correction would put in doubt; nothing is written",
)
@permitted(Permission.MATERIAL_WRITE, find=_of_document)
def post_look(request: MemberRequest, document: UUID, wanted: LookIn) -> LookOut:
    look = look_at_correction(
        member=request.member,
        document=document_of(member=request.member, document_id=document),
        base=wanted.base_revision,
        edits=_edits(wanted),
    )
    return LookOut(placed=look.placed, doubtful=[_told(each) for each in look.doubtful])


@router.post(
    "/documents/{uuid:document}/revisions",
    response={200: CorrectedOut, 201: CorrectedOut},
    summary="Correct the text, once",
)
@permitted(Permission.MATERIAL_WRITE, find=_of_document)
def post_revision(
    request: MemberRequest, document: UUID, wanted: CorrectionIn
) -> Status[CorrectedOut]:
    """The same request again answers 200.

    400: `nothing_changed`, `edits` (not in order), `crosses_turn`, `empty_turn`. 409:
    `revision_behind` with the current `revision` and, for each turn, `base`, `theirs` and
    `yours`; `different_request` when the id stands for another correction.
    """
    corrected = correct_text(
        member=request.member,
        document=document_of(member=request.member, document_id=document),
        correction=Correction(wanted.id, wanted.base_revision, tuple(_edits(wanted))),
        then=split_later,
        accept=wanted.accept,
        drop=wanted.drop,
    )
    return Status(
        201 if corrected.created else 200,
        CorrectedOut(
            revision=corrected.revision.pk,
            number=corrected.revision.number,
            placed=corrected.placed,
            unplaced=corrected.unplaced,
        ),
    )


@router.get(
    "/documents/{uuid:document}/quarantine",
    response=QuarantineOut,
    summary="What has no sure place in the text any more",
)
@permitted(Permission.STUDY_READ, find=_of_document)
def get_quarantine(request: MemberRequest, document: UUID) -> QuarantineOut:
    found = document_of(member=request.member, document_id=document)
    if found.current_revision_id is None:
        raise Missing
    return QuarantineOut(
        revision=found.current_revision_id,
        items=[_told(each) for each in unplaced_of(request.member, found)],
    )


@router.post(
    "/documents/{uuid:document}/quarantine/{uuid:excerpt}/place",
    response={204: None},
    summary="Say where unplaced words stand",
)
@permitted(Permission.CODINGS_WRITE, find=_of_document)
def post_place(
    request: MemberRequest, document: UUID, excerpt: UUID, wanted: PlaceIn
) -> Status[None]:
    """Where others code the same excerpt, only your own codings go, unless you are a lead.

    409: `revision_behind`, `placed` (elsewhere, meanwhile), `not_yours`.
    """
    _refuse_other(document, excerpt)
    place_unplaced(
        member=request.member,
        excerpt_id=excerpt,
        revision_id=wanted.revision,
        start=wanted.start,
        end=wanted.end,
    )
    return Status(204, None)


@router.post(
    "/documents/{uuid:document}/quarantine/{uuid:excerpt}/drop",
    response=DroppedOut,
    summary="Take your codings off unplaced words",
)
@permitted(Permission.CODINGS_WRITE, find=_of_document)
def post_drop(request: MemberRequest, document: UUID, excerpt: UUID) -> DroppedOut:
    _refuse_other(document, excerpt)
    return DroppedOut(codings=drop_unplaced(member=request.member, excerpt_id=excerpt))


def _refuse_other(document: UUID, excerpt: UUID) -> None:
    if not Excerpt.objects.filter(pk=excerpt, document=document).exists():
        raise Missing


def _edits(wanted: LookIn) -> list[Edit]:
    return [Edit(each.start, each.end, each.text) for each in wanted.edits]


def _told(unplaced: Unplaced) -> UnplacedOut:
    return UnplacedOut(
        excerpt=unplaced.excerpt,
        turn=unplaced.turn,
        was=_words(unplaced.was),
        now=_words(unplaced.now) if unplaced.now.quote else None,
        codings=[
            UnplacedCodingOut(
                id=coding.id,
                code=coding.code,
                code_name=coding.code_name,
                coder=coding.coder,
                mine=coding.mine,
            )
            for coding in unplaced.codings
        ],
        citations=unplaced.citations,
        mine=unplaced.mine,
    )


def _words(words: Words) -> WordsOut:
    return WordsOut(
        start=words.start,
        end=words.end,
        quote=words.quote,
        prefix=words.prefix,
        suffix=words.suffix,
    )
