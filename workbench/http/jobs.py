"""Jobs in the API: how far work is that a request started."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from ninja import Router, Schema

from workbench.access.permissions import Permission
from workbench.domain.jobs import job_of
from workbench.enums import JobState
from workbench.http.permitted import MemberRequest, permitted
from workbench.jobs import sweep
from workbench.models import Job

router = Router(tags=["jobs"])


class JobOut(Schema):
    """`done` of `total` steps; `file` is the address of what it made, when it made something."""

    id: UUID
    kind: str
    state: JobState
    done: int
    total: int
    problem: str
    result: dict[str, Any]
    file: str | None
    created_at: datetime
    finished_at: datetime | None


def _study_of_job(arguments: Mapping[str, Any]) -> UUID | None:
    return Job.objects.filter(pk=arguments["job"]).values_list("study_id", flat=True).first()


@router.get("/jobs/{uuid:job}", response=JobOut, summary="How far a job is")
@permitted(Permission.STUDY_READ, find=_study_of_job)
def get_job(request: MemberRequest, job: UUID) -> JobOut:
    """Only the person who started it sees it, and only as a member of the study."""
    sweep()
    found = job_of(member=request.member, job_id=job)
    has_file = found.state == JobState.DONE and bool(found.file)
    address = reverse("job_file", kwargs={"slug": request.member.study.slug, "job": found.pk})
    return JobOut(
        id=found.pk,
        kind=found.kind,
        state=JobState(found.state),
        done=found.done,
        total=found.total,
        problem=found.problem,
        result=found.result,
        file=address if has_file else None,
        created_at=found.created_at,
        finished_at=found.finished_at,
    )
