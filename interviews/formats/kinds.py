"""What a file is by its content, whatever its name claims."""

import re

from workbench.files.archives import OLE_MAGIC, ZIP_MAGIC, is_locked_office_file
from workbench.files.problems import FileProblem, ProblemCode

_MAGIC = (
    (ZIP_MAGIC, "zip"),
    (OLE_MAGIC, "doc"),
    (b"PK\x05\x06", "zip"),
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"ID3", "audio"),
    (b"RIFF", "audio"),
    (b"OggS", "audio"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3\x00", "database"),
)
# Names of members stand uncompressed in an archive.
_WORD_PART = b"word/document.xml"
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_PACKAGES = ("docx", "odt")
_MARKED = (*_PACKAGES, "pdf", "rtf")
_SUBRIP_CUE = re.compile(r"\s*(?:\d+\s*\n)?\s*\d+:\d{1,2}:\d{1,2},\d+\s*-->")


def check_magic(data: bytes, *, expected: str) -> None:
    """Raises FileProblem when the first bytes are not those of `expected` (docx, txt, ...)."""
    if is_locked_office_file(data):
        raise FileProblem(ProblemCode.PASSWORD_PROTECTED)
    found = next((kind for magic, kind in _MAGIC if data.startswith(magic)), "text")
    if data[4:8] == b"ftyp":
        found = "audio"
    if found == "zip":
        found = _package(data)
    # A package without its usual marks is looked into by its reader.
    unmarked = found == "zip" and expected in _PACKAGES
    if not unmarked and found != (expected if expected in _MARKED else "text"):
        raise FileProblem(ProblemCode.WRONG_TYPE, expected=expected, found=found)


def _package(data: bytes) -> str:
    if data.startswith(_OPEN_DOCUMENT, 30):
        return "odt"
    return "docx" if _WORD_PART in data else "zip"


def check_text_kind(text: str, *, expected: str) -> None:
    """Raises FileProblem when normalised text is subtitles and something else was expected.

    A text without any time is no subtitle file either.
    """
    if text.startswith("WEBVTT"):
        found = "vtt"
    elif _SUBRIP_CUE.match(text):
        found = "srt"
    else:
        found = "text"
    timed = found == "text" and expected in ("vtt", "srt") and "-->" in text
    if not timed and found != ("text" if expected in ("txt", "md") else expected):
        raise FileProblem(ProblemCode.WRONG_TYPE, expected=expected, found=found)
