"""Files as they arrive: one by one, or many in a ZIP archive."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import BinaryIO

from django.conf import settings

from workbench.files.archives import Archive, ArchiveLimits, open_archive
from workbench.files.problems import FileProblem, ProblemCode

BUNDLE_SUFFIX = ".zip"
MEMBERS = 500
_TOTAL_BYTES = 500 * 1024 * 1024
# What only a word processor or a spreadsheet puts into its archives.
_DOCUMENTS = {"[Content_Types].xml": "docx", "mimetype": "odt"}


@dataclass(frozen=True)
class Incoming:
    """A file as it arrives; `chunks` are read once."""

    name: str
    chunks: Iterable[bytes]


@dataclass(frozen=True)
class Unpacked:
    """The files themselves, and the archives that could not be opened, each with its reason."""

    files: list[Incoming] = field(default_factory=list)
    refused: list[tuple[str, FileProblem]] = field(default_factory=list)


@contextmanager
def unpacked(files: Sequence[Incoming]) -> Iterator[Unpacked]:
    """The files, those in archives among them; an archive in an archive stays a file.

    What an archive holds is read while this lasts, and written nowhere under a name of its own.
    """
    result = Unpacked()
    with ExitStack() as stack:
        for file in files:
            if PurePath(file.name).suffix.lower() != BUNDLE_SUFFIX:
                result.files.append(file)
                continue
            stream = stack.enter_context(tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR))
            try:
                _copy(file.chunks, stream)
                result.files.extend(_members(_opened(stream)))
            except FileProblem as problem:
                result.refused.append((file.name, problem))
        yield result


def _copy(chunks: Iterable[bytes], stream: BinaryIO) -> None:
    size, limit = 0, settings.UPLOAD_MAX_BYTES
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise FileProblem(ProblemCode.TOO_LARGE, what="bytes", limit=limit)
        stream.write(chunk)
    if not size:
        raise FileProblem(ProblemCode.EMPTY)


def _opened(stream: BinaryIO) -> Archive:
    limits = ArchiveLimits(
        members=MEMBERS, total_bytes=_TOTAL_BYTES, member_bytes=settings.UPLOAD_MAX_BYTES
    )
    archive = open_archive(stream, limits=limits)
    for name, found in _DOCUMENTS.items():
        if name in archive:
            raise FileProblem(ProblemCode.WRONG_TYPE, expected="zip", found=found)
    return archive


def _members(archive: Archive) -> list[Incoming]:
    """Folders are no files, and neither is what a Mac packs beside them."""
    names = [name for name in archive.names if _is_file(name)]
    if not names:
        raise FileProblem(ProblemCode.EMPTY)
    return [Incoming(PurePath(name).name, archive.chunks(name)) for name in names]


def _is_file(name: str) -> bool:
    hidden = any(part.startswith((".", "__MACOSX")) for part in PurePath(name).parts)
    return not hidden and not name.endswith("/")
