"""Reading a file, in the worker: turns, sentences, and guesses for the table to start from."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from interviews.domain.intakes.storage import FileLost, bytes_of, parse_file, place_of
from interviews.enums import IntakeState
from interviews.formats.corrections import DraftTurn, counted, draft, pack
from interviews.formats.encoding_samples import encoding_samples
from interviews.formats.guesses import (
    guess_date,
    guess_form,
    guess_interviewers,
    guess_kind,
    guess_title,
)
from interviews.formats.layout import lay_out
from interviews.formats.records import Manner, ParsedDocument, ParsedTurn
from interviews.models import Case, Intake
from workbench.enums import Language
from workbench.files.problems import FileProblem, ProblemCode
from workbench.language.analysis import sentences


def read_intake(*, intake_id: UUID) -> None:
    """Reads a file that waits to be read; one that was thrown away meanwhile stays so."""
    waiting = Intake.objects.filter(pk=intake_id, state=IntakeState.READING)
    intake = waiting.select_related("study").first()
    if intake is None:
        return
    try:
        data = bytes_of(intake.file)
    except FileLost as lost:
        waiting.update(state=IntakeState.FAILED, problem=lost.code, file="")
        return
    try:
        found = parse_file(data, name=intake.name, encoding=intake.encoding)
    except FileProblem as problem:
        _fail(intake, data, problem)
        return
    waiting.update(
        state=IntakeState.READY,
        problem="",
        problem_details={},
        **_told(found, data, intake.mapping.get("manner") or None),
        mapping=_guessed(intake, found) | intake.mapping,
    )


def give_up(*, intake_id: UUID) -> None:
    """Lists a file as unreadable that took its worker with it more than once."""
    intake = Intake.objects.filter(pk=intake_id, state=IntakeState.READING).first()
    if intake is not None:
        _fail(intake, b"", FileProblem(ProblemCode.BROKEN, reason="crashed"))


def draft_turns(turns: Sequence[ParsedTurn]) -> list[DraftTurn]:
    """The turns with their sentences in every language that a document may have."""
    text, spans = lay_out(turns)
    split = {language.value: _by_turn(spans, sentences(text, language)) for language in Language}
    return [
        draft(turn, {language: inside[index] for language, inside in split.items()})
        for index, turn in enumerate(turns)
    ]


def _by_turn(
    spans: Sequence[tuple[int, int]], found: Sequence[tuple[int, int]]
) -> list[tuple[int, ...]]:
    """For each turn its sentences, counted from its own beginning; none crosses a newline."""
    inside: list[tuple[int, ...]] = []
    place = 0
    for start, end in spans:
        offsets: list[int] = []
        while place < len(found) and found[place][1] <= end:
            offsets += (found[place][0] - start, found[place][1] - start)
            place += 1
        inside.append(tuple(offsets))
    return inside


def _fail(intake: Intake, data: bytes, problem: FileProblem) -> None:
    """Lists the reason. The file goes, unless another encoding may still read it."""
    keeps = problem.code == ProblemCode.UNDECODABLE
    changed = Intake.objects.filter(pk=intake.pk, state=IntakeState.READING).update(
        state=IntakeState.FAILED,
        problem=problem.code,
        problem_details=problem.params,
        parsed={"samples": encoding_samples(data)} if keeps else {},
        file=intake.file if keeps else "",
    )
    if changed and not keeps:
        place_of(intake.file).unlink(missing_ok=True)


def _told(found: ParsedDocument, data: bytes, manner: Manner | None) -> dict[str, Any]:
    """The fields of what was read; a `manner` given holds for all that has no mark of its own."""
    turns = [replace(turn, manner=turn.manner or manner) for turn in draft_turns(found.turns)]
    doubtful = found.encoding is not None and not found.encoding_certain
    parsed = {
        "notices": [[notice.code, dict(notice.params)] for notice in found.notices],
        "format": found.format,
        "encoding": found.encoding or "",
        "samples": encoding_samples(data) if doubtful else [],
        "edits": 0,
        **counted(turns),
    }
    return {"turns": pack(turns), "parsed": parsed}


def _guessed(intake: Intake, found: ParsedDocument) -> Mapping[str, Any]:
    cases = list(
        Case.objects.filter(study_id=intake.study_id, removed_at__isnull=True).values_list(
            "pk", flat=True
        )[:2]
    )
    date = guess_date(intake.name, found)
    labels = {turn.speaker for turn in found.turns if turn.speaker}
    return {
        "case": str(cases[0]) if len(cases) == 1 else "",
        "kind": guess_kind(intake.name, found),
        "form": guess_form(intake.name, found),
        "title": guess_title(intake.name),
        "date": date.isoformat() if date else "",
        "language": intake.study.language,
        "speakers": {label: {"who": "interviewer"} for label in guess_interviewers(labels)},
    }
