"""A stored file is whole, or not there."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.files.problems import FileProblem, ProblemCode
from workbench.files.storing import store

pytestmark = pytest.mark.pure


def test_the_bytes_are_kept_with_size_and_digest(tmp_path: Path) -> None:
    stored = store([b"ab", b"c"], path=tmp_path / "new" / "file", limit=3)
    assert stored.path.read_bytes() == b"abc"
    assert (stored.size, stored.sha256) == (3, hashlib.sha256(b"abc").hexdigest())


def test_beyond_the_limit_nothing_is_left_and_no_more_is_read(tmp_path: Path) -> None:
    asked = 0

    def endless() -> Iterator[bytes]:
        nonlocal asked
        while True:
            asked += 1
            yield b"x" * 1000

    with pytest.raises(FileProblem) as refused:
        store(endless(), path=tmp_path / "file", limit=2500)
    assert refused.value.code == ProblemCode.TOO_LARGE
    assert asked == 3
    assert list(tmp_path.iterdir()) == []


def test_a_broken_line_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        store(broken(), path=tmp_path / "file", limit=100)
    assert list(tmp_path.iterdir()) == []
