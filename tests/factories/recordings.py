"""Small recordings, made by code: what each format's head looks like."""

import io
import math
import struct
import wave

from interviews.domain.recordings import attach_recording
from interviews.models import Interview, Recording
from interviews.tasks import measure_later
from workbench.models import Member


def wav(seconds: float = 2.0, *, rate: int = 8000, channels: int = 1, width: int = 2) -> bytes:
    """A tone that grows louder from silence to the end."""
    frames = bytearray()
    count = int(seconds * rate)
    for frame in range(count):
        loud = math.sin(frame / 3) * frame / count
        if width == 1:
            sample = struct.pack("<B", 128 + round(loud * 127))
        else:
            sample = struct.pack("<i", round(loud * (2**31 - 1)))[4 - width :]
        frames += sample * channels
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(width)
        out.setframerate(rate)
        out.writeframes(bytes(frames))
    return file.getvalue()


def box(name: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I4s", 8 + len(body), name) + body


def mp4(*, video: bool = False, brand: bytes = b"M4A ", seconds: int = 90) -> bytes:
    """The head stands last, as telephones write it."""
    movie = box(b"mvhd", bytes(12), struct.pack(">II", 1000, seconds * 1000), bytes(80))
    handlers = [b"soun", *([b"vide"] if video else [])]
    tracks = [
        box(b"trak", box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(12))))
        for handler in handlers
    ]
    return box(b"ftyp", brand, bytes(4)) + box(b"mdat", bytes(500)) + box(b"moov", movie, *tracks)


def mp3(*, tagged: bool = False) -> bytes:
    """128 kbit/s at 44,100 Hz: frames of 417 bytes."""
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    tag = b"ID3\x04\x00\x00\x00\x00\x02\x00" + bytes(256) if tagged else b""
    return tag + frame * 4


def ogg(codec: bytes = b"OpusHead") -> bytes:
    return b"OggS" + bytes(24) + codec + bytes(200)


def webm(codec: bytes = b"A_OPUS", kind: bytes = b"webm") -> bytes:
    return b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84" + kind + bytes(40) + codec + bytes(200)


def make_recording(member: Member, interview: Interview, data: bytes | None = None) -> Recording:
    return attach_recording(
        member=member,
        interview=interview,
        chunks=[wav() if data is None else data],
        then=measure_later,
    )
