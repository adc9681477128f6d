"""What the worker does with files."""

from typing import Any
from uuid import UUID

from django_tasks import TaskContext, task

from interviews.domain import intakes
from interviews.domain.recordings import measure_recording
from interviews.domain.sentences import split_sentences
from interviews.models import Document, Intake, Recording
from workbench.jobs import ATTEMPTS, Running, perform


@task(takes_context=True)
def read_intake(context: TaskContext, intake_id: str) -> None:
    if context.attempt < ATTEMPTS:
        intakes.read_intake(intake_id=UUID(intake_id))
    else:
        intakes.give_up(intake_id=UUID(intake_id))


def read_later(intake: Intake) -> None:
    """Queues the reading; called inside the transaction that keeps the file."""
    read_intake.enqueue(str(intake.pk))


@task()
def split_document(document_id: str) -> None:
    split_sentences(document_id=UUID(document_id))


def split_later(document: Document) -> None:
    """Queues the splitting; called inside the transaction that changes the language."""
    split_document.enqueue(str(document.pk))


@task()
def measure(recording_id: str) -> None:
    measure_recording(recording_id=UUID(recording_id))


def measure_later(recording: Recording) -> None:
    """Queues the measuring; called inside the transaction that attaches the recording."""
    measure.enqueue(str(recording.pk))


@task()
def import_document(job_id: str) -> None:
    def work(running: Running) -> dict[str, Any]:
        return intakes.import_upload(job=running.job, still_wanted=lambda: running.progress(1, 2))

    perform(job_id, work)
    # However it ended, also before it was begun.
    intakes.forget_unattached(job_id=UUID(job_id))
