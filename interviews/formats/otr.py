"""oTranscribe: HTML inside JSON, with the recording's time in spans among the words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from interviews.formats.blocks import read_lines
from interviews.formats.clock import milliseconds
from interviews.formats.records import NoticeCode, ParsedDocument, ParseLimits, counted
from interviews.formats.structured import Source
from interviews.formats.turns import Line, find_turns
from workbench.files.problems import FileProblem, ProblemCode

NAME = "otr"

# Around a stamp while the page is read: private characters, which no transcript means anything by.
_OPEN, _CLOSE = "\ue000", "\ue001"
_STAMP = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
_ENDED = (".", "?", "!", "…", ":", "”", '"', "»", ")")


def read(data: bytes, *, encoding: str | None, limits: ParseLimits) -> ParsedDocument:
    source = Source(data, encoding=encoding, expected=NAME)
    text = source.root.get("text")
    if not isinstance(text, str):
        raise FileProblem(ProblemCode.WRONG_TYPE, expected=NAME, found="json")
    page = read_lines(_stamped(text, source), collapse=True)
    found = find_turns(list(_stamps_first(page.lines)))
    return ParsedDocument(
        turns=found.turns,
        notices=(
            *source.notices(),
            *counted(NoticeCode.IMAGES_LEFT_OUT, page.images),
            *page.notices,
            *found.notices,
        ),
        encoding=source.decoded.encoding,
        encoding_certain=source.decoded.certain,
        format=NAME,
    )


def _stamped(text: str, source: Source) -> str:
    """The page with its stamps as marked text."""
    parser = LexborHTMLParser(text.replace(_OPEN, "").replace(_CLOSE, ""))
    for span in parser.css("span.timestamp"):
        at = _time(span, source)
        span.replace_with(span.text() if at is None else f"{_OPEN}{_clock(at)}{_CLOSE}")
    return parser.html or ""


def _time(span: LexborNode, source: Source) -> int | None:
    """The exact time when there is one, else what is shown, to the second."""
    exact = span.attributes.get("data-timestamp") or ""
    try:
        return source.milliseconds(float(exact))
    except ValueError:
        return milliseconds(span.text())


def _clock(at: int) -> str:
    seconds, thousandths = divmod(at, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"[{hours}:{minutes:02}:{seconds:02}.{thousandths:03}]"


def _stamps_first(lines: Iterable[Line]) -> Iterator[Line]:
    """A stamp begins a line where a sentence does. In the middle of one it is no pause in the
    talk, and no word of it either: it is left out."""
    for line in lines:
        pieces = _STAMP.split(line.text)
        spoken = pieces[0].strip()
        for stamp, words in zip(pieces[1::2], pieces[2::2], strict=True):
            if spoken and not spoken.endswith(_ENDED):
                spoken = f"{spoken} {words.strip()}".strip()
                continue
            if spoken:
                yield replace(line, text=spoken, lead=_lead(line, spoken))
            spoken = f"{stamp} {words.strip()}".strip()
        if spoken or not line.text:
            yield replace(line, text=spoken, lead=_lead(line, spoken))


def _lead(line: Line, text: str) -> str:
    return line.lead if text.startswith(line.lead) else ""
