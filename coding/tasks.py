"""What the worker does for analysis."""

from typing import Any

from django.utils import timezone
from django_tasks import task

from coding.domain.exports import ExportFormat, count_excerpts, export_excerpts
from coding.domain.queries.excerpts import ExcerptQuery
from workbench.domain.jobs import place_for
from workbench.errors import Missing
from workbench.jobs import Running, perform
from workbench.models import Job, Member


@task()
def write_excerpts(job_id: str) -> None:
    perform(job_id, _write_excerpts)


def _write_excerpts(running: Running) -> dict[str, Any]:
    job = running.job
    member = _owner(job)
    query = ExcerptQuery.from_parameters(job.parameters["query"])
    form = ExportFormat(job.parameters["format"])
    total = count_excerpts(member, query)
    path, kept = place_for(job, f"excerpts.{form.extension}")
    unfinished = path.with_suffix(".part")
    try:
        with unfinished.open("wb") as stream:
            done = export_excerpts(
                member=member,
                query=query,
                form=form,
                stream=stream,
                progress=lambda rows: running.progress(rows, total),
            )
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    day = timezone.localdate().isoformat()
    name = f"{member.study.slug}-{form.stem}-{day}.{form.extension}"
    return {"rows": done.rows, "file": kept, "file_name": name}


def _owner(job: Job) -> Member:
    """The person as a member of today: who left the team exports nothing more."""
    member = (
        Member.objects.select_related("study", "user")
        .filter(study=job.study_id, user=job.owner_id)
        .first()
    )
    if member is None:
        raise Missing
    return member
