"""Word packages for the tests: real ones, and real ones with one thing wrong."""

import io
import zipfile
import zlib
from collections.abc import Callable

import docx


def word_file(*paragraphs: str) -> bytes:
    """A document that a word processor opens, one paragraph for each text."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_part(package: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The package with the bytes of one part changed (from nothing when it is new)."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        names = source.namelist()
        for member in names:
            data = source.read(member)
            target.writestr(member, change(data) if member == name else data)
        if name not in names:
            target.writestr(name, change(b""))
    return stream.getvalue()


def renamed(package: bytes, part: str, name: str) -> bytes:
    """The package with its main part under another name, which its relationships tell."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.namelist():
            folder, _slash, file = part.rpartition("/")
            moved = {
                part: name,
                f"{folder}/_rels/{file}.rels": f"{name}.rels".replace("/", "/_rels/"),
            }
            data = source.read(member).replace(part.encode(), name.encode())
            target.writestr(moved.get(member, member), data)
    return stream.getvalue()


def with_body(package: bytes, xml: str) -> bytes:
    """The package with WordprocessingML added at the beginning of its body."""
    opening = b"<w:body>"
    return with_part(
        package, "word/document.xml", lambda part: part.replace(opening, opening + xml.encode())
    )


def open_document(body: str, *, styles: str = "") -> bytes:
    """An OpenDocument text with this XML as its body and these automatic styles."""
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{names}office:1.0" xmlns:text="{names}text:1.0" '
        f'xmlns:style="{names}style:1.0" xmlns:table="{names}table:1.0" '
        f'xmlns:draw="{names}drawing:1.0" xmlns:fo="{names}xsl-fo-compatible:1.0" '
        'xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        mime = "application/vnd.oasis.opendocument.text"
        package.writestr("mimetype", mime, compress_type=zipfile.ZIP_STORED)
        package.writestr("content.xml", content)
    return stream.getvalue()


def pdf_file(
    *pages: bytes, objects: bytes = b"", trailer: bytes = b"", packed: bool = False
) -> bytes:
    """A PDF with these content streams as its pages; without a table of where its objects are,
    which every reader then finds by itself. Font /F1 and picture /I1 are there."""
    kids = b" ".join(b"%d 0 R" % (10 + 2 * number) for number in range(len(pages)))
    parts = [
        b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n",
        b"2 0 obj <</Type/Pages/Kids[%s]/Count %d>> endobj\n" % (kids, len(pages)),
        b"3 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>> "
        b"endobj\n",
        b"4 0 obj <</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
        b"/BitsPerComponent 8/Length 1>> stream\n\xff\nendstream endobj\n",
    ]
    for number, content in enumerate(pages):
        at = 10 + 2 * number
        data = zlib.compress(content, 9) if packed else content
        said = b"/Filter/FlateDecode" if packed else b""
        parts += [
            b"%d 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            % (at, at + 1),
            b"/Resources<</Font<</F1 3 0 R>>/XObject<</I1 4 0 R>>>>>> endobj\n",
            b"%d 0 obj <<%s/Length %d>> stream\n" % (at + 1, said, len(data)),
            data + b"\nendstream endobj\n",
        ]
    return b"".join((*parts, objects, b"trailer <</Root 1 0 R%s>>\n%%%%EOF\n" % trailer))


def set_lines(*lines: str, x: int = 60, top: int = 780, step: int = 14) -> bytes:
    """A content stream that sets the lines below each other."""
    shown = " ".join(
        f"1 0 0 1 {x} {top - step * number} Tm ({_in_pdf(line)}) Tj"
        for number, line in enumerate(lines)
    )
    return f"BT /F1 11 Tf {shown} ET".encode("cp1252")


def _in_pdf(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
