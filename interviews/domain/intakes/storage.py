"""Where originals lie: under MEDIA_ROOT, by study, under names of our own."""

from collections.abc import Iterable
from pathlib import Path, PurePath
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from interviews.domain.queries.problems import IntakeProblem
from interviews.formats.records import ParsedDocument, ParseLimits
from interviews.formats.sandbox import parse_bounded
from workbench.errors import WorkbenchError
from workbench.files.storing import Stored, store

FOLDER = "originals"


class FileLost(WorkbenchError):
    """The stored file is gone from the disk."""

    code = IntakeProblem.LOST


def ending_of(name: str) -> str:
    """The ending of a file's name, which says how to read it: `.docx`."""
    return PurePath(name).suffix.lower()[:20]


def place_of(kept: str) -> Path:
    return Path(settings.MEDIA_ROOT) / kept


def keep(study_id: UUID, chunks: Iterable[bytes]) -> tuple[str, Stored]:
    """Stores a file; returns its path under MEDIA_ROOT and what it is. Raises FileProblem.

    The name on the disk is ours: a name from outside is a person's, or a path somewhere else.
    """
    kept = f"{FOLDER}/{study_id}/{uuid4().hex}"
    return kept, store(chunks, path=place_of(kept), limit=settings.UPLOAD_MAX_BYTES)


def forget_file(kept: str) -> None:
    """Removes a stored file once what was decided about it is decided for good."""
    if kept:
        transaction.on_commit(lambda: place_of(kept).unlink(missing_ok=True))


def bytes_of(kept: str) -> bytes:
    """Raises FileLost."""
    try:
        return place_of(kept).read_bytes()
    except FileNotFoundError as error:
        raise FileLost from error


def parse_file(data: bytes, *, name: str, encoding: str) -> ParsedDocument:
    """Reads in a child of limited time and memory. Raises FileProblem."""
    return parse_bounded(
        data,
        name=name,
        encoding=encoding or None,
        seconds=settings.PARSE_SECONDS,
        megabytes=settings.PARSE_MEGABYTES,
        limits=ParseLimits(file_bytes=settings.UPLOAD_MAX_BYTES),
    )
