"""Which turns answer the guide: marked one by one, or with the material they stand in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from interviews.enums import AnswerKind
from interviews.models import AnswerMark, Document, KitItem, Turn
from workbench.domain.changing import changing
from workbench.domain.rows import record_act
from workbench.errors import Missing
from workbench.history.actions import Action
from workbench.models import Member

# A mark is a fact about its material.
NOUN = "document"


@dataclass(frozen=True)
class Answer:
    """The turn at that index (from 0) answers the guide question in that way."""

    turn: int
    item: KitItem
    kind: AnswerKind


def store_answers(
    member: Member, document: Document, turns: Sequence[Turn], answers: Sequence[Answer]
) -> None:
    """Marks turns of material that is being attached. Raises Missing for another study's item."""
    if any(answer.item.kit.study_id != member.study_id for answer in answers):
        raise Missing
    AnswerMark.objects.bulk_create(
        AnswerMark(document=document, turn=turns[answer.turn], item=answer.item, kind=answer.kind)
        for answer in answers
    )


def mark_answer(
    *, member: Member, turn: Turn, item: KitItem, kind: AnswerKind | None
) -> AnswerMark | None:
    """Marks the turn as the answer to a guide question; None takes the mark away."""
    if turn.document.study_id != member.study_id or item.kit.study_id != member.study_id:
        raise Missing
    with changing(member):
        before = AnswerMark.objects.filter(turn=turn, item=item).first()
        mark = None
        if kind is None:
            if before is None:
                return None
            AnswerMark.objects.filter(pk=before.pk).delete()
        else:
            mark, _created = AnswerMark.objects.update_or_create(
                turn=turn, item=item, defaults={"kind": kind, "document": turn.document}
            )
        record_act(
            member,
            Action.CHANGED,
            NOUN,
            turn.document,
            before={"turn": turn.number, "item": str(item), "mark": before.kind if before else ""},
            after={"turn": turn.number, "item": str(item), "mark": kind or ""},
        )
    return mark


def mark_answers(
    *, member: Member, document: Document, item: KitItem, marks: Mapping[UUID, AnswerKind | None]
) -> int:
    """Marks turns of the document, by id, as answers to one question; returns how many changed.

    A turn of an older revision means the one with its number now: only its words were corrected.
    """
    asked = document.turns.in_bulk(list(marks))
    if len(asked) != len(marks):
        raise Missing
    wanted = {asked[pk].number: kind for pk, kind in marks.items()}
    with changing(member):
        now = document.turns.filter(revision=F("document__current_revision"))
        turns = list(now.filter(number__in=wanted))
        told = AnswerMark.objects.filter(item=item, turn__in=turns).values_list("turn_id", "kind")
        known = dict(told)
        changed = [turn for turn in turns if known.get(turn.pk) != wanted[turn.number]]
        for turn in changed:
            turn.document = document
            mark_answer(member=member, turn=turn, item=item, kind=wanted[turn.number])
    return len(changed)
