"""A correction as a text: once, over one base, in one form, with its turns and sentences."""

from uuid import uuid4

import pytest

from coding.domain.quarantine import drop_unplaced
from coding.domain.revisions import correct_text
from interviews.domain.anchors import Edit
from interviews.domain.answers import mark_answers
from interviews.domain.revisions import Correction
from interviews.domain.sentences import split_sentences
from interviews.domain.verification import breaches
from interviews.enums import AnswerKind
from interviews.models import AnswerMark, Document, DocumentRevision
from tests.factories.codings import make_code, make_coding
from tests.factories.revisions import correct, no_sentences, replacing, text_of
from tests.factories.studies import Cast, make_cast
from tests.factories.templates import make_item
from workbench.errors import Conflict, Invalid, Missing

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
QUOTE = "tavlen visket ud"


def test_the_same_correction_again_is_answered(cast: Cast, document: Document) -> None:
    wanted = replacing(document, "Altså", "Nå")
    act = {"member": cast.coder, "document": document, "then": no_sentences}
    first = correct_text(**act, correction=wanted)  # type: ignore[arg-type]
    again = correct_text(**act, correction=wanted)  # type: ignore[arg-type]
    assert (first.created, again.created) == (True, False)
    assert first.revision == again.revision
    other = Correction(wanted.id, wanted.base, (Edit(0, 4, "Hvem"),))
    with pytest.raises(Conflict, match="different_request"):
        correct_text(**act, correction=other)  # type: ignore[arg-type]


def test_who_corrects_an_older_text_gets_both_versions(cast: Cast, document: Document) -> None:
    mine = replacing(document, "tavlen visket", "tavlen tørret")
    correct(cast.lead, document, "tavlen", "tavlerne")
    with pytest.raises(Conflict) as refused:
        correct_text(member=cast.coder, document=document, correction=mine, then=no_sentences)
    told = refused.value.details
    assert (refused.value.code, told["revision"]) == (
        "revision_behind",
        str(document.current_revision_id),
    )
    (turn,) = told["turns"]
    assert turn["number"] == 3
    assert "tavlen visket" in turn["base"]
    assert "tavlerne visket" in turn["theirs"]
    assert "tavlen tørret" in turn["yours"]


@pytest.mark.parametrize(
    ("edits", "code"),
    [
        ([], "nothing_changed"),
        ([Edit(0, 4, "Hvad")], "nothing_changed"),
        ([Edit(0, 60, "Hvad")], "crosses_turn"),
        ([Edit(9000, 9001, "x")], "crosses_turn"),
        ([Edit(5, 2, "x")], "edits"),
        ([Edit(5, 9, "x"), Edit(7, 12, "y")], "edits"),
        ([Edit(0, 43, " \r\n ")], "empty_turn"),
    ],
)
def test_what_is_no_correction_is_refused(
    cast: Cast, document: Document, edits: list[Edit], code: str
) -> None:
    assert document.current_revision_id is not None
    with pytest.raises(Invalid, match=code):
        correct_text(
            member=cast.coder,
            document=document,
            correction=Correction(uuid4(), document.current_revision_id, tuple(edits)),
            then=no_sentences,
        )
    assert DocumentRevision.objects.count() == 1


def test_another_study_learns_nothing(cast: Cast, document: Document) -> None:
    coding = make_coding(cast.coder, document, QUOTE, make_code(cast.lead))
    stranger = make_cast("other", "other-").lead
    wanted = replacing(document, "Altså", "Nå")
    with pytest.raises(Missing):
        correct_text(member=stranger, document=document, correction=wanted, then=no_sentences)
    with pytest.raises(Missing):
        drop_unplaced(member=stranger, excerpt_id=coding.excerpt_id)


def test_what_is_typed_becomes_the_one_form_of_text(cast: Cast, document: Document) -> None:
    correct(cast.coder, document, "Altså", "Al\r\ntsa\x00\ufeff")
    assert "Al\ntsa …" in text_of(document)
    # A mark joins with the letter that stands before it already.
    correct(cast.coder, document, "spild.", "spilde\u0301.")
    at = text_of(document).index("spildé")
    assert document.current_revision_id is not None
    made = correct_text(
        member=cast.coder,
        document=document,
        correction=Correction(
            uuid4(), document.current_revision_id, (Edit(at + 3, at + 3, "\u030a"),)
        ),
        then=no_sentences,
    )
    assert made.revision.length == len(made.revision.text)
    assert list(breaches()) == []


def test_turns_and_their_answers_go_along(cast: Cast, document: Document) -> None:
    item = make_item(cast.lead)
    old = list(document.turns.order_by("number"))
    mark_answers(
        member=cast.coder, document=document, item=item, marks={old[2].pk: AnswerKind.ANSWERED}
    )
    correct(cast.lead, document, "Altså … i starten", "I starten, altså,")
    assert document.current_revision is not None
    new = list(document.current_revision.turns.order_by("number"))
    told = [(t.number, t.speaker_id, t.start_ms, t.end_ms, t.manner) for t in new]
    assert told == [(t.number, t.speaker_id, t.start_ms, t.end_ms, t.manner) for t in old]
    assert text_of(document)[new[2].start : new[2].end].startswith("Ja, for jer.")
    assert text_of(document)[new[1].start :].startswith("I starten, altså,")
    (mark,) = AnswerMark.objects.filter(turn__revision=document.current_revision)
    assert (mark.turn_id, mark.item_id) == (new[2].pk, item.pk)
    # Whoever marks on a page of the older text means the same turn.
    mark_answers(
        member=cast.coder, document=document, item=item, marks={old[1].pk: AnswerKind.ANSWERED}
    )
    marked = AnswerMark.objects.filter(turn__revision=document.current_revision)
    assert {mark.turn_id for mark in marked} == {new[1].pk, new[2].pk}


def test_sentences_are_carried_and_then_found_anew(cast: Cast, document: Document) -> None:
    split_sentences(document_id=document.pk)
    before = text_of(document)
    old = document.current_revision
    assert old is not None
    said = [before[s:e] for s, e in zip(old.sentences[::2], old.sentences[1::2], strict=True)]
    correct(cast.coder, document, "Hvad skete", "Men hvad skete")
    now = document.current_revision
    assert now is not None
    text = now.text
    kept = [text[s:e] for s, e in zip(now.sentences[::2], now.sentences[1::2], strict=True)]
    assert kept[1:] == said[1:]
    assert kept[0] == "Men hvad skete" + said[0].removeprefix("Hvad skete")
