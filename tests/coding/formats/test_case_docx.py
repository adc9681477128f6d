"""The case description as a Word document, read back as Word would."""

import datetime as dt
import io
import re
import zipfile
from xml.etree import ElementTree as Xml

import pytest
from docx import Document
from docx.document import Document as DocxDocument

from coding.formats.case_docx import (
    BlockQuote,
    CaseReport,
    Citation,
    Language,
    Paragraph,
    Run,
    Section,
    Source,
    UnknownSourceError,
    write_case_docx,
)

pytestmark = pytest.mark.pure

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CREATED = dt.datetime(2024, 6, 1, 11, 30, tzinfo=dt.timezone(dt.timedelta(hours=2)))


def make_report(
    *,
    language: Language = "da",
    watermark: str | None = None,
    sections: tuple[Section, ...] | None = None,
    title: str = "Hjemmeplejen Tofteby",
) -> CaseReport:
    usual = (
        Section(
            "Arbejdspladsen",
            (
                Paragraph(
                    (
                        Run("Tofteby har "),
                        Run("46 ansatte", bold=True),
                        Run(" i døgndrift"),
                        Citation("plan"),
                        Run("."),
                    )
                ),
            ),
        ),
        Section(
            "Sådan gør de",
            (
                BlockQuote("Altså, de ti minutter er vores.", "Hjælper 1, medarbejder", "i03"),
                Paragraph((Run("Det står også i planen"), Citation("plan"), Run("."))),
            ),
        ),
        Section("Overlappet", (Paragraph((Run("Ti minutter."),)),), level=2),
    )
    return CaseReport(
        title=title,
        subtitle="Casebeskrivelse",
        language=language,
        sections=usual if sections is None else sections,
        sources=(
            Source("i03", "Fokusgruppe, replik 14"),
            Source("plan", "Personalepolitik 2023"),
            Source("unused", "Rundgang"),
        ),
        watermark=watermark,
        created=CREATED,
    )


def opened(data: bytes) -> DocxDocument:
    return Document(io.BytesIO(data))


def xml(data: bytes, name: str) -> Xml.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return Xml.fromstring(archive.read(name))


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def notes(data: bytes) -> dict[str, str]:
    """Number -> text of the real notes, the separators left out."""
    return {
        note.get(f"{W}id", ""): "".join(note.itertext()).strip()
        for note in xml(data, "word/endnotes.xml")
        if note.get(f"{W}type") is None
    }


def test_title_and_sections_are_real_headings_in_order() -> None:
    document = opened(write_case_docx(make_report()))

    headings = [
        (paragraph.style.name, paragraph.text)
        for paragraph in document.paragraphs
        if paragraph.style is not None
        and str(paragraph.style.name).startswith(("Title", "Subtitle", "Heading"))
    ]
    assert headings == [
        ("Title", "Hjemmeplejen Tofteby"),
        ("Subtitle", "Casebeskrivelse"),
        ("Heading 1", "Arbejdspladsen"),
        ("Heading 1", "Sådan gør de"),
        ("Heading 2", "Overlappet"),
    ]


def test_a_block_quote_has_its_style_its_marks_and_who_said_it() -> None:
    document = opened(write_case_docx(make_report()))

    said = {
        paragraph.style.name: paragraph.text
        for paragraph in document.paragraphs
        if paragraph.style is not None and str(paragraph.style.name).startswith("Case Quote")
    }
    assert said == {
        "Case Quote": "»Altså, de ti minutter er vores.«",
        "Case Quote Attribution": "Hjælper 1, medarbejder",
    }


def test_citations_are_endnotes_numbered_in_the_order_of_first_use() -> None:
    data = write_case_docx(make_report())

    body = xml(data, "word/document.xml")
    references = [note.get(f"{W}id") for note in body.iter(f"{W}endnoteReference")]
    assert references == ["1", "2"]
    assert notes(data) == {"1": "Personalepolitik 2023", "2": "Fokusgruppe, replik 14"}


def test_a_source_cited_again_points_back_at_its_first_number() -> None:
    body = xml(write_case_docx(make_report()), "word/document.xml")

    (code,) = body.iter(f"{W}instrText")
    bookmarks = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    target = re.search(r"NOTEREF (\S+)", code.text or "")
    assert target is not None
    assert target[1] in bookmarks
    assert target[1] == "_Source1"


def test_notes_are_announced_so_that_word_opens_them() -> None:
    data = write_case_docx(make_report())

    content_types = Xml.tostring(xml(data, "[Content_Types].xml"), encoding="unicode")
    settings = [element.tag.removeprefix(W) for element in xml(data, "word/settings.xml")]
    kinds = [note.get(f"{W}type") for note in xml(data, "word/endnotes.xml")]
    assert "wordprocessingml.endnotes+xml" in content_types
    assert settings.index("endnotePr") == settings.index("compat") - 1
    assert kinds[:2] == ["separator", "continuationSeparator"]
    # It stands where the notes do, on whatever page.
    heading = xml(data, "word/endnotes.xml")[0]
    assert "".join(heading.itertext()).strip() == "Kilder"
    assert [style.get(f"{W}val") for style in heading.iter(f"{W}pStyle")] == ["Heading1"]


def test_notes_count_in_arabic_numbers() -> None:
    body = xml(write_case_docx(make_report()), "word/document.xml")

    formats = [element.get(f"{W}val") for element in body.iter(f"{W}numFmt")]
    assert formats == ["decimal"]


def test_a_report_without_citations_has_no_list_of_sources() -> None:
    report = make_report(sections=(Section("Tomt", (Paragraph((Run("Intet."),)),)),))

    data = write_case_docx(report)

    assert "word/endnotes.xml" not in names(data)


def test_a_citation_without_a_source_is_refused() -> None:
    report = make_report(sections=(Section("Løst", (Paragraph((Citation("borte"),)),)),))

    with pytest.raises(UnknownSourceError, match="borte"):
        write_case_docx(report)


@pytest.mark.parametrize(
    ("language", "locale", "quote", "heading"),
    [("da", "da-DK", "»…«", "Kilder"), ("en", "en-GB", "“…”", "Sources")],
)
def test_language_decides_spelling_marks_and_headings(
    language: Language, locale: str, quote: str, heading: str
) -> None:
    section = Section("A", (BlockQuote("…", "", "i03"),))
    data = write_case_docx(make_report(language=language, sections=(section,)))

    languages = {
        element.get(f"{W}val") for element in xml(data, "word/styles.xml").iter(f"{W}lang")
    }
    texts = [paragraph.text for paragraph in opened(data).paragraphs]
    assert languages == {locale}
    assert opened(data).core_properties.language == locale
    assert quote in texts
    assert "".join(xml(data, "word/endnotes.xml")[0].itertext()).strip() == heading


def test_properties_name_the_document_and_nobody() -> None:
    data = write_case_docx(make_report())
    properties = opened(data).core_properties

    assert properties.title == "Hjemmeplejen Tofteby"
    assert properties.subject == "Casebeskrivelse"
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.created == dt.datetime(2024, 6, 1, 9, 30, tzinfo=dt.UTC)
    assert [name for name in names(data) if "thumbnail" in name or "app.xml" in name] == []
    assert b"python-docx" not in b"".join(
        zipfile.ZipFile(io.BytesIO(data)).read(name) for name in names(data)
    )


def test_a_draft_carries_its_word_across_the_page_and_in_the_header() -> None:
    header = opened(write_case_docx(make_report(watermark='"UDKAST" & <mere>'))).sections[0].header

    shapes = [
        element.get("string")
        for element in header._element.iter("{urn:schemas-microsoft-com:vml}textpath")
        if element.get("string")
    ]
    assert shapes == ['"UDKAST" & <mere>']
    assert header.paragraphs[0].text == '"UDKAST" & <mere>'


def test_an_approved_report_has_no_watermark() -> None:
    data = write_case_docx(make_report())

    assert opened(data).sections[0].header.paragraphs[0].text == ""
    assert b"textpath" not in b"".join(
        zipfile.ZipFile(io.BytesIO(data)).read(name) for name in names(data)
    )


def test_emphasis_and_line_breaks_are_kept_and_markup_is_only_text() -> None:
    text = "Før <w:p/> & efter\nny linje\x0b 👩‍👩‍👧"
    report = make_report(
        title="A & B <c>",
        sections=(
            Section(
                "S", (Paragraph((Run(text), Run("fed", bold=True), Run("kursiv", italic=True))),)
            ),
        ),
    )

    document = opened(write_case_docx(report))

    runs = document.paragraphs[3].runs
    assert document.paragraphs[0].text == "A & B <c>"
    assert [run.text for run in runs] == [text.replace("\x0b", ""), "fed", "kursiv"]
    assert [(run.bold, run.italic) for run in runs] == [(None, None), (True, None), (None, True)]


def test_the_same_report_gives_the_same_document() -> None:
    first, second = (write_case_docx(make_report(watermark="UDKAST")) for _ in range(2))

    for name in names(first):
        assert Xml.tostring(xml(first, name)) == Xml.tostring(xml(second, name)), name
