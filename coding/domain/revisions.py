"""Corrected texts: every excerpt keeps its words at their new place, or goes into quarantine."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from coding.domain.codings import BATCH, live_on, tell_of_each
from coding.domain.excerpts import CONTEXT
from coding.domain.quarantine import drop_unplaced, may_decide, place_unplaced
from coding.domain.queries.quarantine import (
    Unplaced,
    Words,
    citations_of,
    codings_of,
    last_sure,
    words_of,
)
from coding.enums import PlacementState
from coding.models import Placement
from interviews.domain.anchors import Carried, Edit, EditScript
from interviews.domain.revisions import Correction, Plan, plan_correction, revise_document
from interviews.models import Document, DocumentRevision
from workbench.history.actions import Action
from workbench.models import Member


@dataclass(frozen=True)
class Corrected:
    """`placed` and `unplaced` count excerpts, of which a person decided some at once."""

    revision: DocumentRevision
    created: bool
    placed: int
    unplaced: int


def correct_text(
    *,
    member: Member,
    document: Document,
    correction: Correction,
    then: Callable[[Document], object],
    accept: Collection[UUID] = (),
    drop: Collection[UUID] = (),
) -> Corrected:
    """Corrects the text, and says at once of doubtful excerpts what shall become of them.

    `accept` names excerpts that stand on the proposed words, `drop` those whose codings are taken
    away; both as far as they are the member's to decide. The rest waits in quarantine.
    Raises what `revise_document` raises.
    """

    def decide(found: Document) -> None:
        then(found)
        _decide(member, correction.id, accept, drop)

    revised = revise_document(member=member, document=document, correction=correction, then=decide)
    places = Placement.objects.filter(revision=revised.revision)
    unplaced = places.filter(state=PlacementState.UNPLACED).count()
    return Corrected(revised.revision, revised.created, places.count() - unplaced, unplaced)


def _decide(
    member: Member, revision: UUID, accept: Collection[UUID], drop: Collection[UUID]
) -> None:
    doubtful = Placement.objects.filter(
        revision=revision, state=PlacementState.UNPLACED, excerpt__in={*accept, *drop}
    )
    for place in doubtful.order_by("start"):
        live = live_on([place.excerpt_id])
        others = [not may_decide(member, coding) for coding in live]
        if others and all(others):
            continue
        if place.excerpt_id in drop:
            drop_unplaced(member=member, excerpt_id=place.excerpt_id)
        elif place.start < place.end:
            place_unplaced(
                member=member,
                excerpt_id=place.excerpt_id,
                revision_id=revision,
                start=place.start,
                end=place.end,
            )


@dataclass(frozen=True)
class Look:
    """What a correction would do: how many excerpts it touches not, and the doubtful ones."""

    plan: Plan
    placed: int
    doubtful: list[Unplaced]


def look_at_correction(
    *, member: Member, document: Document, base: UUID, edits: "list[Edit]"
) -> Look:
    """What `correct_text` would do, without doing it. Raises what it raises.

    What waits in quarantine already is not told again.
    """
    plan = plan_correction(member=member, document=document, base=base, edits=edits)
    places = Placement.objects.filter(revision=plan.base, state=PlacementState.PLACED)
    doubtful: list[tuple[Placement, Carried]] = []
    placed = 0
    for place in places.order_by("start", "end", "pk"):
        to = plan.script.carry(place.start, place.end)
        if to.sure:
            placed += 1
        else:
            doubtful.append((place, to))
    excerpts = [place.excerpt_id for place, _to in doubtful]
    codings, cited = codings_of(member, excerpts), citations_of(excerpts)
    told = [
        Unplaced(
            excerpt=place.excerpt_id,
            turn=_turn_of(plan, place.start),
            was=words_of(place),
            now=_words(plan.script.new_text, to.start, to.end),
            codings=tuple(codings.get(place.excerpt_id, ())),
            citations=cited[place.excerpt_id],
        )
        for place, to in doubtful
    ]
    return Look(plan, placed, [each for each in told if each.codings or each.citations])


def _turn_of(plan: Plan, at: int) -> int | None:
    return next((turn.number for turn in plan.turns if turn.start <= at <= turn.end), None)


def _words(text: str, start: int, end: int) -> Words:
    return Words(
        start,
        end,
        text[start:end],
        text[max(0, start - CONTEXT) : start],
        text[end : end + CONTEXT],
    )


def carry_excerpts(
    *,
    member: Member,
    base: DocumentRevision,
    revision: DocumentRevision,
    script: EditScript,
) -> None:
    """Places every excerpt of the base in the new revision, inside the caller's transaction."""
    places = list(Placement.objects.filter(revision=base))
    waiting = [p.excerpt_id for p in places if p.state == PlacementState.UNPLACED]
    sure = last_sure(waiting)
    lost: set[UUID] = set()
    for at in range(0, len(places), BATCH):
        some = places[at : at + BATCH]
        rows = [_carried(place, sure.get(place.excerpt_id), revision, script) for place in some]
        Placement.objects.bulk_create(rows)
        lost.update(row.excerpt_id for row in rows if row.state == PlacementState.UNPLACED)
    tell_of_each(
        member=member,
        codings=live_on(lost - set(waiting)),
        action=Action.UNPLACED,
        after={"revision": str(revision.pk)},
    )


def _carried(
    place: Placement, sure: Placement | None, revision: DocumentRevision, script: EditScript
) -> Placement:
    to = script.carry(place.start, place.end)
    stands, start, end = to.sure, to.start, to.end
    if sure is not None:
        # It waits already. When a correction is taken back, the very words are there again.
        again = script.find(sure.prefix, sure.quote, sure.suffix)
        stands, (start, end) = again is not None, again or (start, end)
    words = _words(script.new_text, start, end)
    return Placement(
        excerpt_id=place.excerpt_id,
        revision=revision,
        start=words.start,
        end=words.end,
        quote=words.quote,
        prefix=words.prefix,
        suffix=words.suffix,
        state=PlacementState.PLACED if stands else PlacementState.UNPLACED,
    )
