"""The interview guide of one case as a Word document, to bring along."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from docx import Document
from docx.shared import Cm

from workbench.files.spreadsheets import without_illegal
from workbench.files.word_setting import add_page_numbers, describe, dress


@dataclass(frozen=True, slots=True)
class GuideLine:
    """A section at depth 0, else a question; what is asked besides has no number."""

    number: str
    text: str
    depth: int


def write_guide_docx(
    *, title: str, subtitle: str, lines: Sequence[GuideLine], locale: str, created: dt.datetime
) -> bytes:
    """Sections as headings, questions indented by depth with their numbers hanging."""
    document = Document()
    dress(document, locale)
    told, under = without_illegal(title), without_illegal(subtitle)
    describe(document, title=told, subject=under, locale=locale, created=created)
    add_page_numbers(document)
    document.add_paragraph(told, style="Title")
    if under:
        document.add_paragraph(under, style="Subtitle")
    for line in lines:
        words = without_illegal(f"{line.number}\t{line.text}" if line.number else f"+\t{line.text}")
        if line.depth == 0 and line.number:
            document.add_heading(words.replace("\t", " "), level=1)
            continue
        form = document.add_paragraph(words).paragraph_format
        form.left_indent = Cm(1.4 + 0.8 * max(line.depth - 1, 0))
        form.first_line_indent = Cm(-1.4)
        form.tab_stops.add_tab_stop(form.left_indent)
    output = BytesIO()
    document.save(output)
    return output.getvalue()
