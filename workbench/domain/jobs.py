"""A person's jobs: found only by their owner, and only while a member of the study."""

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from workbench.enums import JobState
from workbench.errors import Gone, Missing
from workbench.models import Job, Member

FOLDER = "jobs"


def job_of(*, member: Member, job_id: UUID) -> Job:
    """The member's own job. Raises Missing for one that is foreign or not there."""
    job = Job.objects.filter(pk=job_id, study_id=member.study_id, owner_id=member.user_id).first()
    if job is None:
        raise Missing
    return job


def place_for(job: Job, name: str) -> tuple[Path, str]:
    """Where the job may put its file: the path, and what `Job.file` keeps of it."""
    kept = f"{FOLDER}/{job.pk}/{name}"
    path = Path(settings.MEDIA_ROOT) / kept
    path.parent.mkdir(parents=True, exist_ok=True)
    return path, kept


def file_of(job: Job) -> Path:
    """What the job produced. Raises Missing when it made none, Gone when it was cleared away."""
    if job.state != JobState.DONE or not job.file:
        raise Missing
    path = Path(settings.MEDIA_ROOT) / job.file
    if not path.is_file():
        raise Gone(_("The file has been cleared away. Make it again."))
    return path
