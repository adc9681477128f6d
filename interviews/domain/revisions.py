"""Revisions: a text is corrected by a new one; what is said about its turns goes along."""

import hashlib
import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from interviews.domain.anchors import Edit, EditScript
from interviews.domain.documents import NOUN
from interviews.formats.normalise import normalise
from interviews.models import AnswerMark, Document, DocumentRevision, Turn
from interviews.signals import document_revised
from workbench.domain.changing import changing
from workbench.domain.rows import record_act, standing
from workbench.errors import Conflict, Invalid, Missing
from workbench.history.actions import Action
from workbench.models import Member

BATCH = 500


@dataclass(frozen=True)
class Correction:
    """What a client asks for; `id` is made by the client and becomes the new revision's.

    `edits` are in order, in code points of the `base` revision, each within one turn.
    """

    id: UUID
    base: UUID
    edits: tuple[Edit, ...]

    def digest(self) -> str:
        """Same request, same digest, whatever happened since."""
        parts = [str(self.base), [[each.start, each.end, each.text] for each in self.edits]]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@dataclass(frozen=True)
class Revised:
    revision: DocumentRevision
    created: bool


class Plan:
    """What a correction would make of the base: nothing is written."""

    def __init__(self, base: DocumentRevision, edits: Sequence[Edit]) -> None:
        """Raises Invalid: `nothing_changed`, `edits` (not in order), `crosses_turn` (over the
        end of a turn, or beyond the text), `empty_turn` with the turn's number."""
        self.base = base
        self.turns = list(base.turns.order_by("number"))
        self._turn = {turn.number: turn for turn in self.turns}
        self.by_turn = self._shared_out(edits)
        if not self.by_turn:
            raise Invalid(_("Nothing is corrected."), code="nothing_changed")
        self.script = EditScript(
            base.text, [edit for edits in self.by_turn.values() for edit in edits]
        )

    def _shared_out(self, edits: Iterable[Edit]) -> dict[int, list[Edit]]:
        """Turn number -> its edits, with their text in the one form that all text has."""
        starts = [turn.start for turn in self.turns]
        shared: dict[int, list[Edit]] = {}
        last = 0
        for edit in edits:
            if not last <= edit.start <= edit.end:
                raise Invalid(_("The corrections are not in the order of the text."), code="edits")
            last = edit.end
            at = bisect_right(starts, edit.start) - 1
            if at < 0 or edit.end > self.turns[at].end:
                raise Invalid(
                    _("A correction reaches over the end of a turn. Correct each turn by itself."),
                    code="crosses_turn",
                )
            told = Edit(edit.start, edit.end, normalise(edit.text).text)
            shared.setdefault(self.turns[at].number, []).append(told)
        told_by_turn = {number: self._told(number, mine) for number, mine in shared.items()}
        return {number: mine for number, mine in told_by_turn.items() if mine}

    def _told(self, number: int, edits: list[Edit]) -> list[Edit]:
        """The edits of one turn that change something."""
        turn, text = self._turn[number], self.base.text
        words, last = "", turn.start
        for edit in edits:
            words += text[last : edit.start] + edit.text
            last = edit.end
        words += text[last : turn.end]
        if not words.strip():
            raise Invalid(
                _("Turn %(number)s would be empty. Leave at least a word or a dash in it.")
                % {"number": number},
                code="empty_turn",
                turn=number,
            )
        plain = normalise(words).text
        # What is put in may join with a letter beside it; then the turn is corrected as a whole.
        told = edits if plain == words else [Edit(turn.start, turn.end, plain)]
        return [each for each in told if text[each.start : each.end] != each.text]

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where the turns stand in the new text, in their order."""
        shift, spans = 0, []
        for turn in self.turns:
            start = turn.start + shift
            for edit in self.by_turn.get(turn.number, ()):
                shift += len(edit.text) - (edit.end - edit.start)
            spans.append((start, turn.end + shift))
        return spans

    def said(self, number: int) -> str:
        """What the turn says in the new text."""
        start, end = self.spans[self.turns.index(self._turn[number])]
        return self.script.new_text[start:end]

    def sentences(self) -> list[int]:
        """Where the sentences went, until they are found anew."""
        old = self.base.sentences
        pairs = (
            (self.script.start_of(start), self.script.end_of(end))
            for start, end in zip(old[::2], old[1::2], strict=True)
        )
        return [offset for start, end in pairs if start < end for offset in (start, end)]


def plan_correction(
    *, member: Member, document: Document, base: UUID, edits: Sequence[Edit]
) -> Plan:
    """What the correction would do. Raises what `revise_document` raises."""
    revision = DocumentRevision.objects.filter(
        pk=base, document=document, document__study_id=member.study_id
    ).first()
    if revision is None:
        raise Missing
    plan = Plan(revision, edits)
    now = DocumentRevision.objects.filter(document=document).order_by("-number").first()
    if now is not None and now.pk != base:
        raise _behind(plan, now)
    return plan


def revise_document(
    *,
    member: Member,
    document: Document,
    correction: Correction,
    then: Callable[[Document], object],
) -> Revised:
    """Makes a new current revision of the text, once, however often the request comes.

    Turns, their speakers, times, manner and answer marks go along. `then` is called, inside the
    transaction, when it is current: to have its sentences found anew. Raises Conflict
    `revision_behind` with both versions of the turns when someone corrected the text meanwhile,
    `different_request`; Missing; Invalid as `Plan` says.
    """
    if (before := _made_before(member, document, correction)) is not None:
        return Revised(before, created=False)
    # Read and compared before anybody has to wait: a revision never changes.
    plan = plan_correction(
        member=member, document=document, base=correction.base, edits=correction.edits
    )
    with changing(member):
        if (before := _made_before(member, document, correction)) is not None:
            return Revised(before, created=False)
        found = standing(member, document)
        if found.current_revision_id != correction.base:
            raise _behind(plan, found.revisions.latest("number"))
        revision = _stored(member, found, plan, correction)
        document_revised.send(
            Document,
            member=member,
            document=found,
            base=plan.base,
            revision=revision,
            script=plan.script,
        )
        found.current_revision = revision
        found.save(update_fields=["current_revision"])
        record_act(
            member,
            Action.REVISED,
            NOUN,
            found,
            before={"revision": str(plan.base.pk)},
            after={"revision": str(revision.pk), "turns": sorted(plan.by_turn)},
        )
        then(found)
    return Revised(revision, created=True)


def _made_before(
    member: Member, document: Document, correction: Correction
) -> DocumentRevision | None:
    made = DocumentRevision.objects.filter(pk=correction.id).first()
    if made is None:
        return None
    if made.document_id != document.pk or made.request_digest != correction.digest():
        raise Conflict(_("This id is taken."), code="different_request")
    return made


def _behind(plan: Plan, now: DocumentRevision) -> Conflict:
    """Turns keep their numbers through all revisions, so both versions can be laid side by side."""
    texts = {
        turn.number: now.text[turn.start : turn.end]
        for turn in now.turns.filter(number__in=plan.by_turn)
    }
    old = {turn.number: plan.base.text[turn.start : turn.end] for turn in plan.turns}
    return Conflict(
        _("Someone has corrected the text meanwhile. Look at both and correct the new one."),
        code="revision_behind",
        revision=str(now.pk),
        turns=[
            {
                "number": number,
                "base": old[number],
                "theirs": texts.get(number, ""),
                "yours": plan.said(number),
            }
            for number in sorted(plan.by_turn)
        ],
    )


def _stored(
    member: Member, document: Document, plan: Plan, correction: Correction
) -> DocumentRevision:
    text = plan.script.new_text
    revision = DocumentRevision.objects.create(
        id=correction.id,
        document=document,
        number=plan.base.number + 1,
        text=text,
        length=len(text),
        words=len(text.split()),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        sentences=plan.sentences(),
        made_by=member.user,
        request_digest=correction.digest(),
    )
    turns = Turn.objects.bulk_create(
        [
            Turn(
                document=document,
                revision=revision,
                number=turn.number,
                start=start,
                end=end,
                speaker_id=turn.speaker_id,
                start_ms=turn.start_ms,
                end_ms=turn.end_ms,
                manner=turn.manner,
            )
            for turn, (start, end) in zip(plan.turns, plan.spans, strict=True)
        ],
        batch_size=BATCH,
    )
    _carry_marks(plan, turns)
    return revision


def _carry_marks(plan: Plan, turns: Sequence[Turn]) -> None:
    now: dict[Any, Turn] = dict(zip((turn.pk for turn in plan.turns), turns, strict=True))
    marks = AnswerMark.objects.filter(turn__revision=plan.base)
    AnswerMark.objects.bulk_create(
        [
            AnswerMark(
                document_id=mark.document_id,
                turn=now[mark.turn_id],
                item_id=mark.item_id,
                kind=mark.kind,
            )
            for mark in marks
        ],
        batch_size=BATCH,
    )
