"""Files come in: stored whole, refused by name, or thrown away again."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.db import transaction

from interviews.domain.documents import live_twin
from interviews.domain.intakes.bundles import Incoming, unpacked
from interviews.domain.intakes.correcting import empty, locked_intakes
from interviews.domain.intakes.storage import ending_of, forget_file, keep, place_of
from interviews.domain.intakes.tables import (
    Fault,
    MappingTable,
    UnusableTable,
    read_mapping_table,
)
from interviews.domain.queries.problems import IntakeProblem, problem_sentence
from interviews.enums import IntakeState
from interviews.formats import SUFFIXES
from interviews.formats.sandbox import TABLE_BYTES
from interviews.formats.tables import is_table
from interviews.models import Intake
from workbench.errors import Conflict, Invalid, TooLarge, Unsupported
from workbench.files.problems import FileProblem, ProblemCode
from workbench.models import Member

_NAME_LENGTH = 200
FAULTS_SHOWN = 50
# Told of a document with what a word processor does about it, which packs no archives.
_ABOUT_PACKING = (ProblemCode.BROKEN, ProblemCode.ARCHIVE_BOMB, ProblemCode.UNSAFE_ARCHIVE)


def receive(
    *,
    member: Member,
    batch: UUID,
    files: Sequence[Incoming],
    mapping: Mapping[str, Any],
    then: Callable[[Intake], object],
) -> list[Intake]:
    """Keeps files that were chosen together; each is listed, also when it cannot be used.

    An archive is the files in it, and is listed only when it cannot be opened. `mapping` is
    what is known of the files already; a table among them says what each is, and is listed only
    when not all of it could be used. `then` is called inside the transaction for each file that
    is to be read, so that none is kept and then forgotten.
    """
    with unpacked(files) as bundle:
        arrived = _arrivals(member, batch, bundle.files, mapping)
    for name, problem in bundle.refused:
        arrived.append(_listed(member, batch, name, {}))
        code = IntakeProblem.BUNDLE if problem.code in _ABOUT_PACKING else problem.code
        _refuse(arrived[-1], code, problem.params)
    try:
        with transaction.atomic():
            _refuse_known(member, arrived)
            Intake.objects.bulk_create(arrived)
            for intake in arrived:
                if intake.state == IntakeState.READING:
                    then(intake)
    except BaseException:
        for intake in arrived:
            if intake.file:
                place_of(intake.file).unlink(missing_ok=True)
        raise
    return arrived


def _arrivals(
    member: Member, batch: UUID, files: Sequence[Incoming], mapping: Mapping[str, Any]
) -> list[Intake]:
    said = [_read_table(member, batch, file) for file in files if is_table(file.name)]
    tables = [table for _intake, table in said]
    arrived = [
        _arrive(member, batch, file, dict(mapping) | _said_of(file.name, tables))
        for file in files
        if not is_table(file.name)
    ]
    names = [intake.name for intake in arrived]
    for intake, table in said:
        _list_faults(intake, table.faults_with(names))
    return arrived + [intake for intake, _table in said if intake.problem]


def _read_table(member: Member, batch: UUID, file: Incoming) -> tuple[Intake, MappingTable]:
    """The table and its line in the list; a table that is refused says nothing."""
    intake = _listed(member, batch, file.name, {})
    try:
        data = _bytes(file.chunks, limit=TABLE_BYTES)
        return intake, read_mapping_table(member, data, name=intake.name)
    except FileProblem as problem:
        _refuse(intake, problem.code, problem.params)
    except UnusableTable as problem:
        _refuse(intake, problem.code, {})
    return intake, MappingTable()


def _bytes(chunks: Iterable[bytes], *, limit: int) -> bytes:
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > limit:
            raise FileProblem(ProblemCode.TOO_LARGE, what="bytes", limit=limit)
    return bytes(data)


def _said_of(name: str, tables: Sequence[MappingTable]) -> dict[str, Any]:
    return next((said for table in tables if (said := table.of(name))), {})


def _list_faults(intake: Intake, faults: Sequence[Fault]) -> None:
    if faults and not intake.problem:
        _refuse(intake, IntakeProblem.TABLE_FAULTS, {})
        intake.parsed = {"notices": [list(fault) for fault in faults[:FAULTS_SHOWN]]}


def _listed(member: Member, batch: UUID, name: str, mapping: dict[str, Any]) -> Intake:
    return Intake(
        study_id=member.study_id,
        batch=batch,
        owner_id=member.user_id,
        name=_kept_name(name),
        size=0,
        mapping=mapping,
    )


def _arrive(member: Member, batch: UUID, file: Incoming, mapping: dict[str, Any]) -> Intake:
    intake = _listed(member, batch, file.name, mapping)
    try:
        _refuse_ending(intake.name)
        intake.file, stored = keep(member.study_id, file.chunks)
        intake.sha256, intake.size = stored.sha256, stored.size
        if not stored.size:
            raise FileProblem(ProblemCode.EMPTY)
    except FileProblem as problem:
        _refuse(intake, problem.code, problem.params)
    return intake


def _refuse(intake: Intake, code: str, params: Mapping[str, Any]) -> None:
    intake.state, intake.problem = IntakeState.FAILED, code
    intake.problem_details = dict(params)
    if intake.file:
        place_of(intake.file).unlink(missing_ok=True)
        intake.file = ""


def _refuse_known(member: Member, arrived: Sequence[Intake]) -> None:
    first: dict[str, Intake] = {}
    for intake in arrived:
        if intake.state != IntakeState.READING:
            continue
        if twin := live_twin(member.study_id, intake.sha256):
            _refuse(intake, IntakeProblem.ATTACHED_TWICE, {"title": twin.title})
        elif intake.sha256 in first:
            _refuse(intake, IntakeProblem.SAME_FILE, {"name": first[intake.sha256].name})
        else:
            first[intake.sha256] = intake


def keep_upload(*, member: Member, file: Incoming) -> dict[str, Any]:
    """Keeps one file for a job: `{file, name, sha256, size}`; nothing is kept when it refuses.

    Raises Unsupported, Invalid `empty`, TooLarge, Conflict `attached_twice`.
    """
    name = _kept_name(file.name)
    try:
        _refuse_ending(name)
        kept, stored = keep(member.study_id, file.chunks)
    except FileProblem as problem:
        raise refuse_upload(name, problem) from problem
    twin = live_twin(member.study_id, stored.sha256)
    if stored.size and twin is None:
        return {"file": kept, "name": name, "sha256": stored.sha256, "size": stored.size}
    place_of(kept).unlink(missing_ok=True)
    if twin is None:
        raise refuse_upload(name, FileProblem(ProblemCode.EMPTY))
    sentence = problem_sentence(IntakeProblem.ATTACHED_TWICE, {"title": twin.title})
    raise Conflict(f"{name}: {sentence}", code="attached_twice", document=str(twin.pk))


def refuse_upload(name: str, problem: FileProblem) -> Invalid | TooLarge | Unsupported:
    """The problem as an error that names the file."""
    message = f"{name}: {problem_sentence(problem.code, problem.params)}"
    if problem.code == ProblemCode.TOO_LARGE:
        return TooLarge(message, code=problem.code)
    if problem.code == ProblemCode.UNSUPPORTED_TYPE:
        return Unsupported(message, code=problem.code)
    return Invalid(message, code=problem.code)


def discard_intakes(*, member: Member, intake_ids: Collection[UUID]) -> None:
    """Throws files away: their bytes and everything that was read from them."""
    with transaction.atomic():
        for intake in locked_intakes(member, intake_ids):
            forget_file(intake.file)
            empty(intake, IntakeState.DISCARDED)


def _kept_name(name: str) -> str:
    """At most 200 characters, keeping the ending: it says how to read the file."""
    suffix = PurePath(name).suffix[:20]
    plain = "".join(character for character in name if character.isprintable()) or "file"
    return plain if len(plain) <= _NAME_LENGTH else plain[: _NAME_LENGTH - len(suffix)] + suffix


def _refuse_ending(name: str) -> None:
    ending = ending_of(name)
    if ending not in SUFFIXES:
        raise FileProblem(ProblemCode.UNSUPPORTED_TYPE, suffix=ending)
