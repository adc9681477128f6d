"""HTML as lines: what web pages, word processors and Markdown have in common."""

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from interviews.formats.normalise import normalise
from interviews.formats.records import Notice
from interviews.formats.turns import Line
from workbench.files.problems import FileProblem, ProblemCode

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | {
    "p", "li", "ul", "ol", "blockquote", "pre", "div", "dl", "dt", "dd", "hr",
    "section", "article", "main", "header", "footer", "aside", "nav", "figure", "figcaption",
    "address", "table", "caption", "form", "fieldset", "details", "summary",
}  # fmt: skip
# What a browser runs, fetches or fills in, and no reader reads.
_LEFT_OUT = frozenset({
    "script", "style", "title", "template", "noscript", "iframe", "object", "embed", "svg",
    "math", "select", "textarea", "button",
})  # fmt: skip
_NOTE_PREFIXES = ("footnote-", "endnote-")
_BACK_LINK = "↑"
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SPACES = re.compile(" {2,}")
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_DEPTH = 200


@dataclass(frozen=True, slots=True)
class ReadLines:
    lines: list[Line]
    notices: tuple[Notice, ...]
    images: int


def read_lines(html: str, *, collapse: bool = False) -> ReadLines:
    """One line per printed line, an empty one after each paragraph. Bold beginnings are leads.

    With `collapse`, white space counts as it does in a browser; a converter's is meant as it is.
    Raises FileProblem: unsafe_markup when it is nested deeper than any page is.
    The lines are normalised here and not in the HTML, where a combining mark that begins a
    paragraph would melt with the tag before it.
    """
    body = LexborHTMLParser(html).body
    reader = _Reader(raw=[], collapse=collapse)
    if body is not None:
        reader.walk(body, bold=False, apart=False)
        reader.end_block(apart=False)
    images = 0 if body is None else len(body.css("img"))
    return ReadLines(reader.lines, normalise("\n".join(reader.raw)).notices, images)


class _Reader:
    def __init__(self, *, raw: list[str], collapse: bool, depth: int = 0) -> None:
        self.lines: list[Line] = []
        self.raw = raw
        self._collapse = collapse
        self._depth = depth
        self._as_typed = 0
        self._pieces: list[tuple[str, bool]] = []

    def walk(self, node: LexborNode, *, bold: bool, apart: bool) -> None:
        if self._depth == _DEPTH:
            raise FileProblem(ProblemCode.UNSAFE_MARKUP, reason="depth")
        self._depth += 1
        child = node.child
        while child is not None:
            self._visit(child, bold=bold, apart=apart)
            child = child.next
        self._depth -= 1

    def end_block(self, *, apart: bool) -> None:
        if not self._pieces:
            return
        lead, still_bold = "", True
        for text, is_bold in self._pieces:
            still_bold = still_bold and (is_bold or not text.strip())
            lead += text if still_bold else ""
        raw = "".join(text for text, _ in self._pieces)
        if self._collapse:
            raw, lead = _SPACES.sub(" ", raw), _SPACES.sub(" ", lead)
        self.raw.append(raw)
        lines = normalise(raw).text.split("\n")
        leads = normalise(lead).text.split("\n")
        for index, line in enumerate(lines):
            of_line = leads[index].strip() if index < len(leads) else ""
            if line.strip():
                self.lines.append(Line(line.strip(), lead=of_line, apart=apart))
        self.lines.append(Line(""))
        self._pieces = []

    def _visit(self, node: LexborNode, *, bold: bool, apart: bool) -> None:
        tag = node.tag
        if tag == "-text":
            self._pieces.append((self._said(node.text_content or ""), bold))
        elif tag == "br":
            self._pieces.append(("\n", bold))
        elif tag == "tr":
            self._visit_row(node, apart=apart)
        elif tag in _BLOCKS:
            aside = apart or tag in _HEADINGS or _is_note(node)
            self.end_block(apart=apart)
            self._as_typed += tag == "pre" and self._collapse
            self.walk(node, bold=bold, apart=aside)
            self._as_typed -= tag == "pre" and self._collapse
            self.end_block(apart=aside)
        elif tag not in _LEFT_OUT and not (tag == "a" and _leads_back(node)):
            self.walk(node, bold=bold or _is_bold(node), apart=apart)

    def _said(self, text: str) -> str:
        if self._as_typed:
            return text
        return _SPACE.sub(" ", text) if self._collapse else text.replace("\n", " ")

    def _visit_row(self, row: LexborNode, *, apart: bool) -> None:
        """Two cells are often speaker and words: the first is the line's lead."""
        self.end_block(apart=apart)
        cells = []
        cell = row.child
        while cell is not None:
            if cell.tag in ("td", "th"):
                cells.append(self._cell_lines(cell))
            cell = cell.next
        filled = [lines for lines in cells if lines]
        if len(cells) == 2 and len(filled) == 2 and len(filled[0]) == 1:
            label, words = filled[0][0].text, filled[1]
            self.lines.append(Line(f"{label} {words[0].text}", lead=label, apart=apart))
            self.lines.extend(words[1:])
        else:
            self.lines.extend(line for lines in filled for line in lines)
        self.lines.append(Line(""))

    def _cell_lines(self, cell: LexborNode) -> list[Line]:
        reader = _Reader(raw=self.raw, collapse=self._collapse, depth=self._depth)
        reader.walk(cell, bold=False, apart=False)
        reader.end_block(apart=False)
        return [line for line in reader.lines if line.text]


def _is_bold(node: LexborNode) -> bool:
    style = node.attributes.get("style") or ""
    return node.tag in ("strong", "b") or _BOLD.search(style) is not None


def _is_note(node: LexborNode) -> bool:
    return (node.attributes.get("id") or "").startswith(_NOTE_PREFIXES)


def _leads_back(node: LexborNode) -> bool:
    return (node.text() or "").strip() == _BACK_LINK
