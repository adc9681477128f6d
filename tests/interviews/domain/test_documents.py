"""Material says anew what it is, is hidden and comes back; its words stay as they are."""

import datetime as dt

import pytest

from coding.models import Placement
from interviews.domain.answers import mark_answers
from interviews.domain.documents import NewDocument as New
from interviews.domain.documents import (
    Original,
    SpeakerMapping,
    SpokenTurn,
    attach_document,
    change_document,
    remove_document,
    restore_document,
    state_of,
)
from interviews.domain.sentences import split_sentences
from interviews.domain.visits import InterviewFacts, VisitFacts, add_interview, add_visit
from interviews.enums import AnswerKind, DocumentKind
from interviews.models import AnswerMark, Case, Document, DocumentRevision, Kit, KitItem, Speaker
from tests.factories.codings import make_code, make_coding
from tests.factories.field import TALK, make_case, make_document, make_participant
from tests.factories.studies import Cast, make_cast
from workbench.domain.history import lines
from workbench.domain.rows import seal
from workbench.errors import Conflict, Invalid, Missing
from workbench.models import HistoryEntry, Study


def make_item(study: Study, key: str = "q1") -> KitItem:
    kit, _created = Kit.objects.get_or_create(study=study)
    return KitItem.objects.create(kit=kit, key=key, text="Hvad skete der så?")


def attach(cast: Cast, case: Case, title: str = "A", sha256: str = "ab" * 32) -> Document:
    return attach_document(
        member=cast.coder,
        new=New(case=case, kind=DocumentKind.TRANSCRIPT, title=title, language="da"),
        turns=TALK,
        sentences=[],
        original=Original(f"originals/{title}", ".txt", sha256, 9),
    )


def change(cast: Cast, document: Document, **fields: object) -> Document:
    values = {
        "title": document.title,
        "kind": DocumentKind(document.kind),
        "date": document.date,
        "interview": document.interview,
        "language": document.language,
        "then": lambda _document: None,
        **fields,
    }
    return change_document(member=cast.coder, document=document, **values)  # type: ignore[arg-type]


def test_every_turn_is_where_the_document_says(document: Document) -> None:
    revision = document.current_revision
    assert revision is not None
    spans = [(turn.start, turn.end) for turn in revision.turns.all()]
    assert [revision.text[start:end] for start, end in spans] == [turn.text for turn in TALK]


def test_what_it_is_changes_and_history_keeps_both(cast: Cast, document: Document) -> None:
    change(cast, document, title=" Ny  titel ", date=dt.date(2024, 5, 14))
    document.refresh_from_db()
    assert (document.title, document.date) == ("Ny titel", dt.date(2024, 5, 14))
    entry = HistoryEntry.objects.filter(noun="document").latest("number")
    assert (entry.before, entry.after["date"]) == ({"date": None}, "2024-05-14")


def test_a_title_may_be_a_name_so_history_looks_it_up_and_keeps_none(
    cast: Cast, document: Document
) -> None:
    Document.objects.filter(pk=document.pk).update(title="Mette Hansen")
    document.refresh_from_db()
    change(cast, document, title="Leder")
    remove_document(member=cast.coder, document=document)
    kept = HistoryEntry.objects.filter(noun="document")
    assert set(kept.values_list("label", flat=True)) == {""}
    assert "Mette" not in str(list(kept.values_list("before", "after")))
    told = lines(list(kept.order_by("number")))
    assert {line.label for line in told} == {"Leder"}
    assert [each.after for each in told[1].changes] == ["titel"]


@pytest.mark.parametrize(("title", "after"), [("Møde med Karin", "Nyt"), ("Et andet", "Et andet")])
def test_an_interview_that_has_its_title_from_the_material_is_renamed_with_it(
    cast: Cast, case: Case, document: Document, title: str, after: str
) -> None:
    visit = add_visit(member=cast.coder, case=case, facts=VisitFacts(title="Besøg"))
    talk = add_interview(member=cast.coder, visit=visit, facts=InterviewFacts(title))
    document = change(cast, document, interview=talk, title="Møde med Karin")
    change(cast, document, title="Nyt")
    talk.refresh_from_db()
    assert talk.title == after
    told = HistoryEntry.objects.filter(noun="interview", action="changed")
    assert told.count() == (title != after)
    assert "Karin" not in str([(entry.before, entry.after) for entry in told])


def test_another_language_has_its_sentences_found_anew_and_no_offset_moves(
    cast: Cast, case: Case
) -> None:
    words = "Vi talte med bl.a. Else. Hun kom senere, evt. Torsdag."
    document = attach_document(
        member=cast.coder,
        new=New(case=case, kind=DocumentKind.TRANSCRIPT, title="A", language="en"),
        turns=[SpokenTurn(words, "Leder"), SpokenTurn("Ja. Nej.", "Bo")],
        sentences=[(0, 10)],
    )
    coding = make_coding(cast.coder, document, "Else. Hun", make_code(cast.lead))
    waiting: list[Document] = []
    change(cast, document, title="Nyt", then=waiting.append)
    assert waiting == []
    change(cast, document, language="da", then=waiting.append)
    for each in waiting:
        split_sentences(document_id=each.pk)
    revision = DocumentRevision.objects.get(document=document)
    flat = revision.sentences
    assert [revision.text[a:b] for a, b in zip(flat[::2], flat[1::2], strict=True)] == [
        "Vi talte med bl.a. Else.",
        "Hun kom senere, evt. Torsdag.",
        "Ja.",
        "Nej.",
    ]
    place = Placement.objects.get(excerpt=coding.excerpt_id)
    assert revision.text[place.start : place.end] == "Else. Hun"


def test_who_saw_an_older_version_is_told(cast: Cast, document: Document) -> None:
    seen = seal(state_of(document))
    change(cast, document, title="Først")
    with pytest.raises(Conflict) as refused:
        change(cast, document, title="Sidst", seen=seen)
    assert refused.value.code == "version_behind"
    assert refused.value.details["theirs"]["title"] == "Først"


def test_a_speaker_stands_for_a_participant_of_the_case_alone(
    cast: Cast, case: Case, document: Document
) -> None:
    speaker = document.speakers.get(label="Hjælper 2")
    change(cast, document, speakers={speaker.pk: SpeakerMapping(make_participant(case))})
    speaker.refresh_from_db()
    assert speaker.participant is not None
    stranger = make_participant(make_case(cast.lead, "svalen"), "Leder")
    with pytest.raises(Invalid):
        change(cast, document, title="Nyt", speakers={speaker.pk: SpeakerMapping(stranger)})
    document.refresh_from_db()
    assert document.title != "Nyt"


def test_a_speaker_of_another_document_is_not_found(
    cast: Cast, case: Case, document: Document
) -> None:
    other = make_document(cast.coder, case)
    foreign = Speaker.objects.filter(document=other).first()
    assert foreign is not None
    with pytest.raises(Missing):
        change(cast, document, speakers={foreign.pk: SpeakerMapping()})


def test_answers_are_marked_changed_and_taken_away(cast: Cast, document: Document) -> None:
    item = make_item(cast.study)
    first, second, _third = document.turns.all()

    def mark(**marks: AnswerKind | None) -> int:
        turns = {"first": first.pk, "second": second.pk}
        return mark_answers(
            member=cast.coder,
            document=document,
            item=item,
            marks={turns[name]: kind for name, kind in marks.items()},
        )

    assert mark(first=AnswerKind.ANSWERED, second=AnswerKind.UNPROMPTED) == 2
    assert mark(first=AnswerKind.ANSWERED, second=None) == 1
    assert AnswerMark.objects.get().turn == first


def test_turns_of_another_document_are_not_marked(
    cast: Cast, case: Case, document: Document
) -> None:
    foreign = make_document(cast.coder, case).turns.first()
    assert foreign is not None
    with pytest.raises(Missing):
        mark_answers(
            member=cast.coder,
            document=document,
            item=make_item(cast.study),
            marks={foreign.pk: AnswerKind.ANSWERED},
        )
    assert not AnswerMark.objects.exists()


def test_removed_material_comes_back_whole(cast: Cast, document: Document) -> None:
    remove_document(member=cast.coder, document=document)
    assert not Document.objects.filter(pk=document.pk, removed_at=None).exists()
    restore_document(member=cast.coder, document=document)
    assert Document.objects.filter(pk=document.pk, removed_at=None).exists()
    assert document.turns.count() == 3


def test_the_same_file_is_attached_once_but_again_after_removal(cast: Cast, case: Case) -> None:
    first = attach(cast, case, "A")
    with pytest.raises(Conflict) as refused:
        attach(cast, case, "B")
    assert refused.value.code == "attached_twice"
    assert "A" in str(refused.value.message)
    remove_document(member=cast.coder, document=first)
    attach(cast, case, "B")
    with pytest.raises(Conflict) as refused:
        restore_document(member=cast.coder, document=first)
    assert refused.value.code == "attached_twice"


def test_material_of_a_foreign_study_is_not_found(cast: Cast, document: Document) -> None:
    other = make_cast("other", prefix="other-")
    for verb in (remove_document, restore_document):
        with pytest.raises(Missing):
            verb(member=other.lead, document=document)
