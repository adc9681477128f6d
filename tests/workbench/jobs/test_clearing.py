"""What ended jobs leave goes after a week, when a worker starts and once a day."""

import logging
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Command as EngineCommand
from django_tasks_db.models import DBTaskResult

from tests.factories.studies import Cast
from workbench.domain.jobs import file_of, place_for
from workbench.enums import JobState
from workbench.errors import Gone
from workbench.jobs import clear, clearing, clearing_daily
from workbench.management.commands.db_worker import Command
from workbench.models import Job


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def made(cast: Cast, state: JobState, *, days: int | None) -> tuple[Job, Path]:
    """A job that ended so many days ago, with a file."""
    ended = None if days is None else timezone.now() - timedelta(days=days, minutes=1)
    job = Job.objects.create(
        study=cast.study,
        owner=cast.coder.user,
        kind="test",
        state=state,
        finished_at=ended,
        parameters={"q": "tavlen"},
        problem="Mette Hansen.txt: It is damaged.",
    )
    path, job.file = place_for(job, "rows.csv")
    path.write_text("study\r\n")
    job.save()
    return job, path


@pytest.mark.parametrize(
    ("state", "days", "has_file", "has_parameters"),
    [
        (JobState.DONE, 6, True, True),
        (JobState.DONE, 7, False, False),
        (JobState.FAILED, 0, True, True),
        (JobState.FAILED, 1, False, True),
        (JobState.CANCELLED, 7, False, False),
        (JobState.RUNNING, None, True, True),
        (JobState.QUEUED, None, True, True),
    ],
)
def test_a_job_that_ended_leaves_its_file_and_its_questions_for_a_while(
    cast: Cast, state: JobState, days: int | None, has_file: bool, has_parameters: bool
) -> None:
    job, path = made(cast, state, days=days)
    clear()
    job.refresh_from_db()
    assert (path.exists(), bool(job.parameters)) == (has_file, has_parameters)
    assert bool(job.problem) == has_parameters
    assert path.parent.exists() == has_file
    if state == JobState.DONE and not has_file:
        with pytest.raises(Gone):
            file_of(job)


def test_a_folder_of_no_known_job_is_left_alone(cast: Cast, tmp_path: Path) -> None:
    _job, path = made(cast, JobState.DONE, days=30)
    Job.objects.all().delete()
    (tmp_path / "jobs" / "notes").mkdir()
    clear()
    assert path.exists()
    assert (tmp_path / "jobs" / "notes").exists()


def test_what_the_engine_kept_of_a_task_goes_with_it(cast: Cast) -> None:
    old, new = (
        DBTaskResult.objects.create(
            args_kwargs={"args": [], "kwargs": {}},
            task_path="a.b",
            worker_ids=[],
            backend_name="default",
            exception_class_path="",
            traceback="han sagde",
            status=TaskResultStatus.FAILED,
            finished_at=timezone.now() - timedelta(days=days),
        )
        for days in (8, 6)
    )
    clear()
    assert list(DBTaskResult.objects.values_list("pk", flat=True)) == [new.pk]
    assert old.pk != new.pk


def test_a_part_that_fails_stops_neither_the_others_nor_the_worker(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []

    def refused() -> None:
        raise PermissionError("read-only")

    monkeypatch.setattr(clearing, "_clearings", [refused, lambda: done.append("other")])
    with caplog.at_level(logging.ERROR):
        clear()
    assert done == ["other"]
    assert "clearing away failed" in caplog.text


def test_a_worker_clears_when_it_starts_and_every_day(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    _job, path = made(cast, JobState.DONE, days=30)
    # The engine's own loop waits for tasks without end.
    monkeypatch.setattr(EngineCommand, "handle", lambda _command, **_options: None)
    Command().handle(worker_id="new")
    assert not path.exists()

    days: list[int] = []
    later = Event()

    def day() -> None:
        days.append(1)
        if len(days) == 3:
            later.set()

    monkeypatch.setattr(clearing, "clear", day)
    monkeypatch.setattr(clearing, "DAY_SECONDS", 0.01)
    with clearing_daily():
        assert later.wait(10)
