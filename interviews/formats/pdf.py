"""PDF: the text in the order in which it was set, its lines put together as paragraphs again.

Headers, footers and page numbers that come back are left out, and so are pictures, comments,
forms and attached files. Nothing in it runs and nothing outside it is opened.
"""

import ctypes
import re
import sys
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from interviews.formats.normalise import normalise
from interviews.formats.printed import PrintedLine, as_paragraphs, without_running_lines
from interviews.formats.records import Notice, NoticeCode, ParsedDocument, ParseLimits, counted
from interviews.formats.turns import find_turns
from workbench.files.problems import FileProblem, ProblemCode

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

NAME = "pdf"

_PAGES = 5_000
_SAME_LINE = 1.0
# A label is bold, or a wide gap comes after it; they are looked for in so many characters.
_LABEL = 60
_BEFORE_GAP = 30
_GAP = 1.5
_BOLD_WEIGHT = 600
_FONT_NAME = 128
_LINE = re.compile("[^\\s\x02\ufffe](?:[^\r\n\x02\ufffe]*[^\\s\x02\ufffe])?[\x02\ufffe]?")
_SPACES = re.compile(r"(?<=\S) +(?=\S)")
# What the library gives for a hyphen at the end of a line, and for the line's end with it.
_CUT = re.compile("[\x02\ufffe]")


def read(data: bytes, *, encoding: str | None, limits: ParseLimits) -> ParsedDocument:
    # Here and not above: it loads a library of several megabytes.
    import pypdfium2  # noqa: PLC0415

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = (pypdfium2.raw.FPDF_ERR_PASSWORD, pypdfium2.raw.FPDF_ERR_SECURITY)
        if error.err_code in locked:
            raise FileProblem(ProblemCode.PASSWORD_PROTECTED) from error
        raise FileProblem(ProblemCode.BROKEN, reason="pdf") from error
    try:
        return _read(document, limits)
    except pypdfium2.PdfiumError as error:
        raise FileProblem(ProblemCode.BROKEN, reason="pdf") from error


def _read(document: "PdfDocument", limits: ParseLimits) -> ParsedDocument:
    if len(document) > _PAGES:
        raise FileProblem(ProblemCode.TOO_MANY, what="pages", limit=_PAGES)
    pages: list[list[PrintedLine]] = []
    said: Counter[NoticeCode] = Counter()
    characters = pictures = 0
    for page in document:
        printed = _Page(page.get_textpage())
        lines = printed.lines()
        characters += len(printed.text)
        if characters > limits.characters:
            raise FileProblem(ProblemCode.TOO_LARGE, what="characters", limit=limits.characters)
        for notice in normalise(_CUT.sub("-", printed.text)).notices:
            said[notice.code] += int(notice.params["count"])
        pictures += not lines and next(page.get_objects(), None) is not None
        pages.append(lines)
        page.close()
    if pictures and not any(pages):
        raise FileProblem(ProblemCode.ONLY_PICTURES)
    kept, running = without_running_lines(pages)
    found = find_turns(as_paragraphs(kept))
    return ParsedDocument(
        turns=found.turns,
        notices=(
            *counted(NoticeCode.PAGE_LINES_LEFT_OUT, running),
            *counted(NoticeCode.PAGES_WITHOUT_TEXT, pictures),
            *counted(NoticeCode.EMBEDDED_IGNORED, document.count_attachments()),
            *(Notice(code, {"count": count}) for code, count in said.items()),
            *found.notices,
        ),
        encoding=None,
        encoding_certain=True,
        format=NAME,
    )


class _Page:
    """One page's characters: `text[index]` is the library's character of that index."""

    def __init__(self, page: "PdfTextPage") -> None:
        from pypdfium2 import raw  # noqa: PLC0415

        self._raw = raw
        self._page = page
        count = page.count_chars()
        self.text: str = page.get_text_range() if count else ""
        if len(self.text) != count:
            # Now and then the library's text has a character more or less than its page.
            codes = (raw.FPDFText_GetUnicode(page, index) for index in range(count))
            self.text = "".join(chr(code) if code <= sys.maxunicode else "\ufffe" for code in codes)

    def lines(self) -> list[PrintedLine]:
        lines: list[PrintedLine] = []
        for match in _LINE.finditer(self.text):
            line = self._line(*match.span())
            before = lines[-1] if lines else None
            if before and abs(before.y - line.y) < _SAME_LINE and line.left > before.right:
                lines[-1] = _beside(before, line)
            else:
                lines.append(line)
        return [line for line in lines if line.text]

    def _line(self, start: int, end: int) -> PrintedLine:
        left, y = self._origin(start)
        size: float = self._raw.FPDFText_GetFontSize(self._page, start)
        cut = self._label_end(start, end, size)
        lead, rest = _plain(self.text[start:cut]), _plain(self.text[cut:end])
        return PrintedLine(
            text=f"{lead} {rest}".strip(),
            left=left,
            right=self._page.get_charbox(end - 1)[2],
            y=y,
            size=size,
            lead=lead,
        )

    def _label_end(self, start: int, end: int, size: float) -> int:
        """Where the line's bold beginning ends, or else what stands before a wide gap."""
        last = min(end, start + _LABEL)
        at = start
        while at < last and (self.text[at].isspace() or self._is_bold(at)):
            at += 1
        if at > start:
            return at if at < last or last == end else start
        for match in _SPACES.finditer(self.text, start, min(end, start + _BEFORE_GAP)):
            if match.end() < end:
                gap = self._origin(match.end())[0] - self._page.get_charbox(match.start() - 1)[2]
                if gap > _GAP * size:
                    return match.start()
        return start

    def _is_bold(self, index: int) -> bool:
        name = ctypes.create_string_buffer(_FONT_NAME)
        flags = ctypes.c_int()
        self._raw.FPDFText_GetFontInfo(self._page, index, name, _FONT_NAME, flags)
        weight: int = self._raw.FPDFText_GetFontWeight(self._page, index)
        return b"bold" in name.value.lower() or weight >= _BOLD_WEIGHT

    def _origin(self, index: int) -> tuple[float, float]:
        x, y = ctypes.c_double(), ctypes.c_double()
        self._raw.FPDFText_GetCharOrigin(self._page, index, x, y)
        return x.value, y.value


def _beside(before: PrintedLine, line: PrintedLine) -> PrintedLine:
    """Two pieces of one line, as the cells of a table are; a first short one may be a label."""
    gap = line.left - before.right > _GAP * before.size
    label = before.text if gap and len(before.text) <= _LABEL else ""
    return replace(
        before,
        text=f"{before.text} {line.text}",
        right=line.right,
        lead=before.lead or label,
    )


def _plain(text: str) -> str:
    # Beyond the basic plane a character may come in two halves.
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return " ".join(normalise(_CUT.sub("-", whole)).text.split())
