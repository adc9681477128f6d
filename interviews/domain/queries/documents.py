"""Material as its pages show it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from interviews.domain.queries.adaptations import adaptations_at
from interviews.domain.queries.labels import ANSWER_KINDS, DOCUMENT_KINDS
from interviews.enums import AnswerKind, DocumentKind, IntakeState, KitItemKind
from interviews.models import (
    AnswerMark,
    Document,
    Intake,
    Interview,
    KitItem,
    Participant,
    Speaker,
)
from workbench.models import Study

SPEAKERS_SHOWN = 100


@dataclass(frozen=True)
class DocumentRow:
    """One line of the list. What is missing is a to-do, where the kind needs it at all."""

    id: UUID
    title: str
    kind: Promise
    case_key: str
    case_name: str
    interview: str
    interview_number: int | None
    date: datetime.date | None
    words: int
    unmapped: int
    needs_interview: bool
    needs_date: bool
    is_coded: bool


@dataclass(frozen=True)
class CaseMaterial:
    key: str
    name: str
    rows: list[DocumentRow]


@dataclass(frozen=True)
class WaitingBatch:
    """Files that were chosen together and are not all attached or thrown away yet."""

    batch: UUID
    files: int
    first_name: str


def listed(study: Study, *, case: str = "") -> QuerySet[Document]:
    """The study's material in the order of its cases; `case` is the key of one."""
    documents = Document.objects.filter(
        study=study, removed_at__isnull=True, case__removed_at__isnull=True
    )
    if case:
        documents = documents.filter(case__key=case)
    return (
        documents.select_related("case", "interview", "current_revision")
        # The text of a hundred interviews is megabytes, and the list shows none of it.
        .defer("current_revision__text", "current_revision__sentences", "case__description")
        .annotate(
            unmapped=Count(
                "speakers",
                filter=Q(speakers__participant__isnull=True, speakers__is_interviewer=False),
            )
        )
        .order_by("case__order", "case__name", "date", "title", "pk")
    )


def by_case(documents: Iterable[Document]) -> list[CaseMaterial]:
    """The documents of one page under the names of their cases."""
    rows = [_row(document) for document in documents]
    return [
        CaseMaterial(key, name, list(group))
        for (key, name), group in groupby(rows, key=lambda row: (row.case_key, row.case_name))
    ]


def _row(document: Document) -> DocumentRow:
    kind = DocumentKind(document.kind)
    is_written = kind == DocumentKind.WRITTEN
    of_interview = kind in (DocumentKind.TRANSCRIPT, DocumentKind.NOTES)
    return DocumentRow(
        id=document.pk,
        title=document.title,
        kind=DOCUMENT_KINDS[kind],
        case_key=document.case.key,
        case_name=document.case.name,
        interview=document.interview.title if document.interview else "",
        interview_number=document.interview.number if document.interview else None,
        date=document.date,
        words=document.current_revision.words if document.current_revision else 0,
        unmapped=document.unmapped,  # type: ignore[attr-defined]  # annotated in `listed`
        needs_interview=of_interview and document.interview is None,
        needs_date=not is_written and document.date is None,
        is_coded=document.coded_at is not None,
    )


def removed(study: Study) -> list[Document]:
    """What was taken off the list and can be brought back, newest first."""
    return list(
        Document.objects.filter(study=study, removed_at__isnull=False)
        .select_related("case")
        .only("title", "removed_at", "study_id", "case__name")
        .order_by("-removed_at")[:50]
    )


def waiting_batches(study: Study) -> list[WaitingBatch]:
    """Batches with files that still wait for a person, newest first."""
    files = (
        Intake.objects.filter(
            study=study,
            state__in=[IntakeState.READING, IntakeState.READY],
        )
        .order_by("-created_at", "name")
        .values_list("batch", "name")
    )
    names: dict[UUID, list[str]] = {}
    for batch, name in files:
        names.setdefault(batch, []).append(name)
    return [WaitingBatch(batch, len(found), found[0]) for batch, found in names.items()]


@dataclass(frozen=True)
class SpeakerRow:
    id: UUID
    label: str
    turns: int
    participant: UUID | None
    is_interviewer: bool


def speakers_of(document: Document) -> list[SpeakerRow]:
    """The first speakers. Whatever has more labels than `SPEAKERS_SHOWN` is no conversation."""
    said = Count("turns", filter=Q(turns__revision=document.current_revision_id))
    found = document.speakers.annotate(said=said).order_by("order")[:SPEAKERS_SHOWN]
    return [
        SpeakerRow(
            speaker.pk, speaker.label, speaker.said, speaker.participant_id, speaker.is_interviewer
        )
        for speaker in found
    ]


def people_of(study_id: UUID, case_ids: Iterable[UUID]) -> dict[UUID, list[Participant]]:
    """The live participants of each case."""
    people: dict[UUID, list[Participant]] = {}
    for person in Participant.objects.filter(
        study_id=study_id, case_id__in=list(case_ids), removed_at__isnull=True
    ):
        people.setdefault(person.case_id, []).append(person)
    return people


def interviews_of(study_id: UUID) -> list[Interview]:
    """The study's live interviews with their visits."""
    found = Interview.objects.filter(study_id=study_id, removed_at__isnull=True)
    return list(found.select_related("visit"))


@dataclass(frozen=True)
class QuestionRow:
    """A guide question and how many turns of the document are marked for it."""

    id: UUID
    key: str
    number: str
    text: str
    depth: int
    is_section: bool
    marks: int
    # Asked besides at the document's case, and marked here.
    added: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.number} {self.text}".strip()


def questions_of(study_id: UUID, document: Document | None = None) -> list[QuestionRow]:
    """The guide as an outline, in the words of the document's case; without a document nothing
    is counted."""
    adapted = adaptations_at(document.case_id) if document else {}
    revision = document.current_revision_id if document else None
    marks = Count("answer_marks", filter=Q(answer_marks__turn__revision=revision))
    items = KitItem.objects.filter(kit__study_id=study_id, removed_at__isnull=True)
    return [
        QuestionRow(
            item.pk,
            item.key,
            item.number,
            adapted[item.pk].text or item.text if item.pk in adapted else item.text,
            item.depth,
            item.kind == KitItemKind.SECTION,
            item.marks if document else 0,
            tuple(adapted[item.pk].added) if item.pk in adapted else (),
        )
        for item in items.annotate(marks=marks).order_by("order")
    ]


@dataclass(frozen=True)
class TurnMark:
    """A question that a turn answers, and how."""

    item: UUID
    number: str
    text: str
    kind: str

    @property
    def kind_label(self) -> Promise:
        return ANSWER_KINDS[AnswerKind(self.kind)]


@dataclass(frozen=True)
class TurnRow:
    """A turn with all that it is marked for; `speaker` is the pseudonym of whoever has one."""

    id: UUID
    number: int
    speaker: str
    text: str
    marks: list[TurnMark]

    def mark_for(self, question: UUID) -> TurnMark | None:
        return next((mark for mark in self.marks if mark.item == question), None)


def turns_of(document: Document, *, only: UUID | None = None) -> list[TurnRow]:
    """The turns of the current revision with the questions they answer; or one of them."""
    revision = document.current_revision
    assert revision is not None
    turns = revision.turns.select_related("speaker__participant").order_by("number")
    marked = AnswerMark.objects.filter(turn__revision=revision, item__removed_at__isnull=True)
    if only is not None:
        # A page of an older revision names its turn there: it has the same number now.
        asked = document.turns.filter(pk=only).values("number")
        turns, marked = turns.filter(number__in=asked), marked.filter(turn__number__in=asked)
    adapted = adaptations_at(document.case_id)
    marks: dict[UUID, list[TurnMark]] = {}
    columns = ("turn_id", "item_id", "item__number", "item__text", "kind")
    for turn_id, item, number, text, kind in marked.order_by("item__order").values_list(*columns):
        here = adapted[item].text if item in adapted else ""
        marks.setdefault(turn_id, []).append(TurnMark(item, number, here or text, kind))
    return [
        TurnRow(
            turn.pk,
            turn.number,
            said_by(turn.speaker),
            revision.text[turn.start : turn.end],
            marks.get(turn.pk, []),
        )
        for turn in turns
    ]


def said_by(speaker: Speaker | None) -> str:
    """A label is often a real name: it is shown only while nobody has said whom it stands for."""
    if speaker is None:
        return ""
    if speaker.participant is not None:
        return speaker.participant.pseudonym
    return _("Interviewer") if speaker.is_interviewer else speaker.label


def question_told(questions: Iterable[QuestionRow], told: str) -> QuestionRow | None:
    """The question meant by its id, its number, its words, or some words that no other has."""
    told = " ".join(told.split()).casefold()
    asked = [row for row in questions if not row.is_section]
    named = [
        row
        for row in asked
        if told in (str(row.id), row.number.casefold(), " ".join(row.label.split()).casefold())
    ]
    found = named or [row for row in asked if told in row.label.casefold()]
    return found[0] if told and len(found) == 1 else None
