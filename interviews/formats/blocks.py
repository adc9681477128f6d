"""HTML that a converter made, as lines: what word processors and Markdown have in common."""

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from interviews.formats.normalise import normalise
from interviews.formats.records import Notice
from interviews.formats.turns import Line

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | {"p", "li", "ul", "ol", "blockquote", "pre", "div", "dl", "dt", "dd", "hr"}
_NOTE_PREFIXES = ("footnote-", "endnote-")
_BACK_LINK = "↑"


@dataclass(frozen=True, slots=True)
class ReadLines:
    lines: list[Line]
    notices: tuple[Notice, ...]


def read_lines(html: str) -> ReadLines:
    """One line per printed line, an empty one after each paragraph. Bold beginnings are leads.

    The lines are normalised here and not in the HTML, where a combining mark that begins a
    paragraph would melt with the tag before it.
    """
    body = LexborHTMLParser(html).body
    reader = _Reader(raw=[])
    if body is not None:
        reader.walk(body, bold=False, apart=False)
        reader.end_block(apart=False)
    return ReadLines(reader.lines, normalise("\n".join(reader.raw)).notices)


class _Reader:
    def __init__(self, *, raw: list[str]) -> None:
        self.lines: list[Line] = []
        self.raw = raw
        self._pieces: list[tuple[str, bool]] = []

    def walk(self, node: LexborNode, *, bold: bool, apart: bool) -> None:
        child = node.child
        while child is not None:
            self._visit(child, bold=bold, apart=apart)
            child = child.next

    def end_block(self, *, apart: bool) -> None:
        if not self._pieces:
            return
        lead, still_bold = "", True
        for text, is_bold in self._pieces:
            still_bold = still_bold and (is_bold or not text.strip())
            lead += text if still_bold else ""
        raw = "".join(text for text, _ in self._pieces)
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
            self._pieces.append(((node.text_content or "").replace("\n", " "), bold))
        elif tag == "br":
            self._pieces.append(("\n", bold))
        elif tag == "tr":
            self._visit_row(node, apart=apart)
        elif tag in _BLOCKS:
            aside = apart or tag in _HEADINGS or _is_note(node)
            self.end_block(apart=apart)
            self.walk(node, bold=bold, apart=aside)
            self.end_block(apart=aside)
        elif not (tag == "a" and _leads_back(node)):
            self.walk(node, bold=bold or tag in ("strong", "b"), apart=apart)

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
        reader = _Reader(raw=self.raw)
        reader.walk(cell, bold=False, apart=False)
        reader.end_block(apart=False)
        return [line for line in reader.lines if line.text]


def _is_note(node: LexborNode) -> bool:
    return (node.attributes.get("id") or "").startswith(_NOTE_PREFIXES)


def _leads_back(node: LexborNode) -> bool:
    return (node.text() or "").strip() == _BACK_LINK
