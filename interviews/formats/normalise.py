"""One form of text for ever: offsets into it must mean the same on every machine."""

import re
import unicodedata
from dataclasses import dataclass

from interviews.formats.records import Notice, NoticeCode, counted

_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# C0, DEL and C1 but for what means a line or a tab; surrogates and noncharacters, which
# neither XML nor the databases hold.
_CONTROLS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_DIRECTION_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Normalised:
    text: str
    notices: tuple[Notice, ...]


def normalise(text: str) -> Normalised:
    """NFC, LF alone between lines, space for tab, no byte-order marks, no control characters.

    Marks that turn the writing direction are meaningful in some scripts and a disguise in
    others, so they stay and are told of. Applying it twice changes nothing more.
    """
    stripped, controls = _CONTROLS.subn("", text)
    plain = _NEWLINES.sub("\n", stripped.replace(_BOM, "")).replace("\t", " ")
    composed = unicodedata.normalize("NFC", plain)
    return Normalised(
        text=composed,
        notices=(
            *counted(NoticeCode.CONTROLS_STRIPPED, controls),
            *counted(NoticeCode.DIRECTION_MARKS, len(_DIRECTION_MARKS.findall(composed))),
        ),
    )
