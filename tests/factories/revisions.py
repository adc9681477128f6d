"""Corrections of texts, made by the real verb."""

from uuid import UUID, uuid4

from coding.domain.revisions import Corrected, correct_text
from interviews.domain.anchors import Edit
from interviews.domain.revisions import Correction
from interviews.models import Document
from workbench.models import Member


def no_sentences(_document: Document) -> None:
    """Nobody waits for them here."""


def text_of(document: Document) -> str:
    document.refresh_from_db()
    assert document.current_revision is not None
    return document.current_revision.text


def replacing(document: Document, old: str, new: str) -> Correction:
    start = text_of(document).index(old)
    assert document.current_revision_id is not None
    return Correction(uuid4(), document.current_revision_id, (Edit(start, start + len(old), new),))


def correct(
    member: Member, document: Document, old: str, new: str, **decided: list[UUID]
) -> Corrected:
    """The only place where the text says `old` says `new` afterwards."""
    corrected = correct_text(
        member=member,
        document=document,
        correction=replacing(document, old, new),
        then=no_sentences,
        **decided,
    )
    document.refresh_from_db()
    return corrected
