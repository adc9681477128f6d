"""Rich text (TextEdit, WordPad, Word): its words, in its code page; bold speakers.

Tracked insertions are read, tracked deletions are not; hidden text is read. Footnotes, comments,
pictures, objects, headers and footers are left out, and no object in it is opened.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from interviews.formats.normalise import normalise
from interviews.formats.records import (
    SPEAKER_CHARACTERS,
    Notice,
    NoticeCode,
    ParsedDocument,
    ParseLimits,
    counted,
)
from interviews.formats.turns import Line, find_turns
from workbench.files.problems import FileProblem, ProblemCode

NAME = "rtf"

_DEPTH = 500
_TOKEN = re.compile(r"\\(?:(b0|plain)|b1?)(?![a-z0-9-]) ?|\\.|([{}])", re.DOTALL)
_BINARY = re.compile(rb"\\bin(\d{1,9})(?: |(?=\D))")
_BEYOND_ASCII = re.compile("[\x80-\xff]")
_CONTROL = re.compile(r"\\'(?:0[0-8b-f]|1[0-9a-f])|[\x00-\x08\x0b\x0c\x0e-\x1f]", re.IGNORECASE)
_HEAD = 1_000
_CHARACTER_SET = re.compile(r"\\(mac|pca?)(?![a-z0-9])")
_CODE_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
# Bold, headings, line breaks and cells cross the library, which tells of none of them, as
# control characters, which a text has no use for.
_BOLD, _LIGHT, _HEADING, _CELL = "\x02", "\x03", "\x04", "\x1f"
_MARKS = re.compile("[\x02-\x04\x1f]")
_WEIGHT = re.compile("([\x02\x03])")
_REWRITTEN = (
    (re.compile(r"\\outlinelevel[0-8](?![0-9]) ?"), r"\\'04"),
    (re.compile(r"\\line(?![a-z0-9]) ?"), r"\\'0b"),
    (re.compile(r"\\(?:nest)?cell(?![a-z0-9]) ?"), r"\\'1f"),
    # What stands in the group of a deletion is passed over.
    (re.compile(r"\\deleted(?![a-z0-9])"), r"\\*\\deleted"),
    # A link's address would be written behind its words.
    (re.compile(r"(\\fldinst[^A-Za-z]{0,20})HYPERLINK"), r"\1LINK"),
    # The Macintosh's page has a number that the library does not know.
    (re.compile(r"\\ansicpg(?:0|10000)(?![0-9])"), r""),
)
_HEADING_STYLE = re.compile(
    r"\{\\s(\d{1,4})(?!\d)[^{}]{0,1000}?\s(?:heading|overskrift|title|titel)(?: \d)?;\}",
    re.IGNORECASE,
)
_MACINTOSH = "\\ansicpg10000"
_COUNTED = (
    (NoticeCode.HIDDEN_TEXT, re.compile(r"\\v(?![a-z0-9])")),
    (NoticeCode.COMMENTS_LEFT_OUT, re.compile(r"\\annotation(?![a-z])")),
    (NoticeCode.NOTES_LEFT_OUT, re.compile(r"\\footnote(?![a-z])")),
    (NoticeCode.EMBEDDED_IGNORED, re.compile(r"\\object(?![a-z])")),
    # Word writes a picture a second time for programs that are older than the first.
    (NoticeCode.IMAGES_LEFT_OUT, re.compile(r"(?<!\\nonshppict\{)\\pict(?![a-z])")),
)
_INSERTION = re.compile(r"\\revised(?![a-z0-9])")
_DELETION = re.compile(r"\\deleted(?![a-z0-9])")


def read(data: bytes, *, encoding: str | None, limits: ParseLimits) -> ParsedDocument:
    source = _ascii(data)
    text = _text(_with_weights(source))
    found = find_turns(list(_lines(text)))
    return ParsedDocument(
        turns=found.turns,
        notices=(
            *_notices(source),
            *normalise(_MARKS.sub("", text)).notices,
            *found.notices,
        ),
        encoding=None,
        encoding_certain=True,
        format=NAME,
    )


def _ascii(data: bytes) -> str:
    """The source without binary pieces; a byte beyond ASCII written as the format writes it."""
    pieces, at = [], 0
    while binary := _BINARY.search(data, at):
        pieces.append(data[at : binary.start()])
        at = binary.end() + int(binary[1])
    source = b"".join((*pieces, data[at:])).decode("latin-1")
    # A control character of the text is none of ours; as NUL it is taken out and told of.
    source = _CONTROL.sub(r"\\'00", source)
    return _BEYOND_ASCII.sub(lambda match: f"\\'{ord(match[0]):02x}", source)


def _with_weights(source: str) -> str:
    """The source with marks where bold begins and ends; a group's end ends what it began.

    Raises FileProblem: unsafe_markup (depth), broken (a group that never ends).
    """
    pieces, at = [], 0
    bold, outside = False, []
    for match in _TOKEN.finditer(source):
        before = bold
        if match[2] == "{":
            outside.append(bold)
            if len(outside) > _DEPTH:
                raise FileProblem(ProblemCode.UNSAFE_MARKUP, reason="depth")
        elif match[2] == "}":
            bold = outside.pop() if outside else False
        elif match[0][1:2] == "b" or match[1]:
            bold = match[1] is None
        if bold != before:
            pieces.append(source[at : match.end()])
            pieces.append("\\'02" if bold else "\\'03")
            at = match.end()
    if outside:
        raise FileProblem(ProblemCode.BROKEN, reason="truncated")
    return "".join((*pieces, source[at:]))


def _text(source: str) -> str:
    """Paragraphs as lines, line breaks inside them as \x0b, ends of cells as \x1f."""
    # Here and not above: no other format needs it.
    from striprtf.striprtf import rtf_to_text  # noqa: PLC0415

    set_by = _CHARACTER_SET.search(source, 0, _HEAD)
    page = _CODE_PAGES[set_by[1]] if set_by else "cp1252"
    if _MACINTOSH in source[:_HEAD]:
        page = _CODE_PAGES["mac"]
    for pattern, written in _REWRITTEN:
        source = pattern.sub(written, source)
    if headings := _HEADING_STYLE.findall(source):
        styled = re.compile(rf"\\s(?:{'|'.join(headings)})(?![0-9]) ?")
        source = styled.sub(r"\\'04", source)
    try:
        text = rtf_to_text(source, encoding=page, errors="strict")  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, TypeError, OverflowError) as error:
        raise FileProblem(ProblemCode.BROKEN, reason="rtf") from error
    # Beyond the basic plane the format writes two halves.
    wide: str = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return wide


def _lines(text: str) -> Iterator[Line]:
    """One line per printed line, an empty one after each paragraph or row."""
    bold = False
    for paragraph in text.split("\n"):
        cells: list[list[Line]] = []
        for cell in paragraph.split(_CELL):
            cells.append(list(_cell_lines(cell, bold)))
            bold = _bold_after(cell, bold)
        filled = [lines for lines in cells if lines]
        if len(filled) == 2 and len(cells[0]) == 1 and _is_short(cells[0][0].text):
            # Two cells are often speaker and words.
            label, words = cells[0][0].text, filled[1]
            yield Line(f"{label} {words[0].text}", lead=label)
            filled = [words[1:]]
        apart = _HEADING in paragraph
        yield from (replace(line, apart=apart) for lines in filled for line in lines)
        yield Line("")


def _cell_lines(cell: str, bold: bool) -> Iterator[Line]:
    for line in cell.split("\x0b"):
        lead = _plain(_lead(line, bold))
        bold = _bold_after(line, bold)
        if plain := _plain(line):
            yield Line(plain, lead=lead)


def _lead(line: str, bold: bool) -> str:
    """What stands before the first word that is not bold."""
    lead = ""
    for piece in _WEIGHT.split(line):
        if piece in (_BOLD, _LIGHT):
            bold = piece == _BOLD
        elif bold:
            lead += piece
        elif piece.strip():
            break
    return lead


def _bold_after(text: str, bold: bool) -> bool:
    begun, ended = text.rfind(_BOLD), text.rfind(_LIGHT)
    return bold if begun == ended else begun > ended


def _plain(text: str) -> str:
    return " ".join(normalise(_MARKS.sub("", text)).text.split("\n")).strip()


def _is_short(label: str) -> bool:
    return len(label) <= SPEAKER_CHARACTERS


def _notices(source: str) -> Iterator[Notice]:
    for code, pattern in _COUNTED:
        yield from counted(code, sum(1 for _ in pattern.finditer(source)))
    insertions = sum(1 for _ in _INSERTION.finditer(source))
    deletions = sum(1 for _ in _DELETION.finditer(source))
    if insertions or deletions:
        changes = {"insertions": insertions, "deletions": deletions}
        yield Notice(NoticeCode.TRACKED_CHANGES, changes)
