"""Attaching through the page: files come in, are looked at, put right, and become material."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from interviews.enums import IntakeState
from interviews.models import (
    AnswerMark,
    Case,
    Document,
    Intake,
    Interview,
    Participant,
    Visit,
)
from tests.factories.bad_files import WORD
from tests.factories.field import make_case, make_participant
from tests.factories.studies import Cast, make_cast
from tests.factories.templates import make_item
from tests.factories.uploads import (
    TRANSCRIPT,
    act,
    button_of,
    fields_of,
    file_of,
    nothing_kept,
    page_of,
    press,
    row,
    shown,
    speaker,
    upload,
    upload_one,
)
from tests.interviews.formats.packages import word_file
from workbench.models import HistoryEntry

SignIn = Callable[[Any], Client]


# What a person says and puts right


def test_the_preview_becomes_a_document_with_people_interview_and_answers(
    cast: Cast, client: Client, case: Case
) -> None:
    known = make_participant(case, "Hjælper 4")
    item = make_item(cast.lead, "q1")
    intake = upload_one(client, "Fokusgruppe 2024-05-14.txt", TRANSCRIPT, case=str(case.pk))
    answer = {"answer-item": str(item.pk), "answer-kind": "answered"}
    act(client, intake, "turn_answer", turn=1, **answer)
    act(
        client,
        intake,
        "intake_attach",
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
    act(client, intake, "speaker_rename", speaker=1, **{rename: "Leder"})
    act(client, intake, "speaker_words", speaker=1)
    act(client, intake, "intake_attach", **row(intake, case=str(case.pk)))
    document = Document.objects.get()
    assert [each.label for each in document.speakers.all()] == ["Leder"]
    assert document.current_revision is not None
    assert "Husk: Det er vigtigt." in document.current_revision.text


def test_a_turn_is_split_said_by_another_and_joined_again(client: Client, case: Case) -> None:
    intake = upload_one(
        client, "a.txt", "Leder: Først det. Så hint.\n\nBo: Ja.\n\nLeder: Ja.\n\nBo: Nej.\n"
    )
    act(client, intake, "turn_split", turn=0, at="11")
    act(client, intake, "turn_said", turn=1, **{"said-new": "Ny stemme"})
    intake.refresh_from_db()
    assert [turn[:2] for turn in intake.turns[:2]] == [
        ["Leder", "Først det."],
        ["Ny stemme", "Så hint."],
    ]
    act(client, intake, "turn_join", turn=1)
    intake.refresh_from_db()
    assert intake.turns[0][1].split() == ["Først", "det.", "Så", "hint."]


def test_a_correction_of_turns_that_changed_meanwhile_is_refused(
    client: Client, case: Case
) -> None:
    intake = upload_one(client, "a.txt", TRANSCRIPT)
    act(client, intake, "turn_join", turn=1)
    seen = {f"file-{intake.pk.hex}-edits": "0"}
    response = press(client, intake, "turn_join", turn=1, **seen)
    assert response.status_code == 409
    assert "changed on another page" in response.content.decode()


def test_without_a_case_nothing_is_attached_and_what_was_said_is_kept(
    client: Client, case: Case
) -> None:
    batch = upload(client, file_of("a.txt", TRANSCRIPT), file_of("b.txt", "Notat. " * 9))
    first, second = Intake.objects.filter(batch=batch).order_by("name")
    said = row(first, case="", title="Min titel") | row(second, case=str(case.pk), kind="written")
    response = press(client, first, "intake_attach", **said)
    assert response.status_code == 422
    body = response.content.decode()
    assert "Nothing was attached yet" in body
    # The one case that is missing is marked, and not the row for all, which may stay empty.
    assert body.count("is-wrong") == 1
    assert not Document.objects.exists()
    assert "Min titel" in shown(client, first)


def test_a_person_of_another_case_cannot_be_chosen(cast: Cast, client: Client, case: Case) -> None:
    foreign = make_participant(make_case(cast.lead, "svalen", "Svalen"), "Anden")
    intake = upload_one(client, "a.txt", TRANSCRIPT, case=str(case.pk))
    said = row(intake, case=str(case.pk)) | speaker(intake, 1, "Hjælper 2", str(foreign.pk))
    response = press(client, intake, "intake_attach", **said)
    assert response.status_code == 422
    assert not Document.objects.exists()


def test_a_case_is_made_while_attaching_once_for_all_its_files(cast: Cast, client: Client) -> None:
    batch = upload(client, file_of("a.txt", TRANSCRIPT), file_of("b.txt", TRANSCRIPT + "Slut."))
    first, second = Intake.objects.filter(batch=batch).order_by("name")
    new = {"case": "new", "case_name": "Børnehuset Svalen"}
    said = row(first, **new) | row(second, **new | {"case_name": "børnehuset  svalen"})
    act(client, first, "intake_attach", **said)
    made = Case.objects.get(study=cast.study)
    assert (made.key, made.name) == ("boernehuset-svalen", "Børnehuset Svalen")
    assert Document.objects.filter(case=made).count() == 2
    assert HistoryEntry.objects.filter(noun="case", subject=made.pk).count() == 1


def test_a_new_case_needs_a_name(client: Client, case: Case) -> None:
    intake = upload_one(client, "a.txt", TRANSCRIPT)
    said = row(intake, case="new", case_name="  ")
    response = press(client, intake, "intake_attach", **said)
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
    act(client, files[0], "intake_attach", **said)
    assert Participant.objects.filter(case=case).count() == 1
    assert Document.objects.count() == 2


def test_the_day_of_a_new_interview_can_wait(client: Client, case: Case) -> None:
    for name in ("a.txt", "b.txt"):
        intake = upload_one(client, name, f"{TRANSCRIPT} {name}", case=str(case.pk))
        said = row(intake, case=str(case.pk), interview="new")
        press(client, intake, "intake_attach", **said)
    assert Visit.objects.get().date is None
    assert Interview.objects.count() == 2


def test_a_title_with_a_speakers_name_is_pointed_out(client: Client, case: Case) -> None:
    words = "Interviewer: Hej.\nKarin Holm: Ja.\nKarin Holm: Nej."
    intake = upload_one(client, "Møde med Karin.txt", words.encode(), case=str(case.pk))
    assert "mapping-names" in shown(client, intake)
    said = speaker(intake, 1, "Karin Holm", "interviewer")
    act(client, intake, "file_open", **row(intake, case=str(case.pk)), **said)
    assert "mapping-names" not in shown(client, intake)


def test_a_file_of_many_labels_asks_about_the_first(client: Client, case: Case) -> None:
    names = [f"B{first}{last}x" for first in "abcdefghijklmno" for last in "abcdefghij"]
    words = "\n".join(f"{name}: ja" for name in names for _turn in range(3))
    intake = upload_one(client, "a.txt", words.encode(), case=str(case.pk))
    body = shown(client, intake)
    assert body.count('class="speaker-label"') == 100
    assert "And 50 more labels" in body


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
    act(client, first, "intake_attach")
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
    assert reader.post(button_of(intake, "intake_discard")).status_code == 403
    address = reverse("documents", kwargs={"slug": "study"})
    assert reader.post(address, {"chosen": [file_of("a.txt", TRANSCRIPT)]}).status_code == 403


def test_attaching_twice_by_two_clicks_makes_one_document(client: Client, case: Case) -> None:
    intake = upload_one(client, "a.txt", TRANSCRIPT, case=str(case.pk))
    said = fields_of(client, intake.batch)
    for status in (302, 302):
        assert client.post(button_of(intake, "intake_attach"), said).status_code == status
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
    act(client, intake, "turn_manner", turn=1, manner="verbatim")
    with nothing_kept():
        act(
            client,
            intake,
            "intake_attach",
            **row(intake, case=str(case.pk), kind="interview_notes"),
        )
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
