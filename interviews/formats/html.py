"""Web pages, as browsers and word processors save them.

Scripts, styles, forms and pictures are left out; nothing that the page points to is fetched.
"""

import re

from interviews.formats.blocks import read_lines
from interviews.formats.encodings import ENCODINGS, Decoded, decode
from interviews.formats.records import NoticeCode, ParsedDocument, ParseLimits, counted
from interviews.formats.turns import find_turns
from workbench.files.problems import FileProblem, ProblemCode

NAME = "html"

_TAG = re.compile(r"<(?:!doctype|!--|/?[a-z][a-z0-9]*)[\s>/]", re.IGNORECASE)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_HEAD = 4096
# On the web Latin-1 has always meant what Windows writes.
_SAID = {
    "macintosh": "mac-roman",
    "x-mac-roman": "mac-roman",
    "iso-8859-15": "iso-8859-15",
    "ibm850": "cp850",
    "cp850": "cp850",
    "ibm865": "cp865",
}


def read(data: bytes, *, encoding: str | None, limits: ParseLimits) -> ParsedDocument:
    decoded = _decode(data, encoding)
    if not _TAG.search(decoded.text):
        raise FileProblem(ProblemCode.WRONG_TYPE, expected=NAME, found="text")
    page = read_lines(decoded.text, collapse=True)
    found = find_turns(page.lines)
    return ParsedDocument(
        turns=found.turns,
        notices=(
            *counted(NoticeCode.IMAGES_LEFT_OUT, page.images),
            *page.notices,
            *found.notices,
        ),
        encoding=decoded.encoding,
        encoding_certain=decoded.certain,
        format=NAME,
    )


def _decode(data: bytes, encoding: str | None) -> Decoded:
    """What the page declares counts only where its bytes leave a doubt: pages are saved anew in
    another encoding, and go on declaring the old one."""
    decoded = decode(data, encoding=encoding)
    declared = _DECLARED.search(data, 0, _HEAD)
    if decoded.certain or declared is None:
        return decoded
    said = _SAID.get(declared[1].decode("ascii", "replace").lower())
    return decode(data, encoding=said) if said in ENCODINGS else decoded
