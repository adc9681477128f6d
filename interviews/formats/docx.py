"""Word documents: paragraphs, bold speakers, two-column tables, Teams transcripts.

Tracked insertions are read, tracked deletions are not; hidden text is read. Comments, images,
headers and footers are left out. Nothing that the file points to outside itself is opened.
"""

import io
import re
from dataclasses import dataclass
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
    if _MAIN not in archive:
        raise FileProblem(ProblemCode.WRONG_TYPE, expected=NAME, found="zip")
    external = 0
    for name in archive.names:
        if name.endswith(".rels"):
            external += _external_targets(archive.read(name))
        elif name.endswith(".xml"):
            check_markup(archive.read(name))
    main = archive.read(_MAIN)
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


def _external_targets(data: bytes) -> int:
    """Relationships that would fetch something when opened; a hyperlink waits for a click."""
    return sum(
        relationship.get("TargetMode") == "External"
        and not relationship.get("Type", "").endswith("/hyperlink")
        for relationship in parse_markup(data)
    )


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
