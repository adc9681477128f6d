"""What coding does when field work changes."""

from typing import Any

from django.dispatch import receiver

from coding.domain.revisions import carry_excerpts
from interviews.domain.anchors import EditScript
from interviews.models import Document, DocumentRevision
from interviews.signals import document_revised
from workbench.models import Member


@receiver(document_revised)
def place_in_revision(
    *,
    member: Member,
    document: Document,
    base: DocumentRevision,
    revision: DocumentRevision,
    script: EditScript,
    **_signal: Any,
) -> None:
    carry_excerpts(member=member, base=base, revision=revision, script=script)
