"""Word documents: what is read, what is left out and told of, and what is refused."""

import io
import zipfile

import pytest

from interviews.formats import parse
from interviews.formats.records import NoticeCode, ParsedDocument, ParseLimits
from tests.interviews.formats.packages import renamed, with_body, with_part, word_file
from workbench.files.archives import OLE_MAGIC, ArchiveLimits
from workbench.files.problems import FileProblem, ProblemCode

pytestmark = pytest.mark.pure

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>"""


def refused(data: bytes, limits: ParseLimits | None = None) -> FileProblem:
    with pytest.raises(FileProblem) as problem:
        parse(data, name="a.docx", limits=limits)
    return problem.value


def told(document: ParsedDocument) -> dict[NoticeCode, object]:
    return {notice.code: notice.params for notice in document.notices}


def test_tracked_insertions_are_read_and_deletions_are_not() -> None:
    changed = (
        '<w:p><w:r><w:t xml:space="preserve">Vi </w:t></w:r>'
        '<w:ins w:id="1" w:author="x"><w:r><w:t>nåede</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="x"><w:r><w:delText>glemte</w:delText></w:r></w:del></w:p>'
    )
    document = parse(with_body(word_file(), changed), name="a.docx")
    assert [turn.text for turn in document.turns] == ["Vi nåede"]
    assert told(document) == {NoticeCode.TRACKED_CHANGES: {"insertions": 1, "deletions": 1}}


def test_hidden_text_is_read_and_told_of() -> None:
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>skjult</w:t></w:r></w:p>"
    document = parse(with_body(word_file("synlig"), hidden), name="a.docx")
    assert [turn.text for turn in document.turns] == ["skjult", "synlig"]
    assert told(document) == {NoticeCode.HIDDEN_TEXT: {"count": 1}}


def test_words_in_a_content_control_are_read() -> None:
    control = (
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>Leder: i et felt</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
    )
    document = parse(with_body(word_file(), control), name="a.docx")
    assert [(turn.speaker, turn.text) for turn in document.turns] == [("Leder", "i et felt")]


def test_macros_and_objects_are_ignored_and_told_of() -> None:
    package = with_part(word_file("tekst"), "word/vbaProject.bin", lambda _: b"MZ")
    assert told(parse(package, name="a.docx")) == {NoticeCode.EMBEDDED_IGNORED: {"count": 1}}


def test_what_lies_outside_the_file_is_ignored_and_told_of() -> None:
    template = (
        b'<Relationship Id="rId99" TargetMode="External" Target="http://127.0.0.1:9/t.dotm" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'attachedTemplate"/></Relationships>'
    )
    package = with_part(
        word_file("tekst"),
        "word/_rels/document.xml.rels",
        lambda part: part.replace(b"</Relationships>", template),
    )
    document = parse(package, name="a.docx")
    assert [turn.text for turn in document.turns] == ["tekst"]
    assert told(document) == {NoticeCode.EXTERNAL_IGNORED: {"count": 1}}


def test_a_linked_file_is_never_read() -> None:
    relation = (
        b'<Relationship Id="rId98" TargetMode="External" Target="file:///etc/passwd" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
        b"</Relationships>"
    )
    package = with_part(
        word_file("tekst"),
        "word/_rels/document.xml.rels",
        lambda part: part.replace(b"</Relationships>", relation),
    )
    picture = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/'
        'drawingml/2006/wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.'
        'openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://'
        'schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:link='
        '"rId98" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        "/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
        "</w:r></w:p>"
    )
    document = parse(with_body(package, picture), name="a.docx")
    assert [turn.text for turn in document.turns] == ["tekst"]
    assert told(document) == {
        NoticeCode.EXTERNAL_IGNORED: {"count": 1},
        NoticeCode.IMAGES_LEFT_OUT: {"count": 1},
    }


def test_markup_in_the_text_stays_text() -> None:
    document = parse(word_file("<script>alert(1)</script> &amp; <b>fed</b>"), name="a.docx")
    assert document.turns[0].text == "<script>alert(1)</script> &amp; <b>fed</b>"


def test_a_combining_mark_at_the_beginning_of_a_paragraph_harms_nothing() -> None:
    document = parse(word_file("\u0338 først", "sidst e\u0301"), name="a.docx")
    assert [turn.text for turn in document.turns] == ["\u0338 først", "sidst é"]


def test_a_file_behind_a_password_is_named_so() -> None:
    locked = OLE_MAGIC + b"\x00" * 1000 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 500
    assert refused(locked).code is ProblemCode.PASSWORD_PROTECTED


def test_an_old_word_document_is_another_type() -> None:
    problem = refused(OLE_MAGIC + b"\x00" * 2000)
    assert (problem.code, problem.params["found"]) == (ProblemCode.WRONG_TYPE, "doc")


def test_half_a_file_is_broken() -> None:
    package = word_file("tekst")
    for part in (0.01, 0.5, 0.99):
        assert refused(package[: int(len(package) * part) or 5]).code is ProblemCode.BROKEN


def test_a_flipped_bit_is_broken() -> None:
    package = bytearray(word_file("tekst " * 1000))
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        offset = archive.getinfo("word/document.xml").header_offset
    package[offset + 80] ^= 0x10
    assert refused(bytes(package)).code is ProblemCode.BROKEN


def test_text_in_a_docx_name_is_another_type() -> None:
    assert refused(b"Anna: hej").code is ProblemCode.WRONG_TYPE


def test_another_package_in_a_docx_name_is_another_type() -> None:
    package = with_part(word_file("a"), "xl/workbook.xml", lambda _: b"<a/>")
    other = package.replace(b"word/document.xml", b"word/dokument.xml")
    problem = refused(other)
    assert (problem.code, problem.params["found"]) == (ProblemCode.WRONG_TYPE, "zip")


def test_entities_are_refused_in_whatever_part() -> None:
    for part in ("word/document.xml", "word/styles.xml", "customXml/item9.xml"):
        package = with_part(word_file("a"), part, lambda _: LAUGHS + b"<d>&b;</d>")
        assert refused(package).code is ProblemCode.UNSAFE_MARKUP


def test_an_external_entity_reads_nothing() -> None:
    xxe = b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>'
    package = with_part(word_file("a"), "word/document.xml", lambda _: xxe)
    assert refused(package).code is ProblemCode.UNSAFE_MARKUP


def test_the_text_may_lie_under_another_name() -> None:
    deleted = "<w:p><w:del w:id='2' w:author='x'><w:r><w:delText>nå</w:delText></w:r></w:del></w:p>"
    package = with_body(word_file("Leder: hej", "Bo: ja"), deleted)
    moved = renamed(package, "word/document.xml", "word/document2.xml")
    assert parse(moved, name="a.docx") == parse(package, name="a.docx")
    assert told(parse(moved, name="a.docx"))


def test_no_part_is_read_that_was_not_checked() -> None:
    evil = with_part(word_file("hej"), "word/document.xml", lambda part: LAUGHS + part)
    for name in ("word/document.bin", "word/document.XML", "word/picture.png"):
        problem = refused(renamed(evil, "word/document.xml", name))
        assert problem.code is ProblemCode.UNSAFE_MARKUP
    notes = "word/_rels/document.xml.rels"
    link = (
        b'<Relationship Id="n" Target="notes.bin" Type="http://schemas.openxmlformats.org'
        b'/officeDocument/2006/relationships/footnotes"/></Relationships>'
    )
    package = with_part(
        word_file("hej"), notes, lambda part: part.replace(b"</Relationships>", link)
    )
    package = with_part(package, "word/notes.bin", lambda _new: b"<!DOCTYPE a><a/>")
    assert refused(package).code is ProblemCode.UNSAFE_MARKUP


def test_endless_depth_is_refused() -> None:
    package = with_part(word_file("a"), "word/document.xml", lambda _: b"<a>" * 200_000)
    assert refused(package).params["reason"] == "depth"


def test_a_package_that_inflates_beyond_measure_is_a_bomb() -> None:
    limits = ParseLimits(archive=ArchiveLimits(ratio_from=1_000_000))
    package = with_part(word_file("a"), "word/media/a.bin", lambda _: b"\0" * 5_000_000)
    problem = refused(package, limits)
    assert (problem.code, problem.params["reason"]) == (ProblemCode.ARCHIVE_BOMB, "ratio")


def test_a_document_without_words_is_empty() -> None:
    assert refused(word_file()).code is ProblemCode.EMPTY


def test_parts_that_do_not_fit_together_are_broken() -> None:
    package = with_part(word_file("a"), "word/document.xml", lambda _: b"<w>ikke et dokument</w>")
    assert refused(package).code is ProblemCode.BROKEN
