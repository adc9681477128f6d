"""Codings: code a passage, change it, take it away, bring it back. Each verb idempotent."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from coding.domain.excerpts import (
    new_excerpt,
    place_excerpt,
    read_passage,
    standing_placement,
)
from coding.domain.memos import memo_on
from coding.enums import CodingSource, Direction, PlacementState
from coding.models import Code, CodebookVersion, Coding, EvidenceMark, Placement
from workbench.domain.changing import changing
from workbench.errors import Conflict, Gone, Invalid, Missing
from workbench.history.actions import Action
from workbench.history.record import next_change_number, record
from workbench.models import HistoryEntry, Member

NOUN = "coding"
BATCH = 500


@dataclass(frozen=True)
class CodingRequest:
    """What a client asks for; offsets are code points of that revision."""

    id: UUID
    document: UUID
    revision: UUID
    start: int
    end: int
    code: UUID
    direction: Direction | None = None
    memo: str = ""

    def digest(self) -> str:
        """Same request, same digest, whatever happened since."""
        parts = [
            str(self.document),
            str(self.revision),
            self.start,
            self.end,
            str(self.code),
            self.direction or "",
            self.memo,
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@dataclass(frozen=True)
class Applied:
    coding: Coding
    created: bool


def code_passage(
    *, member: Member, request: CodingRequest, source: CodingSource = CodingSource.MANUAL
) -> Applied:
    """Puts a code on a passage, once, however often the request comes.

    Raises Conflict (`different_request`, `revision_behind`, `duplicate` with the existing id),
    Gone (removed since, or its code or document is), Missing (foreign), Invalid.
    """
    try:
        with changing(member):
            return _once(member, request, source)
    except IntegrityError:
        # Another study took the id in the same moment; now it can be seen.
        with changing(member):
            return _once(member, request, source)


def code_passages(
    *,
    member: Member,
    requests: Sequence[CodingRequest],
    source: CodingSource = CodingSource.MANUAL,
) -> list[Applied]:
    """Several passages, all or nothing."""
    with changing(member):
        return [code_passage(member=member, request=each, source=source) for each in requests]


def _once(member: Member, request: CodingRequest, source: CodingSource) -> Applied:
    before = Coding.objects.filter(pk=request.id).first()
    if before is not None:
        return Applied(_answer_again(member, before, request), created=False)
    return Applied(_apply(member, request, source), created=True)


def _answer_again(member: Member, coding: Coding, request: CodingRequest) -> Coding:
    if coding.study_id != member.study_id or coding.coder_id != member.user_id:
        raise Conflict(_("This id is taken."), code="different_request")
    if coding.request_digest == request.digest():
        return coding
    if coding.removed_at is not None:
        raise Gone(_("This coding has been removed."))
    raise Conflict(_("This id stands for another coding."), code="different_request")


def _apply(member: Member, request: CodingRequest, source: CodingSource) -> Coding:
    code = live_code(member, request.code)
    passage = read_passage(
        study_id=member.study_id,
        document_id=request.document,
        revision_id=request.revision,
        start=request.start,
        end=request.end,
    )
    standing = standing_placement(passage)
    if standing is None:
        excerpt, _placement = new_excerpt(passage)
    else:
        excerpt = standing.excerpt
        _refuse_duplicate(code.pk, excerpt.pk, member.user_id)
    entry = record(
        study=member.study,
        actor=member.user,
        action=Action.CODED,
        noun=NOUN,
        subject=request.id,
        label=code.name,
        after={
            "code": str(code.pk),
            "document": str(request.document),
            "excerpt": str(excerpt.pk),
            "start": request.start,
            "end": request.end,
            "direction": request.direction or "",
        },
    )
    coding = Coding.objects.create(
        id=request.id,
        study_id=member.study_id,
        document_id=request.document,
        excerpt=excerpt,
        code=code,
        coder=member.user,
        source=source,
        direction=request.direction or "",
        codebook_version=current_version(member.study_id),
        change_number=entry.number,
        request_digest=request.digest(),
    )
    if request.memo:
        memo_on(member=member, noun=NOUN, subject=coding.pk, text=request.memo)
    return coding


def _refuse_duplicate(code: UUID, excerpt: UUID, coder: UUID, *, but: UUID | None = None) -> None:
    existing = Coding.objects.filter(
        code=code, excerpt=excerpt, coder=coder, removed_at__isnull=True
    ).first()
    if existing is not None and existing.pk != but:
        raise Conflict(
            _("You have put this code on the same passage already."),
            code="duplicate",
            existing=str(existing.pk),
        )


def change_coding(
    *,
    member: Member,
    coding_id: UUID,
    version: int,
    code: UUID | None = None,
    span: tuple[UUID, int, int] | None = None,
    direction: Direction | str | None = None,
    weight: int | None = None,
    memo: str | None = None,
    fields: frozenset[str] = frozenset(),
) -> Coding:
    """Recodes, moves the ends (`span`: revision, start, end), or sets direction, weight, memo.

    Only the names in `fields` change. `version` is the one the person saw.
    Raises Conflict `version_behind` with both versions, Missing, Gone, Invalid.
    """
    with changing(member):
        coding = own_coding(member, coding_id)
        if coding.version != version:
            raise Conflict(code="version_behind", current=state_of(coding))
        if not fields:
            return coding
        before, left = state_of(coding), coding.excerpt_id
        if "code" in fields and code is not None:
            coding.code = live_code(member, code)
            if before["code"] != str(coding.code_id):
                coding.codebook_version = current_version(member.study_id)
        if "span" in fields and span is not None:
            revision, start, end = span
            passage = read_passage(
                study_id=member.study_id,
                document_id=coding.document_id,
                revision_id=revision,
                start=start,
                end=end,
            )
            coding.excerpt, _placement = place_excerpt(passage)
        if "direction" in fields:
            coding.direction = direction or ""
        if "weight" in fields:
            if weight is not None and weight not in range(1, 4):
                raise Invalid(_("A weight is 1, 2 or 3."))
            coding.weight = weight
        if "memo" in fields and memo is not None:
            memo_on(member=member, noun=NOUN, subject=coding.pk, text=memo)
        taken = _take_marks_along(coding, left)
        action = Action.RECODED if "code" in fields else Action.CHANGED
        _save_change(member, coding, before, action, **({"points": taken} if taken else {}))
        return coding


def _take_marks_along(coding: Coding, left: UUID) -> list[str]:
    """What people did with the words that the coding leaves, if nobody else codes them.

    Pins, places and notes go to its new excerpt; returns the points where there were some.
    """
    to = coding.excerpt_id
    others = Coding.objects.filter(excerpt=left, removed_at__isnull=True).exclude(pk=coding.pk)
    if to == left or others.exists():
        return []
    marks = list(EvidenceMark.objects.filter(excerpt=left))
    known = {mark.point_id: mark for mark in EvidenceMark.objects.filter(excerpt=to)}
    for mark in marks:
        there = known.get(mark.point_id)
        if there is None:
            mark.excerpt_id = to
            mark.save(update_fields=["excerpt"])
            continue
        there.pinned = there.pinned or mark.pinned
        there.order = mark.order if there.order is None else there.order
        there.note = "\n\n".join(dict.fromkeys(filter(None, (there.note, mark.note))))
        there.save(update_fields=["pinned", "order", "note"])
        EvidenceMark.objects.filter(pk=mark.pk).delete()
    return [str(mark.point_id) for mark in marks]


def remove_coding(*, member: Member, coding_id: UUID) -> Coding:
    """Takes the coding away; asking again is the same. A lead may remove anyone's."""
    with changing(member):
        coding = own_coding(member, coding_id, removed=True)
        if coding.removed_at is not None:
            return coding
        before = state_of(coding)
        coding.removed_at = timezone.now()
        _save_change(member, coding, before, Action.UNCODED)
        return coding


def restore_coding(*, member: Member, coding_id: UUID) -> Coding:
    """Brings a removed coding back. Raises Conflict `duplicate` when it was made again since."""
    with changing(member):
        coding = own_coding(member, coding_id, removed=True)
        if coding.removed_at is None:
            return coding
        live_code(member, coding.code_id)
        before = state_of(coding)
        coding.removed_at = None
        _save_change(member, coding, before, Action.RESTORED)
        return coding


def _save_change(
    member: Member, coding: Coding, before: dict[str, Any], action: Action, **more: Any
) -> None:
    if coding.removed_at is None:
        _refuse_duplicate(coding.code_id, coding.excerpt_id, coding.coder_id, but=coding.pk)
    coding.version += 1
    entry = record(
        study=member.study,
        actor=member.user,
        action=action,
        noun=NOUN,
        subject=coding.pk,
        label=coding.code.name,
        before=before,
        after=state_of(coding) | more,
    )
    coding.change_number = entry.number
    coding.save()


def own_coding(member: Member, coding_id: UUID, *, removed: bool = False) -> Coding:
    """A coding of the member's study; others' codings only for a lead."""
    coding = (
        Coding.objects.select_related("code").filter(pk=coding_id, study_id=member.study_id).first()
    )
    if coding is None:
        raise Missing
    if coding.coder_id != member.user_id and member.role != "lead":
        raise Conflict(_("This is another person's coding."), code="not_yours")
    if coding.removed_at is not None and not removed:
        raise Gone(_("This coding has been removed."))
    return coding


def live_on(excerpts: Collection[UUID]) -> list[Coding]:
    """Everybody's codings on the excerpts, for verbs that change the text under them."""
    ids = list(excerpts)
    parts = [ids[at : at + BATCH] for at in range(0, len(ids), BATCH)]
    return [
        coding
        for part in parts
        for coding in Coding.objects.filter(excerpt__in=part, removed_at__isnull=True)
        .select_related("code")
        .order_by("created_at")
    ]


def tell_of_each(
    *, member: Member, codings: Sequence[Coding], action: Action, after: dict[str, Any]
) -> None:
    """History and the changes feed hear of each coding that the text changed under."""
    if not codings:
        return
    first = next_change_number(member.study_id, len(codings))
    for number, coding in enumerate(codings, first):
        coding.change_number = number
        # That its words were corrected is no change of the coding: whoever changes it now may.
        coding.version += action is Action.PLACED
    HistoryEntry.objects.bulk_create(
        [
            HistoryEntry(
                study=member.study,
                number=coding.change_number,
                actor=member.user,
                action=action,
                noun=NOUN,
                subject=coding.pk,
                label=coding.code.name[:200],
                after={"excerpt": str(coding.excerpt_id), **after},
            )
            for coding in codings
        ],
        batch_size=BATCH,
    )
    Coding.objects.bulk_update(codings, ["change_number", "version"], batch_size=BATCH)


def live_code(member: Member, code_id: UUID) -> Code:
    code = Code.objects.filter(pk=code_id, study_id=member.study_id).first()
    if code is None:
        raise Missing
    if code.removed_at is not None:
        raise Gone(
            _("The code “%(code)s” has been removed from the codebook.") % {"code": code.name},
            merged_into=str(code.merged_into_id) if code.merged_into_id else None,
        )
    return code


def current_version(study_id: UUID) -> int:
    """The codebook version a coding made now carries."""
    number = (
        CodebookVersion.objects.filter(study_id=study_id)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    return number or 1


def state_of(coding: Coding) -> dict[str, Any]:
    """Ids and offsets of a coding, for history and for conflicts."""
    placement = Placement.objects.filter(
        excerpt=coding.excerpt_id,
        revision=coding.document.current_revision_id,
        state=PlacementState.PLACED,
    ).first()
    return {
        "id": str(coding.pk),
        "code": str(coding.code_id),
        "excerpt": str(coding.excerpt_id),
        "start": placement.start if placement else None,
        "end": placement.end if placement else None,
        "direction": coding.direction,
        "weight": coding.weight,
        "version": coding.version,
        "removed": coding.removed_at is not None,
    }
