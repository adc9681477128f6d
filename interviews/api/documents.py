"""Material in the API."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.urls import reverse
from ninja import File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from interviews.domain.intakes import Incoming, forget_upload, upload_request
from interviews.enums import DocumentKind
from interviews.models import Document
from interviews.tasks import import_document
from workbench.access.permissions import Permission
from workbench.enums import JobState, Language
from workbench.http.paging import PageOf, Window, page_of
from workbench.http.permitted import MemberRequest, permitted
from workbench.jobs import start_job

router = Router(tags=["documents"])


class DocumentListOut(Schema):
    """A document without its words; `case` is the case's key."""

    id: UUID
    title: str
    kind: str
    case: str
    interview: UUID | None
    date: dt.date | None
    language: str
    revision: UUID
    words: int
    coded_at: dt.datetime | None
    created_at: dt.datetime


@router.get("/studies/{slug:slug}/documents", response=PageOf[DocumentListOut], summary="Material")
@permitted(Permission.STUDY_READ)
def get_documents(request: MemberRequest, slug: str, window: Query[Window]) -> dict[str, Any]:
    documents = (
        Document.objects.filter(
            study_id=request.member.study_id,
            removed_at__isnull=True,
            current_revision__isnull=False,
        )
        .select_related("case", "current_revision")
        .defer("current_revision__text", "current_revision__sentences")
    )
    return page_of(documents, window, lambda rows: [_listed(document) for document in rows])


def _listed(document: Document) -> DocumentListOut:
    revision = document.current_revision
    assert revision is not None
    return DocumentListOut(
        id=document.pk,
        title=document.title,
        kind=document.kind,
        case=document.case.key,
        interview=document.interview_id,
        date=document.date,
        language=document.language,
        revision=revision.pk,
        words=revision.words,
        coded_at=document.coded_at,
        created_at=document.created_at,
    )


class DocumentIn(Schema):
    """What the file is. `case` is the case's key, `interview` the interview's number; what is
    left out is found out from the file's name and text."""

    case: str = Field(max_length=60)
    kind: DocumentKind | None = None
    interview: int | None = Field(default=None, ge=1, le=2**31 - 1)
    title: str = Field(default="", max_length=200)
    date: dt.date | None = None
    language: Language | None = None
    encoding: str = Field(default="", max_length=30)


class StartedOut(Schema):
    """The job that reads and attaches the file; `url` tells how far it is."""

    id: UUID
    state: JobState
    url: str


@router.post("/studies/{slug:slug}/documents", response={202: StartedOut}, summary="Attach a file")
@permitted(Permission.MATERIAL_WRITE)
def post_document(
    request: MemberRequest, slug: str, what: Form[DocumentIn], file: File[UploadedFile]
) -> Status[StartedOut]:
    """400 for an empty file or an unknown case, 409 when it is attached already, 413 when it
    is too large, 415 for an ending that cannot be read. What only reading finds out makes the
    job fail, and the job says why."""
    parameters = upload_request(
        member=request.member,
        file=Incoming(file.name or "", file.chunks()),
        case_key=what.case,
        interview=what.interview,
        kind=what.kind,
        title=what.title,
        date=what.date,
        language=what.language or "",
        encoding=what.encoding,
    )
    try:
        job = start_job(
            member=request.member,
            kind="import_document",
            parameters=parameters,
            task=import_document,
        )
    except BaseException:
        forget_upload(parameters)
        raise
    url = reverse("api-1:get_job", kwargs={"job": job.pk})
    return Status(202, StartedOut(id=job.pk, state=JobState(job.state), url=url))
