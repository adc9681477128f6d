"""Archives from strangers: bounded, or refused with a reason."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.files.archives import Archive, ArchiveLimits, open_archive
from workbench.files.problems import FileProblem, ProblemCode

pytestmark = pytest.mark.pure


def packed(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=method)
    return stream.getvalue()


def opened(data: bytes, **limits: int) -> Archive:
    return open_archive(io.BytesIO(data), limits=ArchiveLimits(**limits))


def read_all(data: bytes, **limits: int) -> dict[str, bytes]:
    archive = opened(data, **limits)
    return {name: archive.read(name) for name in archive.names}


def refused(data: bytes, **limits: int) -> FileProblem:
    with pytest.raises(FileProblem) as problem:
        read_all(data, **limits)
    return problem.value


def test_members_are_read_as_they_were_packed() -> None:
    archive = opened(packed(("a/b.xml", b"hej"), ("c", b"x" * 200_000)))
    assert archive.names == ["a/b.xml", "c"]
    assert "c" in archive
    assert "d" not in archive
    assert archive.size("c") == 200_000
    assert archive.read("a/b.xml") == b"hej"
    assert b"".join(archive.chunks("c")) == b"x" * 200_000


@pytest.mark.parametrize(
    "name", ["../a", "a/../../b", "/etc/passwd", "..\\a", "C:/a", "a\\b", "a/.."]
)
def test_a_path_that_leaves_the_archive_is_refused(name: str) -> None:
    problem = refused(packed((name, b"a")))
    assert (problem.code, problem.params["reason"]) == (ProblemCode.UNSAFE_ARCHIVE, "path")


def test_a_symbolic_link_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("a")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert refused(stream.getvalue()).params["reason"] == "symlink"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("names", [("a", "a"), ("Kilde.docx", "kilde.DOCX")])
def test_names_that_collide_are_refused(names: tuple[str, str]) -> None:
    problem = refused(packed((names[0], b"1"), (names[1], b"2")))
    assert (problem.code, problem.params["reason"]) == (ProblemCode.UNSAFE_ARCHIVE, "duplicate")


def test_an_encrypted_member_is_password_protected() -> None:
    data = bytearray(packed(("a", b"hej")))
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + at] |= 1
    assert refused(bytes(data)).code is ProblemCode.PASSWORD_PROTECTED


def test_too_many_members_are_a_bomb() -> None:
    data = packed(*((f"{index}", b"") for index in range(11)))
    problem = refused(data, members=10)
    assert problem.code is ProblemCode.ARCHIVE_BOMB
    assert problem.params == {"reason": "members", "limit": 10}


def test_a_hundred_thousand_members_are_refused_by_the_directory_size_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = packed(*((f"{index}", b"") for index in range(100_000)))

    def unreachable(*_: object) -> None:
        raise AssertionError("the directory was read")

    monkeypatch.setattr("workbench.files.archives.ZipFile", unreachable)
    assert refused(data, members=1000).params["reason"] == "members"


def test_the_ratio_counts_only_past_its_threshold() -> None:
    data = packed(("a", b"\0" * 1_000_000))
    assert opened(data).size("a") == 1_000_000
    problem = refused(data, ratio_from=500_000)
    assert (problem.code, problem.params["reason"]) == (ProblemCode.ARCHIVE_BOMB, "ratio")


@pytest.mark.parametrize("limits", [{"member_bytes": 999}, {"total_bytes": 1999}])
def test_more_bytes_than_allowed_are_a_bomb(limits: dict[str, int]) -> None:
    problem = refused(packed(("a", b"x" * 1000), ("b", b"y" * 1000)), **limits)
    assert (problem.code, problem.params["reason"]) == (ProblemCode.ARCHIVE_BOMB, "bytes")


def test_a_member_that_lies_about_its_size_is_broken_and_not_inflated() -> None:
    data = bytearray(packed(("a", b"\0" * 5_000_000)))
    struct.pack_into("<L", data, data.index(b"PK\x01\x02") + 24, 10)
    assert refused(bytes(data)).code is ProblemCode.BROKEN


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compression_that_inflates_without_bound_is_refused(method: int) -> None:
    problem = refused(packed(("a", b"hej"), method=method))
    assert problem.params == {"reason": "compression"}


def test_an_archive_inside_is_never_opened() -> None:
    inner = packed(("b", b"hej"))
    assert opened(packed(("a.zip", inner))).read("a.zip") == inner


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"hej" * 100, b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_archive_is_broken(data: bytes) -> None:
    assert refused(data, members=10**7).code is ProblemCode.BROKEN


def test_an_archive_cut_anywhere_is_refused() -> None:
    data = packed(("a", b"hej" * 1000), ("b", bytes(range(256)) * 20))
    for percent in range(100):
        assert refused(data[: len(data) * percent // 100]).code is ProblemCode.BROKEN


@given(st.integers(min_value=0), st.integers(min_value=0, max_value=7))
def test_a_flipped_bit_is_harmless_or_refused(position: int, bit: int) -> None:
    data = bytearray(packed(("a", b"hej" * 100), ("b", b"med dig")))
    data[position % len(data)] ^= 1 << bit
    try:
        contents = read_all(bytes(data))
    except FileProblem:
        return
    assert set(contents.values()) <= {b"hej" * 100, b"med dig"}
