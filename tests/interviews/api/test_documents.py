"""Files that scripts send: answered at once, attached by a job that says how it went."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from interviews.domain.documents import remove_document
from interviews.domain.visits import InterviewFacts, VisitFacts, add_interview, add_visit
from interviews.models import Case, Document
from tests.factories.bad_files import BAD_FILES, WORD, BadFile
from tests.factories.field import make_case, make_participant
from tests.factories.studies import Cast, make_cast
from tests.factories.uploads import TRANSCRIPT, file_of, kept_files, nothing_kept
from workbench.domain.studies import change_role
from workbench.domain.tokens import create_token
from workbench.enums import Language, Role
from workbench.models import Job, Member, User

SignIn = Callable[[Any], Client]
ADDRESS = "/api/v1/studies/study/documents"


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def script(person: Member) -> Client:
    """A client that has nothing but the person's token."""
    secret = create_token(user=person.user, name="script")[1]
    return Client(headers={"Authorization": f"Bearer {secret}", "accept-language": "en"})


def send(client: Client, name: str, data: str | bytes, **fields: Any) -> Any:
    return client.post(ADDRESS, {"file": file_of(name, data), "case": "tofteby", **fields})


def speaks_english(person: Member) -> None:
    """A job tells its owner what went wrong in the owner's language."""
    User.objects.filter(pk=person.user_id).update(language=Language.ENGLISH)


def job_of(client: Client, response: Any) -> Any:
    assert response.status_code == 202, response.content
    told = response.json()
    assert set(told) == {"id", "state", "url"}
    return client.get(told["url"]).json()


def test_a_sent_file_becomes_material_and_its_job_names_it(cast: Cast, case: Case) -> None:
    person = make_participant(case)
    client = script(cast.coder)
    job = job_of(client, send(client, "2024-05-14 Fokusgruppe.txt", TRANSCRIPT))
    document = Document.objects.get()
    assert job["state"] == "done"
    assert job["result"] == {"document": str(document.pk)}
    assert (document.case, document.title) == (case, "2024-05-14 Fokusgruppe")
    assert str(document.date) == "2024-05-14"
    assert document.speakers.get(label="Hjælper 2").participant == person
    assert document.speakers.get(label="Interviewer").is_interviewer
    listed = client.get(ADDRESS).json()
    assert [row["id"] for row in listed["items"]] == [str(document.pk)]


def test_what_is_said_of_a_file_goes_before_what_is_found(cast: Cast, case: Case) -> None:
    visit = add_visit(member=cast.lead, case=case, facts=VisitFacts(title="Første besøg"))
    talk = add_interview(member=cast.lead, visit=visit, facts=InterviewFacts(title="HR"))
    client = script(cast.lead)
    said = {"kind": "interview_notes", "title": "Noter", "language": "en", "interview": talk.number}
    job = job_of(client, send(client, "a.docx", WORD, date="2024-06-01", **said))
    assert job["state"] == "done", job
    document = Document.objects.get()
    assert (document.kind, document.title, document.language) == ("interview_notes", "Noter", "en")
    assert (document.interview, str(document.date)) == (talk, "2024-06-01")


@pytest.mark.parametrize("bad", BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_refused_at_once_or_by_its_job_and_leaves_nothing(
    cast: Cast, case: Case, bad: BadFile
) -> None:
    speaks_english(cast.coder)
    client = script(cast.coder)
    with nothing_kept():
        response = send(client, bad.name, bad.data)
        if bad.status is None:
            job = job_of(client, response)
            assert job["state"] == "failed"
            assert bad.says in job["problem"]
            assert bad.name in job["problem"]
        else:
            assert response.status_code == bad.status
            assert response.headers["Content-Type"].startswith("application/problem+json")
            assert bad.says in response.json()["title"]
            assert not Job.objects.exists()
    assert not Document.objects.exists()


def test_a_file_attached_already_is_a_conflict_until_it_is_removed(cast: Cast, case: Case) -> None:
    client = script(cast.coder)
    job_of(client, send(client, "a.txt", TRANSCRIPT))
    document = Document.objects.get()
    with nothing_kept():
        again = send(client, "b.txt", TRANSCRIPT)
    assert again.status_code == 409
    assert again.json()["code"] == "attached_twice"
    assert again.json()["document"] == str(document.pk)
    remove_document(member=cast.coder, document=document)
    assert job_of(client, send(client, "b.txt", TRANSCRIPT))["state"] == "done"


def test_two_hundred_megabytes_are_refused_before_they_are_read(cast: Cast, case: Case) -> None:
    response = script(cast.coder).post(
        ADDRESS,
        {"file": file_of("a.txt", b"x"), "case": "tofteby"},
        CONTENT_LENGTH=str(200 * 1024 * 1024),
    )
    assert response.status_code == 413
    assert kept_files() == []


def test_a_job_says_what_went_wrong_in_its_owners_language(cast: Cast, case: Case) -> None:
    client = script(cast.coder)
    job = job_of(client, send(client, "tom.txt", " \n"))
    assert job["problem"] == "tom.txt: Der er ingen tekst i den."


def test_a_file_beyond_the_limit_is_refused_while_it_comes(
    cast: Cast, case: Case, settings: Any
) -> None:
    settings.UPLOAD_MAX_BYTES = 100_000
    with nothing_kept():
        response = send(script(cast.coder), "a.txt", b"ord " * 50_000)
    assert response.status_code == 413
    assert response.json()["code"] == "too_large"


@pytest.mark.parametrize(
    "fields",
    [
        {"case": "nowhere"},
        {"case": "../tofteby"},
        {"interview": 99},
        {"interview": "x"},
        {"kind": "song"},
        {"date": "31.02.2024"},
        {"language": "sv"},
        {"title": "x" * 201},
    ],
    ids=str,
)
def test_wrong_words_about_a_file_are_refused_and_nothing_is_kept(
    cast: Cast, case: Case, fields: dict[str, Any]
) -> None:
    with nothing_kept():
        response = send(script(cast.coder), "a.txt", TRANSCRIPT, **fields)
    assert response.status_code == 400
    assert response.headers["Content-Type"].startswith("application/problem+json")
    assert not Job.objects.exists()


def test_a_token_opens_what_its_person_may(cast: Cast, case: Case) -> None:
    other = make_cast("other", prefix="other-")
    assert send(script(cast.reader), "a.txt", TRANSCRIPT).status_code == 403
    assert send(script(other.lead), "a.txt", TRANSCRIPT).status_code == 404
    assert send(Client(), "a.txt", TRANSCRIPT).status_code == 401
    assert kept_files() == []


def test_a_case_of_another_study_is_no_case_here(cast: Cast, case: Case) -> None:
    other = make_cast("other", prefix="other-")
    make_case(other.lead, "svalen")
    assert send(script(cast.coder), "a.txt", TRANSCRIPT, case="svalen").status_code == 400


def test_a_job_is_its_owners_alone(cast: Cast, case: Case, sign_in: SignIn) -> None:
    client = script(cast.coder)
    told = send(client, "a.txt", TRANSCRIPT).json()
    assert client.get(told["url"]).status_code == 200
    assert script(cast.lead).get(told["url"]).status_code == 404
    page = sign_in(cast.coder).get(f"/studies/study/jobs/{told['id']}/")
    assert page.status_code == 200
    assert "a.txt" in page.content.decode()


def test_who_becomes_a_reader_attaches_no_more(cast: Cast, case: Case) -> None:
    client = script(cast.coder)
    change_role(actor=cast.lead, member=cast.coder, role=Role.READER)
    assert send(client, "a.txt", TRANSCRIPT).status_code == 403
