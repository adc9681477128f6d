"""A case description (or several) as a Word document.

Headings are real headings, a citation is a real endnote: Word numbers them, keeps the
numbers right when text moves, and jumps from the number to its source and back. A source
cited again points at its first number. The document carries no author and no trace of
the program's template.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Final, Literal

from docx import Document
from docx.document import Document as DocxDocument
from docx.text.paragraph import Paragraph as DocxParagraph

from coding.formats.docx_endnotes import Endnotes
from workbench.files.spreadsheets import without_illegal
from workbench.files.word_setting import (
    ATTRIBUTION_STYLE,
    QUOTE_STYLE,
    add_page_numbers,
    add_watermark,
    describe,
    dress,
)

Language = Literal["da", "en"]

LOCALES: Final[Mapping[Language, str]] = {"da": "da-DK", "en": "en-GB"}
SOURCES_HEADING: Final[Mapping[Language, str]] = {"da": "Kilder", "en": "Sources"}
QUOTATION_MARKS: Final[Mapping[Language, tuple[str, str]]] = {
    "da": (
        "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}",
        "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}",
    ),
    "en": ("\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"),
}


class UnknownSourceError(ValueError):
    """A citation names a source that the report does not list."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of running text in one shape. A line feed is a line break."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A raised number at this place, for the source of that key."""

    source: str


Inline = Run | Citation


@dataclass(frozen=True, slots=True)
class Paragraph:
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class BlockQuote:
    """Words somebody said, set apart, with who said them (pseudonym, role).

    The quotation marks are added here. A paraphrase is never a block quote: cite it from
    a paragraph.
    """

    text: str
    attribution: str
    source: str | None = None


Block = Paragraph | BlockQuote


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of level 1 to 9 and what stands below it; a lower section simply follows."""

    title: str
    blocks: tuple[Block, ...] = ()
    level: int = 1


@dataclass(frozen=True, slots=True)
class Source:
    """What a citation stands on, as the reader shall see it in the list of sources."""

    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReport:
    """All that the document says. `watermark` is the word across a draft's pages, `state` how
    far the text is and when it was taken out."""

    title: str
    subtitle: str = ""
    state: str = ""
    language: Language = "da"
    sections: tuple[Section, ...] = ()
    sources: tuple[Source, ...] = ()
    watermark: str | None = None
    created: dt.datetime


def write_case_docx(report: CaseReport) -> bytes:
    """The report as a .docx file. Raises `UnknownSourceError` for a citation without a source."""
    document = Document()
    dress(document, LOCALES[report.language])
    describe(
        document,
        title=without_illegal(report.title),
        subject=without_illegal(report.subtitle),
        locale=LOCALES[report.language],
        created=report.created,
    )
    add_page_numbers(document)
    if report.watermark:
        add_watermark(document, without_illegal(report.watermark))
    _Writer(document, report).write()
    output = BytesIO()
    document.save(output)
    return output.getvalue()


class _Writer:
    def __init__(self, document: DocxDocument, report: CaseReport) -> None:
        self._document = document
        self._report = report
        self._sources = {source.key: without_illegal(source.text) for source in report.sources}
        self._endnotes = Endnotes(document, SOURCES_HEADING[report.language])

    def write(self) -> None:
        self._document.add_paragraph(without_illegal(self._report.title), style="Title")
        if self._report.subtitle:
            head = [self._report.subtitle, self._report.state]
            subtitle = without_illegal(" · ".join(filter(None, head)))
            self._document.add_paragraph(subtitle, style="Subtitle")
        for section in self._report.sections:
            self._document.add_heading(without_illegal(section.title), level=section.level)
            for block in section.blocks:
                self._write_block(block)
        self._endnotes.attach()

    def _write_block(self, block: Block) -> None:
        match block:
            case Paragraph(content):
                paragraph = self._document.add_paragraph()
                for inline in content:
                    self._write_inline(paragraph, inline)
            case BlockQuote(text, attribution, source):
                self._write_quote(text, attribution, source)

    def _write_inline(self, paragraph: DocxParagraph, inline: Inline) -> None:
        match inline:
            case Run(text, bold, italic):
                run = paragraph.add_run(without_illegal(text))
                # None leaves the choice to the style; False would override it.
                run.bold = bold or None
                run.italic = italic or None
            case Citation(source):
                self._cite(paragraph, source)

    def _write_quote(self, text: str, attribution: str, source: str | None) -> None:
        before, after = QUOTATION_MARKS[self._report.language]
        quote = self._document.add_paragraph(
            f"{before}{without_illegal(text)}{after}", style=QUOTE_STYLE
        )
        if source is not None:
            self._cite(quote, source)
        if attribution:
            self._document.add_paragraph(without_illegal(attribution), style=ATTRIBUTION_STYLE)

    def _cite(self, paragraph: DocxParagraph, source: str) -> None:
        if source not in self._sources:
            raise UnknownSourceError(f"No source {source!r} in the report's list.")
        self._endnotes.cite(paragraph, source, self._sources[source])
