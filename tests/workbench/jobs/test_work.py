"""Jobs: started once, watched, stopped, and picked up when their worker died."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management.base import CommandError
from django.db import OperationalError
from django.utils import timezone
from django_tasks import task
from django_tasks_db.management.commands.db_worker import Command as EngineCommand

from tests.factories.studies import Cast
from workbench.domain.snapshots import read_snapshot
from workbench.enums import JobState
from workbench.errors import Conflict, Invalid
from workbench.jobs import Running, cancel_job, perform, start_job, sweep
from workbench.management.commands.db_worker import Command
from workbench.models import Job, Member, Study, User


@task()
def nothing(job_id: str) -> None:
    perform(job_id, lambda _running: {"answer": 42})


def make_job(member: Member, **fields: Any) -> Job:
    return Job.objects.create(study=member.study, owner=member.user, kind="test", **fields)


def test_a_started_job_runs_and_keeps_its_result(cast: Cast) -> None:
    job = start_job(member=cast.coder, kind="test", parameters={}, task=nothing)
    assert (job.state, job.result) == (JobState.DONE, {"answer": 42})
    assert job.finished_at is not None


def test_a_job_that_ended_is_not_run_again(cast: Cast) -> None:
    job = start_job(member=cast.coder, kind="test", parameters={}, task=nothing)
    perform(str(job.pk), lambda _running: {"answer": 43})
    job.refresh_from_db()
    assert job.result == {"answer": 42}


def test_a_refusal_is_told_in_its_own_words(cast: Cast) -> None:
    job = make_job(cast.coder)

    def refuse(running: Running) -> dict[str, Any]:
        raise Invalid("The file is empty.")

    perform(str(job.pk), refuse)
    job.refresh_from_db()
    assert (job.state, job.problem) == (JobState.FAILED, "The file is empty.")


def test_a_failure_hides_its_innards(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    job = make_job(cast.coder)

    def break_down(running: Running) -> dict[str, Any]:
        raise ValueError("a secret")

    perform(str(job.pk), break_down)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "secret" not in job.problem
    assert "a secret" in caplog.text


def test_a_cancelled_job_stops_at_its_next_step_and_keeps_nothing(cast: Cast) -> None:
    job = make_job(cast.coder)
    steps: list[int] = []

    def work(running: Running) -> dict[str, Any]:
        for step in range(3):
            steps.append(step)
            if step == 1:
                cancel_job(job=job)
            running._next_beat = 0.0
            running.progress(step, 3)
        return {"file": "never"}

    perform(str(job.pk), work)
    job.refresh_from_db()
    assert (job.state, job.file) == (JobState.CANCELLED, "")
    assert steps == [0, 1]


def test_what_has_ended_cannot_be_cancelled(cast: Cast) -> None:
    job = make_job(cast.coder, state=JobState.DONE)
    with pytest.raises(Conflict) as refused:
        cancel_job(job=job)
    assert refused.value.code == "ended"


def test_the_sweep_fails_only_jobs_whose_worker_went_silent(cast: Cast) -> None:
    now = timezone.now()
    killed = make_job(cast.coder, state=JobState.RUNNING, heartbeat_at=now - timedelta(minutes=5))
    alive = make_job(cast.coder, state=JobState.RUNNING, heartbeat_at=now)
    waiting = make_job(cast.coder)
    assert sweep() == 1
    for job in (killed, alive, waiting):
        job.refresh_from_db()
    assert killed.state == JobState.FAILED
    assert killed.problem
    assert (alive.state, waiting.state) == (JobState.RUNNING, JobState.QUEUED)


def test_a_starting_worker_sweeps_first(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    killed = make_job(
        cast.coder, state=JobState.RUNNING, heartbeat_at=timezone.now() - timedelta(minutes=5)
    )
    # The engine's own loop waits for tasks without end.
    monkeypatch.setattr(EngineCommand, "handle", lambda _command, **_options: None)
    Command().handle(worker_id="new")
    killed.refresh_from_db()
    assert killed.state == JobState.FAILED


@pytest.mark.django_db(transaction=True)
def test_progress_told_inside_a_snapshot_is_seen_at_once() -> None:
    user = User.objects.create(username="coder")
    study = Study.objects.create(slug="study", title="A study")
    job = make_job(Member(study=study, user=user), state=JobState.RUNNING)
    with read_snapshot():
        Job.objects.count()
        Running(job).progress(3, 10)
        # The snapshot still reads its own moment; the progress stands in the database.
        assert Job.objects.get().done == 0
    assert Job.objects.get().done == 3


@pytest.mark.django_db
def test_a_worker_says_in_a_sentence_that_the_database_is_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(_command: EngineCommand, **_options: Any) -> None:
        raise OperationalError("connection failed")

    monkeypatch.setattr(EngineCommand, "handle", away)
    with pytest.raises(CommandError, match="cannot be used: connection failed"):
        Command().handle(worker_id="new")
