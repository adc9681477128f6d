"""Verbs of recordings: attach one to its interview, measure it, hide it, bring it back."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.translation import gettext as _

from interviews.domain.intakes.clearing import clear_unused
from interviews.domain.intakes.storage import place_of
from interviews.formats.media import Media, read_media
from interviews.formats.wav import loudness
from interviews.models import Interview, Recording
from workbench.domain.changing import changing
from workbench.domain.rows import fresh, hide, record_act, show, standing
from workbench.errors import Conflict, Invalid, Missing
from workbench.files.problems import FileProblem, ProblemCode
from workbench.files.storing import store
from workbench.history.actions import Action
from workbench.models import Member

NOUN: Final = "recording"
FOLDER: Final = "recordings"
WAV: Final = "audio/wav"


def attach_recording(
    *,
    member: Member,
    interview: Interview,
    chunks: Iterable[bytes],
    then: Callable[[Recording], object],
) -> Recording:
    """Keeps the file and makes it the interview's recording; the same file again is the same.

    `then` is called inside the transaction where there is something to measure. Raises Invalid
    `file` with the reason, Conflict `has_recording`, Missing; nothing is kept then.
    """
    kept = f"{FOLDER}/{member.study_id}/{uuid4().hex}"
    path = place_of(kept)
    try:
        stored = store(chunks, path=path, limit=settings.RECORDING_MAX_BYTES)
        media = _media(path, stored.size)
        with changing(member):
            talk = standing(member, interview)
            there = talk.recordings.filter(removed_at__isnull=True).first()
            if there is None:
                recording = Recording.objects.create(
                    study_id=member.study_id,
                    interview=talk,
                    kind=media.kind,
                    media_type=media.media_type,
                    file=kept,
                    sha256=stored.sha256,
                    size=stored.size,
                    duration_ms=media.duration_ms,
                )
                told = {"kind": media.kind, "sha256": stored.sha256}
                record_act(member, Action.ATTACHED, NOUN, recording, after=told)
                if media.media_type == WAV:
                    then(recording)
                return recording
        if there.sha256 != stored.sha256:
            raise _has_one()
    except FileProblem as problem:
        path.unlink(missing_ok=True)
        raise Invalid(_sentence(problem), code="file") from problem
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    path.unlink()
    return there


def _media(path: Path, size: int) -> Media:
    with path.open("rb") as file:
        return read_media(file, size)


def _sentence(problem: FileProblem) -> str:
    if problem.code == ProblemCode.EMPTY:
        return _("The file is empty.")
    if problem.code == ProblemCode.TOO_LARGE:
        megabytes = int(problem.params["limit"]) // (1024 * 1024)
        return _("It is larger than the limit of %(megabytes)s MB.") % {"megabytes": megabytes}
    if problem.code == ProblemCode.UNSUPPORTED_TYPE:
        return _(
            "It is no recording that a browser can play, whatever its name says. Use WAV, MP3, "
            "M4A, MP4, OGG or WebM."
        )
    return _(
        "The recording is damaged or was cut short. Save it again in the program that made it, "
        "and attach that."
    )


def _has_one() -> Conflict:
    return Conflict(
        _("The interview has a recording already. Remove that one first."), code="has_recording"
    )


def measure_recording(*, recording_id: UUID) -> None:
    """Finds out how loud it is along the way, for the picture in the player; only WAV tells."""
    recording = Recording.objects.get(pk=recording_id)
    path = place_of(recording.file)
    with path.open("rb") as file:
        peaks = loudness(file, recording.size)
    Recording.objects.filter(pk=recording_id).update(peaks=peaks)


def recording_of(*, member: Member, recording_id: UUID) -> Recording:
    """A live recording of a live interview in the member's study. Raises Missing."""
    found = (
        Recording.objects.select_related("interview__visit__case")
        .filter(
            pk=recording_id,
            study_id=member.study_id,
            removed_at__isnull=True,
            interview__removed_at__isnull=True,
            interview__visit__removed_at__isnull=True,
            interview__visit__case__removed_at__isnull=True,
        )
        .first()
    )
    if found is None:
        raise Missing
    return found


def recording_heard_with(interview: Interview | None) -> Recording | None:
    """The live recording of a document's interview, if there is one."""
    if interview is None:
        return None
    return interview.recordings.filter(removed_at__isnull=True).first()


def remove_recording(*, member: Member, recording: Recording) -> None:
    """Hides the recording: nobody can play it. `restore_recording` brings it back."""
    with changing(member):
        hide(member=member, row=fresh(member, recording), noun=NOUN)


def restore_recording(*, member: Member, recording: Recording) -> None:
    """Raises Conflict `has_recording` when the interview has got another meanwhile."""
    with changing(member):
        found = fresh(member, recording)
        others = Recording.objects.filter(interview=found.interview_id, removed_at__isnull=True)
        if others.exclude(pk=found.pk).exists():
            raise _has_one()
        show(member=member, row=found, noun=NOUN)


def clear_recordings() -> None:
    """Stored files that no row refers to: of uploads that were cut short."""
    clear_unused(
        FOLDER,
        lambda study_id: set(
            Recording.objects.filter(study=study_id).values_list("file", flat=True)
        ),
    )
