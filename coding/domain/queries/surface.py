"""The coding surface: all that one page of a document needs, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from coding.domain.queries.changes import Cursor, cursor_now
from coding.domain.queries.codebook import coding_counts
from coding.domain.queries.codings import CodingRow, placed_codings
from coding.domain.queries.quarantine import unplaced_on
from coding.enums import PlacementState
from coding.models import Code, Placement
from interviews.models import AnswerMark, Document, DocumentRevision, Speaker, Turn
from workbench.errors import Missing
from workbench.models import Member, User

TONES = 6
NO_DIRECTION = "none"
CODING_COLUMNS = (
    "id",
    "start",
    "end",
    "code",
    "coder",
    "version",
    "direction",
    "weight",
    "has_memo",
    "source",
)


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker as the page shows them; `tone` is 0 to 5, or interviewer."""

    id: UUID
    name: str
    tone: str


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """One turn of a revision; `start` and `end` are code points, times milliseconds."""

    number: int
    start: int
    end: int
    speaker: UUID | None
    start_ms: int | None
    manner: str
    text: str


@dataclass(frozen=True)
class RevisionText:
    """What never changes of a revision: its turns, and its sentences as flat offsets."""

    turns: tuple[SpokenTurn, ...]
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    id: UUID
    title: str


@dataclass(frozen=True, slots=True)
class Cited:
    """Where a citation of the case description stands in the text as it is now."""

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Surface:
    """The page of one document. `unmapped` counts speakers that stand for nobody yet,
    `unplaced` codings whose words were corrected."""

    document: Document
    length: int
    voices: tuple[Voice, ...]
    unmapped: int
    codes: list[Code]
    counts: dict[UUID, int]
    codings: list[CodingRow]
    unplaced: int
    coders: list[User]
    questions: list[tuple[int, str, str]]
    previous: Neighbour | None
    following: Neighbour | None
    cursor: Cursor


def surface_of(*, member: Member, document_id: UUID) -> Surface:
    """Raises Missing for a foreign or removed document."""
    # First of all: what is saved while the page is made is then heard again, never missed.
    cursor = cursor_now(member)
    document = _document(member, document_id)
    assert document.current_revision is not None
    speakers = list(
        Speaker.objects.filter(document=document).values_list(
            "pk", "label", "is_interviewer", "participant__pseudonym"
        )
    )
    codings = placed_codings(member=member, document_id=document.pk)
    used = {coding.code for coding in codings}
    codes = [
        code
        for code in Code.objects.filter(study_id=member.study_id)
        if code.removed_at is None or code.pk in used
    ]
    previous, following = _neighbours(member, document.pk)
    return Surface(
        document=document,
        length=document.current_revision.length,
        voices=_voices(speakers),
        unmapped=sum(1 for _pk, _label, asks, who in speakers if not asks and not who),
        codes=codes,
        counts=coding_counts(member),
        codings=codings,
        unplaced=unplaced_on(member, document.pk),
        coders=coders_of(codings),
        questions=_questions(document),
        previous=previous,
        following=following,
        cursor=cursor,
    )


def _document(member: Member, document_id: UUID) -> Document:
    found = (
        Document.objects.select_related("case", "interview__visit", "current_revision")
        # The words come with the turns, and only when no one has looked at them lately.
        .defer("current_revision__text")
        .filter(pk=document_id, study_id=member.study_id, removed_at__isnull=True)
        .first()
    )
    if found is None or found.current_revision is None:
        raise Missing
    return found


def _voices(speakers: Sequence[tuple[UUID, str, bool, str | None]]) -> tuple[Voice, ...]:
    voices: list[Voice] = []
    others = 0
    for pk, label, asks, pseudonym in speakers:
        tone = "interviewer" if asks else str(others % TONES)
        others += not asks
        voices.append(Voice(pk, pseudonym or label, tone))
    return tuple(voices)


def _questions(document: Document) -> list[tuple[int, str, str]]:
    """Turn number, printed number of the guide question, its words."""
    marks = AnswerMark.objects.filter(turn__revision=document.current_revision_id)
    return list(
        marks.order_by("turn__number", "item__order").values_list(
            "turn__number", "item__number", "item__text"
        )
    )


def _neighbours(member: Member, document_id: UUID) -> tuple[Neighbour | None, Neighbour | None]:
    """The material before and after in the order of the list."""
    documents = [
        Neighbour(*row)
        for row in Document.objects.filter(
            study_id=member.study_id, removed_at__isnull=True, case__removed_at__isnull=True
        ).values_list("pk", "title")
    ]
    at = next((i for i, each in enumerate(documents) if each.id == document_id), None)
    if at is None:
        return None, None
    return (
        documents[at - 1] if at else None,
        documents[at + 1] if at + 1 < len(documents) else None,
    )


def cited_words(document: Document, number: int) -> Cited | None:
    """The words that the case's description cites under this number; None when there are none."""
    places = Placement.objects.filter(
        revision=document.current_revision_id,
        state=PlacementState.PLACED,
        excerpt__citations__number=number,
        excerpt__citations__draft__case=document.case_id,
    )
    place = places.values_list("start", "end").first()
    return Cited(number, *place) if place else None


def spoken_turns(revision_id: UUID) -> list[SpokenTurn]:
    """The turns with their words, which never change; two queries."""
    text = DocumentRevision.objects.values_list("text", flat=True).get(pk=revision_id)
    rows = Turn.objects.filter(revision=revision_id).values_list(
        "number", "start", "end", "speaker_id", "start_ms", "manner"
    )
    return [
        SpokenTurn(number, start, end, speaker, ms, manner, text[start:end])
        for number, start, end, speaker, ms, manner in rows
    ]


def code_rows(codes: list[Code], counts: dict[UUID, int]) -> list[list[Any]]:
    """[id, index of the parent or -1, name, colour, shortcut, brief, use_when, not_when, example,
    path, codings] for each code."""
    at = {code.pk: index for index, code in enumerate(codes)}
    return [
        [
            str(code.pk),
            at.get(code.parent_id, -1) if code.parent_id else -1,
            code.name,
            code.colour,
            code.shortcut,
            code.brief,
            code.use_when,
            code.not_when,
            code.example,
            code.path,
            counts.get(code.pk, 0),
        ]
        for code in codes
    ]


def coding_rows(codings: list[CodingRow], codes: list[UUID], coders: list[UUID]) -> list[list[Any]]:
    """CODING_COLUMNS for each coding; code and coder are places in the two lists."""
    code_at = {pk: index for index, pk in enumerate(codes)}
    coder_at = {pk: index for index, pk in enumerate(coders)}
    return [
        [
            str(coding.id),
            coding.start,
            coding.end,
            code_at[coding.code],
            coder_at[coding.coder],
            coding.version,
            coding.direction or NO_DIRECTION,
            coding.weight,
            coding.has_memo,
            coding.source,
        ]
        for coding in codings
    ]


def coders_of(codings: list[CodingRow]) -> list[User]:
    """The people behind the codings."""
    return list(User.objects.filter(pk__in={coding.coder for coding in codings}))


def document_text(
    *, member: Member, document_id: UUID, turns: bool = True
) -> tuple[Document, list[Turn]]:
    """The document with its current text and, when asked for, its turns. Raises Missing."""
    documents = Document.objects.select_related("case", "current_revision")
    found = documents.filter(
        pk=document_id, study_id=member.study_id, removed_at__isnull=True
    ).first()
    if found is None or found.current_revision is None:
        raise Missing
    if not turns:
        return found, []
    rows = Turn.objects.filter(revision=found.current_revision).select_related("speaker")
    return found, list(rows.prefetch_related("answer_marks__item"))


def surface_data(
    *,
    surface: Surface,
    member: Member,
    sentences: tuple[int, ...],
    phrases: dict[str, str],
    cited: Cited | None = None,
    recording: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """What the page hands to its script; arrays, not objects, where there are many."""
    document = surface.document
    coders = surface.coders
    return {
        "document": {
            "id": str(document.pk),
            "revision": str(document.current_revision_id),
            "length": surface.length,
            "language": document.language,
        },
        "me": {
            "id": str(member.user_id),
            "name": str(member.user),
            "initials": member.user.initials,
        },
        "codes": code_rows(surface.codes, surface.counts),
        "coders": [[str(coder.pk), str(coder), coder.initials] for coder in coders],
        "codings": coding_rows(
            surface.codings,
            [code.pk for code in surface.codes],
            [coder.pk for coder in coders],
        ),
        "sentences": sentences,
        "questions": surface.questions,
        "recording": recording,
        "cited": (cited.start, cited.end) if cited else None,
        "cursor": str(surface.cursor),
        "phrases": phrases,
    }


def studies_of_document(document_id: UUID) -> QuerySet[Document, UUID]:
    """Whose members may ask for it: a query of one study's id or none."""
    documents = Document.objects.filter(pk=document_id, removed_at__isnull=True).order_by()
    return documents.values_list("study_id", flat=True)


def study_of_document(document_id: UUID) -> UUID | None:
    return studies_of_document(document_id).first()


def current_revision(document_id: UUID) -> UUID | None:
    """The revision that offsets are of now."""
    documents = Document.objects.filter(pk=document_id).order_by()
    return documents.values_list("current_revision", flat=True).first()
