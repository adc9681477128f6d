"""Bad input at the attaching page: each file says why, nothing is half kept."""

import signal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from interviews.enums import IntakeState
from interviews.formats import sandbox
from interviews.models import (
    Case,
    Document,
    Intake,
    Participant,
)
from tests.factories.bad_files import BAD_FILES, WORD, BadFile
from tests.factories.children import python
from tests.factories.uploads import (
    ENGLISH,
    TRANSCRIPT,
    act,
    file_of,
    kept_files,
    nothing_kept,
    page_of,
    press,
    row,
    shown,
    speaker,
    upload,
    upload_one,
)


@pytest.mark.parametrize("bad", BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_says_why_and_good_ones_beside_it_live_on(
    client: Client, case: Case, bad: BadFile
) -> None:
    batch = upload(client, file_of(bad.name, bad.data), file_of("god.txt", TRANSCRIPT))
    refused = Intake.objects.get(batch=batch, name=bad.name)
    good = Intake.objects.get(batch=batch, name="god.txt")
    assert (refused.state, good.state) == (IntakeState.FAILED, IntakeState.READY)
    assert bad.says in shown(client, good)
    act(client, good, "intake_attach", **row(good, case=str(case.pk)))
    assert Document.objects.get().title == "Fokusgruppe"
    act(client, refused, "file_discard")
    assert len(kept_files()) >= 1
    assert not Intake.objects.filter(pk=refused.pk).exclude(file="").exists()


@pytest.mark.parametrize("bad", BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_alone_leaves_nothing_once_thrown_away(
    client: Client, case: Case, bad: BadFile, django_capture_on_commit_callbacks: Any
) -> None:
    with nothing_kept():
        intake = upload_one(client, bad.name, bad.data)
        with django_capture_on_commit_callbacks(execute=True):
            act(client, intake, "intake_discard")
    assert not Document.objects.exists()


def test_messages_of_bad_files_are_danish_for_danes(client: Client, case: Case) -> None:
    intake = upload_one(client, "tom.txt", b"")
    response = client.get(page_of(intake.batch), headers={"accept-language": "da"})
    assert "Der er ingen tekst i" in response.content.decode()


def test_two_hundred_megabytes_are_refused_by_their_length_alone(
    client: Client, case: Case
) -> None:
    address = reverse("documents", kwargs={"slug": "study"})
    response = client.post(
        address,
        {"chosen": file_of("stor.txt", b"x")},
        headers=ENGLISH,
        CONTENT_LENGTH=str(200 * 1024 * 1024),
    )
    assert response.status_code == 413
    assert "larger than 51 MB" in response.content.decode()
    assert not Intake.objects.exists()


def test_a_file_beyond_the_limit_is_listed_and_not_kept(
    client: Client, case: Case, settings: Any
) -> None:
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    with nothing_kept():
        intake = upload_one(client, "stor.txt", b"ord " * 300_000)
    assert "larger than the limit of 1 MB" in shown(client, intake)


def test_more_text_than_a_document_holds_is_refused(client: Client, case: Case) -> None:
    with nothing_kept():
        intake = upload_one(client, "stor.txt", b"a" * 20_000_001)
    assert "20 million characters" in shown(client, intake)


def test_nul_bytes_are_taken_out_and_told_of(client: Client, case: Case) -> None:
    intake = upload_one(client, "nul.txt", TRANSCRIPT.replace("spild", "spi\x00ld"))
    assert "1 unprintable character was taken out" in shown(client, intake)
    act(client, intake, "intake_attach", **row(intake, case=str(case.pk)))
    revision = Document.objects.get().current_revision
    assert revision is not None
    assert "spild" in revision.text
    assert "\x00" not in revision.text


def test_a_label_of_ten_thousand_characters_is_words_and_not_a_speaker(
    client: Client, case: Case
) -> None:
    long = "Direktør" * 1250
    cues = (
        f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v {long}>Hej</v>\n\n"
        "00:02.000 --> 00:03.000\n<v Bo>Ja</v>\n"
    )
    intake = upload_one(client, "film.vtt", cues)
    assert "1 label is too long for a name" in shown(client, intake)
    act(client, intake, "intake_attach", **row(intake, case=str(case.pk)))
    assert set(Document.objects.get().speakers.values_list("label", flat=True)) == {"Bo"}


def test_a_new_label_or_pseudonym_of_ten_thousand_characters_is_refused(
    client: Client, case: Case
) -> None:
    intake = upload_one(client, "a.txt", TRANSCRIPT, case=str(case.pk))
    long = "x" * 10_000
    said = row(intake, case=str(case.pk)) | speaker(intake, 1, "Hjælper 2", "new", pseudonym=long)
    response = press(client, intake, "intake_attach", **said)
    assert response.status_code == 422
    assert "Nothing was attached yet" in response.content.decode()
    assert not Document.objects.exists()
    assert not Participant.objects.exists()


def test_the_same_file_twice_is_told_of(client: Client, case: Case) -> None:
    batch = upload(client, file_of("a.txt", TRANSCRIPT), file_of("b.txt", TRANSCRIPT))
    first, second = Intake.objects.filter(batch=batch).order_by("name")
    assert second.state == IntakeState.FAILED
    assert "the same file as “a.txt”" in shown(client, first)
    act(client, first, "intake_attach", **row(first, case=str(case.pk)))
    with nothing_kept():
        again = upload_one(client, "c.txt", TRANSCRIPT)
    assert "attached already, as “Fokusgruppe”" in shown(client, again)


def test_a_file_attached_meanwhile_by_somebody_else_is_refused_at_the_end(
    client: Client, case: Case
) -> None:
    mine = upload_one(client, "a.txt", TRANSCRIPT, case=str(case.pk))
    yours = upload_one(client, "b.txt", TRANSCRIPT, case=str(case.pk))
    act(client, yours, "intake_attach", **row(yours, case=str(case.pk)))
    act(client, mine, "intake_attach", **row(mine, case=str(case.pk), title="Min"))
    assert Document.objects.count() == 1
    mine.refresh_from_db()
    assert mine.state == IntakeState.READY


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.txt", "C:\\fakepath\\interview.txt", "a\x00b\x07.txt", "\u202etxt.exe.txt"],
)
def test_a_name_with_a_path_or_control_characters_is_only_a_name(
    client: Client, case: Case, name: str
) -> None:
    intake = upload_one(client, name, TRANSCRIPT)
    assert intake.state == IntakeState.READY
    assert intake.name.isprintable()
    assert "/" not in intake.name
    assert "\\" not in intake.name
    assert intake.file.startswith(f"originals/{intake.study_id}/")
    assert name.split(".")[-2] not in intake.file


def test_windows_letters_are_shown_and_chosen(client: Client, case: Case) -> None:
    intake = upload_one(
        client, "gammel.txt", TRANSCRIPT.replace("🙂", "").encode("cp1252", "replace")
    )
    body = shown(client, intake)
    assert "Which line is spelled right?" in body
    assert "Hjælper" in body
    act(client, intake, "file_encode", **{f"file-{intake.pk.hex}-encoding": "cp865"})
    assert "Hjælper" not in shown(client, intake).split("As it was read")[1]
    act(client, intake, "file_encode", **{f"file-{intake.pk.hex}-encoding": "cp1252"})
    act(client, intake, "intake_attach", **row(intake, case=str(case.pk)))
    document = Document.objects.get()
    assert document.encoding == "cp1252"
    assert document.speakers.filter(label="Hjælper 2").exists()


def test_an_encoding_that_is_none_is_refused(client: Client, case: Case) -> None:
    intake = upload_one(client, "gammel.txt", "blåbær".encode("cp1252"))
    response = press(client, intake, "file_encode", **{f"file-{intake.pk.hex}-encoding": "utf-7"})
    assert response.status_code == 422
    assert "That encoding is not known here" in response.content.decode()


def test_reading_again_leads_the_script_to_the_page_of_the_progress(
    client: Client, case: Case
) -> None:
    intake = upload_one(client, "a.txt", TRANSCRIPT)
    Intake.objects.filter(pk=intake.pk).update(state=IntakeState.READING)
    script = {"HX-Request": "true"}
    response = client.get(page_of(intake.batch), headers=script)
    assert response.headers["HX-Redirect"] == page_of(intake.batch)
    polled = client.get(page_of(intake.batch), {"polls": "1"}, headers=script)
    assert "HX-Redirect" not in polled.headers
    assert "a.txt" in polled.content.decode()
    Intake.objects.filter(pk=intake.pk).update(state=IntakeState.READY)
    polled = client.get(page_of(intake.batch), {"polls": "1"}, headers=script)
    assert polled.headers["HX-Redirect"] == page_of(intake.batch)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-8-sig"])
def test_marked_encodings_are_read_without_a_question(
    client: Client, case: Case, encoding: str
) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    intake = upload_one(client, "a.txt", mark + TRANSCRIPT.encode(encoding))
    body = shown(client, intake)
    assert "Which line is spelled right?" not in body
    assert "tavlen visket ud 🙂" in body


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (f"import os; os.kill(os.getpid(), {signal.SIGKILL.value})", "takes too much room to read"),
        ("import time; time.sleep(60)", "took too long"),
        ("raise SystemExit(7)", "It is damaged"),
        ("print('{\"turns\": [')", "It is damaged"),
    ],
    ids=["killed", "out of time", "crashed", "half an answer"],
)
def test_a_parser_that_dies_is_told_of_and_leaves_nothing(
    client: Client,
    case: Case,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    code: str,
    says: str,
) -> None:
    settings.PARSE_SECONDS = 1
    monkeypatch.setattr(sandbox, "_start", python(code))
    with nothing_kept():
        intake = upload_one(client, "a.docx", WORD)
    assert says in shown(client, intake)


def test_a_stored_file_that_is_gone_is_told_of(client: Client, case: Case) -> None:
    intake = upload_one(client, "gammel.txt", "blåbær".encode("cp1252"))
    for path in kept_files():
        path.unlink()
    act(client, intake, "file_again")
    assert "no longer here" in shown(client, intake)
