"""Excerpts: a passage of a document, found again or made anew."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from coding.enums import PlacementState
from coding.models import Excerpt, Placement
from interviews.models import DocumentRevision
from workbench.errors import Conflict, Gone, Invalid, Missing

CONTEXT = 32


@dataclass(frozen=True)
class Passage:
    """[start, end) in code points of one revision, with its words."""

    study_id: UUID
    document_id: UUID
    revision_id: UUID
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str


def read_passage(
    *, study_id: UUID, document_id: UUID, revision_id: UUID, start: int, end: int
) -> Passage:
    """The passage of the document's current revision.

    Raises Missing (foreign document), Conflict `revision_behind` with the current revision,
    Invalid `outside_text` when the span is empty or reaches past the text.
    """
    if not 0 <= start < end:
        raise Invalid(_("The passage lies outside the text."), code="outside_text")
    before = max(0, start - CONTEXT)
    # The words are cut in SQL: a save never loads the whole transcript.
    row = (
        DocumentRevision.objects.filter(
            document_id=document_id, document__study_id=study_id, pk=F("document__current_revision")
        )
        .annotate(
            removed=F("document__removed_at"),
            prefix=Substr("text", before + 1, start - before),
            quote=Substr("text", start + 1, end - start),
            suffix=Substr("text", end + 1, CONTEXT),
        )
        .values("pk", "length", "removed", "prefix", "quote", "suffix")
        .first()
    )
    if row is None:
        raise Missing
    if row["removed"] is not None:
        raise Gone(_("This material has been removed."))
    if row["pk"] != revision_id:
        raise Conflict(
            _("The text has been corrected since. Open it again and code the passage there."),
            code="revision_behind",
            revision=str(row["pk"]),
        )
    if end > row["length"]:
        raise Invalid(_("The passage lies outside the text."), code="outside_text")
    return Passage(
        study_id, document_id, revision_id, start, end, row["quote"], row["prefix"], row["suffix"]
    )


def place_excerpt(passage: Passage) -> tuple[Excerpt, Placement]:
    """The excerpt on that very span, or a new one. Runs inside the caller's transaction."""
    placement = standing_placement(passage)
    return (placement.excerpt, placement) if placement else new_excerpt(passage)


def standing_placement(passage: Passage) -> Placement | None:
    """The placement of the excerpt that stands on that very span already."""
    return (
        Placement.objects.select_related("excerpt")
        .filter(
            revision_id=passage.revision_id,
            start=passage.start,
            end=passage.end,
            state=PlacementState.PLACED,
        )
        .order_by("pk")
        .first()
    )


def new_excerpt(passage: Passage) -> tuple[Excerpt, Placement]:
    excerpt = Excerpt.objects.create(study_id=passage.study_id, document_id=passage.document_id)
    placement = Placement.objects.create(
        excerpt=excerpt,
        revision_id=passage.revision_id,
        start=passage.start,
        end=passage.end,
        quote=passage.quote,
        prefix=passage.prefix,
        suffix=passage.suffix,
    )
    return excerpt, placement
