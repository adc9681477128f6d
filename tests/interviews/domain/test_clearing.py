"""Files that nobody can reach do not stay; files that somebody can are never touched."""

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from interviews.domain import intakes
from interviews.domain.documents import remove_document
from interviews.domain.intakes import Incoming, attaching, upload_request
from interviews.domain.intakes.storage import parse_file
from interviews.enums import IntakeState
from interviews.models import Case, Document, Intake
from interviews.tasks import import_document
from tests.factories.studies import Cast
from tests.factories.uploads import TRANSCRIPT, kept_files
from workbench.enums import JobState
from workbench.jobs import cancel_job, clear
from workbench.models import Job


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def sent(cast: Cast, **fields: Any) -> Job:
    """A script's upload that waits for its worker."""
    asked = upload_request(
        member=cast.coder,
        file=Incoming("Mette Hansen.txt", [TRANSCRIPT.encode()]),
        case_key="tofteby",
    )
    return Job.objects.create(
        study=cast.study,
        owner=cast.coder.user,
        kind="import_document",
        parameters=asked,
        **fields,
    )


def age(days: float = 1.1) -> None:
    for path in kept_files():
        then = time.time() - days * 86_400
        os.utime(path, (then, then))


def test_an_import_cancelled_before_it_began_leaves_nothing(cast: Cast, case: Case) -> None:
    job = sent(cast)
    cancel_job(job=job)
    import_document.func(str(job.pk))
    assert not kept_files()


def test_an_import_cancelled_while_it_reads_attaches_nothing_and_leaves_nothing(
    cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = sent(cast)

    def cancelled_meanwhile(*args: Any, **kwargs: Any) -> Any:
        cancel_job(job=job)
        return parse_file(*args, **kwargs)

    monkeypatch.setattr(attaching, "parse_file", cancelled_meanwhile)
    import_document.func(str(job.pk))
    assert not Document.objects.exists()
    assert not kept_files()


def test_an_import_that_is_done_keeps_its_original(cast: Cast, case: Case) -> None:
    job = sent(cast)
    for _again in range(2):
        import_document.func(str(job.pk))
    age()
    clear()
    assert [path.name for path in kept_files()] == [Path(Document.objects.get().original).name]


def test_what_a_lost_worker_left_goes_after_a_day(cast: Cast, case: Case) -> None:
    sent(cast, state=JobState.FAILED, finished_at=timezone.now())
    clear()
    assert len(kept_files()) == 1
    age()
    clear()
    assert not kept_files()


def test_half_a_file_goes_after_a_day(cast: Cast, case: Case, tmp_path: Path) -> None:
    folder = tmp_path / "originals" / str(cast.study.pk)
    folder.mkdir(parents=True)
    (folder / f".{uuid4().hex}.{uuid4().hex}").write_bytes(b"halv")
    age(0.5)
    clear()
    assert len(kept_files()) == 1
    age()
    clear()
    assert not kept_files()


def test_what_waits_or_was_hidden_stays(cast: Cast, case: Case) -> None:
    waiting = sent(cast)
    document = sent(cast)
    import_document.func(str(document.pk))
    remove_document(member=cast.coder, document=Document.objects.get())
    intakes.receive(
        member=cast.coder,
        batch=uuid4(),
        files=[Incoming("a.txt", [b"Nogle ord."])],
        mapping={},
        then=lambda _intake: None,
    )
    age(400)
    clear()
    assert len(kept_files()) == 3
    assert Job.objects.filter(pk=waiting.pk, state=JobState.QUEUED).exists()


def test_files_of_another_database_are_left_alone(cast: Cast, case: Case, tmp_path: Path) -> None:
    folder = tmp_path / "originals" / str(uuid4())
    folder.mkdir(parents=True)
    (folder / uuid4().hex).write_bytes(b"en anden undersoegelses")
    age(400)
    clear()
    assert len(kept_files()) == 1


def test_what_could_not_be_read_is_thrown_away_after_a_week(
    cast: Cast, case: Case, django_capture_on_commit_callbacks: Any
) -> None:
    batch = uuid4()
    intakes.receive(
        member=cast.coder,
        batch=batch,
        files=[Incoming("Mette Hansen.txt", ["blåbær".encode("cp1252")])],
        mapping={},
        then=lambda _intake: None,
    )
    failed = Intake.objects.filter(batch=batch)
    failed.update(state=IntakeState.FAILED)
    clear()
    assert failed.get().name
    failed.update(created_at=timezone.now() - timedelta(days=8))
    with django_capture_on_commit_callbacks(execute=True):
        clear()
    assert (failed.get().state, failed.get().name) == (IntakeState.DISCARDED, "")
    assert not kept_files()
