"""The page of a recording, and its bytes in parts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from interviews.domain.recordings import remove_recording
from interviews.domain.visits import InterviewFacts, VisitFacts, add_interview, add_visit
from interviews.models import Case, Interview, Recording
from tests.factories.recordings import make_recording, mp3, wav
from tests.factories.studies import Cast
from workbench.models import Member

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
SignIn = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def interview(cast: Cast, case: Case) -> Interview:
    visit = add_visit(member=cast.coder, case=case, facts=VisitFacts("Første"))
    return add_interview(member=cast.coder, visit=visit, facts=InterviewFacts("Leder"))


def page(interview: Interview) -> str:
    keys = {"slug": "study", "key": interview.visit.case.key, "interview": interview.pk}
    return reverse("interview_recording", kwargs=keys)


def act(name: str, recording: Recording) -> str:
    return reverse(name, kwargs={"slug": "study", "recording": recording.pk})


def attach(client: Client, interview: Interview, data: bytes, name: str = "Else.wav") -> Any:
    file = SimpleUploadedFile(name, data, content_type="text/html")
    return client.post(page(interview), {"file": file}, headers={"accept-language": "en"})


def test_a_recording_is_attached_played_removed_and_brought_back(
    cast: Cast, interview: Interview, sign_in: SignIn
) -> None:
    client = sign_in(cast.coder)
    assert attach(client, interview, wav()).status_code == 302
    recording = Recording.objects.get()
    shown = client.get(page(interview)).content.decode()
    assert act("recording_media", recording) in shown
    assert 'preload="none"' in shown
    assert "autoplay" not in shown
    assert "Else" not in shown
    client.post(act("recording_remove", recording))
    assert client.get(act("recording_media", recording)).status_code == 404
    client.post(act("recording_restore", recording))
    assert client.get(act("recording_media", recording)).status_code == 200


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty."),
        (b"words", "no recording that a browser can play"),
        (wav()[:30], "damaged or was cut short"),
    ],
)
def test_what_is_no_recording_is_told_beside_the_field(
    cast: Cast, interview: Interview, sign_in: SignIn, data: bytes, said: str
) -> None:
    response = attach(sign_in(cast.coder), interview, data)
    assert response.status_code == 200
    assert said in response.content.decode()
    assert not Recording.objects.exists()


def test_a_second_recording_is_told_of_the_first(
    cast: Cast, interview: Interview, sign_in: SignIn
) -> None:
    make_recording(cast.coder, interview)
    response = attach(sign_in(cast.coder), interview, mp3())
    assert response.status_code == 409


def test_a_recording_may_be_larger_than_other_files_for_who_is_signed_in(
    cast: Cast, interview: Interview, sign_in: SignIn, settings: Any
) -> None:
    settings.UPLOAD_MAX_BYTES, settings.RECORDING_MAX_BYTES = 1000, 4 * 1024 * 1024
    large = wav(1, rate=44_100, channels=2) * 8
    assert len(large) > 1024 * 1024 + 1000
    assert attach(Client(), interview, large).status_code == 413
    assert attach(sign_in(cast.coder), interview, large).status_code == 302
    other = reverse("documents", kwargs={"slug": "study"})
    file = SimpleUploadedFile("note.txt", large)
    assert sign_in(cast.coder).post(other, {"chosen": file}).status_code == 413
    settings.RECORDING_MAX_BYTES = 1000
    assert attach(sign_in(cast.coder), interview, large).status_code == 413


def test_a_reader_hears_and_changes_nothing(
    cast: Cast, interview: Interview, sign_in: SignIn
) -> None:
    recording = make_recording(cast.coder, interview)
    client = sign_in(cast.reader)
    shown = client.get(page(interview)).content.decode()
    assert act("recording_media", recording) in shown
    assert act("recording_remove", recording) not in shown
    remove_recording(member=cast.coder, recording=recording)
    assert 'type="file"' not in client.get(page(interview)).content.decode()


def test_its_bytes_come_in_parts(cast: Cast, interview: Interview, sign_in: SignIn) -> None:
    data = wav()
    recording = make_recording(cast.coder, interview, data)
    client, address = sign_in(cast.reader), act("recording_media", recording)
    part: Any = client.get(address, headers={"range": "bytes=100-199"})
    assert part.status_code == 206
    assert part.headers["Content-Type"] == "audio/wav"
    assert part.headers["Cache-Control"] == "no-store, private"
    assert b"".join(part.streaming_content) == data[100:200]
    assert client.get(address, headers={"range": f"bytes={len(data)}-"}).status_code == 416
    head = client.head(address)
    assert (head.status_code, head.headers["Content-Length"]) == (200, str(len(data)))
    assert head.headers["ETag"] == part.headers["ETag"]


def test_each_part_is_for_the_study_s_people_alone(
    cast: Cast, interview: Interview, sign_in: SignIn
) -> None:
    recording = make_recording(cast.coder, interview)
    client, address = sign_in(cast.reader), act("recording_media", recording)
    asked = {"range": "bytes=0-9"}
    assert client.get(address, headers=asked).status_code == 206
    Member.objects.filter(pk=cast.reader.pk).delete()
    assert client.get(address, headers=asked).status_code == 404
    assert Client().get(address, headers=asked).status_code == 302


def test_a_lost_file_is_told(
    cast: Cast, interview: Interview, sign_in: SignIn, settings: Any
) -> None:
    recording = make_recording(cast.coder, interview)
    (Path(settings.MEDIA_ROOT) / recording.file).unlink()
    assert sign_in(cast.reader).get(act("recording_media", recording)).status_code == 404


def test_the_visits_lead_to_the_recording(
    cast: Cast, interview: Interview, sign_in: SignIn
) -> None:
    visits = reverse("case_visits", kwargs={"slug": "study", "key": interview.visit.case.key})
    assert page(interview) in sign_in(cast.coder).get(visits).content.decode()
    assert page(interview) not in sign_in(cast.reader).get(visits).content.decode()
    make_recording(cast.coder, interview)
    assert page(interview) in sign_in(cast.reader).get(visits).content.decode()
