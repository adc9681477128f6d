"""Quarantine: a person says where the words of an unplaced excerpt stand now, or drops it."""

from uuid import UUID

from django.utils.translation import gettext as _

from coding.domain.codings import change_coding, live_on, remove_coding, tell_of_each
from coding.domain.excerpts import Passage, read_passage
from coding.domain.queries.quarantine import excerpt_in
from coding.enums import PlacementState
from coding.models import Coding, Excerpt, Placement
from workbench.domain.changing import changing
from workbench.enums import Role
from workbench.errors import Conflict, Missing
from workbench.history.actions import Action
from workbench.history.record import record
from workbench.models import Member


def place_unplaced(
    *, member: Member, excerpt_id: UUID, revision_id: UUID, start: int, end: int
) -> None:
    """Says that an unplaced excerpt stands on [start, end) of the current revision.

    The excerpt goes there whole when every coding on it is the member's to change. Else only the
    member's own codings go, to an excerpt of their own; the others wait on for their coders.
    Asking again is the same. Raises Missing, Invalid `outside_text`, and Conflict:
    `revision_behind`, `not_yours`, `placed` when someone placed it elsewhere meanwhile.
    """
    with changing(member):
        excerpt = excerpt_in(member, excerpt_id)
        if excerpt is None:
            raise Missing
        passage = read_passage(
            study_id=member.study_id,
            document_id=excerpt.document_id,
            revision_id=revision_id,
            start=start,
            end=end,
        )
        place = _place_of(excerpt)
        if place.state == PlacementState.PLACED:
            _refuse_elsewhere(place, passage)
            return
        codings = live_on([excerpt.pk])
        mine = [coding for coding in codings if may_decide(member, coding)]
        if codings and not mine:
            raise Conflict(_("This is another person's coding."), code="not_yours")
        if len(mine) == len(codings):
            _place(member, place, passage, codings)
            return
        for coding in mine:
            change_coding(
                member=member,
                coding_id=coding.pk,
                version=coding.version,
                span=(revision_id, start, end),
                fields=frozenset({"span"}),
            )


def drop_unplaced(*, member: Member, excerpt_id: UUID) -> list[UUID]:
    """Takes away the codings on an unplaced excerpt that are the member's to remove.

    Each is kept and can be brought back; it is then unplaced again. Returns their ids. Raises
    Missing, Conflict `not_yours`, `placed` when someone placed it meanwhile.
    """
    with changing(member):
        excerpt = excerpt_in(member, excerpt_id)
        if excerpt is None:
            raise Missing
        if _place_of(excerpt).state == PlacementState.PLACED:
            raise _placed()
        codings = live_on([excerpt.pk])
        mine = [coding.pk for coding in codings if may_decide(member, coding)]
        if codings and not mine:
            raise Conflict(_("This is another person's coding."), code="not_yours")
        for coding_id in mine:
            remove_coding(member=member, coding_id=coding_id)
    return mine


def may_decide(member: Member, coding: Coding) -> bool:
    """One's own coding, or anybody's for a lead: as with every change of a coding."""
    return coding.coder_id == member.user_id or member.role == Role.LEAD


def _place_of(excerpt: Excerpt) -> Placement:
    place = Placement.objects.filter(
        excerpt=excerpt, revision=excerpt.document.current_revision_id
    ).first()
    if place is None:
        raise Missing
    return place


def _refuse_elsewhere(place: Placement, passage: Passage) -> None:
    if (place.start, place.end) != (passage.start, passage.end):
        raise _placed()


def _placed() -> Conflict:
    return Conflict(_("Someone has placed these words meanwhile."), code="placed")


def _place(member: Member, place: Placement, passage: Passage, codings: list[Coding]) -> None:
    place.start, place.end = passage.start, passage.end
    place.quote, place.prefix, place.suffix = passage.quote, passage.prefix, passage.suffix
    place.state = PlacementState.PLACED
    place.save()
    told = {"revision": str(place.revision_id), "start": place.start, "end": place.end}
    tell_of_each(member=member, codings=codings, action=Action.PLACED, after=told)
    if not codings:
        # Nobody codes it any more, but somebody cites or pins it.
        record(
            study=member.study,
            actor=member.user,
            action=Action.PLACED,
            noun="document",
            subject=passage.document_id,
            after={"excerpt": str(place.excerpt_id), **told},
        )
