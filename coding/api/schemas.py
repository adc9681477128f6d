"""Shapes of analysis in the API. Offsets are Unicode code points of a revision."""

from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import AfterValidator, ConfigDict

from coding.enums import CodingSource, Direction, MemoKind

LARGEST_OFFSET = 2**31 - 1
MEMO_LENGTH = 100_000


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("NUL characters cannot be stored")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("half of a surrogate pair is no character")
    return text


Text = Annotated[str, AfterValidator(_storable)]
Name = Annotated[Text, Field(min_length=1, max_length=300)]
MemoText = Annotated[Text, Field(max_length=MEMO_LENGTH)]
Offset = Annotated[int, Field(ge=0, le=LARGEST_OFFSET, strict=True)]
DirectionName = Literal["none", "furthers", "hinders", "both"]
DIRECTION_NAMES: Final[dict[str, DirectionName]] = {
    "": "none",
    Direction.FURTHERS: "furthers",
    Direction.HINDERS: "hinders",
    Direction.BOTH: "both",
}


class In(Schema):
    """A name nobody knows is a mistake, not a wish to ignore."""

    model_config = ConfigDict(extra="forbid")


def direction_of(given: DirectionName | None) -> Direction | None:
    return None if given in (None, "none") else Direction(given)


class CodingIn(In):
    document: UUID
    revision: UUID
    start: Offset
    end: Offset
    code: UUID
    direction: DirectionName = "none"
    memo: MemoText = ""


class BatchCodingIn(In):
    """One of a batch; the document is the batch's own."""

    id: UUID
    revision: UUID
    start: Offset
    end: Offset
    code: UUID
    direction: DirectionName = "none"
    memo: MemoText = ""


class BatchIn(In):
    codings: Annotated[list[BatchCodingIn], Field(min_length=1, max_length=500)]


class CodingChangeIn(In):
    """Only what is there changes. Ends come with the revision they were read in."""

    revision: UUID | None = None
    start: Offset | None = None
    end: Offset | None = None
    code: UUID | None = None
    direction: DirectionName | None = None
    weight: Annotated[int, Field(ge=1, le=3, strict=True)] | None = None
    memo: MemoText | None = None


class StandsOut(Schema):
    """A place in the case description."""

    section: str
    point: str


class CodingOut(Schema):
    """`start` and `end` are null when the words have no sure place in the current revision."""

    id: UUID
    document: UUID
    revision: UUID
    excerpt: UUID
    start: int | None
    end: int | None
    code: UUID
    coder: UUID
    version: int
    direction: DirectionName
    weight: int | None
    has_memo: bool
    memo: str
    source: CodingSource
    removed: bool
    created_at: datetime
    stands: list[StandsOut]


class CodingBriefOut(Schema):
    id: UUID
    start: int
    end: int
    code: UUID
    coder: UUID
    version: int
    direction: DirectionName
    weight: int | None
    has_memo: bool
    source: CodingSource


class BatchOut(Schema):
    codings: list[CodingOut]


class CodeOut(Schema):
    id: UUID
    parent: UUID | None
    key: str
    name: str
    path: str
    colour: int
    shortcut: str
    brief: str
    definition: str
    use_when: str
    not_when: str
    example: str
    origin: str


class CodeCountedOut(CodeOut):
    """`count`: the codings that the reader sees."""

    count: int


class CodeIn(In):
    """`id` is made by the client, so that sending it twice is one code."""

    id: UUID
    name: Name
    parent: UUID | None = None


class CodesOut(Schema):
    version: int
    items: list[CodeCountedOut]


class ChangesOut(Schema):
    """What happened after the cursor. `removed`: codings that stand on the document no more.

    `revision` is the document's current one: offsets are of no other.
    """

    cursor: str
    revision: UUID
    codings: list[CodingBriefOut]
    removed: list[UUID]
    codes: list[CodeOut]
    removed_codes: list[UUID]
    coders: list[tuple[UUID, str, str]]


class TurnOut(Schema):
    number: int
    start: int
    end: int
    speaker: str | None
    participant: UUID | None
    start_ms: int | None
    manner: str
    questions: list[str]


class DocumentOut(Schema):
    id: UUID
    title: str
    kind: str
    case: str
    language: str
    revision: UUID
    length: int
    text: str
    turns: list[TurnOut]


class DocumentCodingsOut(Schema):
    """Codings as arrays in the order of `columns`; `code` and `coder` index the two lists."""

    revision: UUID
    cursor: str
    columns: list[str]
    codes: list[UUID]
    coders: list[tuple[UUID, str, str]]
    codings: list[list[str | int | bool | None]]


class MemoOut(Schema):
    """`noun` and `subject`: what it is on; both empty for the study as a whole."""

    id: UUID
    author: UUID
    noun: str
    subject: UUID | None
    kind: MemoKind
    private: bool
    title: str
    text: str
    version: int
    created_at: datetime
    updated_at: datetime


class ExcerptCodingOut(Schema):
    id: UUID
    code: UUID
    code_path: str
    coder: UUID
    direction: DirectionName
    weight: int | None


class ExcerptOut(Schema):
    """A coded passage where it stands now, once, with the codings on it."""

    id: UUID
    document: UUID
    case: str
    revision: UUID
    start: int
    end: int
    quote: str
    codings: list[ExcerptCodingOut]
