"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

Kind = Literal["same", "gone", "new"]

_PARTS: Final = re.compile(r"\s+|[^\s\w]|\w+")
_LINES: Final = re.compile(r"[^\n]*\n+|[^\n]+")
# Matching is quadratic: a rewritten stretch longer than this is shown as a whole.
_WORDS_AT_MOST: Final = 3_000


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch that both texts have, or only the older, or only the newer."""

    kind: Kind
    text: str


def word_diff(older: str, newer: str) -> list[Change]:
    """The changes in reading order: `same` + `gone` give the older text, `same` + `new` the newer.

    Paragraphs are matched first, then the words of those that differ.
    """
    before, after = _LINES.findall(older), _LINES.findall(newer)
    return list(_joined(_matched(before, after, deeper=True)))


def _matched(before: Sequence[str], after: Sequence[str], *, deeper: bool) -> Iterator[Change]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for what, from_, to, new_from, new_to in matcher.get_opcodes():
        gone, new = "".join(before[from_:to]), "".join(after[new_from:new_to])
        if what == "equal":
            yield Change("same", gone)
        elif deeper and what == "replace":
            yield from _words(gone, new)
        else:
            yield Change("gone", gone)
            yield Change("new", new)


def _words(gone: str, new: str) -> Iterator[Change]:
    before, after = _PARTS.findall(gone), _PARTS.findall(new)
    if max(len(before), len(after)) > _WORDS_AT_MOST:
        yield Change("gone", gone)
        yield Change("new", new)
        return
    yield from _matched(before, after, deeper=False)


def _joined(changes: Iterator[Change]) -> Iterator[Change]:
    """Neighbours of one kind as one; nothing empty."""
    held: Change | None = None
    for change in changes:
        if not change.text:
            continue
        if held is not None and held.kind == change.kind:
            held = Change(held.kind, held.text + change.text)
            continue
        if held is not None:
            yield held
        held = change
    if held is not None:
        yield held
