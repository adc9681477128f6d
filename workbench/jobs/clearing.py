"""What nobody needs any more goes, when a worker starts and once a day."""

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from workbench.domain.jobs import FOLDER
from workbench.enums import JobState
from workbench.jobs.work import UNDER_WAY
from workbench.models import Job

logger = logging.getLogger(__name__)
KEPT = timedelta(days=7)
"""What an ended job was asked for and what it made; what could not be read."""
UNUSED = timedelta(days=1)
"""A file that nothing refers to: whoever writes it may not be done."""
DAY_SECONDS = 24 * 60 * 60

Clearing = Callable[[], None]
_clearings: list[Clearing] = []


def also_clear(clearing: Clearing) -> None:
    """An app's own part; it is called by each worker, and twice must be harmless."""
    _clearings.append(clearing)


def clear() -> None:
    """Does every part; one that fails waits for the next day and stops nothing else."""
    for clearing in (clear_jobs, *_clearings):
        try:
            clearing()
        except (OSError, DatabaseError):
            logger.exception("clearing away failed")


@contextmanager
def clearing_daily() -> Iterator[None]:
    """Clears now, and again every day until the block ends."""
    clear()
    ended = Event()
    Thread(target=_daily, args=(ended,), daemon=True).start()
    try:
        yield
    finally:
        ended.set()


def _daily(ended: Event) -> None:
    while not ended.wait(DAY_SECONDS):
        clear()
        connections.close_all()


def clear_jobs() -> None:
    """Files and parameters of jobs that ended, and what the task engine kept of their tasks."""
    before = timezone.now() - KEPT
    ended = Job.objects.exclude(state__in=UNDER_WAY).filter(finished_at__lt=before)
    # The problem of an import begins with the name of its file.
    ended.exclude(parameters={}, problem="").update(parameters={}, problem="")
    for folder in (Path(settings.MEDIA_ROOT) / FOLDER).glob("*"):
        if _is_over(folder.name):
            shutil.rmtree(folder)
    # A traceback may quote what the task worked on.
    DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()


def _is_over(name: str) -> bool:
    """Whether the folder is of a job that ended long enough ago; an unknown one is not ours."""
    try:
        job = Job.objects.exclude(state__in=UNDER_WAY).filter(pk=UUID(name)).first()
    except ValueError:
        return False
    if job is None or job.finished_at is None:
        return False
    return job.finished_at < timezone.now() - (KEPT if job.state == JobState.DONE else UNUSED)
