"""Memos: notes on anything."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from coding.enums import MemoKind
from coding.models import Memo
from workbench.domain.changing import changing
from workbench.domain.rows import refuse_outdated
from workbench.errors import Invalid, Missing
from workbench.history.actions import Action
from workbench.history.record import record
from workbench.models import Member

NOUN = "memo"


def write_memo(
    *,
    member: Member,
    text: str,
    noun: str = "",
    subject: UUID | None = None,
    kind: MemoKind = MemoKind.OBSERVATION,
    private: bool = False,
    title: str = "",
) -> Memo:
    """A new memo; its text stays out of history."""
    if not text.strip():
        raise Invalid(_("Write something first."), code="text")
    with changing(member):
        memo = Memo.objects.create(
            study_id=member.study_id,
            author=member.user,
            noun=noun,
            subject=subject,
            kind=kind,
            private=private,
            title=title,
            text=text,
        )
        record(
            study=member.study,
            actor=member.user,
            action=Action.CREATED,
            noun=NOUN,
            subject=memo.pk,
            after={"on": noun, "subject": str(subject) if subject else "", "kind": kind},
        )
    return memo


def state_of(memo: Memo) -> dict[str, Any]:
    """What its author changes of a memo in one form."""
    return {"title": memo.title, "text": memo.text, "kind": memo.kind, "private": memo.private}


def change_memo(
    *,
    member: Member,
    memo_id: UUID,
    text: str,
    title: str,
    kind: MemoKind,
    private: bool,
    seen: str | None = None,
) -> Memo:
    """Rewrites one's own memo; `seen` is the mark of the state the writer saw.

    Raises Conflict `version_behind` with the stored state, Invalid, Missing.
    """
    if not text.strip():
        raise Invalid(_("Write something first."), code="text")
    with changing(member):
        memo = own_memo(member, memo_id)
        refuse_outdated(state_of(memo), seen)
        memo.text, memo.title, memo.kind, memo.private = text, title, kind, private
        memo.version += 1
        memo.save()
        record(
            study=member.study,
            actor=member.user,
            action=Action.CHANGED,
            noun=NOUN,
            subject=memo.pk,
            before={"version": memo.version - 1},
            after={"version": memo.version, "kind": kind, "private": private},
        )
    return memo


def remove_memo(*, member: Member, memo_id: UUID) -> None:
    with changing(member):
        memo = own_memo(member, memo_id)
        memo.removed_at = timezone.now()
        memo.save(update_fields=["removed_at"])
        record(
            study=member.study,
            actor=member.user,
            action=Action.REMOVED,
            noun=NOUN,
            subject=memo.pk,
        )


def memo_on(*, member: Member, noun: str, subject: UUID, text: str) -> None:
    """The member's one memo on a thing: written, rewritten, or taken away by an empty text."""
    with changing(member):
        memo = Memo.objects.filter(
            study_id=member.study_id,
            author=member.user,
            noun=noun,
            subject=subject,
            removed_at__isnull=True,
        ).first()
        if memo is None and text.strip():
            write_memo(member=member, text=text, noun=noun, subject=subject)
        elif memo is not None and not text.strip():
            remove_memo(member=member, memo_id=memo.pk)
        elif memo is not None and memo.text != text:
            change_memo(
                member=member,
                memo_id=memo.pk,
                text=text,
                title=memo.title,
                kind=MemoKind(memo.kind),
                private=memo.private,
            )


def own_memo(member: Member, memo_id: UUID) -> Memo:
    memo = Memo.objects.filter(
        pk=memo_id, study_id=member.study_id, author=member.user, removed_at__isnull=True
    ).first()
    if memo is None:
        raise Missing
    return memo
