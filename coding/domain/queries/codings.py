"""Codings as pages and the API read them: where they stand now, by whom, with which memo."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from coding.enums import PlacementState
from coding.models import Coding, Excerpt, Memo, Placement
from workbench.errors import Missing
from workbench.models import Member

NOUN = "coding"


@dataclass(frozen=True, slots=True)
class CodingRow:
    """A coding at its place in the document's current revision; offsets are code points."""

    id: UUID
    start: int
    end: int
    code: UUID
    coder: UUID
    version: int
    direction: str
    weight: int | None
    has_memo: bool
    source: str


@dataclass(frozen=True, slots=True)
class CodingDetail:
    """One coding; `start` and `end` are None when its words have no sure place any more."""

    id: UUID
    document: UUID
    revision: UUID
    excerpt: UUID
    start: int | None
    end: int | None
    code: UUID
    coder: UUID
    version: int
    direction: str
    weight: int | None
    has_memo: bool
    memo: str
    source: str
    removed: bool
    created_at: datetime


def _with_memo(member: Member) -> Exists:
    memos = Memo.objects.visible_to(member.user)
    return Exists(memos.filter(noun=NOUN, subject=OuterRef("pk")))


def placed_codings(
    *, member: Member, document_id: UUID, ids: list[UUID] | None = None
) -> list[CodingRow]:
    """What stands on the document now, in reading order; `ids` narrows it to some."""
    codings = Coding.objects.visible_to(member).filter(
        document_id=document_id,
        excerpt__placements__revision=F("document__current_revision"),
        excerpt__placements__state=PlacementState.PLACED,
    )
    if ids is not None:
        codings = codings.filter(pk__in=ids)
    rows = (
        codings.annotate(has_memo=_with_memo(member))
        .order_by("excerpt__placements__start", "-excerpt__placements__end", "created_at")
        .values_list(
            "pk",
            "excerpt__placements__start",
            "excerpt__placements__end",
            "code_id",
            "coder_id",
            "version",
            "direction",
            "weight",
            "has_memo",
            "source",
        )
    )
    return [CodingRow(*row) for row in rows]


def coding_detail(*, member: Member, coding_id: UUID) -> CodingDetail:
    """One coding, also a removed one, with the member's own memo on it. Raises Missing."""
    row = (
        Coding.objects.visible_to(member, removed=True)
        .filter(pk=coding_id)
        .annotate(revision=F("document__current_revision"), has_memo=_with_memo(member))
        .values()
        .first()
    )
    if row is None:
        raise Missing
    place = (
        Placement.objects.filter(
            excerpt=row["excerpt_id"], revision=row["revision"], state=PlacementState.PLACED
        )
        .values_list("start", "end")
        .first()
    )
    own = Memo.objects.visible_to(member.user).filter(
        study_id=member.study_id, author=member.user_id, noun=NOUN, subject=coding_id
    )
    return CodingDetail(
        id=row["id"],
        document=row["document_id"],
        revision=row["revision"],
        excerpt=row["excerpt_id"],
        start=place[0] if place else None,
        end=place[1] if place else None,
        code=row["code_id"],
        coder=row["coder_id"],
        version=row["version"],
        direction=row["direction"],
        weight=row["weight"],
        has_memo=row["has_memo"],
        memo=own.values_list("text", flat=True).first() or "",
        source=row["source"],
        removed=row["removed_at"] is not None,
        created_at=row["created_at"],
    )


def study_of_coding(coding_id: UUID) -> UUID | None:
    """Whose members may ask for it at all; what one of them sees is decided afterwards."""
    excerpts = Excerpt.objects.filter(codings=coding_id)
    return excerpts.values_list("study_id", flat=True).first()


@dataclass(frozen=True, slots=True)
class CodingOn:
    """A coding on an excerpt, with the path of its code."""

    id: UUID
    excerpt: UUID
    code: UUID
    code_path: str
    coder: UUID
    direction: str
    weight: int | None


def coded_excerpts(
    *, member: Member, code: UUID | None = None, case: str = "", coder: UUID | None = None
) -> QuerySet[Excerpt, Excerpt]:
    """Excerpts with a visible coding that stand in present material."""
    codings = Coding.objects.visible_to(member).filter(excerpt=OuterRef("pk"))
    if code is not None:
        codings = codings.filter(code=code)
    if coder is not None:
        codings = codings.filter(coder=coder)
    placed = Placement.objects.filter(
        excerpt=OuterRef("pk"),
        revision=OuterRef("document__current_revision"),
        state=PlacementState.PLACED,
    )
    excerpts = Excerpt.objects.filter(
        Exists(codings),
        Exists(placed),
        study_id=member.study_id,
        document__removed_at__isnull=True,
    )
    return excerpts.filter(document__case__key=case) if case else excerpts


@dataclass(frozen=True, slots=True)
class Place:
    """Where an excerpt stands now; `case` is the case's key."""

    case: str
    revision: UUID
    start: int
    end: int
    quote: str


def places_of(excerpts: list[UUID]) -> dict[UUID, Place]:
    """The places of excerpts in the current revisions of their documents."""
    rows = Placement.objects.filter(
        excerpt__in=excerpts,
        revision=F("excerpt__document__current_revision"),
        state=PlacementState.PLACED,
    ).values_list(
        "excerpt_id", "excerpt__document__case__key", "revision_id", "start", "end", "quote"
    )
    return {
        excerpt: Place(case, revision, start, end, quote)
        for excerpt, case, revision, start, end, quote in rows
    }


def codings_on(*, member: Member, excerpts: list[UUID]) -> dict[UUID, list[CodingOn]]:
    """The visible codings by excerpt."""
    found: dict[UUID, list[CodingOn]] = {}
    rows = Coding.objects.visible_to(member).filter(excerpt__in=excerpts).order_by("created_at")
    for row in rows.values_list(
        "pk", "excerpt_id", "code_id", "code__path", "coder_id", "direction", "weight"
    ):
        coding = CodingOn(*row)
        found.setdefault(coding.excerpt, []).append(coding)
    return found
