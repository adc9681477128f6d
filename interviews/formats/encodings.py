"""Bytes to text without a guess that stays silent and without replacement characters."""

import codecs
import re
from dataclasses import dataclass

from workbench.files.problems import FileProblem, ProblemCode

ENCODINGS = (
    "utf-8",
    "cp1252",
    "iso-8859-1",
    "iso-8859-15",
    "mac-roman",
    "cp850",
    "cp865",
    "utf-16-le",
    "utf-16-be",
)
"""What a person may choose. UTF-7 is left out: it turns plain letters into markup."""

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE = 1 << 16


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str
    certain: bool


def decode(data: bytes, *, encoding: str | None = None) -> Decoded:
    """Text of `data` by the chosen encoding, else by its mark, else UTF-8, else Windows-1252.

    Raises FileProblem: unknown_encoding, undecodable (a choice or a mark that does not fit),
    not_text (more control characters than a text has).
    """
    decoded = _decode(data, encoding)
    if _is_binary(decoded.text):
        raise FileProblem(ProblemCode.NOT_TEXT)
    return decoded


def _decode(data: bytes, encoding: str | None) -> Decoded:
    if encoding is not None:
        if encoding not in ENCODINGS:
            raise FileProblem(ProblemCode.UNKNOWN_ENCODING, encoding=encoding[:40])
        return Decoded(_strict(_without_mark(data, encoding), encoding), encoding, True)
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return Decoded(_strict(data[len(mark) :], marked), marked, True)
    if wide := _wide_by_nul_pattern(data):
        return Decoded(_strict(data, wide), wide, False)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", True)
    except UnicodeDecodeError:
        return Decoded(_windows(data), "cp1252", False)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileProblem(
            ProblemCode.UNDECODABLE, encoding=encoding, position=error.start
        ) from error


def _without_mark(data: bytes, encoding: str) -> bytes:
    for mark, marked in _MARKS:
        if marked == encoding and data.startswith(mark):
            return data[len(mark) :]
    return data


def _windows(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        # Five bytes mean nothing in Windows-1252. As control characters they are stripped
        # and counted later; the reading is uncertain and says so.
        return "".join(
            chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes((byte,)).decode("cp1252")
            for byte in data
        )


def _wide_by_nul_pattern(data: bytes) -> str | None:
    """UTF-16 without a mark shows as a NUL in every second byte of western text."""
    sample = data[: _SAMPLE & ~1]
    pairs = len(sample) // 2
    if pairs < 2 or len(data) % 2:
        return None
    low = sample[0::2].count(0) / pairs
    high = sample[1::2].count(0) / pairs
    if high > 0.4 and low < 0.05:
        return "utf-16-le"
    if low > 0.4 and high < 0.05:
        return "utf-16-be"
    return None


def _is_binary(text: str) -> bool:
    controls = sum(1 for _ in _CONTROLS.finditer(text))
    return controls * 2 >= max(len(text), 1) or (controls > 8 and controls > len(text) / 50)
