"""What a killed worker left undone is done by the next, and nothing is tried without end."""

import fcntl
from pathlib import Path
from typing import Any

import pytest
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from tests.factories.studies import Cast
from workbench.enums import JobState
from workbench.jobs import ATTEMPTS, living, perform, requeue_lost
from workbench.models import Job, Member


@task()
def nothing(job_id: str) -> None:
    perform(job_id, lambda _running: {})


@pytest.fixture(autouse=True)
def workers(settings: Any, tmp_path: Path) -> Path:
    """Where living workers hold their files."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "workers"


def leave_behind(folder: Path, *names: str) -> None:
    """Files of workers whose process ended: nobody holds them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).touch()


def running_job(member: Member, *workers: str) -> tuple[Job, "DBTaskResult[Any, Any]"]:
    job = Job.objects.create(
        study=member.study, owner=member.user, kind="test", state=JobState.RUNNING, done=3
    )
    result: DBTaskResult[Any, Any] = DBTaskResult.objects.create(
        args_kwargs={"args": [str(job.pk)], "kwargs": {}},
        task_path=nothing.module_path,
        backend_name="default",
        run_after=get_date_max(),
        status=TaskResultStatus.RUNNING,
        worker_ids=list(workers),
    )
    return job, result


def test_a_dead_workers_job_waits_its_turn_again(cast: Cast, workers: Path) -> None:
    job, result = running_job(cast.coder, "killed")
    leave_behind(workers, "killed")
    assert requeue_lost() == 1
    job.refresh_from_db()
    result.refresh_from_db()
    assert (job.state, job.done, result.status) == (JobState.QUEUED, 0, TaskResultStatus.READY)
    assert list(workers.iterdir()) == []


def test_what_a_living_worker_does_is_left_to_it(cast: Cast, workers: Path) -> None:
    job, _result = running_job(cast.coder, "alive")
    with living("alive"):
        assert requeue_lost() == 0
        assert [path.name for path in workers.iterdir()] == ["alive"]
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    # Its process ended, and with it the lock.
    assert requeue_lost() == 1


def test_a_worker_on_another_machine_is_left_to_the_sweep(cast: Cast) -> None:
    running_job(cast.coder, "elsewhere")
    assert requeue_lost() == 0


def test_a_worker_that_is_just_starting_is_not_taken_for_dead(cast: Cast, workers: Path) -> None:
    running_job(cast.coder, "starting")
    leave_behind(workers, "starting.new")
    assert requeue_lost() == 0
    assert (workers / "starting.new").exists()


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.RUNNING])
def test_a_job_that_takes_every_worker_with_it_is_given_up(
    cast: Cast, workers: Path, state: JobState
) -> None:
    cast.coder.user.language = "en"
    cast.coder.user.save()
    names = [f"killed-{number}" for number in range(ATTEMPTS)]
    job, result = running_job(cast.coder, *names)
    Job.objects.update(state=state)
    leave_behind(workers, *names)
    requeue_lost()
    job.refresh_from_db()
    result.refresh_from_db()
    assert (job.state, result.status) == (JobState.FAILED, TaskResultStatus.FAILED)
    assert job.problem == "The worker stopped before it was done. Start it again."


def test_a_worker_holds_its_file_while_it_lives(workers: Path) -> None:
    with living("one"), (workers / "one").open() as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
