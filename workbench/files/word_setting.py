"""How a document looks and what it says about itself: page, styles, language, properties."""

import datetime as dt
from typing import Final

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

QUOTE_STYLE: Final = "Case Quote"
ATTRIBUTION_STYLE: Final = "Case Quote Attribution"

READING_FACE: Final = "Georgia"
HEADING_FACE: Final = "Calibri"
WORD_MODE: Final = "15"
INK: Final = RGBColor(0x22, 0x22, 0x22)
QUIET: Final = RGBColor(0x55, 0x55, 0x55)
THEME_FONTS: Final = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
HEADING_SIZES: Final = {
    "Title": 24,
    "Subtitle": 13,
    "Heading 1": 16,
    "Heading 2": 13,
    "Heading 3": 11,
}

# Parts of the library's template that a reader never sees and that tell where it was made.
TEMPLATE_PARTS: Final = (
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.CUSTOM_XML,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)


def dress(document: Document, locale: str) -> None:
    """A4, styles for reading, and the language that spelling is checked in."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(3)
    section.top_margin = section.bottom_margin = Cm(2.5)
    _style_text(document)
    _style_headings(document)
    _add_quote_styles(document)
    _set_language(document, locale)
    # The template's own mode makes Word open the document as one of an older version.
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), WORD_MODE)


def describe(
    document: Document, *, title: str, subject: str, locale: str, created: dt.datetime
) -> None:
    """Core properties that name the document and nobody who made it."""
    properties = document.core_properties
    properties.title = title[:255]
    properties.subject = subject[:255]
    properties.language = locale
    properties.author = ""
    properties.last_modified_by = ""
    properties.comments = ""
    # The format holds UTC without saying so.
    moment = created.astimezone(dt.UTC).replace(tzinfo=None)
    properties.created = properties.modified = moment
    _drop_template_traces(document)


def add_page_numbers(document: Document) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def add_watermark(document: Document, word: str) -> None:
    """The word across every page, and once in the header for those who do not see it."""
    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run(word)
    picture = parse_xml(_WATERMARK)
    for element in picture.iter():
        if element.get("string") is not None:
            element.set("string", word)
        if element.get("alt") is not None:
            element.set("alt", word)
    paragraph.add_run()._r.append(picture)


def _style_text(document: Document) -> None:
    normal = _paragraph_style(document, "Normal")
    _set_face(normal, READING_FACE)
    normal.font.size = Pt(11)
    normal.paragraph_format.space_after = Pt(8)
    normal.paragraph_format.line_spacing = 1.25


def _style_headings(document: Document) -> None:
    for name, size in HEADING_SIZES.items():
        style = _paragraph_style(document, name)
        _set_face(style, HEADING_FACE)
        style.font.size = Pt(size)
        style.font.italic = False
        style.font.color.rgb = QUIET if name == "Subtitle" else INK
        style.paragraph_format.keep_with_next = True
        borders = style.element.find(f".//{qn('w:pBdr')}")
        if borders is not None:
            borders.getparent().remove(borders)


def _add_quote_styles(document: Document) -> None:
    quote = document.styles.add_style(QUOTE_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    attribution = document.styles.add_style(ATTRIBUTION_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    for style in (quote, attribution):
        style.base_style = document.styles["Normal"]
        style.paragraph_format.left_indent = Cm(1)
        style.paragraph_format.right_indent = Cm(1)
    quote.paragraph_format.keep_with_next = True
    quote.paragraph_format.space_after = Pt(2)
    attribution.font.size = Pt(9.5)
    attribution.font.color.rgb = QUIET


def _paragraph_style(document: Document, name: str) -> ParagraphStyle:
    style = document.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"{name} is not a paragraph style.")
    return style


def _set_face(style: ParagraphStyle, face: str) -> None:
    style.font.name = face
    fonts = style.element.rPr.rFonts
    # A theme font beside the name wins over it.
    for name in THEME_FONTS:
        fonts.attrib.pop(qn(f"w:{name}"), None)


def _set_language(document: Document, locale: str) -> None:
    elements = [document.styles.element, document.settings.element]
    for tag in ("w:lang", "w:themeFontLang"):
        for element in elements:
            for language in element.iter(qn(tag)):
                language.set(qn("w:val"), locale)


def _drop_template_traces(document: Document) -> None:
    package = document.part.package
    if package is None:
        raise ValueError("The document has no package.")
    for relationships in (package.rels, document.part.rels):
        for key, relationship in list(relationships.items()):
            if relationship.reltype in TEMPLATE_PARTS:
                del relationships[key]
    settings: BaseOxmlElement = document.settings.element
    for tag in ("w:rsids", "w:savePreviewPicture"):
        for element in settings.findall(qn(tag)):
            settings.remove(element)


_WATERMARK: Final = """
<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
        xmlns:w10="urn:schemas-microsoft-com:office:word">
  <v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
               path="m@7,l@8,m@5,21600l@6,21600e">
    <v:formulas>
      <v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>
      <v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>
      <v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>
    </v:formulas>
    <v:path textpathok="t" o:connecttype="rect"/>
    <v:textpath on="t" fitshape="t"/>
  </v:shapetype>
  <v:shape id="DraftWatermark" alt="" type="#_x0000_t136" o:allowincell="f"
           style="position:absolute;margin-left:0;margin-top:0;width:420pt;height:140pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin"
           fillcolor="#efefef" stroked="f">
    <v:textpath style="font-family:&quot;Calibri&quot;;font-size:1pt" string=""/>
    <w10:wrap anchorx="margin" anchory="margin"/>
  </v:shape>
</w:pict>
"""
