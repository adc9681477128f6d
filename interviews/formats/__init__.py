"""Files that people attach, read into turns. One module per format; no Django anywhere."""

from pathlib import PurePath
from typing import Protocol

from interviews.formats import docx, html, md, odt, otr, pdf, rtf, srt, txt, vtt, whisper
from interviews.formats.kinds import check_magic
from interviews.formats.records import ParsedDocument, ParseLimits
from workbench.files.problems import FileProblem, ProblemCode


class _Reader(Protocol):
    def __call__(
        self, data: bytes, *, encoding: str | None, limits: ParseLimits
    ) -> ParsedDocument: ...


_READERS: dict[str, tuple[str, _Reader]] = {
    ".txt": (txt.NAME, txt.read),
    ".md": (md.NAME, md.read),
    ".markdown": (md.NAME, md.read),
    ".docx": (docx.NAME, docx.read),
    ".odt": (odt.NAME, odt.read),
    ".rtf": (rtf.NAME, rtf.read),
    ".pdf": (pdf.NAME, pdf.read),
    ".html": (html.NAME, html.read),
    ".htm": (html.NAME, html.read),
    ".vtt": (vtt.NAME, vtt.read),
    ".srt": (srt.NAME, srt.read),
    ".json": (whisper.NAME, whisper.read),
    ".otr": (otr.NAME, otr.read),
}
SUFFIXES = tuple(_READERS)


def parse(
    data: bytes, *, name: str, encoding: str | None = None, limits: ParseLimits | None = None
) -> ParsedDocument:
    """The turns of a file called `name`; `encoding` is a person's choice for text formats.

    Raises FileProblem. In this process: `sandbox.parse_bounded` is for files from strangers.
    """
    limits = limits or ParseLimits()
    suffix = PurePath(name).suffix.lower()
    if suffix not in _READERS:
        raise FileProblem(ProblemCode.UNSUPPORTED_TYPE, suffix=suffix[:20])
    if not data:
        raise FileProblem(ProblemCode.EMPTY)
    if len(data) > limits.file_bytes:
        raise FileProblem(ProblemCode.TOO_LARGE, what="bytes", limit=limits.file_bytes)
    kind, read = _READERS[suffix]
    check_magic(data, expected=kind)
    document = read(data, encoding=encoding, limits=limits)
    if not document.turns:
        raise FileProblem(ProblemCode.EMPTY)
    if sum(len(turn.text) for turn in document.turns) > limits.characters:
        raise FileProblem(ProblemCode.TOO_LARGE, what="characters", limit=limits.characters)
    return document
