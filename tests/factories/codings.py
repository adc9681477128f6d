"""Codes and codings, made by the real verbs."""

from uuid import UUID, uuid4

from coding.domain.codebook import add_code
from coding.domain.codings import CodingRequest, code_passage
from coding.models import Code, Coding
from interviews.models import Document
from workbench.models import Member


def make_code(member: Member, name: str = "Hæmmere", parent: Code | None = None) -> Code:
    return add_code(member=member, name=name, parent=parent)


def request_for(
    document: Document, quote: str, code: Code, *, coding_id: UUID | None = None
) -> CodingRequest:
    """A request that codes the first place where the document says `quote`."""
    revision = document.current_revision
    assert revision is not None
    start = revision.text.index(quote)
    return CodingRequest(
        id=coding_id or uuid4(),
        document=document.pk,
        revision=revision.pk,
        start=start,
        end=start + len(quote),
        code=code.pk,
    )


def make_coding(member: Member, document: Document, quote: str, code: Code) -> Coding:
    return code_passage(member=member, request=request_for(document, quote, code)).coding
