"""Revisions as pages read them: turns with their words, and what changed between two."""

from dataclasses import dataclass
from uuid import UUID

from interviews.domain.queries.documents import said_by
from interviews.models import Document, DocumentRevision
from workbench.errors import Missing
from workbench.language.word_diff import Change, word_diff


@dataclass(frozen=True, slots=True)
class TurnText:
    """A turn of one revision; `start` and `end` are code points."""

    number: int
    speaker: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ComparedTurn:
    """A turn whose words changed."""

    number: int
    speaker: str
    changes: tuple[Change, ...]

    @property
    def read(self) -> list[tuple[str, str]]:
        """Each stretch: its element, and its text."""
        tags = {"gone": "del", "new": "ins"}
        return [(tags.get(change.kind, "span"), change.text) for change in self.changes]


def turns_told(document: Document, *, revision: DocumentRevision | None = None) -> list[TurnText]:
    """The turns of the current text, or of another revision of it, in their order."""
    shown = revision or document.current_revision
    if shown is None:
        raise Missing
    return [
        TurnText(
            turn.number,
            said_by(turn.speaker),
            turn.start,
            turn.end,
            shown.text[turn.start : turn.end],
        )
        for turn in shown.turns.select_related("speaker__participant").order_by("number")
    ]


def turn_text(document: Document, number: int, *, revision: UUID | None = None) -> TurnText:
    """One turn of the current text, or of another revision of it. Raises Missing."""
    shown = None
    if revision is not None:
        shown = document.revisions.filter(pk=revision).first()
        if shown is None:
            raise Missing
    for turn in turns_told(document, revision=shown):
        if turn.number == number:
            return turn
    raise Missing


def compared(document: Document, older: int, newer: int) -> list[ComparedTurn]:
    """The turns that read differently; turns keep their numbers. Raises Missing."""
    rows = {row.number: row for row in document.revisions.filter(number__in=(older, newer))}
    if older not in rows or newer not in rows:
        raise Missing
    before = turns_told(document, revision=rows[older])
    after = turns_told(document, revision=rows[newer])
    different = [(old, new) for old, new in zip(before, after, strict=True) if old.text != new.text]
    share = max(1, len(different))
    return [
        ComparedTurn(new.number, new.speaker, tuple(word_diff(old.text, new.text, share=share)))
        for old, new in different
    ]
