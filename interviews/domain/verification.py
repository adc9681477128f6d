"""What must hold of material and of the name key; each breach as a line that quotes nothing."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.db.models import F

from interviews.domain.intakes.storage import place_of
from interviews.domain.participants import verify_keystore
from interviews.models import Document, DocumentRevision, Recording, Turn

# Texts are long; so many lie in memory at a time.
TEXTS_AT_ONCE: Final = 20


def breaches() -> Iterator[str]:
    yield from _texts()
    yield from _originals()
    yield from _recordings()
    yield from _names()


def _texts() -> Iterator[str]:
    for each in DocumentRevision.objects.order_by("pk").iterator(chunk_size=TEXTS_AT_ONCE):
        digest = hashlib.sha256(each.text.encode()).hexdigest()
        if (each.sha256, each.length) != (digest, len(each.text)):
            yield f"document {each.document_id}: the text of revision {each.number} was changed"
    beyond = Turn.objects.filter(end__gt=F("revision__length"))
    for document in beyond.order_by("document").values_list("document", flat=True).distinct():
        yield f"document {document}: a turn ends beyond the text"
    strayed = Document.objects.filter(current_revision__isnull=False).exclude(
        current_revision__document=F("pk")
    )
    for document in strayed.order_by("pk").values_list("pk", flat=True):
        yield f"document {document}: its current text belongs to another"


def _originals() -> Iterator[str]:
    """Also of hidden documents: hiding can be undone."""
    for document in Document.objects.exclude(original="").order_by("pk").iterator():
        path = place_of(document.original)
        if not path.is_file():
            yield f"document {document.pk}: the original {document.original} is not there"
        elif _digest(path) != document.original_sha256:
            yield f"document {document.pk}: the original {document.original} was changed"


def _recordings() -> Iterator[str]:
    for recording in Recording.objects.order_by("pk").iterator():
        path = place_of(recording.file)
        if not path.is_file():
            yield f"recording {recording.pk}: the file {recording.file} is not there"
        elif _digest(path) != recording.sha256:
            yield f"recording {recording.pk}: the file {recording.file} was changed"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _names() -> Iterator[str]:
    report = verify_keystore()
    for participant in report.keys_without_participant:
        yield f"name key: {participant} is no participant, and a name is kept"
    for participant in report.unkeyed:
        yield f"name key: history says that a name is kept for {participant}, and none is"
