"""Whether a cell's text still stands: empty, written, or with a citation that needs checking."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import F

from coding.enums import Doubt, PlacementState, TextState
from coding.formats.citations import cited_numbers
from coding.models import Cell, CellCitation, Coding, Placement
from interviews.domain.anchors import same_words
from interviews.enums import Consent
from workbench.models import Member

# cell -> number -> why that citation needs checking; sound ones are not there.
Doubts = Mapping[UUID, Mapping[int, tuple[Doubt, ...]]]


def text_state(cell: Cell | None, doubts: Doubts) -> TextState:
    if cell is None or not cell.text.strip():
        return TextState.EMPTY
    doubtful = doubts.get(cell.pk, {})
    cited = cited_numbers(cell.text)
    return TextState.CHECK if any(number in doubtful for number in cited) else TextState.WRITTEN


def doubts_of(member: Member, cells: Collection[UUID]) -> Doubts:
    """What became of the excerpts that the cells cite. Four queries."""
    citations = CellCitation.objects.filter(cell__in=cells)
    excerpts = citations.values("excerpt")
    coded = set(
        Coding.objects.visible_to(member)
        .filter(excerpt__in=excerpts)
        .values_list("excerpt_id", flat=True)
    )
    now = dict(
        Placement.objects.filter(
            excerpt__in=excerpts,
            revision=F("excerpt__document__current_revision"),
            state=PlacementState.PLACED,
        ).values_list("excerpt_id", "quote")
    )
    declined = set(
        citations.filter(
            placement__revision__turns__start__lt=F("placement__end"),
            placement__revision__turns__end__gt=F("placement__start"),
            placement__revision__turns__speaker__participant__consent=Consent.DECLINED,
        ).values_list("pk", flat=True)
    )
    found: dict[UUID, dict[int, tuple[Doubt, ...]]] = defaultdict(dict)
    for pk, cell, number, excerpt, quote, removed in citations.values_list(
        "pk",
        "cell_id",
        "number",
        "excerpt_id",
        "placement__quote",
        "excerpt__document__removed_at",
    ):
        if removed is not None:
            found[cell][number] = (Doubt.REMOVED,)
            continue
        words = now.get(excerpt)
        true = {
            Doubt.UNPLACED: words is None,
            Doubt.WORDS_CHANGED: words is not None and not same_words(words, quote),
            Doubt.UNCODED: excerpt not in coded,
            Doubt.DECLINED: pk in declined,
        }
        if doubts := tuple(doubt for doubt, holds in true.items() if holds):
            found[cell][number] = doubts
    return found
