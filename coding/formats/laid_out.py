"""How many pages a text takes as the Word report sets it: an estimate, without setting it.

Calibrated against the reports of the four demo descriptions (1.5 to 4.2 pages), which
LibreOffice set as PDF and `pdftotext -bbox-layout` measured from heading to heading, in a face
that has Georgia's widths and line height. The estimate was off by -3 to +4 per cent for a whole
description and by at most 0.05 pages for a section. A computer without Georgia sets
the same reports 11 to 18 per cent longer than estimated where the wider DejaVu Serif stands in.
"""

from collections.abc import Iterable
from decimal import Decimal
from math import ceil
from typing import Final, NamedTuple

from coding.formats.case_docx import Block, BlockQuote, Paragraph, Run, Section


class _Setting(NamedTuple):
    """How a kind of paragraph is set; heights in points."""

    characters: int  # that a line holds on average, unfilled ends included
    line: float
    around: float  # between it and the next; above a heading, what its space adds to that


# A4 with margins of 2.5 cm above and below, as `word_setting` has it.
_PAGE: Final = 700.2
_TEXT: Final = _Setting(84, 15.6, 8)
_QUOTE: Final = _Setting(73, 15.6, 2)
_ATTRIBUTION: Final = _Setting(84, 13.5, 8)
_HEADINGS: Final = {1: _Setting(52, 23.3, 16), 2: _Setting(65, 19.8, 2)}


def laid_out_pages(sections: Iterable[Section]) -> Decimal:
    """Pages of A4 with what stands on them: headings, paragraphs, quotes with who says them.

    The report's title and its list of sources are not counted.
    """
    height = 0.0
    for section in sections:
        height += _height(section.title, _HEADINGS[section.level])
        height += sum(map(_block, section.blocks))
    return round(Decimal(height / _PAGE), 4)


def _block(block: Block) -> float:
    match block:
        case Paragraph(content):
            text = "".join(each.text for each in content if isinstance(each, Run))
            return _height(text, _TEXT)
        case BlockQuote(text, attribution):
            return _height(f"»{text}«", _QUOTE) + _height(attribution, _ATTRIBUTION)


def _height(text: str, setting: _Setting) -> float:
    lines = sum(max(1, ceil(len(line) / setting.characters)) for line in text.split("\n"))
    return lines * setting.line + setting.around
