"""Files that nobody can use, each with the words that must say so."""

import zipfile
from dataclasses import dataclass
from io import BytesIO

from tests.interviews.formats.packages import (
    open_document,
    pdf_file,
    set_lines,
    with_body,
    with_part,
    word_file,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 200


@dataclass(frozen=True)
class BadFile:
    """`says` stands in the message in English; `status` is the API's, None when a job fails."""

    name: str
    data: bytes
    says: str
    status: int | None = None


def locked_word_file() -> bytes:
    """The container that an office package with a password is wrapped in."""
    return OLE + b"\x00" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 400


def bomb() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\x00" * (60 * 1024 * 1024))
    return stream.getvalue()


def with_document_type(package: bytes) -> bytes:
    """XML that would have a reader fill its memory, were its entities expanded."""
    start = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">]>'
    return with_part(
        package,
        "word/document.xml",
        lambda part: part.replace(b"<w:document", start + b"<w:document", 1),
    )


WORD = word_file("Leder: Vi nåede det.", "Interviewer: Hvordan?")
OPEN_DOCUMENT = open_document("<text:p>Leder: Vi nåede det.</text:p>")
BAD_FILES = {
    "empty": BadFile("tom.txt", b"", "There is no text in it", 400),
    "blank": BadFile("blank.txt", b" \n\r\n\t ", "There is no text in it"),
    "empty word file": BadFile("tom.docx", word_file(), "There is no text in it"),
    "picture called docx": BadFile("billede.docx", PNG, "it is a picture. Save it as DOCX"),
    "docx called txt": BadFile(
        "interview.txt", WORD, "it is a Word document. Give it its right ending"
    ),
    "text called docx": BadFile("interview.docx", b"Leder: hej", "Its name says a Word document"),
    "subtitles called txt": BadFile(
        "film.txt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHej\n", "WebVTT subtitles"
    ),
    "unknown ending": BadFile("interview.pages", b"hej", "cannot be read: .pages", 415),
    "no ending": BadFile("interview", b"hej", "cannot be read: no ending", 415),
    "password": BadFile("laast.docx", locked_word_file(), "protected by a password"),
    "old word file": BadFile("gammel.docx", OLE + b"\x00" * 600, "an old Word document"),
    "truncated": BadFile("halv.docx", WORD[: len(WORD) // 2], "damaged"),
    "garbled": BadFile("skrammet.docx", with_body(WORD, "<w:p><w:r>"), "damaged"),
    "zip without a text": BadFile("tomt-arkiv.docx", b"PK\x03\x04" + b"\x00" * 100, "damaged"),
    "opendocument called docx": BadFile(
        "interview.docx", OPEN_DOCUMENT, "it is an OpenDocument text. Give it its right ending"
    ),
    "locked opendocument": BadFile(
        "laast.odt", with_part(OPEN_DOCUMENT, "encrypted-package", lambda _: b"x"), "a password"
    ),
    "entities in opendocument": BadFile(
        "enheder.odt",
        with_part(OPEN_DOCUMENT, "content.xml", lambda part: b"<!DOCTYPE a>" + part),
        "instructions",
    ),
    "half rich text": BadFile("halv.rtf", b"{\\rtf1 Leder: he", "damaged"),
    "nested rich text": BadFile(
        "dyb.rtf", b"{\\rtf1 " + b"{" * 9_000 + b"a" + b"}" * 9_001, "instructions"
    ),
    "text called html": BadFile("side.html", b"Leder: hej", "Its name says a web page"),
    "other json": BadFile("data.json", b'{"a": [1]}', "it is JSON of another kind"),
    "half json": BadFile("tale.json", b'{"segments": [', "damaged"),
    "deep json": BadFile("dyb.otr", b"[" * 100_000, "damaged"),
    "scanned": BadFile(
        "scannet.pdf", pdf_file(b"q 500 0 0 700 50 50 cm /I1 Do Q"), "only pictures of pages"
    ),
    "garbled pdf": BadFile("skrammet.pdf", b"%PDF-1.7" + b"\xff" * 900, "damaged"),
    "pdf called docx": BadFile(
        "rapport.docx", pdf_file(set_lines("Leder: Ja.")), "it is a PDF. Give it its right ending"
    ),
    "bomb": BadFile("bombe.docx", bomb(), "unpacks to far more"),
    "entities": BadFile("enheder.docx", with_document_type(WORD), "instructions"),
    "noise": BadFile("stoej.txt", bytes(range(256)) * 40, "It is not text"),
    "half an utf-16": BadFile("halvt.txt", b"\xff\xfeh\x00e\x00j", "does not fit that encoding"),
}
