"""Files on their way in, as their page shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from interviews.domain.queries.problems import notice_sentence, problem_sentence
from interviews.enums import IntakeState
from interviews.formats.clock import time_code
from interviews.formats.corrections import DraftTurn, split_points, unpack
from interviews.models import Intake
from workbench.errors import Missing

FIRST_TURNS = 30
LISTED = (IntakeState.READING, IntakeState.READY, IntakeState.FAILED)


@dataclass(frozen=True)
class FileRow:
    """One file. `edits` counts the corrections; a form carries it to say what it saw."""

    id: UUID
    name: str
    state: str
    problem: str
    notices: list[str]
    turns: int
    words: int
    speakers: dict[str, int]
    encoding: str
    samples: list[tuple[str, str]]
    edits: int
    mapping: Mapping[str, Any]
    can_retry: bool

    @property
    def is_ready(self) -> bool:
        return self.state == IntakeState.READY

    @property
    def is_written_here(self) -> bool:
        return bool(self.mapping.get("written"))


@dataclass(frozen=True)
class Piece:
    """A part of a turn; `at` is where the turn can be split before it, None for the first."""

    text: str
    at: int | None


@dataclass(frozen=True)
class TurnRow:
    index: int
    number: int
    speaker: str | None
    text: str
    time: str
    manner: str
    answers: tuple[tuple[str, str], ...]
    pieces: list[Piece]


@dataclass(frozen=True)
class Preview:
    """The turns of one file: the first ones, or all."""

    file: UUID
    turns: list[TurnRow]
    total: int

    @property
    def is_cut(self) -> bool:
        return len(self.turns) < self.total


def files_of(study_id: UUID, batch: UUID) -> list[Intake]:
    """The batch's files that wait for something. Raises Missing when it never had any."""
    return _listed(Intake.objects.filter(study_id=study_id, batch=batch).defer("turns"))


@dataclass(frozen=True)
class Progress:
    """How far the reading of a batch is; `seconds` is how long its oldest file has waited."""

    waiting: list[Intake]
    total: int
    seconds: float

    @property
    def done(self) -> int:
        return self.total - len(self.waiting)


def progress_of(study_id: UUID, batch: UUID) -> Progress:
    """Asked for every second, so it reads no more than it tells. Raises Missing."""
    listed = _listed(
        Intake.objects.filter(study_id=study_id, batch=batch).only("state", "name", "created_at")
    )
    waiting = [intake for intake in listed if intake.state == IntakeState.READING]
    now = timezone.now()
    ages = [(now - intake.created_at).total_seconds() for intake in waiting]
    return Progress(waiting, len(listed), max(ages, default=0))


def _listed(files: QuerySet[Intake]) -> list[Intake]:
    found = list(files)
    if not found:
        raise Missing
    return [intake for intake in found if intake.state in LISTED]


def file_row(intake: Intake) -> FileRow:
    parsed = intake.parsed
    return FileRow(
        id=intake.pk,
        name=intake.name,
        state=intake.state,
        problem=problem_sentence(intake.problem, intake.problem_details) if intake.problem else "",
        notices=[notice_sentence(code, params) for code, params in parsed.get("notices", [])],
        turns=parsed.get("count", 0),
        words=parsed.get("words", 0),
        speakers=dict(parsed.get("speakers", ())),
        encoding=parsed.get("encoding", "") or intake.encoding,
        samples=[(encoding, sample) for encoding, sample in parsed.get("samples", [])],
        edits=parsed.get("edits", 0),
        mapping=intake.mapping,
        can_retry=bool(intake.file),
    )


def preview_of(intake: Intake, *, language: str, whole: bool) -> Preview:
    """The file's turns; `language` decides where sentences, and so the pieces, begin."""
    turns = unpack(intake.turns)
    shown = turns if whole else turns[:FIRST_TURNS]
    rows = [_turn_row(index, turn, language) for index, turn in enumerate(shown)]
    return Preview(intake.pk, rows, len(turns))


def _turn_row(index: int, turn: DraftTurn, language: str) -> TurnRow:
    return TurnRow(
        index=index,
        number=index + 1,
        speaker=turn.speaker,
        text=turn.text,
        time=time_code(turn.start_ms),
        manner=turn.manner or "",
        answers=turn.answers,
        pieces=_pieces(turn.text, split_points(turn, language)),
    )


def _pieces(text: str, points: Sequence[int]) -> list[Piece]:
    edges = [0, *points, len(text)]
    return [Piece(text[start:end].strip(), start or None) for start, end in pairwise(edges)]
