"""Which workers live, and what a dead one left undone.

No task engine runs a task again whose worker was killed. Each worker holds a file locked, and
the kernel lets go of it however the process ends; so the next worker knows, at once and for
certain, whose tasks nobody works on.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from workbench.enums import JobState
from workbench.jobs.sweep import fail_lost
from workbench.jobs.work import UNDER_WAY
from workbench.models import Job

# A task that takes its workers with it is given up, or it would take every one.
ATTEMPTS = 3


@contextmanager
def living(worker_id: str) -> Iterator[None]:
    """Tells the other workers on this folder that this one lives, for as long as it does."""
    place = _folder() / worker_id
    place.parent.mkdir(parents=True, exist_ok=True)
    unseen = place.with_suffix(".new")
    with unseen.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        # Seen only now: one without a lock would count as dead.
        unseen.rename(place)
        yield


def requeue_lost() -> int:
    """Tasks of dead workers wait their turn again; returns how many there were.

    Of a worker on another machine nothing is known: the sweep sees to its jobs.
    """
    dead = {path.name: path for path in _folder().glob("*") if _is_let_go(path)}
    with transaction.atomic():
        running = DBTaskResult.objects.running().select_for_update()
        lost = [task for task in running if task.worker_ids[-1] in dead]
        for task in lost:
            if len(task.worker_ids) < ATTEMPTS:
                _again(task)
            else:
                _give_up(task)
    for path in dead.values():
        path.unlink(missing_ok=True)
    return len(lost)


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "workers"


def _is_let_go(path: Path) -> bool:
    try:
        # For writing: shared folders of other machines lock no other way.
        with path.open("r+") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (FileNotFoundError, BlockingIOError):
        return False
    return path.suffix != ".new"


def _again(task: "DBTaskResult[Any, Any]") -> None:
    task.status = TaskResultStatus.READY
    task.save(update_fields=["status"])
    _job_of(task).update(state=JobState.QUEUED, done=0, heartbeat_at=None)


def _give_up(task: "DBTaskResult[Any, Any]") -> None:
    task.status = TaskResultStatus.FAILED
    task.finished_at = timezone.now()
    task.save(update_fields=["status", "finished_at"])
    fail_lost(_job_of(task))


def _job_of(task: "DBTaskResult[Any, Any]") -> QuerySet[Job]:
    """The job whose id is the task's argument; none for a task that has no job.

    A worker that was killed at once has not told yet that the job runs.
    """
    return Job.objects.filter(pk__in=task.args_kwargs["args"][:1], state__in=UNDER_WAY)
