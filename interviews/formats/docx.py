"""Word documents: paragraphs, bold speakers, two-column tables, Teams transcripts.

Tracked insertions are read, tracked deletions are not; hidden text is read. Comments, images,
headers and footers are left out. Nothing that the file points to outside itself is opened.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from xml.etree.ElementTree import Element
from xml.parsers.expat import ExpatError

from interviews.formats.blocks import read_lines
from interviews.formats.records import (
    Notice,
    NoticeCode,
    ParsedDocument,
    ParseLimits,
    counted,
)
from interviews.formats.turns import find_turns
from workbench.files.archives import Archive, open_archive
from workbench.files.markup import check_markup, parse_markup
from workbench.files.problems import FileProblem, ProblemCode

NAME = "docx"

_MAIN = "word/document.xml"
_PACKAGE = "_rels/.rels"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
# What is read, wherever the package says it lies.
_READ = frozenset(
    _TYPES + name
    for name in ("officeDocument", "comments", "endnotes", "footnotes", "numbering", "styles")
)
_OTHER_OFFICE = ("xl/", "ppt/")
_INSERTION = re.compile(rb"<w:(?:ins|moveTo)[\s>]")
_DELETION = re.compile(rb"<w:(?:del|moveFrom)[\s>]")
_HIDDEN = re.compile(rb"<w:vanish(?:/>|\s*/>|\s+w:val=\"(?:1|true|on)\")")
_COMMENT = re.compile(rb"<w:comment[\s>]")
_EMBEDDED = re.compile(r"word/(?:embeddings/|activeX/|vbaProject\.bin)")


def read(data: bytes, *, encoding: str | None, limits: ParseLimits) -> ParsedDocument:
    archive = open_archive(io.BytesIO(data), limits=limits.archive)
    notices = _inspect(archive)
    page = _convert(data)
    read_out = read_lines(page.html)
    found = find_turns(read_out.lines)
    return ParsedDocument(
        turns=found.turns,
        notices=(
            *notices,
            *counted(NoticeCode.IMAGES_LEFT_OUT, page.images),
            *read_out.notices,
            *found.notices,
        ),
        encoding=None,
        encoding_certain=True,
        format=NAME,
    )


def _inspect(archive: Archive) -> list[Notice]:
    """Checks every XML part and tells what a reader of the text would not see."""
    relations = {
        name: list(parse_markup(archive.read(name)))
        for name in archive.names
        if name.endswith(".rels")
    }
    for relation in chain.from_iterable(relations.values()):
        _refuse_disguised(relation)
    for name in archive.names:
        if name.endswith(".xml"):
            check_markup(archive.read(name))
    main = _main_part(archive, relations.get(_PACKAGE, []))
    external = sum(map(_is_fetched, chain.from_iterable(relations.values())))
    comments = archive.read("word/comments.xml") if "word/comments.xml" in archive else b""
    insertions, deletions = len(_INSERTION.findall(main)), len(_DELETION.findall(main))
    notices = [
        *counted(NoticeCode.HIDDEN_TEXT, len(_HIDDEN.findall(main))),
        *counted(NoticeCode.COMMENTS_LEFT_OUT, len(_COMMENT.findall(comments))),
        *counted(NoticeCode.EXTERNAL_IGNORED, external),
        *counted(NoticeCode.EMBEDDED_IGNORED, sum(map(_is_embedded, archive.names))),
    ]
    if insertions or deletions:
        changes = {"insertions": insertions, "deletions": deletions}
        notices.append(Notice(NoticeCode.TRACKED_CHANGES, changes))
    return notices


def _main_part(archive: Archive, relations: Sequence[Element]) -> bytes:
    """The text, under the name that the package gives it: some programs write document2.xml."""
    told = [each.get("Target", "") for each in relations if each.get("Type") in _READ]
    names = [name for name in (*(target.lstrip("/") for target in told), _MAIN) if name in archive]
    if not names or names[0].startswith(_OTHER_OFFICE):
        raise FileProblem(ProblemCode.WRONG_TYPE, expected=NAME, found="zip")
    return archive.read(names[0])


def _refuse_disguised(relation: Element) -> None:
    """A part that is read is called XML, or it would be read without having been checked."""
    if relation.get("Type") in _READ and not relation.get("Target", "").endswith(".xml"):
        raise FileProblem(ProblemCode.UNSAFE_MARKUP, reason="part")


def _is_fetched(relation: Element) -> bool:
    """Whether opening it would fetch something; a hyperlink waits for a click."""
    is_link = relation.get("Type", "").endswith("/hyperlink")
    return relation.get("TargetMode") == "External" and not is_link


def _is_embedded(name: str) -> bool:
    return _EMBEDDED.match(name) is not None


@dataclass(frozen=True, slots=True)
class _Page:
    html: str
    images: int


def _convert(data: bytes) -> _Page:
    # Here and not above: it takes as long to import as a whole text file takes to read.
    import mammoth  # noqa: PLC0415

    images: list[object] = []

    def leave_out(image: object) -> list[object]:
        images.append(image)
        return []

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(data),
            convert_image=leave_out,
            include_embedded_style_map=False,
            external_file_access=False,
        )
    except ExpatError as error:
        # Every part was well formed a moment ago: what failed is the room for its tree.
        raise MemoryError from error
    except (KeyError, ValueError, OSError, AttributeError, TypeError, IndexError) as error:
        # A well-formed package whose parts do not fit together.
        raise FileProblem(ProblemCode.BROKEN, reason="document") from error
    return _Page(result.value, len(images))
