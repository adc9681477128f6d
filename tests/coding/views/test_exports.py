"""The export page: preview, then a job, then the file; for every member of the study."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coding.tasks import write_excerpts
from interviews.models import Document
from tests.factories.codings import make_code, make_coding
from tests.factories.studies import Cast
from workbench.enums import JobState
from workbench.jobs import start_job
from workbench.models import HistoryEntry, Job

SignIn = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def coded(cast: Cast, document: Document) -> None:
    for name, quote in (("Hæmmere", "tavlen visket ud"), ("Fremmere", "en dårlig nat")):
        make_coding(cast.coder, document, quote, make_code(cast.lead, name))


def address(**query: Any) -> str:
    return reverse("export", kwargs={"slug": "study"}, query=query)


def test_the_page_previews_what_the_file_will_hold(
    cast: Cast, coded: None, sign_in: SignIn
) -> None:
    body = sign_in(cast.reader).get(address(code="haemmere")).content.decode()
    assert "tavlen visket ud" in body
    assert "en dårlig nat" not in body
    assert "context_before" in body


def test_an_export_becomes_a_job_with_a_file(
    cast: Cast, coded: None, sign_in: SignIn, files: Path
) -> None:
    client = sign_in(cast.reader)
    response = client.post(address(code="haemmere"), {"format": "csv"})
    job = Job.objects.get()
    assert response.headers["Location"] == reverse("job", kwargs={"slug": "study", "job": job.pk})
    assert (job.state, job.result) == (JobState.DONE, {"rows": 1})
    file = client.get(reverse("job_file", kwargs={"slug": "study", "job": job.pk}))
    text = b"".join(file.streaming_content).decode()  # type: ignore[attr-defined]
    [row] = csv.DictReader(io.StringIO(text))
    assert row["quote"] == "tavlen visket ud"
    assert not list(files.rglob("*.part"))
    assert HistoryEntry.objects.get(noun="export").actor == cast.reader.user


@pytest.mark.parametrize(
    ("query", "data"),
    [
        ({"code": "nope"}, {"format": "csv"}),
        ({}, {"format": "exe"}),
        ({}, {}),
        ({"since": "x"}, {"format": "xlsx"}),
    ],
)
def test_what_makes_no_sense_starts_nothing(
    cast: Cast, coded: None, sign_in: SignIn, query: dict[str, str], data: dict[str, str]
) -> None:
    assert sign_in(cast.coder).post(address(**query), data).status_code == 400
    assert not Job.objects.exists()


def test_strangers_export_nothing(cast: Cast, coded: None, sign_in: SignIn) -> None:
    assert sign_in(cast.stranger).post(address(), {"format": "csv"}).status_code == 404
    assert not Job.objects.exists()


def test_who_left_the_team_before_the_worker_came_gets_no_file(
    cast: Cast, coded: None, files: Path
) -> None:
    job = start_job(
        member=cast.reader,
        kind="export_excerpts",
        parameters={"query": {}, "format": "csv"},
        task=write_excerpts,
    )
    Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED, file="")
    cast.reader.delete()
    write_excerpts.call(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.file) == (JobState.FAILED, "")
    assert job.problem


def test_an_empty_study_says_so(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.coder).get(address())
    assert response.status_code == 200
    assert "empty-state" in response.content.decode()
