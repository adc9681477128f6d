"""Recordings: attached whole, one at a time, measured, hidden and brought back."""

import os
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from interviews.domain.cases import remove_case
from interviews.domain.recordings import (
    attach_recording,
    clear_recordings,
    measure_recording,
    recording_heard_with,
    recording_of,
    remove_recording,
    restore_recording,
)
from interviews.domain.verification import breaches
from interviews.domain.visits import (
    InterviewFacts,
    VisitFacts,
    add_interview,
    add_visit,
    remove_interview,
)
from interviews.models import Case, Interview, Recording
from tests.factories.recordings import make_recording, mp3, wav
from tests.factories.studies import Cast, make_cast
from workbench.errors import Conflict, Invalid, Missing
from workbench.models import HistoryEntry

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def interview(cast: Cast, case: Case) -> Interview:
    visit = add_visit(member=cast.coder, case=case, facts=VisitFacts("Første"))
    return add_interview(member=cast.coder, visit=visit, facts=InterviewFacts("Leder"))


def files(settings: Any) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_recording_is_kept_as_it_came_and_told_of(
    cast: Cast, interview: Interview, settings: Any
) -> None:
    data = wav(1)
    recording = make_recording(cast.coder, interview, data)
    (path,) = files(settings)
    assert path.read_bytes() == data
    assert (recording.size, recording.duration_ms) == (len(data), 1000)
    entry = HistoryEntry.objects.get(noun="recording")
    assert (entry.subject, entry.action, entry.label) == (recording.pk, "attached", "")
    assert entry.after == {"kind": "audio", "sha256": recording.sha256}
    assert list(breaches()) == []


def test_the_same_file_again_is_the_same_recording(
    cast: Cast, interview: Interview, settings: Any
) -> None:
    first = make_recording(cast.coder, interview)
    assert make_recording(cast.lead, interview) == first
    assert len(files(settings)) == 1
    assert HistoryEntry.objects.filter(noun="recording").count() == 1


def test_an_interview_has_one_recording_at_a_time(
    cast: Cast, interview: Interview, settings: Any
) -> None:
    first = make_recording(cast.coder, interview)
    with pytest.raises(Conflict) as refused:
        make_recording(cast.coder, interview, mp3())
    assert refused.value.code == "has_recording"
    assert len(files(settings)) == 1
    remove_recording(member=cast.coder, recording=first)
    second = make_recording(cast.coder, interview, mp3())
    with pytest.raises(Conflict):
        restore_recording(member=cast.coder, recording=first)
    assert recording_heard_with(interview) == second
    with pytest.raises(IntegrityError), transaction.atomic():
        Recording.objects.update(removed_at=None)


@pytest.mark.parametrize("data", [b"", b"not a recording", wav()[:30]])
def test_what_is_no_recording_leaves_nothing(
    cast: Cast, interview: Interview, settings: Any, data: bytes
) -> None:
    with pytest.raises(Invalid) as refused:
        make_recording(cast.coder, interview, data)
    assert refused.value.code == "file"
    assert files(settings) == []
    assert not Recording.objects.exists()


def test_a_recording_beyond_the_limit_leaves_nothing(
    cast: Cast, interview: Interview, settings: Any
) -> None:
    settings.RECORDING_MAX_BYTES = len(wav()) - 1
    with pytest.raises(Invalid):
        make_recording(cast.coder, interview)
    assert files(settings) == []


def test_a_failing_end_leaves_nothing(cast: Cast, interview: Interview, settings: Any) -> None:
    def fail(_recording: Recording) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        attach_recording(member=cast.coder, interview=interview, chunks=[wav()], then=fail)
    assert files(settings) == []
    assert not Recording.objects.exists()


def test_only_sound_that_can_be_measured_is_measured(cast: Cast, interview: Interview) -> None:
    asked: list[Recording] = []
    attach_recording(member=cast.coder, interview=interview, chunks=[mp3()], then=asked.append)
    assert asked == []


def test_measuring_again_is_the_same(cast: Cast, interview: Interview) -> None:
    recording = make_recording(cast.coder, interview)
    for _again in range(2):
        measure_recording(recording_id=recording.pk)
        recording.refresh_from_db()
        assert len(recording.peaks) == 600
        assert max(recording.peaks) == 255


def test_removed_it_is_not_found_and_comes_back(cast: Cast, interview: Interview) -> None:
    recording = make_recording(cast.coder, interview)
    for _again in range(2):
        remove_recording(member=cast.coder, recording=recording)
    with pytest.raises(Missing):
        recording_of(member=cast.reader, recording_id=recording.pk)
    assert recording_heard_with(interview) is None
    for _again in range(2):
        restore_recording(member=cast.coder, recording=recording)
    assert recording_of(member=cast.reader, recording_id=recording.pk) == recording
    acts = HistoryEntry.objects.filter(noun="recording").order_by("number")
    assert list(acts.values_list("action", flat=True)) == ["attached", "removed", "restored"]


def test_it_is_not_found_under_what_is_hidden_or_elsewhere(
    cast: Cast, case: Case, interview: Interview
) -> None:
    recording = make_recording(cast.coder, interview)
    other = make_cast("other", prefix="other-")
    with pytest.raises(Missing):
        recording_of(member=other.lead, recording_id=recording.pk)
    with pytest.raises(Missing):
        remove_recording(member=other.lead, recording=recording)
    with pytest.raises(Missing):
        make_recording(other.lead, interview)
    remove_case(member=cast.lead, case=case)
    with pytest.raises(Missing):
        recording_of(member=cast.lead, recording_id=recording.pk)


def test_an_interview_that_was_removed_takes_none(
    cast: Cast, interview: Interview, settings: Any
) -> None:
    remove_interview(member=cast.coder, interview=interview)
    with pytest.raises(Missing):
        make_recording(cast.coder, interview)
    assert files(settings) == []


def test_only_files_that_nobody_can_reach_are_cleared(
    cast: Cast, interview: Interview, settings: Any
) -> None:
    recording = make_recording(cast.coder, interview)
    remove_recording(member=cast.coder, recording=recording)
    folder = Path(settings.MEDIA_ROOT) / f"recordings/{cast.study.pk}"
    lost, fresh = folder / uuid4().hex, folder / uuid4().hex
    for path in (lost, fresh):
        path.write_bytes(b"cut short")
    for path in (lost, Path(settings.MEDIA_ROOT) / recording.file):
        os.utime(path, (time.time() - 2 * 86_400,) * 2)
    clear_recordings()
    assert not lost.exists()
    assert fresh.exists()
    assert (Path(settings.MEDIA_ROOT) / recording.file).exists()


def test_a_file_that_changed_or_went_is_told(
    cast: Cast, case: Case, interview: Interview, settings: Any
) -> None:
    recording = make_recording(cast.coder, interview)
    path = Path(settings.MEDIA_ROOT) / recording.file
    path.write_bytes(b"other")
    assert [line for line in breaches() if str(recording.pk) in line and "changed" in line]
    path.unlink()
    assert [line for line in breaches() if str(recording.pk) in line and "not there" in line]
