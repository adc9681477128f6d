"""Each button of the attaching page: what it refuses, what stays in view, what it costs."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interviews.enums import IntakeState
from interviews.models import Case, Intake
from tests.factories.uploads import (
    ENGLISH,
    TRANSCRIPT,
    act,
    button_of,
    fields_of,
    file_of,
    page_of,
    press,
    upload,
    upload_one,
)


@pytest.mark.parametrize(
    ("route", "said"),
    [
        ("turn_split", {"at": "x"}),
        ("turn_split", {"at": "0"}),
        ("turn_manner", {"manner": "song"}),
        ("turn_answer", {"answer-item": "", "answer-kind": "answered"}),
        ("turn_answer", {"answer-item": "1", "answer-kind": "answered"}),
        ("turn_answer", {"answer-item": str(uuid4()), "answer-kind": "song"}),
        ("turn_unanswer", {"item": "x"}),
        ("turn_said", {"said-by": "", "file-edits": "x"}),
    ],
)
def test_a_button_that_says_nonsense_is_refused_and_changes_nothing(
    client: Client, case: Case, route: str, said: dict[str, str]
) -> None:
    intake = upload_one(client, "a.txt", TRANSCRIPT)
    edits = {f"file-{intake.pk.hex}-edits": said.get("file-edits", "0")}
    response = press(client, intake, route, turn=1, **edits, **said)
    assert response.status_code == 422
    assert response.headers["HX-Push-Url"] == page_of(intake.batch)
    before = intake.turns
    intake.refresh_from_db()
    assert intake.turns == before


def test_a_button_of_a_file_or_turn_that_is_not_there_is_refused(
    client: Client, case: Case
) -> None:
    intake = upload_one(client, "a.txt", TRANSCRIPT)
    assert press(client, intake, "turn_join", turn=999_999_999_999).status_code == 409
    assert press(client, intake, "speaker_words", speaker=77).status_code == 422
    other = upload_one(client, "b.txt", "Nogle ord.")
    foreign = button_of(intake, "file_discard").replace(str(intake.pk), str(other.pk))
    assert client.post(foreign).status_code == 404


def test_the_address_of_a_button_leads_back_to_the_page(client: Client, case: Case) -> None:
    intake = upload_one(client, "a.txt", TRANSCRIPT)
    response = client.get(button_of(intake, "intake_attach"))
    assert (response.status_code, response.headers["Location"]) == (302, page_of(intake.batch))


def test_turns_in_view_stay_in_view(client: Client, case: Case) -> None:
    batch = upload(client, file_of("a.txt", TRANSCRIPT), file_of("b.txt", TRANSCRIPT + "Slut."))
    second = Intake.objects.get(batch=batch, name="b.txt")
    address = act(client, second, "file_all")
    assert f"?open={second.pk}&all=1#" in address
    looked = {"open": str(second.pk), "all": "1"}
    assert "turn=1&all=1#turn-1" in act(client, second, "turn_open", turn=1, **looked)
    address = act(client, second, "turn_join", turn=1, **looked)
    assert f"?open={second.pk}&turn=0&all=1#turn-0" in address
    body = client.get(address).content.decode()
    assert f'name="open" value="{second.pk}"' in body
    assert 'id="said-by"' in body
    # An answer the form refuses shows the same turns.
    said = fields_of(client, batch) | {"open": str(second.pk), "turn": "0", "answer-item": ""}
    refused = client.post(button_of(second, "turn_answer", turn=0), said, headers=ENGLISH)
    assert 'id="said-by"' in refused.content.decode()


def test_what_is_said_of_many_files_is_kept_at_once(
    client: Client, case: Case, django_assert_max_num_queries: Any
) -> None:
    batch = upload(client, *(file_of(f"{n}.txt", f"{TRANSCRIPT} {n}") for n in range(12)))
    said = fields_of(client, batch) | {"same-kind": "notes"}
    for intake in Intake.objects.filter(batch=batch):
        said[f"file-{intake.pk.hex}-title"] = f"Ny {intake.name}"
    first = Intake.objects.filter(batch=batch).order_by("name")[0]
    for route in ("intake", "intake_same", "intake_discard"):
        with django_assert_max_num_queries(25 if route == "intake_discard" else 12):
            assert client.post(button_of(first, route), said).status_code == 302
        if route == "intake":
            first.refresh_from_db()
            assert first.mapping["title"] == "Ny 0.txt"


def test_asking_how_far_the_reading_is_reads_no_interview(
    client: Client, case: Case, django_assert_max_num_queries: Any
) -> None:
    batch = upload(client, file_of("a.txt", TRANSCRIPT), file_of("b.txt", TRANSCRIPT + "Slut."))
    Intake.objects.filter(batch=batch, name="a.txt").update(state=IntakeState.READING)
    with CaptureQueriesContext(connection) as asked:
        client.get(page_of(batch), {"polls": "1"}, headers={"HX-Request": "true"})
    assert not [query["sql"] for query in asked if '"parsed"' in query["sql"]]
    Intake.objects.filter(batch=batch).update(state=IntakeState.READY)
    with CaptureQueriesContext(connection) as asked:
        client.get(page_of(batch))
    # Of the two files only the one whose turns are shown.
    assert len([query for query in asked if '"interviews_intake"."turns"' in query["sql"]]) == 1
