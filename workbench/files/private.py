"""What is kept is for the account that runs the workbench, and for no other of the machine."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

UMASK: Final = 0o077
# Beside a database in use lie its log and the log's index, or a journal.
BESIDE_A_DATABASE: Final = ("", "-wal", "-shm", "-journal")


def keep_private() -> None:
    """From now on this process and its children make files that nobody else may read."""
    os.umask(UMASK)


def parts_of_database(path: Path) -> list[Path]:
    path = path.resolve()
    return [path.with_name(path.name + ending) for ending in BESIDE_A_DATABASE]


def tighten(path: Path) -> None:
    """Takes every right of others on the file or folder away; what is not ours stays as it is."""
    with suppress(FileNotFoundError, PermissionError):
        if is_open(path):
            path.chmod(_mode(path) & ~UMASK)


def tighten_all(folder: Path) -> None:
    """The folder and everything in it."""
    for path in (folder.resolve(), *_below(folder)):
        tighten(path)


def is_open(path: Path) -> bool:
    """Whether another account has any right on it. A link has none of its own."""
    return not path.is_symlink() and bool(_mode(path) & UMASK)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _below(folder: Path) -> Iterator[Path]:
    for here, folders, files in os.walk(folder):
        yield from (Path(here, name) for name in (*folders, *files))
