"""Endnotes for a document made with python-docx, which has none of its own.

Structure after ECMA-376 part 1, 17.11: a part with the notes, two separator notes that
every such part must hold, and their announcement in the settings.
"""

from typing import Final

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement, serialize_for_reading
from docx.shared import Pt
from docx.text.paragraph import Paragraph

REFERENCE_STYLE: Final = "EndnoteReference"
TEXT_STYLE: Final = "EndnoteText"
BOOKMARK: Final = "_Source{number}"
SEPARATORS: Final = ((-1, "separator"), (0, "continuationSeparator"))


class Endnotes:
    """The notes of one document, numbered in the order in which they are first cited.

    The heading is what separates them from the text: so it is never on another page than they.
    """

    def __init__(self, document: Document, heading: str) -> None:
        self._document = document
        self._numbers: dict[str, int] = {}
        self._root = parse_xml(f'<w:endnotes xmlns:w="{nsmap["w"]}"/>')
        style = document.styles["Heading 1"].element.get(qn("w:styleId"))
        for number, kind in SEPARATORS:
            said = _heading(style, heading) if kind == "separator" else _line(kind)
            self._root.append(_nest(_element("endnote", type=kind, id=number), said))
        _add_styles(document)

    def cite(self, paragraph: Paragraph, key: str, text: str) -> None:
        """Put the number of note `key` at the paragraph's end; the first time makes the note."""
        if key in self._numbers:
            _refer_again(paragraph, self._numbers[key])
            return
        number = len(self._numbers) + 1
        self._numbers[key] = number
        self._root.append(_note(number, text))
        _refer(paragraph, number)

    def attach(self) -> None:
        """Make the notes part of the document; call once, when all is cited."""
        if not self._numbers:
            return
        _announce(self._document)
        part = Part(
            PackURI("/word/endnotes.xml"),
            CONTENT_TYPE.WML_ENDNOTES,
            serialize_for_reading(self._root).encode("utf-8"),
            self._document.part.package,
        )
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.ENDNOTES)


def _add_styles(document: Document) -> None:
    reference = document.styles.add_style("endnote reference", WD_STYLE_TYPE.CHARACTER, True)
    reference.element.set(qn("w:styleId"), REFERENCE_STYLE)
    reference.font.superscript = True
    text = document.styles.add_style("endnote text", WD_STYLE_TYPE.PARAGRAPH, True)
    text.element.set(qn("w:styleId"), TEXT_STYLE)
    text.base_style = document.styles["Normal"]
    text.font.size = Pt(9.5)


def _element(tag: str, **attributes: object) -> BaseOxmlElement:
    element: BaseOxmlElement = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    return element


def _nest(outer: BaseOxmlElement, *inner: BaseOxmlElement) -> BaseOxmlElement:
    for element in inner:
        outer.append(element)
    return outer


def _line(kind: str) -> BaseOxmlElement:
    return _nest(_element("p"), _nest(_element("r"), _element(kind)))


def _heading(style: str, text: str) -> BaseOxmlElement:
    looks = _nest(_element("pPr"), _element("pStyle", val=style))
    return _nest(_element("p"), looks, _nest(_element("r"), _text("t", text)))


def _reference_run(*content: BaseOxmlElement) -> BaseOxmlElement:
    properties = _nest(_element("rPr"), _element("rStyle", val=REFERENCE_STYLE))
    return _nest(_element("r"), properties, *content)


def _text(tag: str, text: str) -> BaseOxmlElement:
    element = _element(tag)
    element.text = text
    element.set(qn("xml:space"), "preserve")
    return element


def _note(number: int, text: str) -> BaseOxmlElement:
    style = _nest(_element("pPr"), _element("pStyle", val=TEXT_STYLE))
    said = _element("r")
    for index, row in enumerate(f" {text}".split("\n")):
        if index:
            said.append(_element("br"))
        said.append(_text("t", row))
    paragraph = _nest(_element("p"), style, _reference_run(_element("endnoteRef")), said)
    return _nest(_element("endnote", id=number), paragraph)


def _refer(paragraph: Paragraph, number: int) -> None:
    name = BOOKMARK.format(number=number)
    _nest(
        paragraph._p,
        _element("bookmarkStart", id=number, name=name),
        _reference_run(_element("endnoteReference", id=number)),
        _element("bookmarkEnd", id=number),
    )


def _refer_again(paragraph: Paragraph, number: int) -> None:
    """A field that shows the number of the first reference and follows it when it changes."""
    code = f" NOTEREF {BOOKMARK.format(number=number)} \\f \\h "
    _nest(
        paragraph._p,
        _reference_run(_element("fldChar", fldCharType="begin")),
        _reference_run(_text("instrText", code)),
        _reference_run(_element("fldChar", fldCharType="separate")),
        _reference_run(_text("t", str(number))),
        _reference_run(_element("fldChar", fldCharType="end")),
    )


def _announce(document: Document) -> None:
    """Say in the settings which notes are separators, and in the section how notes count."""
    settings: BaseOxmlElement = document.settings.element
    separators = (_element("endnote", id=number) for number, _ in SEPARATORS)
    properties = _nest(_element("endnotePr"), *separators)
    compat = settings.find(qn("w:compat"))
    if compat is None:
        settings.append(properties)
    else:
        # The schema fixes the order of the settings: notes stand right before `compat`.
        compat.addprevious(properties)
    # Arabic numbers: the default for endnotes is small Roman.
    numbering = _nest(_element("endnotePr"), _element("numFmt", val="decimal"))
    page_size = document.sections[-1]._sectPr.find(qn("w:pgSz"))
    page_size.addprevious(numbering)
