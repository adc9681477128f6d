"""What a recording is, by its bytes: the name says nothing. Only heads are read, never the sound.

Raises FileProblem: unsupported_type for what no browser plays, broken for what stops too soon.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from interviews.enums import RecordingKind
from interviews.formats.wav import read_wav
from workbench.files.problems import FileProblem, ProblemCode

_HEAD: Final = 64 * 1024
# A file of hours has a few, one made to tire us has millions.
_MOST_BOXES: Final = 2048
_NESTED: Final = frozenset({b"moov", b"trak", b"mdia"})
_EBML: Final = b"\x1a\x45\xdf\xa3"
# kbit/s of MPEG-1 and MPEG-2 layer III; 0 is "free", which no recorder writes.
_BITRATES: Final = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES: Final = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


@dataclass(frozen=True, slots=True)
class Media:
    """A recording that browsers play; `duration_ms` None: its head does not tell."""

    kind: RecordingKind
    media_type: str
    duration_ms: int | None = None


def read_media(file: BinaryIO, size: int) -> Media:
    """What the open file of `size` bytes is. Raises FileProblem."""
    if not size:
        raise FileProblem(ProblemCode.EMPTY)
    file.seek(0)
    head = file.read(_HEAD)
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return Media(RecordingKind.AUDIO, "audio/wav", read_wav(file, size).duration_ms)
    if head[4:8] == b"ftyp":
        return _mp4(file, size, head)
    if head[:4] == b"OggS":
        return _ogg(head)
    if head[:4] == _EBML:
        return _webm(head)
    if _is_mp3(file, head):
        return Media(RecordingKind.AUDIO, "audio/mpeg")
    raise FileProblem(ProblemCode.UNSUPPORTED_TYPE)


def _ogg(head: bytes) -> Media:
    # The first page holds the head of the first stream; pictures come before sound.
    if b"OpusHead" in head[:512] or b"\x01vorbis" in head[:512] or b"\x7fFLAC" in head[:512]:
        return Media(RecordingKind.AUDIO, "audio/ogg")
    raise FileProblem(ProblemCode.UNSUPPORTED_TYPE)


def _webm(head: bytes) -> Media:
    # Matroska, its larger brother, says so here; browsers do not promise to play that.
    if b"webm" not in head[:64]:
        raise FileProblem(ProblemCode.UNSUPPORTED_TYPE)
    if b"V_VP" in head or b"V_AV1" in head:
        return Media(RecordingKind.VIDEO, "video/webm")
    if b"A_OPUS" in head or b"A_VORBIS" in head:
        return Media(RecordingKind.AUDIO, "audio/webm")
    raise FileProblem(ProblemCode.BROKEN, reason="tracks")


def _mp4(file: BinaryIO, size: int, head: bytes) -> Media:
    """Sound, or a picture too; the head may stand behind hours of sound."""
    if head[8:12] == b"qt  ":
        raise FileProblem(ProblemCode.UNSUPPORTED_TYPE)
    tracks, duration, played = set(), None, False
    for name, start, end in _boxes(file, size):
        file.seek(start)
        if name == b"hdlr":
            tracks.add(file.read(min(12, end - start))[8:12])
        elif name == b"mvhd":
            duration = _movie_ms(file.read(min(32, end - start)))
        elif name in (b"mdat", b"moof"):
            played = True
    if not played or not tracks & {b"soun", b"vide"}:
        raise FileProblem(ProblemCode.BROKEN, reason="tracks")
    if b"vide" in tracks:
        return Media(RecordingKind.VIDEO, "video/mp4", duration)
    return Media(RecordingKind.AUDIO, "audio/mp4", duration)


def _boxes(file: BinaryIO, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name and content [start, end) of every box, and of those inside the few that matter.

    What stands behind very many is fragments, which say nothing new.
    """
    at = 0
    for _count in range(_MOST_BOXES):
        if at == end:
            return
        file.seek(at)
        head = file.read(16)
        size, name, body = int.from_bytes(head[:4]), head[4:8], at + 8
        if size == 1:
            size, body = int.from_bytes(head[8:16]), at + 16
        elif size == 0:
            size = end - at
        if len(head) < 8 or size < body - at or at + size > end:
            raise FileProblem(ProblemCode.BROKEN, reason="cut short")
        yield name, body, at + size
        at = body if name in _NESTED else at + size


def _movie_ms(told: bytes) -> int | None:
    wide = told[:1] == b"\x01"
    at, length = (20, 8) if wide else (12, 4)
    scale = int.from_bytes(told[at : at + 4])
    duration = int.from_bytes(told[at + 4 : at + 4 + length])
    # All bits set: not known when it was written; 0: told in fragments.
    if not scale or not duration or duration == 256**length - 1:
        return None
    return duration * 1000 // scale


def _is_mp3(file: BinaryIO, head: bytes) -> bool:
    """Two frames one after the other: a single sync word stands in any file by chance."""
    if head[:3] == b"ID3" and len(head) >= 10:
        size = 0
        for byte in head[6:10]:
            size = size << 7 | byte & 0x7F
        file.seek(10 + size)
        head = file.read(_HEAD)
    at = head.find(b"\xff")
    while 0 <= at < 4096:
        length = _frame_length(head[at : at + 4])
        if length and _frame_length(head[at + length : at + length + 4]):
            return True
        at = head.find(b"\xff", at + 1)
    return False


def _frame_length(told: bytes) -> int:
    """Bytes of the layer III frame that begins so; 0 when none does."""
    if len(told) < 4 or told[0] != 0xFF or told[1] & 0xE6 != 0xE2:
        return 0
    version, bitrate, rate = told[1] >> 3 & 3, told[2] >> 4, told[2] >> 2 & 3
    if version not in _RATES or rate == 3 or bitrate in (0, 15):
        return 0
    kbits = _BITRATES[version == 3][bitrate]
    samples = 144 if version == 3 else 72
    return samples * 1000 * kbits // _RATES[version][rate] + (told[2] >> 1 & 1)
