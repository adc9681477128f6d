"""A codebook as people paste it: one code a line, often with what it means behind it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from interviews.formats.outlines import OutlineLine

# A hyphen inside a word parts nothing.
_PARTED: Final = re.compile(r"\s*:\s+|\s+[–—-]\s+")
_TITLE: Final = re.compile(r"\b(?:kodebog|kodeliste|koder|codebook|code list|codes)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OutlineCode:
    """A code of the outline; `text` is what stands behind its name."""

    name: str
    text: str
    depth: int


def has_title(lines: Sequence[OutlineLine]) -> bool:
    """Whether the first line calls itself a codebook, so that it is no code of it."""
    return len(lines) > 1 and bool(_TITLE.search(lines[0].text))


def may_have_title(lines: Sequence[OutlineLine]) -> bool:
    """Whether everything stands under the first line, or that line says that it is a title."""
    return has_title(lines) or (len(lines) > 1 and all(line.depth for line in lines[1:]))


def has_texts(lines: Sequence[OutlineLine]) -> bool:
    return any(_parted(line.text)[1] for line in lines)


def read_codes(
    lines: Sequence[OutlineLine], *, titled: bool, with_texts: bool
) -> list[OutlineCode]:
    """The codes: without the first line when that is a title, and with their texts apart."""
    rest = lines[1:] if titled else lines
    outermost = min((line.depth for line in rest), default=0)
    codes = []
    for line in rest:
        name, text = _parted(line.text) if with_texts else (line.text, "")
        codes.append(OutlineCode(name, text, line.depth - outermost))
    return codes


def _parted(line: str) -> tuple[str, str]:
    """`Name: text` and `Name – text`; a line that is not both is a name."""
    name, *text = _PARTED.split(line, maxsplit=1)
    return (name, text[0]) if name and text and text[0] else (line, "")
