"""The list of material and the pages of one document."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from interviews.domain.documents import remove_document, state_of
from interviews.models import AnswerMark, Case, Document, KitItem
from tests.factories.field import make_case, make_document, make_participant
from tests.factories.studies import Cast, make_cast
from tests.interviews.domain.test_documents import make_item
from workbench.domain.rows import seal

SignIn = Callable[[Any], Client]
PAGES = ("document_edit", "document_answers")


def page(name: str, document: Document, slug: str = "study") -> str:
    return reverse(name, kwargs={"slug": slug, "document": document.pk})


def listing(client: Client, **query: str) -> str:
    response = client.get(
        reverse("documents", kwargs={"slug": "study"}), query, headers={"accept-language": "en"}
    )
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_says_what_is_missing(cast: Cast, document: Document, sign_in: SignIn) -> None:
    body = listing(sign_in(cast.coder))
    assert document.title in body
    for todo in ("No interview yet", "No date yet", "3 unknown speakers", "Not coded to the end"):
        assert todo in body


def test_without_a_case_files_can_come_and_a_case_can_be_made(cast: Cast, sign_in: SignIn) -> None:
    body = listing(sign_in(cast.coder))
    assert 'type="file"' in body
    assert reverse("case_new", kwargs={"slug": "study"}) in body


def test_the_list_costs_the_same_with_one_and_with_three_documents(
    cast: Cast, case: Case, sign_in: SignIn, django_assert_num_queries: Any
) -> None:
    client = sign_in(cast.coder)
    for count in (1, 3):
        while Document.objects.count() < count:
            make_document(cast.coder, make_case(cast.lead, f"c{Document.objects.count()}"))
        with django_assert_num_queries(8):
            listing(client)


def test_the_list_narrows_to_one_case(cast: Cast, document: Document, sign_in: SignIn) -> None:
    make_document(cast.coder, make_case(cast.lead, "svalen", "Svalen"), title="Et andet sted")
    body = listing(sign_in(cast.reader), case="tofteby")
    assert document.title in body
    assert "Et andet sted" not in body
    assert document.title not in listing(sign_in(cast.reader), case="der-er-ingen")


def test_a_reader_sees_the_list_and_changes_nothing(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    client = sign_in(cast.reader)
    body = listing(client)
    assert 'type="file"' not in body
    assert page("document_edit", document) not in body
    for name in ("document_edit", "document_answers", "document_remove", "document_restore"):
        assert client.post(page(name, document)).status_code == 403


@pytest.mark.parametrize("name", [*PAGES, "document_remove", "document_restore"])
def test_foreign_material_is_not_found(
    cast: Cast, document: Document, sign_in: SignIn, name: str
) -> None:
    other = make_cast("other", prefix="other-")
    client = sign_in(other.lead)
    method = client.get if name in PAGES else client.post
    assert method(page(name, document)).status_code == 404
    assert method(page(name, document, "other")).status_code == 404


def sent(document: Document, **fields: str) -> dict[str, str]:
    return {
        "title": document.title,
        "kind": document.kind,
        "language": document.language,
        "seen": seal(state_of(document)),
        **fields,
    }


def test_saying_anew_keeps_fields_and_speakers(
    cast: Cast, case: Case, document: Document, sign_in: SignIn
) -> None:
    person = make_participant(case)
    helper = document.speakers.get(label="Hjælper 2")
    asking = document.speakers.get(label="Interviewer")
    speakers = {f"{helper.pk.hex}-who": str(person.pk), f"{asking.pk.hex}-who": "interviewer"}
    response = sign_in(cast.coder).post(
        page("document_edit", document),
        sent(
            document, title="Fire hjælpere", kind="interview_notes", date="2024-05-14", **speakers
        ),
    )
    assert response.status_code == 302
    document.refresh_from_db()
    assert (document.title, document.kind) == ("Fire hjælpere", "interview_notes")
    helper.refresh_from_db()
    asking.refresh_from_db()
    assert helper.participant == person
    assert asking.is_interviewer


def test_the_first_participant_is_asked_for_only_while_there_is_none(
    cast: Cast, case: Case, document: Document, sign_in: SignIn
) -> None:
    new = reverse("participant_new", kwargs={"slug": "study", "key": case.key})
    client = sign_in(cast.coder)
    assert new in client.get(page("document_edit", document)).content.decode()
    make_participant(case)
    assert new not in client.get(page("document_edit", document)).content.decode()


def test_two_who_change_it_at_once_both_see_both_versions(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    old = sent(document, title="Min titel")
    sign_in(cast.lead).post(page("document_edit", document), sent(document, title="Din titel"))
    response = sign_in(cast.coder).post(page("document_edit", document), old)
    body = response.content.decode()
    assert response.status_code == 409
    assert "Min titel" in body
    assert "Din titel" in body


def test_who_a_label_stands_for_is_not_changed_over_what_another_said(
    cast: Cast, case: Case, document: Document, sign_in: SignIn
) -> None:
    speaker, person = document.speakers.get(label="Hjælper 2"), make_participant(case, "Vagten")
    who = f"{speaker.pk.hex}-who"
    old = sent(document, **{who: "interviewer"})
    sign_in(cast.lead).post(
        page("document_edit", document), sent(document, **{who: str(person.pk)})
    )
    response = sign_in(cast.coder).post(page("document_edit", document), old)
    assert response.status_code == 409
    (difference,) = response.context["differences"]
    assert (difference.label, difference.theirs) == ("Hjælper 2", "Vagten")
    speaker.refresh_from_db()
    assert speaker.participant == person


def test_a_wrong_choice_is_marked_and_nothing_is_saved(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    speaker = document.speakers.get(label="Hjælper 2")
    response = sign_in(cast.coder).post(
        page("document_edit", document),
        sent(document, title="Nyt", **{f"{speaker.pk.hex}-who": str(uuid4())}),
    )
    assert response.status_code == 200
    assert "is-wrong" in response.content.decode()
    document.refresh_from_db()
    assert document.title != "Nyt"


def test_answers_are_marked_question_by_question(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    make_item(cast.study, "q1")
    make_item(cast.study, "q2")
    client = sign_in(cast.coder)
    address = page("document_answers", document) + "?question=q2"
    turn = document.turns.get(number=2)
    body = client.get(address).content.decode()
    assert "i starten syntes vi jo" in body
    assert client.post(address, {f"turn-{turn.number}-kind": "answered"}).status_code == 302
    assert AnswerMark.objects.get().item.key == "q2"
    client.post(address, {f"turn-{turn.number}-kind": "nonsense"})
    assert AnswerMark.objects.get().kind == "answered"
    client.post(address, {f"turn-{turn.number}-kind": ""})
    assert not AnswerMark.objects.exists()


def test_without_a_guide_the_page_says_so(cast: Cast, document: Document, sign_in: SignIn) -> None:
    client = sign_in(cast.coder)
    body = client.get(page("document_answers", document), headers={"accept-language": "en"})
    assert "No guide yet" in body.content.decode()
    assert client.get(page("document_answers", document) + "?question=x").status_code == 404


def marks_of(document: Document) -> list[tuple[int, str, str]]:
    rows = AnswerMark.objects.filter(document=document).order_by("turn__number", "item__key")
    return list(rows.values_list("turn__number", "item__key", "kind"))


@pytest.mark.parametrize("told", ["1.2", "hvad skete", "1.2 Hvad skete der så?"])
def test_a_turn_is_marked_by_a_questions_number_or_words(
    cast: Cast, document: Document, sign_in: SignIn, told: str
) -> None:
    make_item(cast.study, "q2")
    KitItem.objects.filter(key="q2").update(number="1.2")
    other = make_item(cast.study, "q3")
    KitItem.objects.filter(pk=other.pk).update(number="1.3", text="Hvem kom?")
    client, turn = sign_in(cast.coder), document.turns.get(number=2)
    sent = {"turn": str(turn.pk), "item": told, "kind": "answered"}
    response = client.post(page("document_answers", document), sent)
    assert response["location"].endswith("#turn-2")
    assert marks_of(document) == [(2, "q2", "answered")]
    item = str(KitItem.objects.get(key="q2").pk)
    for kind, kept in (("unprompted", [(2, "q2", "unprompted")]), ("", [])):
        client.post(page("document_answers", document), {**sent, "item": item, "kind": kind})
        assert marks_of(document) == kept


@pytest.mark.parametrize("told", ["9.9", "hvad", ""])
def test_words_that_name_no_one_question_mark_nothing(
    cast: Cast, document: Document, sign_in: SignIn, told: str
) -> None:
    for key in ("q2", "q3"):
        make_item(cast.study, key)
    client, turn = sign_in(cast.coder), document.turns.get(number=2)
    sent = {"turn": str(turn.pk), "item": told, "kind": "answered"}
    for headers in ({}, {"HX-Request": "true"}):
        response = client.post(page("document_answers", document), sent, headers=headers)
        assert response.status_code == 422
        assert 'aria-invalid="true"' in response.content.decode()
    assert not marks_of(document)
    sent["turn"] = str(uuid4())
    assert client.post(page("document_answers", document), sent).status_code == 404


def test_the_script_gets_the_turn_and_the_counts_back(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    make_item(cast.study, "q2")
    turn = document.turns.get(number=2)
    sent = {"turn": str(turn.pk), "item": "hvad skete", "kind": "answered"}
    response = sign_in(cast.coder).post(
        page("document_answers", document), sent, headers={"HX-Request": "true"}
    )
    body = response.content.decode()
    assert 'id="turn-2"' in body
    assert 'id="turn-1"' not in body
    assert 'hx-swap-oob="true"' in body
    assert '<span class="tree-count">1</span>' in body


def test_a_mapped_speaker_is_called_by_the_pseudonym_alone(
    cast: Cast, case: Case, document: Document, sign_in: SignIn
) -> None:
    make_item(cast.study, "q2")
    document.speakers.filter(label="Hjælper 2").update(
        label="Karin Holm", participant=make_participant(case, "Erik")
    )
    for query in ({}, {"question": "q2"}):
        response = sign_in(cast.coder).get(page("document_answers", document), query)
        body = response.content.decode()
        assert "Karin" not in body
        assert "Erik" in body
        assert "Hjælper 4" in body


def test_saving_leads_back_to_where_one_came_from(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    client, address = sign_in(cast.coder), page("document_edit", document)
    assert client.post(address, sent(document))["location"] == reverse(
        "documents", kwargs={"slug": "study"}
    )
    back = client.post(f"{address}?back=document", sent(document))
    assert back["location"] == page("document", document)


def test_removed_material_leaves_the_list_and_comes_back(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    client = sign_in(cast.coder)
    assert client.post(page("document_remove", document)).status_code == 302
    assert page("document_restore", document) in listing(client)
    assert client.get(page("document_edit", document)).status_code == 404
    client.post(page("document_restore", document))
    document.refresh_from_db()
    assert document.removed_at is None


def test_a_reader_does_not_see_what_was_removed(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    remove_document(member=cast.coder, document=document)
    assert document.title not in listing(sign_in(cast.reader))


def test_words_from_outside_stay_words(cast: Cast, case: Case, sign_in: SignIn) -> None:
    make_document(cast.coder, case, title="<script>alert(1)</script>")
    assert "<script>alert(1)" not in listing(sign_in(cast.coder))
