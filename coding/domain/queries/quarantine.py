"""Unplaced excerpts: what a corrected text says now, beside the words that were coded."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from coding.enums import PlacementState
from coding.models import CellCitation, Citation, Coding, EvidenceMark, Excerpt, Placement
from interviews.models import Document, DocumentRevision, Turn
from workbench.enums import Role
from workbench.models import Member


class HasRevision(Protocol):
    @property
    def revision(self) -> UUID: ...


@dataclass(frozen=True, slots=True)
class Words:
    """A span of one revision, in code points, with what stands before and after it."""

    start: int
    end: int
    quote: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class UnplacedCoding:
    """`mine`: the reader may say where it stands, or take it away."""

    id: UUID
    code: UUID
    code_name: str
    colour: int
    coder: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Unplaced:
    """An excerpt without a sure place: its old words, and where they most probably stand now.

    An empty `now` says that none of its words are left; it is then where they stood.
    """

    excerpt: UUID
    turn: int | None
    was: Words
    now: Words
    codings: tuple[UnplacedCoding, ...]
    citations: int

    @property
    def mine(self) -> bool:
        """Whether the reader has a say: in a coding of it, or because nobody codes it."""
        return not self.codings or any(coding.mine for coding in self.codings)


def unplaced_in(material: Sequence[HasRevision]) -> QuerySet[Placement, UUID]:
    """The ids of the excerpts that have no sure place in these revisions."""
    rows = Placement.objects.filter(
        revision__in=[each.revision for each in material], state=PlacementState.UNPLACED
    )
    return rows.values_list("excerpt", flat=True)


def unplaced_now(member: Member) -> QuerySet[Placement]:
    """Where the study's unplaced excerpts most probably stand, in material that is not removed.

    Excerpts that nobody codes, cites or pins wait for nobody.
    """
    codings = Coding.objects.visible_to(member).filter(excerpt=OuterRef("excerpt"))
    return Placement.objects.filter(
        _wanted(codings),
        state=PlacementState.UNPLACED,
        excerpt__study_id=member.study_id,
        revision=F("excerpt__document__current_revision"),
        excerpt__document__removed_at__isnull=True,
    )


def _wanted(codings: QuerySet[Coding]) -> Q:
    of_it = {"excerpt": OuterRef("excerpt")}
    return (
        Q(Exists(codings))
        | Q(Exists(Citation.objects.filter(**of_it)))
        | Q(Exists(CellCitation.objects.filter(**of_it)))
        | Q(Exists(EvidenceMark.objects.filter(**of_it)))
    )


def unplaced_on(member: Member, document_id: UUID) -> int:
    """How many codings of the document wait for a place."""
    return (
        Coding.objects.visible_to(member)
        .filter(
            document_id=document_id,
            excerpt__placements__state=PlacementState.UNPLACED,
            excerpt__placements__revision=F("document__current_revision"),
        )
        .count()
    )


def unplaced_codings(member: Member) -> dict[UUID, Counter[UUID]]:
    """document -> coder -> codings that wait for a place. One query."""
    found: dict[UUID, Counter[UUID]] = defaultdict(Counter)
    rows = Coding.objects.visible_to(member).filter(
        excerpt__placements__state=PlacementState.UNPLACED,
        excerpt__placements__revision=F("document__current_revision"),
        document__removed_at__isnull=True,
    )
    for document, coder in rows.order_by().values_list("document_id", "coder_id"):
        found[document][coder] += 1
    return found


def count_unplaced(member: Member) -> int:
    """The codings of the study that wait for a place."""
    return sum(count.total() for count in unplaced_codings(member).values())


def unplaced_of(member: Member, document: Document) -> list[Unplaced]:
    """The document's quarantine in reading order, in six queries."""
    rows = unplaced_now(member).filter(excerpt__document=document)
    places = list(rows.order_by("start", "end", "pk"))
    excerpts = [place.excerpt_id for place in places]
    was, codings = last_sure(excerpts), codings_of(member, excerpts)
    cited = citations_of(excerpts)
    turns = list(
        Turn.objects.filter(revision=document.current_revision_id)
        .order_by("start")
        .values_list("number", "start", "end")
    )
    return [
        Unplaced(
            excerpt=place.excerpt_id,
            turn=_turn_at(turns, place.start),
            was=words_of(was[place.excerpt_id]),
            now=words_of(place),
            codings=tuple(codings.get(place.excerpt_id, ())),
            citations=cited[place.excerpt_id],
        )
        for place in places
    ]


def _turn_at(turns: Iterable[tuple[int, int, int]], at: int) -> int | None:
    return next((number for number, start, end in turns if start <= at <= end), None)


def words_of(place: Placement) -> Words:
    return Words(place.start, place.end, place.quote, place.prefix, place.suffix)


def last_sure(excerpts: Collection[UUID]) -> dict[UUID, Placement]:
    """The newest place of each excerpt that is beyond doubt."""
    rows = Placement.objects.filter(excerpt__in=excerpts, state=PlacementState.PLACED)
    return {place.excerpt_id: place for place in rows.order_by("revision__number")}


def codings_of(member: Member, excerpts: Collection[UUID]) -> dict[UUID, list[UnplacedCoding]]:
    """excerpt -> the codings on it that the member sees."""
    found: dict[UUID, list[UnplacedCoding]] = defaultdict(list)
    rows = Coding.objects.visible_to(member).filter(excerpt__in=excerpts).order_by("created_at")
    for coding in rows.select_related("code", "coder"):
        found[coding.excerpt_id].append(
            UnplacedCoding(
                id=coding.pk,
                code=coding.code_id,
                code_name=coding.code.name,
                colour=coding.code.colour,
                coder=str(coding.coder),
                mine=coding.coder_id == member.user_id or member.role == Role.LEAD,
            )
        )
    return found


def citations_of(excerpts: Collection[UUID]) -> Counter[UUID]:
    """excerpt -> how often case descriptions and cells cite it."""
    found: Counter[UUID] = Counter()
    for model in (Citation, CellCitation):
        rows = model._default_manager.filter(excerpt__in=excerpts)
        found.update(rows.values_list("excerpt_id", flat=True))
    return found


def excerpt_in(member: Member, excerpt_id: UUID) -> Excerpt | None:
    """An excerpt of the member's study whose material is not removed."""
    return (
        Excerpt.objects.select_related("document")
        .filter(pk=excerpt_id, study_id=member.study_id, document__removed_at__isnull=True)
        .first()
    )


def revisions_of(document: Document) -> list[DocumentRevision]:
    """Every version of the text without its words, the newest first."""
    rows = document.revisions.select_related("made_by").defer("text", "sentences")
    return list(rows.order_by("-number"))
