"""What a person puts right before a file becomes material."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from interviews.enums import IntakeState
from interviews.formats import corrections
from interviews.formats.corrections import Turns, clean_label, counted, pack, unpack
from interviews.formats.encodings import ENCODINGS
from interviews.models import Intake
from workbench.errors import Conflict, Invalid, Missing
from workbench.models import Member

LISTED = (IntakeState.READING, IntakeState.READY, IntakeState.FAILED)
Then = Callable[[Intake], object]


def locked_intake(member: Member, intake_id: UUID) -> Intake:
    """A file that is neither attached nor thrown away, locked until the transaction ends.

    Raises Missing.
    """
    found = (
        Intake.objects.select_for_update()
        .filter(pk=intake_id, study_id=member.study_id, state__in=LISTED)
        .first()
    )
    if found is None:
        raise Missing
    return found


def locked_intakes(member: Member, intake_ids: Collection[UUID]) -> list[Intake]:
    """Those of them that are still there, without their turns."""
    return list(
        Intake.objects.select_for_update()
        .defer("turns")
        .filter(pk__in=intake_ids, study_id=member.study_id, state__in=LISTED)
    )


def empty(intake: Intake, state: IntakeState) -> None:
    """Only that there was a file is kept. A second copy of a text would outlive the material,
    and names of files are often names of people."""
    intake.state, intake.name, intake.file = state, "", ""
    intake.parsed, intake.turns, intake.mapping, intake.problem_details = {}, [], {}, {}
    intake.save()


def save_mappings(*, member: Member, mappings: Mapping[UUID, Mapping[str, Any]]) -> None:
    """Keeps what the person has said so far, by file, right or wrong; attaching checks it."""
    with transaction.atomic():
        changed = []
        for intake in locked_intakes(member, mappings):
            merged = intake.mapping | dict(mappings[intake.pk])
            if intake.state != IntakeState.READING and merged != intake.mapping:
                intake.mapping = merged
                changed.append(intake)
        Intake.objects.bulk_update(changed, ["mapping"])


def correct(
    *, member: Member, intake_id: UUID, edits: int, change: Callable[[Turns], Turns]
) -> None:
    """Changes the turns. `edits` is the number of changes the person had seen.

    Raises Conflict `version_behind`: places are counted, and another change moved them.
    """
    with transaction.atomic():
        intake = locked_intake(member, intake_id)
        _change(intake, edits, change)
        intake.save(update_fields=["parsed", "turns"])


def rename_speaker(*, member: Member, intake_id: UUID, edits: int, old: str, new: str) -> None:
    """Gives a speaker another label; the label of another speaker makes them one.

    Raises Invalid for an empty label, Conflict `version_behind`.
    """
    label = clean_label(new)
    if label is None:
        raise Invalid(_("Give the speaker a label."), code="label")
    with transaction.atomic():
        intake = locked_intake(member, intake_id)
        _change(intake, edits, lambda turns: corrections.rename_speaker(turns, old, label))
        speakers = dict(intake.mapping.get("speakers", {}))
        said = speakers.pop(old, None)
        if said is not None:
            speakers.setdefault(label, said)
        intake.mapping = intake.mapping | {"speakers": speakers}
        intake.save(update_fields=["parsed", "turns", "mapping"])


def choose_encoding(*, member: Member, intake_id: UUID, encoding: str, then: Then) -> None:
    """Reads the file again in another encoding; corrections made before are lost with it."""
    if encoding not in ENCODINGS:
        raise Invalid(_("That encoding is not known here."), code="unknown_encoding")
    _read_again(member, intake_id, {"encoding": encoding}, then)


def read_again(*, member: Member, intake_id: UUID, then: Then) -> None:
    """Reads the file from the beginning; corrections made before are lost."""
    _read_again(member, intake_id, {}, then)


def _read_again(member: Member, intake_id: UUID, fields: dict[str, str], then: Then) -> None:
    with transaction.atomic():
        intake = locked_intake(member, intake_id)
        if not intake.file:
            raise Missing
        intake.state, intake.problem = IntakeState.READING, ""
        intake.parsed, intake.turns = {}, []
        for name, value in fields.items():
            setattr(intake, name, value)
        intake.save(update_fields=["state", "problem", "parsed", "turns", *fields])
        then(intake)


def _change(intake: Intake, edits: int, change: Callable[[Turns], Turns]) -> None:
    if intake.state != IntakeState.READY or intake.parsed["edits"] != edits:
        raise _behind()
    try:
        turns = change(unpack(intake.turns))
    except IndexError as error:
        raise _behind() from error
    intake.turns = pack(turns)
    intake.parsed = intake.parsed | {"edits": edits + 1, **counted(turns)}


def _behind() -> Conflict:
    return Conflict(
        _("The turns were changed on another page in the meantime. Load this page again."),
        code="version_behind",
    )
