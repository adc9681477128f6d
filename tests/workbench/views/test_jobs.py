"""A job's page and file: for its owner alone, and only while a member."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.studies import Cast, make_cast
from workbench.domain.jobs import place_for
from workbench.enums import JobState
from workbench.models import Job, Member

SignIn = Callable[[Any], Client]


def make_job(member: Member, **fields: Any) -> Job:
    return Job.objects.create(study=member.study, owner=member.user, kind="test", **fields)


@pytest.fixture
def with_file(cast: Cast, tmp_path: Path, settings: Any) -> Job:
    settings.MEDIA_ROOT = tmp_path
    job = make_job(cast.coder, state=JobState.DONE, file_name="uddrag æøå.csv")
    path, job.file = place_for(job, "excerpts.csv")
    path.write_text("study\r\n")
    job.save()
    return job


def page(job: Job, name: str = "job", slug: str = "study") -> str:
    return reverse(name, kwargs={"slug": slug, "job": job.pk})


def test_the_owner_sees_how_far_it_is(cast: Cast, sign_in: SignIn) -> None:
    job = make_job(cast.coder, state=JobState.QUEUED, parameters={"title": "Export of excerpts"})
    body = sign_in(cast.coder).get(page(job)).content.decode()
    assert "Export of excerpts" in body
    assert 'hx-trigger="every 1s"' in body
    assert '<meta http-equiv="refresh"' in body


@pytest.mark.parametrize("name", ["job", "job_file"])
def test_nobody_else_learns_of_it(cast: Cast, with_file: Job, sign_in: SignIn, name: str) -> None:
    for person in (cast.lead, cast.second_coder, cast.reader, cast.stranger):
        assert sign_in(person).get(page(with_file, name)).status_code == 404
    assert Client().get(page(with_file, name)).status_code == 302


def test_a_job_is_not_found_under_another_study(
    cast: Cast, with_file: Job, sign_in: SignIn
) -> None:
    other = make_cast("other", prefix="other-")
    Member.objects.create(study=other.study, user=cast.coder.user, role="coder")
    for name in ("job", "job_file"):
        response = sign_in(cast.coder).get(page(with_file, name, slug="other"))
        assert response.status_code == 404


def test_the_file_keeps_its_name(cast: Cast, with_file: Job, sign_in: SignIn) -> None:
    response = sign_in(cast.coder).get(page(with_file, "job_file"))
    assert b"".join(response.streaming_content) == b"study\r\n"  # type: ignore[attr-defined]
    assert "attachment" in response.headers["Content-Disposition"]
    assert "%C3%A6" in response.headers["Content-Disposition"]
    assert "no-store" in response.headers["Cache-Control"]


def test_who_left_the_team_gets_the_file_no_more(
    cast: Cast, with_file: Job, sign_in: SignIn
) -> None:
    client = sign_in(cast.coder)
    cast.coder.delete()
    assert client.get(page(with_file, "job_file")).status_code == 404


def test_a_file_that_was_cleared_away_says_so(
    cast: Cast, with_file: Job, sign_in: SignIn, settings: Any
) -> None:
    (Path(settings.MEDIA_ROOT) / with_file.file).unlink()
    assert sign_in(cast.coder).get(page(with_file, "job_file")).status_code == 410


def test_stopping_it_is_its_owners_alone(cast: Cast, sign_in: SignIn) -> None:
    job = make_job(cast.coder)
    assert sign_in(cast.lead).post(page(job)).status_code == 404
    assert sign_in(cast.coder).post(page(job)).status_code == 302
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert sign_in(cast.coder).post(page(job)).status_code == 409


def test_asking_stops_when_the_job_has_ended(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coder)
    running = make_job(cast.coder, state=JobState.RUNNING, done=3, total=10)
    ended = make_job(cast.coder, state=JobState.FAILED, problem="It failed here.")
    asking = {"HX-Request": "true"}
    assert client.get(page(running), headers=asking).status_code == 200
    answer = client.get(page(ended), headers=asking)
    assert answer.status_code == 286
    assert "It failed here." in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_the_api_tells_the_same(cast: Cast, with_file: Job, sign_in: SignIn) -> None:
    address = f"/api/v1/jobs/{with_file.pk}"
    told = sign_in(cast.coder).get(address).json()
    assert (told["state"], told["file"]) == ("done", page(with_file, "job_file"))
    assert sign_in(cast.lead).get(address).status_code == 404
    assert sign_in(cast.stranger).get(address).status_code == 404
    assert Client().get(address).status_code == 401
