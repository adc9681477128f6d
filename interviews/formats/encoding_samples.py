"""The same bytes in every encoding a person may choose: who reads them knows which is right."""

from interviews.formats.encodings import ENCODINGS
from interviews.formats.normalise import normalise

_BEFORE = 30
_AFTER = 60
_SAMPLE_BYTES = 1 << 16


def encoding_samples(data: bytes) -> list[tuple[str, str]]:
    """Pairs of an encoding that fits all of `data` and a line of it around its first rare letter.

    Encodings that give the same words stand once, under the first name.
    """
    start = _first_rare(data)
    told: dict[str, str] = {}
    for encoding in ENCODINGS:
        sample = _sample(data, start, encoding)
        if sample:
            told.setdefault(sample, encoding)
    return [(encoding, sample) for sample, encoding in told.items()]


def _first_rare(data: bytes) -> int:
    return next((place for place, byte in enumerate(data[:_SAMPLE_BYTES]) if byte > 0x7F), 0)


def _sample(data: bytes, start: int, encoding: str) -> str:
    try:
        # Whole: an encoding that fails further on is no choice.
        data.decode(encoding)
    except UnicodeDecodeError:
        return ""
    # An even beginning, so that pairs of bytes stay pairs.
    begin = max(start - _BEFORE, 0) & ~1
    piece = data[begin : (start + _AFTER) & ~1].decode(encoding, errors="ignore")
    return " ".join(normalise(piece).text.split())
