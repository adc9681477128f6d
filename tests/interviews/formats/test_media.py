"""A recording is known by its bytes; what no browser plays, or stops too soon, is refused."""

import io
import struct
from collections.abc import Callable
from contextlib import suppress

import pytest

from interviews.enums import RecordingKind
from interviews.formats.media import Media, read_media
from interviews.formats.wav import BARS, loudness, read_wav
from tests.factories.recordings import box, mp3, mp4, ogg, wav, webm
from workbench.files.problems import FileProblem, ProblemCode

pytestmark = pytest.mark.pure


def read(data: bytes) -> Media:
    return read_media(io.BytesIO(data), len(data))


def refused(data: bytes) -> ProblemCode:
    with pytest.raises(FileProblem) as problem:
        read(data)
    return problem.value.code


@pytest.mark.parametrize(
    ("data", "media_type", "duration"),
    [
        (wav(2), "audio/wav", 2000),
        (wav(0.5, channels=2, width=3), "audio/wav", 500),
        (mp3(), "audio/mpeg", None),
        (mp3(tagged=True), "audio/mpeg", None),
        (mp4(), "audio/mp4", 90_000),
        (ogg(), "audio/ogg", None),
        (ogg(b"\x01vorbis"), "audio/ogg", None),
        (webm(), "audio/webm", None),
    ],
)
def test_sound_is_known(data: bytes, media_type: str, duration: int | None) -> None:
    assert read(data) == Media(RecordingKind.AUDIO, media_type, duration)


@pytest.mark.parametrize(
    ("data", "media_type"),
    [(mp4(video=True, brand=b"isom"), "video/mp4"), (webm(b"V_VP9...A_OPUS"), "video/webm")],
)
def test_a_picture_is_known(data: bytes, media_type: str) -> None:
    media = read(data)
    assert (media.kind, media.media_type) == (RecordingKind.VIDEO, media_type)


@pytest.mark.parametrize(
    "data",
    [
        b"Just words, whatever the name says.",
        b"PK\x03\x04" + bytes(400),
        b"\xff\xfb\x90\x00" + bytes(2000),  # one sync word is chance
        b"<html><audio src=x></audio></html>",
        webm(kind=b"matroska"),
        ogg(b"\x80theora"),
        mp4(brand=b"qt  "),
        b"RIFF\x00\x00\x00\x00AVI " + bytes(100),
        bytes(5000),
    ],
)
def test_what_no_browser_plays_is_refused(data: bytes) -> None:
    assert refused(data) == ProblemCode.UNSUPPORTED_TYPE


@pytest.mark.parametrize(
    "data",
    [
        mp4()[:-40],
        mp4()[:400],
        box(b"ftyp", b"M4A ", bytes(4)) + box(b"mdat", bytes(50)),
        box(b"ftyp", b"M4A ", bytes(4)) + struct.pack(">I4s", 4, b"moov"),
        wav()[:40],
        b"RIFF\x24\x00\x00\x00WAVEdata\x04\x00\x00\x00\x00\x00\x00\x00",
        b"RIFF\x24\x00\x00\x00WAVEfmt \x02\x00\x00\x00\x01\x00",
        webm(b"nothing"),
    ],
)
def test_what_stops_too_soon_is_broken(data: bytes) -> None:
    assert refused(data) == ProblemCode.BROKEN


def test_an_empty_file_is_empty() -> None:
    assert refused(b"") == ProblemCode.EMPTY


@pytest.mark.parametrize("made", [wav, mp3, mp4, ogg, webm])
def test_no_cut_of_a_recording_is_more_than_a_refusal(made: Callable[[], bytes]) -> None:
    data = made()
    for part in range(0, 101):
        with suppress(FileProblem):
            read(data[: len(data) * part // 100])


def test_boxes_inside_boxes_without_end_are_left() -> None:
    deep = b"".join(struct.pack(">I4s", 8 * (5000 - depth), b"moov") for depth in range(5000))
    data = box(b"ftyp", b"M4A ", bytes(4)) + deep
    assert refused(data) == ProblemCode.BROKEN


def test_a_recorder_that_was_switched_off_has_not_said_how_long_it_is() -> None:
    data = bytearray(wav(1))
    at = data.index(b"data") + 4
    for told in (0, 0xFFFFFFFF):
        data[at : at + 4] = struct.pack("<I", told)
        assert read(bytes(data)).duration_ms == 1000


@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_loudness_grows_as_the_sound_does(width: int) -> None:
    data = wav(2, width=width, channels=2)
    bars = loudness(io.BytesIO(data), len(data))
    assert len(bars) == BARS
    assert max(bars) == 255
    quarter = BARS // 4
    means = [sum(bars[part * quarter : (part + 1) * quarter]) for part in range(4)]
    assert means == sorted(means)
    assert means[0] < means[3] / 4


def test_floating_samples_that_are_no_numbers_do_not_flatten_the_rest() -> None:
    samples = struct.pack("<6f", 0.5, float("nan"), float("inf"), 1e30, -1.0, 0.25)
    shape = struct.pack("<HHIIHH", 3, 1, 8000, 32000, 4, 32)
    data = b"RIFF\x00\x00\x00\x00WAVE" + b"fmt \x10\x00\x00\x00" + shape
    data += b"data" + struct.pack("<I", len(samples)) + samples
    assert loudness(io.BytesIO(data), len(data)) == [128, 0, 0, 0, 255, 64]


def test_silence_is_flat() -> None:
    data = bytearray(wav(0.1))
    start = read_wav(io.BytesIO(bytes(data)), len(data)).start
    data[start:] = bytes(len(data) - start)
    assert set(loudness(io.BytesIO(bytes(data)), len(data))) == {0}
