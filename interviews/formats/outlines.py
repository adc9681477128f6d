"""Outlines as people paste them from a word processor: lines with a depth, and back to text.

Numbers (`1.`, `1.1`, `a)`, `iv.`), bullets, indentation by tabs or spaces, `#` headings and
plain lines are understood, also mixed. Nothing that was written is dropped but its marker.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

TAB = 4
LINES = 2_000
LINE_CHARACTERS = 2_000
DEEPEST = 8

# The soft line break of word processors stays inside its paragraph.
_SOFT_BREAKS = str.maketrans(
    {"\v": " ", "\u2028": " ", "\u2029": "\n", "\u00a0": " ", "\u2007": " ", "\u202f": " "}
)
# Joiners hold emoji and some scripts together; other invisible characters only mislead.
_KEPT = "\n\t\u200c\u200d"
_DROPPED = {"Cc", "Cf", "Cs"}
_HEADING = re.compile(r"(#{1,6})\s+")
_DOTTED = re.compile(r"\(?(\d{1,2}(?:\.\d{1,2}){1,7})[.)]?(?:\s+|$)")
_NUMBER = re.compile(r"(?:\(?(\d{1,3})[.)]+(?:\s+|$)|(\d{1,3})\t\s*)")
_LETTER = re.compile(r"\(?([A-Za-zæøåÆØÅ])[.)](?:\s+|$)")
_ROMAN = re.compile(r"\(?([ivx]{1,5})[.)](?:\s+|$)")
# Word's own bullets come out as letters of a symbol font: `o` and `§` count before a tab alone.
_BULLET = re.compile(r"(?:([-–—*•·▪▫◦‣➢→✓\uf0b7\uf0a7\uf0d8\uf02d])\s+|([o§])\t\s*)")


# What counts entries; bullets and plain lines do not.
_NUMBERED = frozenset({"number", "roman", "upper"})


class OutlineProblemCode(StrEnum):
    EMPTY = "empty"
    TOO_MANY_LINES = "too_many_lines"  # limit
    LINE_TOO_LONG = "line_too_long"  # line, limit


class OutlineProblem(Exception):
    """The text is no outline that can be used; `line` counts from 1, 0 for the whole."""

    def __init__(self, code: OutlineProblemCode, *, line: int = 0, limit: int = 0) -> None:
        self.code = code
        self.line = line
        self.limit = limit
        super().__init__(str(code))


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """One entry: single-spaced NFC text, and how many entries stand above it."""

    text: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class _Marker:
    """`style` tells levels apart; `rank` orders explicit levels (1.1 is deeper than 1)."""

    style: str = ""
    rank: int = 0
    ordinal: int = 0


@dataclass(slots=True)
class _Level:
    marker: _Marker
    indent: int
    depth: int


@dataclass(frozen=True, slots=True)
class Headed:
    """An outline and the lines that stand before its first number: a title, an introduction."""

    head: list[str]
    lines: list[OutlineLine]


def read_outline(text: str) -> list[OutlineLine]:
    """The entries of `text` in order; the first has depth 0, each next at most one more.

    Raises OutlineProblem.
    """
    return [line for _marker, line in _entries(_clean(text).split("\n"))]


def read_headed(text: str) -> Headed:
    """As `read_outline`, with what stands before the first numbered line taken off.

    Only where the numbers begin at the outer edge and every entry there has one: what stands over
    an outline of unnumbered headings is a heading, too.
    """
    rows = _clean(text).split("\n")
    entries = _entries(rows)
    whole = Headed([], [line for _marker, line in entries])
    marked = [bool(_take_marker(_indent(raw)[1], ())[0].style) for raw in rows]
    at = marked.index(True) if True in marked else 0
    head = [_words(raw) for raw in rows[:at] if raw.strip()]
    edge = min((_indent(raw)[0] for raw in rows[:at] if raw.strip()), default=0)
    plain = (raw for raw, has_mark in zip(rows[at:], marked[at:], strict=True) if not has_mark)
    if not head or any(raw.strip() and _indent(raw)[0] <= edge for raw in plain):
        return whole
    rest = _entries(rows[at:])
    outer = [marker for marker, line in rest if line.depth == 0]
    if any(marker.style not in _NUMBERED or marker.rank > 1 for marker in outer):
        return whole
    return Headed(head, [line for _marker, line in rest])


def _entries(rows: Sequence[str]) -> list[tuple[_Marker, OutlineLine]]:
    """The entries with the markers they had. Raises OutlineProblem."""
    entries: list[tuple[_Marker, OutlineLine]] = []
    levels: list[_Level] = []
    for number, raw in enumerate(rows, 1):
        if not raw.strip():
            continue
        if len(raw) > LINE_CHARACTERS:
            raise OutlineProblem(
                OutlineProblemCode.LINE_TOO_LONG, line=number, limit=LINE_CHARACTERS
            )
        indent, body = _indent(raw)
        marker, words = _take_marker(body, levels)
        if not words:
            # A number alone on its line: nothing stands behind it.
            continue
        level = _place(levels, marker, indent)
        entries.append((marker, OutlineLine(words, min(level.depth, DEEPEST))))
        if len(entries) > LINES:
            raise OutlineProblem(OutlineProblemCode.TOO_MANY_LINES, limit=LINES)
    if not entries:
        raise OutlineProblem(OutlineProblemCode.EMPTY)
    return entries


def write_outline(lines: Sequence[OutlineLine]) -> str:
    """Numbered, tab-indented text that `read_outline` reads back as the same entries."""
    return "\n".join(
        "\t" * line.depth + (f"{number}." if line.depth == 0 else number) + "\t" + line.text
        for number, line in zip(numbers([line.depth for line in lines]), lines, strict=True)
    )


def numbers(depths: Sequence[int]) -> Iterator[str]:
    """The printed number of each entry, `3.2.1`, as it follows from the depths."""
    counts: list[int] = []
    for depth in depths:
        del counts[depth + 1 :]
        counts.extend([0] * (depth + 1 - len(counts)))
        counts[depth] += 1
        yield ".".join(map(str, counts))


def _clean(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_SOFT_BREAKS)
    kept = "".join(c for c in plain if c in _KEPT or unicodedata.category(c) not in _DROPPED)
    return unicodedata.normalize("NFC", kept)


def _indent(raw: str) -> tuple[int, str]:
    width = 0
    for at, character in enumerate(raw):
        if character == "\t":
            width += TAB - width % TAB
        elif character.isspace():
            width += 1
        else:
            return width, raw[at:]
    return width, ""


def _take_marker(body: str, levels: Sequence[_Level]) -> tuple[_Marker, str]:
    """The line's marker and its words without it, single-spaced."""
    if match := _HEADING.match(body):
        rest = body[match.end() :]
        inner = _DOTTED.match(rest) or _NUMBER.match(rest)
        words = rest[inner.end() :] if inner else rest
        return _Marker("heading", len(match[1])), _words(words)
    if match := _DOTTED.match(body):
        return _Marker("number", match[1].count(".") + 1), _words(body[match.end() :])
    if match := _NUMBER.match(body):
        ordinal = int(match[1] or match[2])
        return _Marker("number", 1, ordinal), _words(body[match.end() :])
    if match := _BULLET.match(body):
        return _Marker(f"bullet {match[1] or match[2]}"), _words(body[match.end() :])
    return _take_letter(body, levels)


def _take_letter(body: str, levels: Sequence[_Level]) -> tuple[_Marker, str]:
    letter, roman = _LETTER.match(body), _ROMAN.match(body)
    if roman and not (letter and _continues_letters(letter[1], levels)):
        return _Marker("roman"), _words(body[roman.end() :])
    if letter:
        case = "upper" if letter[1].isupper() else "lower"
        return _Marker(case, 0, ord(letter[1].lower())), _words(body[letter.end() :])
    return _Marker(), _words(body)


def _words(text: str) -> str:
    return " ".join(text.split())


def _continues_letters(letter: str, levels: Sequence[_Level]) -> bool:
    """Whether `i)` follows `h)`, so that it is no Roman one."""
    return any(
        level.marker.style == "lower" and level.marker.ordinal + 1 == ord(letter)
        for level in levels
    )


def _place(levels: list[_Level], marker: _Marker, indent: int) -> _Level:
    """Finds the line's level among the open ones and closes those that it ends."""
    if marker.style == "heading" or marker.rank > 1:
        depth = _explicit(levels, marker)
    else:
        depth = _by_indent(levels, marker, indent)
    level = _Level(marker, indent, depth)
    levels.append(level)
    return level


def _explicit(levels: list[_Level], marker: _Marker) -> int:
    """A number or heading that says its own level: indentation does not matter."""
    for at, level in enumerate(levels):
        if (level.marker.style, level.marker.rank) == (marker.style, marker.rank):
            del levels[at + 1 :]
            return levels.pop().depth
    depth: int | None = None
    while levels:
        top = levels[-1]
        outranks = top.marker.style == marker.style and top.marker.rank < marker.rank
        above = outranks or (marker.style == "number" and top.marker.style == "heading")
        if above or (top.marker.style == "" and not _ranked(levels, marker.style)):
            break
        depth = levels.pop().depth
    if depth is not None:
        return depth
    return levels[-1].depth + 1 if levels else 0


def _ranked(levels: Sequence[_Level], style: str) -> bool:
    return any(level.marker.style == style for level in levels)


def _by_indent(levels: list[_Level], marker: _Marker, indent: int) -> int:
    while levels and levels[-1].indent > indent and levels[-1].marker.style != "heading":
        levels.pop()
    same = _same(levels, marker, indent)
    if same is None and marker.style == "number":
        # `2.` after an outline that began with 1.1: it ends that level, it is not below it.
        same = next((at for at, open_ in enumerate(levels) if _is_finer(open_, indent)), None)
    if same is not None:
        depth = levels[same].depth
        del levels[same:]
        return depth
    return levels[-1].depth + 1 if levels else 0


def _is_finer(level: _Level, indent: int) -> bool:
    return level.marker.style == "number" and level.marker.rank > 1 and level.indent >= indent


def _same(levels: Sequence[_Level], marker: _Marker, indent: int) -> int | None:
    """The open level this line continues: same marker, same indentation."""
    for at in range(len(levels) - 1, -1, -1):
        level = levels[at]
        if level.indent < indent or level.marker.style == "heading":
            return None
        if level.marker.style == marker.style and level.marker.rank == marker.rank:
            return at
    return None
