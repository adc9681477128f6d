"""WAV: what its head says, and how loud it is along the way."""

import sys
from array import array
from dataclasses import dataclass
from typing import BinaryIO, Final

from workbench.files.problems import FileProblem, ProblemCode

_PCM: Final = 1
_FLOAT: Final = 3
_EXTENSIBLE: Final = 0xFFFE
_MOST_CHUNKS: Final = 256
# A bar of the picture is the loudest of some short looks, so that hours cost what minutes do.
BARS: Final = 600
_LOOKS: Final = 6
_FRAMES: Final = 512
LOUDEST: Final = 255


@dataclass(frozen=True, slots=True)
class Wav:
    """Samples of `width` bytes in `channels`, from byte `start`, `length` bytes of them."""

    floats: bool
    width: int
    channels: int
    rate: int
    start: int
    length: int

    @property
    def frame(self) -> int:
        return self.width * self.channels

    @property
    def frames(self) -> int:
        return self.length // self.frame

    @property
    def duration_ms(self) -> int:
        return self.frames * 1000 // self.rate


def read_wav(file: BinaryIO, size: int) -> Wav:
    """Raises FileProblem: unsupported_type for packed sound, broken."""
    shape: tuple[bool, int, int, int] | None = None
    at = 12
    for _count in range(_MOST_CHUNKS):
        file.seek(at)
        head = file.read(8)
        if len(head) < 8:
            break
        name, length = head[:4], int.from_bytes(head[4:], "little")
        if name == b"fmt ":
            shape = _shape(file.read(min(length, 40)))
        elif name == b"data" and shape is not None:
            # A recorder that was switched off has not said how long it is.
            wav = Wav(*shape, start=at + 8, length=min(length or size, size - at - 8))
            if wav.frames:
                return wav
            break
        at += 8 + length + length % 2
    raise FileProblem(ProblemCode.BROKEN, reason="no sound")


def _shape(told: bytes) -> tuple[bool, int, int, int]:
    if len(told) < 16:
        raise FileProblem(ProblemCode.BROKEN, reason="format")
    code = int.from_bytes(told[:2], "little")
    if code == _EXTENSIBLE and len(told) >= 26:
        code = int.from_bytes(told[24:26], "little")
    channels = int.from_bytes(told[2:4], "little")
    rate = int.from_bytes(told[4:8], "little")
    bits = int.from_bytes(told[14:16], "little")
    if (code, bits) not in {(_PCM, 8), (_PCM, 16), (_PCM, 24), (_PCM, 32), (_FLOAT, 32)}:
        raise FileProblem(ProblemCode.UNSUPPORTED_TYPE)
    if not 1 <= channels <= 32 or not 1000 <= rate <= 768_000:
        raise FileProblem(ProblemCode.BROKEN, reason="format")
    return code == _FLOAT, bits // 8, channels, rate


def loudness(file: BinaryIO, size: int) -> list[int]:
    """At most 600 bars of equal time, 0 to 255, the loudest of them 255; all 0 when silent.

    Raises FileProblem as `read_wav` does.
    """
    wav = read_wav(file, size)
    count = min(BARS, wav.frames)
    found = [
        _loudest(file, wav, wav.frames * bar // count, wav.frames * (bar + 1) // count)
        for bar in range(count)
    ]
    most = max(found)
    return [round(bar * LOUDEST / most) if most else 0 for bar in found]


def _loudest(file: BinaryIO, wav: Wav, first: int, end: int) -> float:
    found = 0.0
    step = max(_FRAMES, (end - first) // _LOOKS)
    for frame in range(first, end, step):
        file.seek(wav.start + frame * wav.frame)
        data = file.read(min(_FRAMES, end - frame) * wav.frame)
        samples = _samples(data, wav)
        if samples:
            found = max(found, *(abs(edge) for edge in (max(samples), min(samples))))
    return found


def _samples(data: bytes, wav: Wav) -> "array[int] | array[float]":
    """All channels together, in steps fine enough for a picture."""
    data = data[: len(data) - len(data) % wav.width]
    if wav.floats:
        floats = _little("f", data)
        # What is no number, or beyond all measure, would flatten the rest.
        return array("f", (each if -4 < each < 4 else 0.0 for each in floats))
    if wav.width == 1:
        return array("h", (each - 128 for each in data))
    if wav.width == 2:
        return _little("h", data)
    upper = bytearray(2 * len(data) // wav.width)
    upper[0::2] = data[wav.width - 2 :: wav.width]
    upper[1::2] = data[wav.width - 1 :: wav.width]
    return _little("h", bytes(upper))


def _little(code: str, data: bytes) -> "array[int] | array[float]":
    samples: array[int] | array[float] = array(code, data)
    if sys.byteorder == "big":
        samples.byteswap()
    return samples
