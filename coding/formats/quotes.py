"""Printing what somebody said: hesitations may go, all else that goes or comes is marked.

A printed quote differs from the words on the record in three ways only: `[...]` marks what
was left out, `[ ]` holds what was put in, and hesitations (øh, øhm, eh, hm, mm, with a comma
that follows) are gone.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

# A measure ("5 mm") and an abbreviation ("mm.") are no hesitations.
_HESITATION: Final = r"(?:(?<!\d)(?<!\d\s)mm+(?!\.)|ø+h+m*|e+h+m*|hm+)"
_HESITATION_WITH_COMMA: Final = re.compile(
    rf"(?<![\w’'-]){_HESITATION}(?![\w’'-])(?:\s*,)?", re.IGNORECASE
)
_SPACES: Final = re.compile(r"[^\S\n]+")
_SPACE_BEFORE_PUNCTUATION: Final = re.compile(r"[^\S\n]+(?=[,.;:?!](?:\s|$))")
_WORD: Final = re.compile(r"\w+(?:[’'-]\w+)*|[^\w\s]")
_PIECE: Final = re.compile(r"\[[^\[\]]*\]|[^\[]+|\[")
_OMISSION: Final = re.compile(r"\[\s*(?:\.\s*\.\s*\.|…)\s*\]")
_CONTEXT_WORDS: Final = 4
# Eight pages: what is longer is cited as a reference, or in parts.
QUOTE_CHARACTERS: Final = 20_000


class QuoteChangedError(ValueError):
    """The printed quote says something else; `found` is where, `expected` what was said there."""

    def __init__(self, found: str, expected: str) -> None:
        self.found = found
        self.expected = expected
        super().__init__(f"{found!r} instead of {expected!r}")


@dataclass(frozen=True, slots=True)
class _Token:
    """A word or a sign; `optional` ones are hesitations with their comma."""

    text: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class _Omission:
    pass


@dataclass(frozen=True, slots=True)
class _Bracket:
    """`[ ]` in print: an insertion, unless the record itself has these words in brackets."""

    tokens: tuple[str, ...]


_Step = str | _Omission | _Bracket


def print_quote(original: str) -> str:
    """The words without hesitations and double spaces; nothing else changes."""
    without = _HESITATION_WITH_COMMA.sub(" ", original)
    if not _WORD.search(without):
        # Somebody who only hesitated said just that.
        return original.strip()
    if without != original:
        without = _SPACE_BEFORE_PUNCTUATION.sub("", _SPACES.sub(" ", without))
    lines = (line.strip() for line in without.split("\n"))
    return "\n".join(lines).strip()


def check_printed(original: str, printed: str) -> None:
    """Passes when `printed` is `original` with nothing but marked changes.

    Spaces do not count. Raises `QuoteChangedError` naming the first place that differs. Takes
    a tenth of a second for the longest quote, however often it repeats itself.
    """
    spoken = list(_spoken(original))
    steps = list(_steps(printed))
    says_nothing = not any(isinstance(step, str) for step in steps)
    if says_nothing and spoken and printed.strip() != print_quote(original):
        raise QuoteChangedError(printed.strip(), _around(spoken, 0))
    record = _Record(spoken, steps)
    places = record.skipping(1)
    for number, step in enumerate(steps):
        reached = record.skipping(record.advance(step, places))
        if not reached:
            raise QuoteChangedError(_printed_from(steps, number), _around(spoken, _last(places)))
        places = reached
    if _last(places) < len(spoken):
        raise QuoteChangedError("", _around(spoken, _last(places)))


class _Record:
    """Where in the record the print may have come to: bit n of a set of places stands for the
    place before the record's token n, so that one step moves all of them at once."""

    def __init__(self, spoken: list[_Token], steps: list[_Step]) -> None:
        self._all = (1 << len(spoken) + 1) - 1
        self._optional = _bits(at for at, token in enumerate(spoken) if token.optional)
        printed = {word for step in steps for word in _words(step)}
        places: dict[str, list[int]] = {}
        for at, token in enumerate(spoken):
            if token.text in printed:
                places.setdefault(token.text, []).append(at)
        self._places = {word: _bits(each) for word, each in places.items()}

    def advance(self, step: _Step, places: int) -> int:
        match step:
            case _Omission():
                # Everything from the first of the places on.
                return self._all & -(places & -places)
            case _Bracket(tokens):
                literal = places
                for token in tokens:
                    literal = self.skipping(self.advance(token, literal))
                return places | literal
            case _:
                return (places & self._places.get(step, 0)) << 1

    def skipping(self, places: int) -> int:
        """The places, and those reached by passing over hesitations.

        Adding a place to a run of ones carries to the run's end.
        """
        within = places & self._optional
        return places | ((self._optional + within) ^ self._optional)


def _bits(places: Iterable[int]) -> int:
    found = bytearray()
    for at in places:
        if at >> 3 >= len(found):
            found.extend(bytes((at >> 3) + 1 - len(found)))
        found[at >> 3] |= 1 << (at & 7)
    return int.from_bytes(found, "little")


def _last(places: int) -> int:
    return places.bit_length() - 1


def _words(step: _Step) -> tuple[str, ...]:
    match step:
        case _Omission():
            return ()
        case _Bracket(tokens):
            return tokens
        case _:
            return (step,)


def _spoken(original: str) -> Iterator[_Token]:
    position = 0
    for match in _HESITATION_WITH_COMMA.finditer(original):
        yield from (_Token(word) for word in _WORD.findall(original[position : match.start()]))
        yield from (_Token(word, optional=True) for word in _WORD.findall(match[0]))
        position = match.end()
    yield from (_Token(word) for word in _WORD.findall(original[position:]))


def _steps(printed: str) -> Iterator[_Step]:
    for piece in _PIECE.findall(printed):
        if _OMISSION.fullmatch(piece):
            yield _Omission()
        elif piece.startswith("[") and piece.endswith("]"):
            yield _Bracket(tuple(_WORD.findall(piece)))
        else:
            yield from _WORD.findall(piece)


def _around(spoken: list[_Token], at: int) -> str:
    return _joined([token.text for token in spoken[at : at + _CONTEXT_WORDS]])


def _printed_from(steps: list[_Step], number: int) -> str:
    words = [step for step in steps[number:] if isinstance(step, str)]
    return _joined(words[:_CONTEXT_WORDS])


def _joined(tokens: list[str]) -> str:
    return re.sub(r" (?=[,.;:?!…])", "", " ".join(tokens))
