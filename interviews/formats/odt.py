"""OpenDocument texts (LibreOffice): paragraphs, bold speakers, two-column tables.

Tracked insertions are read, tracked deletions are not; hidden text is read. Comments, pictures,
headers and footers are left out. Nothing that the file points to outside itself is opened.
"""

import io
import re
from collections.abc import Iterable, Mapping
from html import escape
from xml.etree.ElementTree import Element

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
from workbench.files.markup import parse_markup
from workbench.files.problems import FileProblem, ProblemCode

NAME = "odt"

_MIME = b"application/vnd.oasis.opendocument.text"
_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE = f"{{{_NAMES}office:1.0}}"
_STYLE = f"{{{_NAMES}style:1.0}}"
_TEXT = f"{{{_NAMES}text:1.0}}"
_TABLE = f"{{{_NAMES}table:1.0}}"
_DRAW = f"{{{_NAMES}drawing:1.0}}"
_SVG = f"{{{_NAMES}svg-compatible:1.0}}"
_FORMAT = f"{{{_NAMES}xsl-fo-compatible:1.0}}"
_LINK = "{http://www.w3.org/1999/xlink}href"

_ENCRYPTED = b"encryption-data"
_ENCRYPTED_PACKAGE = "encrypted-package"
_MACROS = ("Basic/", "Scripts/")
_SPACE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 100
_PARAGRAPHS = {_TEXT + "p": "p", _TEXT + "h": "h1"}
_TAGS = {
    _TABLE + "table": "table",
    _TABLE + "table-row": "tr",
    _TABLE + "table-cell": "td",
    _TEXT + "list-item": "li",
}
_LEFT_OUT = frozenset(
    {
        _OFFICE + "annotation",
        _OFFICE + "forms",
        _SVG + "title",
        _SVG + "desc",
        _TEXT + "note-citation",
        _TEXT + "sequence-decls",
        _TEXT + "table-of-content-source",
        _TEXT + "tracked-changes",
        _TEXT + "user-field-decls",
        _TEXT + "variable-decls",
    }
)
_OBJECTS = frozenset({_DRAW + "object", _DRAW + "object-ole", _DRAW + "plugin", _DRAW + "applet"})


def read(data: bytes, *, encoding: str | None, limits: ParseLimits) -> ParsedDocument:
    archive = open_archive(io.BytesIO(data), limits=limits.archive)
    _refuse_others(archive)
    content = parse_markup(archive.read("content.xml"))
    styles = [content]
    if "styles.xml" in archive:
        styles.append(parse_markup(archive.read("styles.xml")))
    page = _Page(_styles(styles))
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is not None:
        page.add(body)
    read_out = read_lines(page.html())
    found = find_turns(read_out.lines)
    return ParsedDocument(
        turns=found.turns,
        notices=(*_notices(archive, content, page), *read_out.notices, *found.notices),
        encoding=None,
        encoding_certain=True,
        format=NAME,
    )


def _refuse_others(archive: Archive) -> None:
    manifest = "META-INF/manifest.xml"
    # Searched and not read: older manifests have a document type, which is refused elsewhere.
    locked = manifest in archive and _ENCRYPTED in archive.read(manifest)
    if locked or _ENCRYPTED_PACKAGE in archive:
        raise FileProblem(ProblemCode.PASSWORD_PROTECTED)
    is_text = "mimetype" not in archive or archive.read("mimetype").startswith(_MIME)
    if not is_text or "content.xml" not in archive:
        raise FileProblem(ProblemCode.WRONG_TYPE, expected=NAME, found="zip")


class _Styles:
    """Which styles are bold and which are hidden, by family and name."""

    def __init__(self, bold: frozenset[tuple[str, str]], hidden: frozenset[tuple[str, str]]):
        self._bold = bold
        self._hidden = hidden

    def is_bold(self, family: str, element: Element) -> bool:
        return (family, element.get(_TEXT + "style-name", "")) in self._bold

    def is_hidden(self, family: str, element: Element) -> bool:
        return (family, element.get(_TEXT + "style-name", "")) in self._hidden


def _styles(roots: Iterable[Element]) -> _Styles:
    told: dict[tuple[str, str], tuple[str, str, str]] = {}
    for root in roots:
        for style in root.iter(_STYLE + "style"):
            family = style.get(_STYLE + "family", "")
            properties = style.find(_STYLE + "text-properties")
            said: Mapping[str, str] = {} if properties is None else properties.attrib
            told[family, style.get(_STYLE + "name", "")] = (
                style.get(_STYLE + "parent-style-name", ""),
                said.get(_FORMAT + "font-weight", ""),
                said.get(_TEXT + "display", ""),
            )
    names = [(key, list(_line_of(key, told))) for key in told]
    return _Styles(
        frozenset(key for key, line in names if _first(line, 1) in ("bold", "700", "800", "900")),
        frozenset(key for key, line in names if _first(line, 2) == "none"),
    )


def _line_of(
    key: tuple[str, str], told: Mapping[tuple[str, str], tuple[str, str, str]]
) -> Iterable[tuple[str, str, str]]:
    """A style and those it builds on; a style that builds on itself ends the line."""
    seen = set()
    while key in told and key not in seen:
        seen.add(key)
        yield told[key]
        key = (key[0], told[key][0])


def _first(line: Iterable[tuple[str, str, str]], at: int) -> str:
    return next((style[at] for style in line if style[at]), "")


class _Page:
    """The text as HTML of few tags. The markup's depth was bounded when it was read."""

    def __init__(self, styles: _Styles) -> None:
        self.hidden = 0
        self.pictures = 0
        self.external = 0
        self.objects = 0
        self._styles = styles
        self._pieces: list[str] = []
        self._notes: list[str] = []

    def html(self) -> str:
        return "".join(self._pieces + self._notes)

    def add(self, element: Element) -> None:
        self._say(element.text)
        for child in element:
            if child.tag not in _LEFT_OUT:
                self._add_one(child)
            self._say(child.tail)

    def _add_one(self, element: Element) -> None:
        tag = element.tag
        if tag in _PARAGRAPHS:
            self.hidden += self._styles.is_hidden("paragraph", element)
            self._wrap(_PARAGRAPHS[tag], element, self._styles.is_bold("paragraph", element))
        elif tag in _TAGS:
            self._wrap(_TAGS[tag], element, False)
        elif tag == _TEXT + "span":
            self.hidden += self._styles.is_hidden("text", element)
            self._wrap("span", element, self._styles.is_bold("text", element))
        elif tag == _TEXT + "note":
            self._set_aside(element)
        elif tag == _TEXT + "s":
            self._pieces.append(" " * _count(element.get(_TEXT + "c", "1")))
        elif tag == _TEXT + "tab":
            self._pieces.append(" ")
        elif tag == _TEXT + "line-break":
            self._pieces.append("<br>")
        elif tag == _DRAW + "image":
            self.pictures += 1
            self.external += ":" in element.get(_LINK, "")
        elif tag in _OBJECTS:
            self.objects += 1
        else:
            self.add(element)

    def _wrap(self, tag: str, element: Element, bold: bool) -> None:
        self._pieces.append(f"<{tag}><b>" if bold else f"<{tag}>")
        self.add(element)
        self._pieces.append(f"</b></{tag}>" if bold else f"</{tag}>")

    def _set_aside(self, note: Element) -> None:
        """Footnotes stand after the text, as nobody's words."""
        pieces, self._pieces = self._pieces, []
        self.add(note)
        self._notes.append(f'<div id="footnote-{len(self._notes)}">{"".join(self._pieces)}</div>')
        self._pieces = pieces

    def _say(self, text: str | None) -> None:
        if text:
            self._pieces.append(escape(_SPACE.sub(" ", text), quote=False))


def _count(text: str) -> int:
    return min(int(text), _MOST_SPACES) if text.isascii() and text.isdigit() else 1


def _notices(archive: Archive, content: Element, page: _Page) -> Iterable[Notice]:
    macros = sum(name.startswith(_MACROS) and name.endswith(".xml") for name in archive.names)
    insertions = sum(1 for _ in content.iter(_TEXT + "insertion"))
    deletions = sum(1 for _ in content.iter(_TEXT + "deletion"))
    comments = sum(1 for _ in content.iter(_OFFICE + "annotation"))
    yield from counted(NoticeCode.HIDDEN_TEXT, page.hidden)
    yield from counted(NoticeCode.COMMENTS_LEFT_OUT, comments)
    yield from counted(NoticeCode.EXTERNAL_IGNORED, page.external)
    yield from counted(NoticeCode.EMBEDDED_IGNORED, page.objects + bool(macros))
    if insertions or deletions:
        changes = {"insertions": insertions, "deletions": deletions}
        yield Notice(NoticeCode.TRACKED_CHANGES, changes)
    yield from counted(NoticeCode.IMAGES_LEFT_OUT, page.pictures)
