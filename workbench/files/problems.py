"""Why a file cannot be used: a code and data. The doors turn the code into words."""

from enum import StrEnum


class ProblemCode(StrEnum):
    """Every reason for refusing a file, with the parameters that accompany it."""

    EMPTY = "empty"
    ONLY_PICTURES = "only_pictures"
    TOO_LARGE = "too_large"  # what, limit
    TOO_MANY = "too_many"  # what, limit
    UNSUPPORTED_TYPE = "unsupported_type"  # suffix
    WRONG_TYPE = "wrong_type"  # expected, found
    PASSWORD_PROTECTED = "password_protected"  # noqa: S105
    BROKEN = "broken"  # reason
    ARCHIVE_BOMB = "archive_bomb"  # reason, limit
    UNSAFE_ARCHIVE = "unsafe_archive"  # reason, member
    UNSAFE_MARKUP = "unsafe_markup"  # reason
    NOT_TEXT = "not_text"
    UNKNOWN_ENCODING = "unknown_encoding"  # encoding
    UNDECODABLE = "undecodable"  # encoding, position (bytes)
    TOO_SLOW = "too_slow"  # seconds
    TOO_LARGE_IN_MEMORY = "too_large_in_memory"  # megabytes


class FileProblem(Exception):
    """A file that is refused. `params` are plain data that a message may name."""

    def __init__(self, code: ProblemCode, /, **params: int | str) -> None:
        self.code = code
        self.params = params
        super().__init__(code.value)
