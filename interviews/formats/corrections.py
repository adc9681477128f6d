"""Wrong guesses put right before a file is saved: who spoke, where a turn ends, in whose words.

Every correction takes the turns and gives new ones. No character of what was said is lost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from interviews.formats.normalise import normalise
from interviews.formats.records import SPEAKER_CHARACTERS, Manner, ParsedTurn

JOINT = "\n"
"""Between two turns that become one; a newline always ends a sentence."""

Sentences = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class DraftTurn:
    """A turn that can still change.

    `sentences`: for each language start, end, start, end ... in code points of `text`.
    `answers`: pairs of a guide question's id and how the turn answers it.
    """

    speaker: str | None
    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    manner: Manner | None = None
    sentences: Sentences = field(default_factory=dict)
    answers: tuple[tuple[str, str], ...] = ()


Turns = tuple[DraftTurn, ...]


def draft(turn: ParsedTurn, sentences: Sentences) -> DraftTurn:
    """A turn as it was read."""
    return DraftTurn(turn.speaker, turn.text, turn.start_ms, turn.end_ms, turn.manner, sentences)


def clean_label(label: str) -> str | None:
    """A label as it may be kept: normalised, on one line, at most 60 characters; None if empty."""
    return " ".join(normalise(label).text.split())[:SPEAKER_CHARACTERS].strip() or None


def rename_speaker(turns: Turns, old: str, new: str | None) -> Turns:
    """Another label for all that `old` says; a label that is there already merges the two."""
    return tuple(replace(turn, speaker=new) if turn.speaker == old else turn for turn in turns)


def join_label_back(turns: Turns, label: str) -> Turns:
    """`label` is no speaker: it becomes words again, of whoever spoke before it."""
    joined: list[DraftTurn] = []
    for turn in turns:
        if turn.speaker != label:
            joined.append(turn)
            continue
        words = _prefixed(turn, f"{label}: ")
        if joined:
            joined[-1] = _joined(joined[-1], words)
        else:
            joined.append(replace(words, speaker=None))
    return tuple(joined)


def say_by(turns: Turns, index: int, speaker: str | None) -> Turns:
    """The one turn is said by somebody else. Raises IndexError."""
    return _replaced(turns, index, replace(turns[index], speaker=speaker))


def in_manner(turns: Turns, index: int, manner: Manner | None) -> Turns:
    """The turn is verbatim or paraphrase. Raises IndexError."""
    return _replaced(turns, index, replace(turns[index], manner=manner))


def answering(turns: Turns, index: int, item: str, kind: str | None) -> Turns:
    """Marks the turn as an answer to the guide question `item`; None takes the mark away."""
    turn = turns[index]
    kept = [answer for answer in turn.answers if answer[0] != item]
    answers = (*kept, (item, kind)) if kind else tuple(kept)
    return _replaced(turns, index, replace(turn, answers=answers))


def join_with_previous(turns: Turns, index: int) -> Turns:
    """The turn goes on where the one before it ends. Raises IndexError for the first."""
    if index < 1:
        raise IndexError(index)
    both = _joined(turns[index - 1], turns[index])
    return (*turns[: index - 1], both, *turns[index + 1 :])


def split_points(turn: DraftTurn, language: str) -> list[int]:
    """Where the turn can be split: the beginnings of its sentences but the first."""
    return list(turn.sentences.get(language, ())[2::2])


def split_turn(turns: Turns, index: int, at: int) -> Turns:
    """Two turns of one speaker; `at` is a code point of the text. Raises IndexError."""
    turn = turns[index]
    left, right = turn.text[:at].rstrip(), turn.text[at:].lstrip()
    if at < 1 or not left or not right:
        raise IndexError(at)
    begin = len(turn.text) - len(right)
    first = replace(turn, text=left, end_ms=None, sentences=_cut(turn.sentences, 0, len(left)))
    second = replace(
        turn,
        text=right,
        start_ms=None,
        sentences=_cut(turn.sentences, begin, len(turn.text)),
        answers=(),
    )
    return (*turns[:index], first, second, *turns[index + 1 :])


def speakers_of(turns: Sequence[DraftTurn]) -> dict[str, int]:
    """How often each label speaks, in the order of their first words."""
    counts: dict[str, int] = {}
    for turn in turns:
        if turn.speaker is not None:
            counts[turn.speaker] = counts.get(turn.speaker, 0) + 1
    return counts


def counted(turns: Sequence[DraftTurn]) -> dict[str, Any]:
    """What a list tells of turns without having them: how many, their words, who speaks."""
    return {
        "count": len(turns),
        "words": sum(len(turn.text.split()) for turn in turns),
        # Pairs: a database may put the keys of an object in an order of its own.
        "speakers": [list(pair) for pair in speakers_of(turns).items()],
    }


def pack(turns: Sequence[DraftTurn]) -> list[list[Any]]:
    """The turns as JSON holds them."""
    return [
        [
            turn.speaker,
            turn.text,
            turn.start_ms,
            turn.end_ms,
            turn.manner,
            {language: list(offsets) for language, offsets in turn.sentences.items()},
            [list(answer) for answer in turn.answers],
        ]
        for turn in turns
    ]


def unpack(rows: Sequence[Sequence[Any]]) -> Turns:
    """The turns that `pack` wrote."""
    return tuple(
        DraftTurn(
            speaker,
            text,
            start_ms,
            end_ms,
            manner,
            {language: tuple(offsets) for language, offsets in sentences.items()},
            tuple((item, kind) for item, kind in answers),
        )
        for speaker, text, start_ms, end_ms, manner, sentences, answers in rows
    )


def _replaced(turns: Turns, index: int, turn: DraftTurn) -> Turns:
    if index < 0:
        raise IndexError(index)
    return (*turns[:index], turn, *turns[index + 1 :])


def _joined(first: DraftTurn, second: DraftTurn) -> DraftTurn:
    offset = len(first.text) + len(JOINT)
    languages = [*first.sentences, *(key for key in second.sentences if key not in first.sentences)]
    known = {item for item, _ in first.answers}
    return replace(
        first,
        text=first.text + JOINT + second.text,
        end_ms=second.end_ms if second.end_ms is not None else first.end_ms,
        sentences={
            language: (
                *first.sentences.get(language, ()),
                *(place + offset for place in second.sentences.get(language, ())),
            )
            for language in languages
        },
        answers=(*first.answers, *(answer for answer in second.answers if answer[0] not in known)),
    )


def _prefixed(turn: DraftTurn, prefix: str) -> DraftTurn:
    return replace(
        turn,
        text=prefix + turn.text,
        sentences={
            language: (0, *(place + len(prefix) for place in offsets[1:]))
            for language, offsets in turn.sentences.items()
            if offsets
        },
    )


def _cut(sentences: Sentences, begin: int, finish: int) -> Sentences:
    """The sentences inside [begin, finish), counted from `begin`; one across an edge is cut."""
    return {
        language: tuple(
            place - begin
            for start, end in zip(offsets[::2], offsets[1::2], strict=True)
            if start < finish and end > begin
            for place in (max(start, begin), min(end, finish))
        )
        for language, offsets in sentences.items()
    }
