"""Sentences of material; they decide what a double click selects, and move no offset."""

from uuid import UUID

from interviews.models import Document, DocumentRevision
from workbench.language.analysis import sentences


def split_sentences(*, document_id: UUID) -> None:
    """Finds the sentences anew in the document's language; what is coded stays where it is."""
    document = Document.objects.select_related("current_revision").get(pk=document_id)
    revision = document.current_revision
    assert revision is not None
    found = sentences(revision.text, document.language)
    # The language may have been changed once more meanwhile; that change has a task of its own.
    DocumentRevision.objects.filter(pk=revision.pk, document__language=document.language).update(
        sentences=[offset for span in found for offset in span]
    )
