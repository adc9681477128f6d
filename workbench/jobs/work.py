"""Jobs: what a person started and what a worker makes of it."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks.base import Task

from workbench.domain.snapshots import in_snapshot
from workbench.enums import JobState
from workbench.errors import Conflict, WorkbenchError
from workbench.models import Job, Member

logger = logging.getLogger(__name__)
BEAT_SECONDS = 0.5
UNDER_WAY = (JobState.QUEUED, JobState.RUNNING)


class Cancelled(Exception):
    """The person cancelled the job; nothing of it is kept."""


class Running:
    """The job as its own worker sees it."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._next_beat = 0.0

    def progress(self, done: int, total: int) -> None:
        """Tells how far it is, at most twice a second. Raises Cancelled when asked to stop."""
        now = time.monotonic()
        if now < self._next_beat:
            return
        self._next_beat = now + BEAT_SECONDS
        if in_snapshot():
            # Another thread has another connection: a write inside the snapshot would make
            # everyone else wait until the snapshot ends.
            with ThreadPoolExecutor(max_workers=1) as aside:
                alive = aside.submit(_tell_aside, self.job.pk, done, total).result()
        else:
            alive = _tell(self.job.pk, done, total)
        if not alive:
            raise Cancelled


def _tell(job_id: UUID, done: int, total: int) -> bool:
    """Writes the progress down; False when the job runs no longer."""
    running = Job.objects.filter(pk=job_id, state=JobState.RUNNING)
    return bool(running.update(done=done, total=total, heartbeat_at=timezone.now()))


def _tell_aside(job_id: UUID, done: int, total: int) -> bool:
    try:
        return _tell(job_id, done, total)
    finally:
        connection.close()


def start_job(
    *, member: Member, kind: str, parameters: dict[str, Any], task: "Task[Any, Any]"
) -> Job:
    """Queues the task with a job of the member's, both in one transaction.

    The task takes the job's id as its one argument and hands it to `perform`.
    """
    with transaction.atomic():
        job = Job.objects.create(
            study=member.study, owner=member.user, kind=kind, parameters=parameters
        )
        task.enqueue(str(job.pk))
    job.refresh_from_db()
    return job


def perform(job_id: str, work: Callable[[Running], dict[str, Any]]) -> None:
    """Runs the work of a job and keeps what came out; running it twice is harmless.

    `work` returns the job's result; `file` and `file_name` in it become the job's file.
    """
    job = Job.objects.select_related("study", "owner").get(pk=job_id)
    taken = Job.objects.filter(pk=job.pk, state__in=UNDER_WAY).update(
        state=JobState.RUNNING, heartbeat_at=timezone.now()
    )
    if not taken:
        return
    with override(job.owner.language or job.study.language):
        try:
            result = work(Running(job))
        except Cancelled:
            return
        except WorkbenchError as error:
            _end(job.pk, JobState.FAILED, problem=str(error.message)[:300])
        except Exception:
            # The traceback belongs in the log; the person is told what to do.
            logger.exception("job %s failed", job.pk)
            _end(job.pk, JobState.FAILED, problem=_("It failed here. Start it again."))
        else:
            file, file_name = result.pop("file", ""), result.pop("file_name", "")
            _end(job.pk, JobState.DONE, result=result, file=file, file_name=file_name)


def _end(job_id: UUID, state: JobState, **fields: Any) -> None:
    Job.objects.filter(pk=job_id, state=JobState.RUNNING).update(
        state=state, finished_at=timezone.now(), **fields
    )


def cancel_job(*, job: Job) -> Job:
    """Stops a job that has not ended; its worker notices at its next step."""
    stopped = Job.objects.filter(pk=job.pk, state__in=UNDER_WAY).update(
        state=JobState.CANCELLED, finished_at=timezone.now()
    )
    if not stopped:
        raise Conflict(_("It has ended already."), code="ended")
    job.refresh_from_db()
    return job
