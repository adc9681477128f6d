"""Keeping a stranger's bytes: whole and checked, or not at all."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from workbench.files.problems import FileProblem, ProblemCode


@dataclass(frozen=True, slots=True)
class Stored:
    """A file on the disk; `sha256` in hex, `size` in bytes."""

    path: Path
    sha256: str
    size: int


def store(chunks: Iterable[bytes], *, path: Path, limit: int) -> Stored:
    """Writes `chunks` to `path`, which appears only when all of it is on the disk.

    Raises FileProblem (too_large) beyond `limit` bytes; nothing is left then, nor after any
    other failure.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{uuid4().hex}")
    digest, size = hashlib.sha256(), 0
    try:
        with unfinished.open("xb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise FileProblem(ProblemCode.TOO_LARGE, what="bytes", limit=limit)
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return Stored(path, digest.hexdigest(), size)


def _sync_folder(folder: Path) -> None:
    """The name itself survives a power cut only once its folder is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
