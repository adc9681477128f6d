"""Material as its pages show it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise

from interviews.domain.queries.labels import ANSWER_KINDS, DOCUMENT_KINDS
from interviews.enums import AnswerKind, DocumentKind, IntakeState, KitItemKind
from interviews.models import AnswerMark, Document, Intake, Interview, KitItem, Participant
from workbench.models import Study


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
    found = document.speakers.annotate(said=Count("turns")).order_by("order")
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


def questions_of(study_id: UUID, document: Document | None = None) -> list[QuestionRow]:
    """The guide as an outline; without a document nothing is counted."""
    marks = Count("answer_marks", filter=Q(answer_marks__document=document))
    items = KitItem.objects.filter(kit__study_id=study_id, removed_at__isnull=True)
    return [
        QuestionRow(
            item.pk,
            item.key,
            item.number,
            item.text,
            item.depth,
            item.kind == KitItemKind.SECTION,
            item.marks if document else 0,
        )
        for item in items.annotate(marks=marks).order_by("order")
    ]


@dataclass(frozen=True)
class TurnRow:
    """A turn as the list of answers shows it; `mark` is how it answers the question."""

    id: UUID
    number: int
    speaker: str
    text: str
    mark: str

    @property
    def mark_label(self) -> Promise | str:
        return ANSWER_KINDS[AnswerKind(self.mark)] if self.mark else ""


def turns_for(document: Document, question: UUID) -> list[TurnRow]:
    """All turns of the current revision, with the marks for one question."""
    revision = document.current_revision
    assert revision is not None
    marks = dict(
        AnswerMark.objects.filter(document=document, item_id=question).values_list(
            "turn_id", "kind"
        )
    )
    return [
        TurnRow(
            turn.pk,
            turn.number,
            turn.speaker.label if turn.speaker else "",
            revision.text[turn.start : turn.end],
            marks.get(turn.pk, ""),
        )
        for turn in revision.turns.select_related("speaker").order_by("number")
    ]
