"""Printed lines put together again as paragraphs: what a page has cut, and what it has added."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from statistics import median

from interviews.formats.labels import believed, key, read_head
from interviews.formats.turns import Line

_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_PART = re.compile(r"([^\W\d_]+)-$")
_FIRST_PART = re.compile(r"[^\W\d_]+")
# *dag- og nattevagt*: the hyphen stands for a word that is left out.
_JOINING = frozenset({"og", "eller", "samt", "and", "or"})
_SOFT_HYPHEN = "\u00ad"
_EDGE = 2
_SAME_PLACE = 3.0
_OTHER_STEPS = 1_000_000
_WIDE_GAP = 1.35
_LARGE = 1.15
_INDENT = 6.0
_LONGEST_WORD = 80


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as it stands on the page. Points from the lower left corner; `y` is its baseline.

    `lead` is its bold beginning, or what stands before a wide gap.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    lead: str = ""


Pages = Sequence[Sequence[PrintedLine]]


def without_running_lines(pages: Pages) -> tuple[list[list[PrintedLine]], int]:
    """The pages without headers, footers and page numbers, and how many lines those were.

    Such a line comes back at the same height on at least half of the pages, and on two; nothing
    but another one stands between it and the edge.
    """
    places = Counter(place for page in pages for place in set(_places(page)))
    needed = max(2, (len(pages) + 1) // 2)
    kept = []
    for page in pages:
        ordered = sorted(page, key=lambda line: line.y)
        running = {
            id(line)
            for edge in (ordered[:_EDGE], ordered[::-1][:_EDGE])
            for line in takewhile(
                lambda line: any(places[place] >= needed for place in _places([line])), edge
            )
        }
        kept.append([line for line in page if id(line) not in running])
    return kept, sum(map(len, pages)) - sum(map(len, kept))


def as_paragraphs(pages: Pages) -> list[Line]:
    """Lines of whole paragraphs; an empty one where the page leaves a gap or has a heading."""
    printed = [line for page in pages for line in page]
    if not printed:
        return []
    setting = _setting(pages, printed)
    lines: list[Line] = []
    paragraph: list[PrintedLine] = []
    margins = [margin for page in pages for margin in _margins(page)]
    margin_above = 0.0
    for line, margin in zip(printed, margins, strict=True):
        if paragraph and not setting.goes_on(paragraph, line, margin_above):
            lines.append(setting.joined(paragraph))
            if setting.is_gap(paragraph[-1], line):
                lines.append(Line(""))
            paragraph = []
        paragraph.append(line)
        margin_above = margin
    lines.append(setting.joined(paragraph))
    return lines


@dataclass(frozen=True, slots=True)
class _Setting:
    """What holds for the whole document; `leading` is the usual step from line to line."""

    labels: frozenset[str]
    words: frozenset[str]
    leading: float
    size: float

    def goes_on(self, paragraph: Sequence[PrintedLine], line: PrintedLine, margin: float) -> bool:
        """Whether `line` continues the paragraph, whose last line could reach to `margin`."""
        above = paragraph[-1]
        if self.is_gap(above, line) or self.has_label(line):
            return False
        first_word = line.text.split(" ", 1)[0]
        width = (above.right - above.left) / max(len(above.text), 1)
        if above.right + (len(first_word) + 1) * width < margin:
            # It would have had room above.
            return False
        # Under a label the words may stand to the right of it; elsewhere that is a beginning.
        indented = line.y < above.y and line.left - above.left > _INDENT
        return not indented or (len(paragraph) == 1 and self.has_label(above))

    def is_gap(self, above: PrintedLine, line: PrintedLine) -> bool:
        """A step up is the next column or page, and no gap."""
        wide = above.y - line.y > self.leading * _WIDE_GAP
        return wide or self.is_heading(above) != self.is_heading(line)

    def has_label(self, line: PrintedLine) -> bool:
        head = read_head(line.text, lead=line.lead)
        return head.start_ms is not None or (
            head.name is not None and key(head.name) in self.labels
        )

    def is_heading(self, line: PrintedLine) -> bool:
        return line.size > self.size * _LARGE

    def joined(self, paragraph: Sequence[PrintedLine]) -> Line:
        text = paragraph[0].text
        for line in paragraph[1:]:
            text = self._put_together(text, line.text)
        return Line(
            text.replace(_SOFT_HYPHEN, ""),
            lead=paragraph[0].lead if text.startswith(paragraph[0].lead) else "",
            apart=self.is_heading(paragraph[0]),
        )

    def _put_together(self, above: str, below: str) -> str:
        if above.endswith(_SOFT_HYPHEN):
            return above.rstrip(_SOFT_HYPHEN) + below
        if not above.endswith("-"):
            return f"{above} {below}"
        begun = _LAST_PART.search(above, max(len(above) - _LONGEST_WORD, 0))
        rest = _FIRST_PART.match(below)
        if begun is None or rest is None or rest[0] in _JOINING:
            return f"{above} {below}"
        # Only a word that stands somewhere else is surely one word.
        whole = (begun[1] + rest[0]).casefold() in self.words and rest[0].islower()
        return above[:-1] + below if whole else above + below


def _setting(pages: Pages, printed: Sequence[PrintedLine]) -> _Setting:
    heads = (read_head(line.text, lead=line.lead) for line in printed)
    names = [head.name for head in heads if head.name is not None]
    return _Setting(
        labels=believed(names, paragraphs=len(printed)),
        words=_words(printed),
        leading=_leading(pages),
        size=median(line.size for line in printed),
    )


def _margins(page: Sequence[PrintedLine]) -> list[float]:
    """For each line how far to the right the lines above and below it reach."""
    return [
        max(other.right for other in page if other.left < line.right and line.left < other.right)
        for line in page
    ]


def _places(lines: Sequence[PrintedLine]) -> Iterator[tuple[str, int]]:
    """What a line says, whatever its numbers are, and its height in whole steps; a line near
    the border of two steps is counted in both."""
    for line in lines:
        said = _DIGITS.sub("#", " ".join(line.text.split()))
        yield said, int(line.y // _SAME_PLACE)
        yield said, int((line.y + _SAME_PLACE / 2) // _SAME_PLACE) + _OTHER_STEPS


def _words(printed: Sequence[PrintedLine]) -> frozenset[str]:
    """Words that stand whole in a line: they tell how a word that was cut is written."""
    return frozenset(
        word.casefold()
        for line in printed
        for word in _WORD.findall(line.text.replace(_SOFT_HYPHEN, ""))
    )


def _leading(pages: Pages) -> float:
    steps = [
        above.y - below.y for page in pages for above, below in pairwise(page) if above.y > below.y
    ]
    return median(steps) if steps else 0.0
