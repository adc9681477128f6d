"""Attaching through the page: files come in, are looked at, put right, and become material."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from interviews.enums import IntakeState
from interviews.formats import sandbox
from interviews.models import (
    AnswerMark,
    Case,
    Document,
    Intake,
    Interview,
    Participant,
    Visit,
)
from tests.factories.bad_files import BAD_FILES, WORD, BadFile
from tests.factories.field import make_case, make_participant
from tests.factories.studies import Cast, make_cast
from tests.factories.templates import make_item
from tests.factories.uploads import (
    TRANSCRIPT,
    act,
    fields_of,
    file_of,
    kept_files,
    nothing_kept,
    page_of,
    press,
    row,
    upload,
    upload_one,
)
from tests.interviews.formats.packages import word_file
from workbench.models import HistoryEntry

SignIn = Callable[[Any], Client]
ENGLISH = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    """Tests that run beside these keep files, too."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def client(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.coder)


def shown(client: Client, intake: Intake) -> str:
    response = client.get(page_of(intake.batch), headers=ENGLISH)
    assert response.status_code == 200
    return response.content.decode()


def speaker(intake: Intake, index: int, label: str, who: str, **fields: str) -> dict[str, str]:
    said = {"label": label, "who": who, **fields}
    return {f"speaker-{intake.pk.hex}-{index}-{name}": value for name, value in said.items()}


# Bad files


@pytest.mark.parametrize("bad", BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_says_why_and_good_ones_beside_it_live_on(
    client: Client, case: Case, bad: BadFile
) -> None:
    batch = upload(client, file_of(bad.name, bad.data), file_of("god.txt", TRANSCRIPT))
    refused = Intake.objects.get(batch=batch, name=bad.name)
    good = Intake.objects.get(batch=batch, name="god.txt")
    assert (refused.state, good.state) == (IntakeState.FAILED, IntakeState.READY)
    assert bad.says in shown(client, good)
    act(client, good, "attach", **row(good, case=str(case.pk)))
    assert Document.objects.get().original_name == "god.txt"
    act(client, refused, f"discard:{refused.pk.hex}")
    assert len(kept_files()) >= 1
    assert not Intake.objects.filter(pk=refused.pk).exclude(file="").exists()


@pytest.mark.parametrize("bad", BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_alone_leaves_nothing_once_thrown_away(
    client: Client, case: Case, bad: BadFile, django_capture_on_commit_callbacks: Any
) -> None:
    with nothing_kept():
        intake = upload_one(client, bad.name, bad.data)
        with django_capture_on_commit_callbacks(execute=True):
            act(client, intake, "discard")
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
    act(client, intake, "attach", **row(intake, case=str(case.pk)))
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
    act(client, intake, "attach", **row(intake, case=str(case.pk)))
    assert set(Document.objects.get().speakers.values_list("label", flat=True)) == {"Bo"}


def test_a_new_label_or_pseudonym_of_ten_thousand_characters_is_refused(
    client: Client, case: Case
) -> None:
    intake = upload_one(client, "a.txt", TRANSCRIPT, case=str(case.pk))
    long = "x" * 10_000
    said = row(intake, case=str(case.pk)) | speaker(intake, 1, "Hjælper 2", "new", pseudonym=long)
    response = press(client, intake, "attach", **said)
    assert response.status_code == 422
    assert "Nothing was attached yet" in response.content.decode()
    assert not Document.objects.exists()
    assert not Participant.objects.exists()


def test_the_same_file_twice_is_told_of(client: Client, case: Case) -> None:
    batch = upload(client, file_of("a.txt", TRANSCRIPT), file_of("b.txt", TRANSCRIPT))
    first, second = Intake.objects.filter(batch=batch).order_by("name")
    assert second.state == IntakeState.FAILED
    assert "the same file as “a.txt”" in shown(client, first)
    act(client, first, "attach", **row(first, case=str(case.pk)))
    with nothing_kept():
        again = upload_one(client, "c.txt", TRANSCRIPT)
    assert "attached already, as “Fokusgruppe”" in shown(client, again)


def test_a_file_attached_meanwhile_by_somebody_else_is_refused_at_the_end(
    client: Client, case: Case
) -> None:
    mine = upload_one(client, "a.txt", TRANSCRIPT, case=str(case.pk))
    yours = upload_one(client, "b.txt", TRANSCRIPT, case=str(case.pk))
    act(client, yours, "attach", **row(yours, case=str(case.pk)))
    act(client, mine, "attach", **row(mine, case=str(case.pk), title="Min"))
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
    act(client, intake, f"encode:{intake.pk.hex}", **{f"encoding-{intake.pk.hex}": "cp865"})
    assert "Hjælper" not in shown(client, intake).split("As it was read")[1]
    act(client, intake, f"encode:{intake.pk.hex}", **{f"encoding-{intake.pk.hex}": "cp1252"})
    act(client, intake, "attach", **row(intake, case=str(case.pk)))
    document = Document.objects.get()
    assert document.encoding == "cp1252"
    assert document.speakers.filter(label="Hjælper 2").exists()


def test_an_encoding_that_is_none_is_refused(client: Client, case: Case) -> None:
    intake = upload_one(client, "gammel.txt", "blåbær".encode("cp1252"))
    response = client.post(
        page_of(intake.batch),
        {"act": f"encode:{intake.pk.hex}", f"encoding-{intake.pk.hex}": "utf-7"},
        headers=ENGLISH,
    )
    assert response.status_code == 400
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


def dying_child(code: str) -> Callable[[int, int], "subprocess.Popen[bytes]"]:
    def start(seconds: int, megabytes: int) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            start_new_session=True,
        )

    return start


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
    monkeypatch.setattr(sandbox, "_start", dying_child(code))
    with nothing_kept():
        intake = upload_one(client, "a.docx", WORD)
    assert says in shown(client, intake)


def test_a_stored_file_that_is_gone_is_told_of(client: Client, case: Case) -> None:
    intake = upload_one(client, "gammel.txt", "blåbær".encode("cp1252"))
    for path in kept_files():
        path.unlink()
    act(client, intake, f"again:{intake.pk.hex}")
    assert "no longer here" in shown(client, intake)


# What a person says and puts right


def test_the_preview_becomes_a_document_with_people_interview_and_answers(
    cast: Cast, client: Client, case: Case
) -> None:
    known = make_participant(case, "Hjælper 4")
    item = make_item(cast.lead, "q1")
    intake = upload_one(client, "Fokusgruppe 2024-05-14.txt", TRANSCRIPT, case=str(case.pk))
    answer = {"answer-item": str(item.pk), "answer-kind": "answered"}
    act(client, intake, f"answer:{intake.pk.hex}:1", **answer)
    act(
        client,
        intake,
        "attach",
        **row(intake, case=str(case.pk), interview="new", date="2024-05-14", form="focus_group"),
        **speaker(intake, 0, "Interviewer", "interviewer"),
        **speaker(intake, 1, "Hjælper 2", "new", pseudonym="Hjælper 2", role="employee"),
        **speaker(intake, 2, "Hjælper 4", str(known.pk)),
    )
    document = Document.objects.select_related("interview__visit").get()
    assert document.interview is not None
    assert document.interview.form == "focus_group"
    assert str(document.interview.visit.date) == "2024-05-14"
    assert {person.pseudonym for person in document.interview.participants.all()} == {
        "Hjælper 2",
        "Hjælper 4",
    }
    assert document.speakers.get(label="Interviewer").is_interviewer
    assert document.speakers.get(label="Hjælper 4").participant == known
    assert AnswerMark.objects.get().turn.number == 2
    intake.refresh_from_db()
    assert (intake.state, intake.parsed, intake.mapping) == (IntakeState.ATTACHED, {}, {})


def test_a_wrong_speaker_is_renamed_and_a_false_one_becomes_words_again(
    client: Client, case: Case
) -> None:
    text = (
        "Leder: Ja.\n\nLoder: Nej.\n\nLeder: Hør.\n\nLoder: Nå.\n\n"
        "Husk: Det er vigtigt.\n\nHusk: Igen.\n"
    )
    intake = upload_one(client, "a.txt", text, case=str(case.pk))
    rename = f"speaker-{intake.pk.hex}-1-rename"
    act(client, intake, f"rename:{intake.pk.hex}:1", **{rename: "Leder"})
    act(client, intake, f"words:{intake.pk.hex}:1")
    act(client, intake, "attach", **row(intake, case=str(case.pk)))
    document = Document.objects.get()
    assert [each.label for each in document.speakers.all()] == ["Leder"]
    assert document.current_revision is not None
    assert "Husk: Det er vigtigt." in document.current_revision.text


def test_a_turn_is_split_said_by_another_and_joined_again(client: Client, case: Case) -> None:
    intake = upload_one(
        client, "a.txt", "Leder: Først det. Så hint.\n\nBo: Ja.\n\nLeder: Ja.\n\nBo: Nej.\n"
    )
    act(client, intake, f"split:{intake.pk.hex}:0:11")
    act(client, intake, f"said:{intake.pk.hex}:1", **{"said-new": "Ny stemme"})
    intake.refresh_from_db()
    assert [turn[:2] for turn in intake.parsed["turns"][:2]] == [
        ["Leder", "Først det."],
        ["Ny stemme", "Så hint."],
    ]
    act(client, intake, f"join:{intake.pk.hex}:1")
    intake.refresh_from_db()
    assert intake.parsed["turns"][0][1].split() == ["Først", "det.", "Så", "hint."]


def test_a_correction_of_turns_that_changed_meanwhile_is_refused(
    client: Client, case: Case
) -> None:
    intake = upload_one(client, "a.txt", TRANSCRIPT)
    act(client, intake, f"join:{intake.pk.hex}:1")
    response = client.post(
        page_of(intake.batch),
        {"act": f"join:{intake.pk.hex}:1", f"edits-{intake.pk.hex}": "0"},
        headers=ENGLISH,
    )
    assert response.status_code == 409
    assert "changed on another page" in response.content.decode()


@pytest.mark.parametrize("act_", ["nonsense", "split:x:y:z", "join:", "turn:a", "manner:a:b:c"])
def test_an_act_that_no_button_has_is_no_fault_of_the_server(
    client: Client, case: Case, act_: str
) -> None:
    intake = upload_one(client, "a.txt", TRANSCRIPT)
    for said in (act_, act_.replace("x", intake.pk.hex).replace(":a", f":{intake.pk.hex}")):
        response = client.post(page_of(intake.batch), {"act": said})
        assert response.status_code in (400, 404)


def test_without_a_case_nothing_is_attached_and_what_was_said_is_kept(
    client: Client, case: Case
) -> None:
    batch = upload(client, file_of("a.txt", TRANSCRIPT), file_of("b.txt", "Notat. " * 9))
    first, second = Intake.objects.filter(batch=batch).order_by("name")
    said = row(first, case="", title="Min titel") | row(second, case=str(case.pk), kind="written")
    response = press(client, first, "attach", **said)
    assert response.status_code == 422
    assert "Nothing was attached yet" in response.content.decode()
    assert not Document.objects.exists()
    assert "Min titel" in shown(client, first)


def test_a_person_of_another_case_cannot_be_chosen(cast: Cast, client: Client, case: Case) -> None:
    foreign = make_participant(make_case(cast.lead, "svalen", "Svalen"), "Anden")
    intake = upload_one(client, "a.txt", TRANSCRIPT, case=str(case.pk))
    said = row(intake, case=str(case.pk)) | speaker(intake, 1, "Hjælper 2", str(foreign.pk))
    response = press(client, intake, "attach", **said)
    assert response.status_code == 422
    assert not Document.objects.exists()


def test_a_case_is_made_while_attaching_once_for_all_its_files(cast: Cast, client: Client) -> None:
    batch = upload(client, file_of("a.txt", TRANSCRIPT), file_of("b.txt", TRANSCRIPT + "Slut."))
    first, second = Intake.objects.filter(batch=batch).order_by("name")
    new = {"case": "new", "case_name": "Børnehuset Svalen"}
    said = row(first, **new) | row(second, **new | {"case_name": "børnehuset  svalen"})
    act(client, first, "attach", **said)
    made = Case.objects.get(study=cast.study)
    assert (made.key, made.name) == ("boernehuset-svalen", "Børnehuset Svalen")
    assert Document.objects.filter(case=made).count() == 2
    assert HistoryEntry.objects.filter(noun="case", subject=made.pk).count() == 1


def test_a_new_case_needs_a_name(client: Client, case: Case) -> None:
    intake = upload_one(client, "a.txt", TRANSCRIPT)
    said = row(intake, case="new", case_name="  ")
    response = press(client, intake, "attach", **said)
    assert response.status_code == 422
    assert "Give the new case a name" in response.content.decode()
    assert Case.objects.count() == 1


def test_two_files_of_one_new_person_make_the_person_once(client: Client, case: Case) -> None:
    batch = upload(client, file_of("a.txt", TRANSCRIPT), file_of("b.txt", TRANSCRIPT + "Slut."))
    files = list(Intake.objects.filter(batch=batch).order_by("name"))
    said: dict[str, str] = {}
    for intake in files:
        said |= row(intake, case=str(case.pk))
        said |= speaker(intake, 1, "Hjælper 2", "new", pseudonym="Hjælper 2", role="employee")
    act(client, files[0], "attach", **said)
    assert Participant.objects.filter(case=case).count() == 1
    assert Document.objects.count() == 2


def test_a_new_interview_needs_its_date(client: Client, case: Case) -> None:
    intake = upload_one(client, "a.txt", TRANSCRIPT, case=str(case.pk))
    said = row(intake, case=str(case.pk), interview="new")
    response = press(client, intake, "attach", **said)
    assert response.status_code == 422
    assert "A new interview needs its date" in response.content.decode()
    assert not Visit.objects.exists()
    assert not Interview.objects.exists()


# A table that came with the files

TABLE = (
    "Fil;Case;Interview;Dato;Form;Slags;Titel;Sprog;Talere\n"
    "a.txt;Hjemmeplejen Tofteby;;14.05.2024;fokusgruppe;Transskription;Fire hjælpere;dansk;"
    '"Hjælper 2 = H2 (medarbejder); Interviewer = interviewer; '
    'Hjælper 4 = TR (Tillidsrepræsentant)"\n'
    "b.docx;Nyt Sted;;2024-06-01;;;;English;\n"
)


def test_a_table_dropped_with_the_files_says_what_they_are(client: Client, case: Case) -> None:
    batch = upload(
        client,
        file_of("a.txt", TRANSCRIPT),
        file_of("b.docx", word_file("Leder: hej", "Bo: ja")),
        file_of("tabel.csv", TABLE.encode("cp1252")),
    )
    assert set(Intake.objects.filter(batch=batch).values_list("name", flat=True)) == {
        "a.txt",
        "b.docx",
    }
    first = Intake.objects.get(batch=batch, name="a.txt")
    second = Intake.objects.get(batch=batch, name="b.docx")
    assert first.mapping["case"] == str(case.pk)
    assert first.mapping["interview"] == "new"
    assert (second.mapping["case"], second.mapping["case_name"]) == ("new", "Nyt Sted")
    assert "Fire hjælpere" in shown(client, first)
    act(client, first, "attach")
    document = Document.objects.get(case=case)
    assert (document.title, str(document.date)) == ("Fire hjælpere", "2024-05-14")
    assert document.interview is not None
    assert document.interview.form == "focus_group"
    roles = dict(Participant.objects.filter(case=case).values_list("pseudonym", "role"))
    assert roles == {"H2": "employee", "TR": "union_representative"}
    assert Document.objects.get(case__name="Nyt Sted").language == "en"


def test_a_table_with_faults_names_each_row_and_files_are_read_all_the_same(
    client: Client, case: Case
) -> None:
    table = (
        "file,case,date,kind,interview,speakers\n"
        "a.txt,tofteby,31.02.2024,song,99,a = b = c\n"
        "a.txt,tofteby,,,,\n"
        "nowhere.docx,tofteby,,,,\n"
        ",tofteby,,,,\n"
    )
    batch = upload(client, file_of("a.txt", TRANSCRIPT), file_of("tabel.csv", table))
    good = Intake.objects.get(batch=batch, name="a.txt")
    assert good.state == IntakeState.READY
    assert good.mapping["case"] == str(case.pk)
    body = shown(client, good)
    for said in (
        "Row 2: “31.02.2024” is no date",
        "Row 2: “song” is no choice here",
        "Row 2: the case has no interview “99”",
        "Row 2: “a = b = c” cannot be read",
        "Row 3: “a.txt” stands in an earlier row",
        "Row 4: no file called “nowhere.docx” came with the table",
        "Row 5: the file is missing",
    ):
        assert said in body


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("tabel.csv", b"", "There is no text in it"),
        ("tabel.csv", b"navn;case\na.txt;tofteby\n", "needs a column called “file”"),
        ("tabel.xlsx", b"ikke et regneark", "damaged"),
        ("tabel.xlsx", WORD, "damaged"),
        ("tabel.csv", b"\x89PNG" + bytes(range(256)) * 9, "not text"),
        ("tabel.csv", b"file,case\n" + b"a,b\n" * 3000, "too many parts"),
        ("tabel.csv", b"x" * (5 * 1024 * 1024), "larger than the limit of 4 MB"),
    ],
)
def test_a_bad_table_is_listed_with_its_reason(
    client: Client, case: Case, name: str, data: bytes, says: str
) -> None:
    batch = upload(client, file_of("a.txt", TRANSCRIPT), file_of(name, data))
    good = Intake.objects.get(batch=batch, name="a.txt")
    assert good.state == IntakeState.READY
    assert says in shown(client, good)


# Doors


def test_a_foreign_batch_is_not_found_and_a_reader_is_refused(
    cast: Cast, client: Client, case: Case, sign_in: SignIn
) -> None:
    intake = upload_one(client, "a.txt", TRANSCRIPT)
    other = make_cast("other", prefix="other-")
    foreign = sign_in(other.lead)
    assert foreign.get(page_of(intake.batch)).status_code == 404
    assert foreign.get(page_of(intake.batch, "other")).status_code == 404
    assert client.get(page_of(uuid4())).status_code == 404
    reader = sign_in(cast.reader)
    assert reader.get(page_of(intake.batch)).status_code == 403
    assert reader.post(page_of(intake.batch), {"act": "discard"}).status_code == 403
    address = reverse("documents", kwargs={"slug": "study"})
    assert reader.post(address, {"chosen": [file_of("a.txt", TRANSCRIPT)]}).status_code == 403


def test_attaching_twice_by_two_clicks_makes_one_document(client: Client, case: Case) -> None:
    intake = upload_one(client, "a.txt", TRANSCRIPT, case=str(case.pk))
    said = {**fields_of(client, intake.batch), "act": "attach"}
    for status in (302, 302):
        assert client.post(page_of(intake.batch), said).status_code == status
    assert Document.objects.count() == 1


# Written in place


def written(client: Client, **fields: str) -> Intake:
    address = reverse("document_write", kwargs={"slug": "study"})
    response = client.post(address, fields)
    assert response.status_code == 302, response.content.decode()
    return Intake.objects.get()


def test_notes_written_in_place_keep_whose_words_each_line_is(client: Client, case: Case) -> None:
    intake = written(
        client,
        kind="interview_notes",
        case=str(case.pk),
        title="HR, noter",
        manner="marked",
        text="[V] Vi siger det højt.\n\n[P] Hun mener, at det går bedre.\n\nUden mærke.",
    )
    act(client, intake, f"manner:{intake.pk.hex}:1:verbatim")
    with nothing_kept():
        act(client, intake, "attach", **row(intake, case=str(case.pk), kind="interview_notes"))
    document = Document.objects.get()
    assert document.original == ""
    manners = list(document.turns.values_list("manner", flat=True))
    assert manners[:2] == ["verbatim", "verbatim"]
    assert set(manners[2:]) <= {"paraphrase"}


@pytest.mark.parametrize("text", ["", "   \n ", "\x00\x00", "a" * 2_000_001])
def test_a_text_that_is_none_or_too_much_is_said_beside_the_field(
    client: Client, case: Case, text: str
) -> None:
    address = reverse("document_write", kwargs={"slug": "study"})
    fields = {"kind": "written", "case": str(case.pk), "title": "T", "text": text}
    response = client.post(address, fields)
    assert response.status_code == 200
    assert "is-wrong" in response.content.decode()
    assert not Intake.objects.exists()
