"""Bounded reading of zip archives (docx, xlsx, qdpx).

`zipfile` alone does not suffice: Python 3.11.7 accepts overlapping members
(CVE-2024-0450), and its bzip2 and LZMA members inflate without a bound.
"""

import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from workbench.files.problems import FileProblem, ProblemCode

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 1 << 16
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_END_OF_DIRECTORY = struct.Struct("<4s8xLL")
_END_OF_DIRECTORY_64 = struct.Struct("<4s36xQ")
_LOCATOR_64 = struct.Struct("<4s4xQ")


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What an archive may claim: members, bytes when inflated, and inflated : packed bytes.

    The ratio is judged only past `ratio_from` inflated bytes: small texts pack very well.
    """

    members: int = 5_000
    total_bytes: int = 500 * 1024 * 1024
    member_bytes: int = 200 * 1024 * 1024
    ratio: int = 100
    ratio_from: int = 50 * 1024 * 1024


class Archive:
    """An archive whose members were all checked; nothing is ever written to a path it names."""

    def __init__(self, zip_file: ZipFile) -> None:
        self._zip = zip_file
        self._members = {info.filename: info for info in zip_file.infolist()}

    @property
    def names(self) -> list[str]:
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def size(self, name: str) -> int:
        """Inflated bytes of a member; KeyError when it is not there."""
        return self._members[name].file_size

    def chunks(self, name: str) -> Iterator[bytes]:
        """A member's bytes piece by piece; FileProblem `broken` when they do not hold together."""
        try:
            with self._zip.open(self._members[name]) as member:
                while chunk := member.read(_CHUNK):
                    yield chunk
        except (BadZipFile, EOFError, OSError, RuntimeError, ValueError, zlib.error) as error:
            raise FileProblem(ProblemCode.BROKEN, reason="member") from error

    def read(self, name: str) -> bytes:
        """A member's bytes; KeyError when it is not there."""
        return b"".join(self.chunks(name))


def is_locked_office_file(data: bytes) -> bool:
    """Whether these are the bytes of an Office file behind a password (OLE around a package)."""
    return data.startswith(OLE_MAGIC) and _ENCRYPTED_STREAM in data


def open_archive(stream: BinaryIO, *, limits: ArchiveLimits) -> Archive:
    """Opens a seekable stream and checks every member before any is inflated.

    Raises FileProblem: broken, password_protected, archive_bomb, unsafe_archive.
    """
    _check_directory_size(stream, limits)
    try:
        zip_file = ZipFile(stream)
    except (BadZipFile, OSError, ValueError, struct.error, NotImplementedError) as error:
        raise FileProblem(ProblemCode.BROKEN, reason="archive") from error
    members = zip_file.infolist()
    if len(members) > limits.members:
        raise FileProblem(ProblemCode.ARCHIVE_BOMB, reason="members", limit=limits.members)
    for info in members:
        _check_member(info, limits)
    _check_names_differ(members)
    _check_sizes(members, limits)
    _check_no_overlap(stream, members, zip_file.start_dir)
    return Archive(zip_file)


def _check_directory_size(stream: BinaryIO, limits: ArchiveLimits) -> None:
    # zipfile builds one object per directory entry before anyone can count them.
    size = _directory_size(stream)
    if size > limits.members * 1024:
        raise FileProblem(ProblemCode.ARCHIVE_BOMB, reason="members", limit=limits.members)


def _directory_size(stream: BinaryIO) -> int:
    """Bytes of the central directory by the end record (APPNOTE 4.3.14 to 4.3.16)."""
    length = stream.seek(0, 2)
    tail_at = max(0, length - 65_557)
    stream.seek(tail_at)
    tail = stream.read()
    end_at = tail.rfind(b"PK\x05\x06")
    if end_at < 0 or end_at + _END_OF_DIRECTORY.size > len(tail):
        raise FileProblem(ProblemCode.BROKEN, reason="archive")
    size: int = _END_OF_DIRECTORY.unpack_from(tail, end_at)[1]
    if end_at >= 20:
        magic, offset = _LOCATOR_64.unpack_from(tail, end_at - 20)
        if magic == b"PK\x06\x07" and offset + _END_OF_DIRECTORY_64.size <= length:
            stream.seek(offset)
            record = stream.read(_END_OF_DIRECTORY_64.size)
            magic, size_64 = _END_OF_DIRECTORY_64.unpack(record)
            size = max(size_64, 0 if size == 0xFFFFFFFF else size)
    return size


def _check_member(info: ZipInfo, limits: ArchiveLimits) -> None:
    if info.flag_bits & 0x1:
        raise FileProblem(ProblemCode.PASSWORD_PROTECTED)
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise FileProblem(ProblemCode.BROKEN, reason="compression")
    name = info.orig_filename
    parts = name.split("/")
    drive = len(parts[0]) > 1 and parts[0][1] == ":"
    if not name or name[0] == "/" or ".." in parts or drive or "\\" in name or "\x00" in name:
        raise FileProblem(ProblemCode.UNSAFE_ARCHIVE, reason="path", member=name[:200])
    if stat.S_ISLNK(info.external_attr >> 16):
        raise FileProblem(ProblemCode.UNSAFE_ARCHIVE, reason="symlink", member=name[:200])
    if info.file_size > limits.member_bytes:
        raise FileProblem(ProblemCode.ARCHIVE_BOMB, reason="bytes", limit=limits.member_bytes)


def _check_names_differ(members: list[ZipInfo]) -> None:
    seen: set[str] = set()
    for info in members:
        key = info.filename.casefold()
        if key in seen:
            member = info.filename[:200]
            raise FileProblem(ProblemCode.UNSAFE_ARCHIVE, reason="duplicate", member=member)
        seen.add(key)


def _check_sizes(members: list[ZipInfo], limits: ArchiveLimits) -> None:
    # The sizes are claims, but a reader stops at the claim and then checks the CRC.
    inflated = sum(info.file_size for info in members)
    packed = sum(info.compress_size for info in members)
    if inflated > limits.total_bytes:
        raise FileProblem(ProblemCode.ARCHIVE_BOMB, reason="bytes", limit=limits.total_bytes)
    if inflated > limits.ratio_from and inflated > limits.ratio * packed:
        raise FileProblem(ProblemCode.ARCHIVE_BOMB, reason="ratio", limit=limits.ratio)


def _check_no_overlap(stream: BinaryIO, members: list[ZipInfo], directory_at: int) -> None:
    reached = 0
    for info in sorted(members, key=lambda member: member.header_offset):
        if info.header_offset < reached:
            raise FileProblem(ProblemCode.ARCHIVE_BOMB, reason="overlap", limit=0)
        stream.seek(info.header_offset)
        header = stream.read(_LOCAL_HEADER.size)
        if len(header) < _LOCAL_HEADER.size or not header.startswith(ZIP_MAGIC):
            raise FileProblem(ProblemCode.BROKEN, reason="archive")
        _, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        reached = info.header_offset + _LOCAL_HEADER.size + name_length + extra_length
        reached += info.compress_size
        if reached > directory_at:
            raise FileProblem(ProblemCode.BROKEN, reason="archive")
