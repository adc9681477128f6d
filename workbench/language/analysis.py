"""Sentences as a coder would mark them, in code points."""

import re
from collections.abc import Iterable, Iterator

from workbench.language.spacy_engine import sentence_starts

# spaCy refuses texts over a million characters; a line is never that long but by accident.
_LONGEST_LINE = 100_000
_BATCH = 1_000

_WORD_BEFORE = re.compile(r"(?:^|[\s(\"'»«“”„-])((?:[^\W\d_]+\.)*[^\W\d_]+)\.[\"')»«”“]*$")
_NUMBER_BEFORE = re.compile(r"(?:^|\s)\d{1,2}\.$")
_ELLIPSIS_BEFORE = re.compile(r"(?:\.{2,}|…)[\"')»«”“]*$")
_QUOTE_BEFORE = re.compile(r"[?!.][\"'»«”“]$")
_OPENING = re.compile(r"(?<=\s)([-–—(\[\"'»«“”„]+\s*)$")
_LINE = re.compile(r"[^\n]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Something always follows these: a sentence cannot end with them.
_NEVER_LAST = {
    "da": _words(
        "ift iht ifm mht pga vha bl.a f.eks feks fx kl nr ca dvs dr hr fr frk inkl ekskl jf "
        "sml st stk tlf max min maks evt ang vedr pr red afd kap cand prof ing sct skt s.k "
        "så.k tidl gl opr alm div hhv resp eks d.v.s f"
    ),
    "en": _words("e.g i.e mr mrs ms dr prof st vs approx no fig cf incl excl dept est jr sr"),
}
# These may end a sentence: what follows decides.
_SOMETIMES_LAST = {
    "da": _words(
        "osv mv m.m m.v o.l o.lign etc o.k m.fl o.s.v ml kr mio mia pct tsk kg km cm mm dl "
        "a.m.b.a mdr hft md d.d"
    ),
    "en": _words("etc o.k a.m p.m inc ltd co u.k u.s"),
}


def sentences(text: str, language: str) -> list[tuple[int, int]]:
    """Half-open spans [start, end) in code points of the sentences of `text`, in order.

    A newline always ends one; a span has no space at its ends; every character that is not
    space lies in exactly one span. `language` is `da` or `en`, else ValueError.
    """
    spans: list[tuple[int, int]] = []
    for offset, line, starts in _analysed(text, language):
        for start, end in _guarded(line, starts, language):
            stripped = line[start:end]
            begin = offset + start + len(stripped) - len(stripped.lstrip())
            finish = offset + start + len(stripped.rstrip())
            if begin < finish:
                spans.append((begin, finish))
    return spans


def _analysed(text: str, language: str) -> Iterator[tuple[int, str, list[int]]]:
    batch: list[tuple[int, str]] = []
    for piece in _pieces(text):
        batch.append(piece)
        if len(batch) == _BATCH:
            yield from _analyse(batch, language)
            batch = []
    yield from _analyse(batch, language)


def _analyse(batch: list[tuple[int, str]], language: str) -> Iterator[tuple[int, str, list[int]]]:
    found = sentence_starts([line for _, line in batch], language)
    for (offset, line), starts in zip(batch, found, strict=True):
        yield offset, line, starts


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their offsets; a line beyond all measure is cut at a space."""
    for match in _LINE.finditer(text):
        start = match.start()
        while match.end() - start > _LONGEST_LINE:
            cut = text.rfind(" ", start + 1, start + _LONGEST_LINE)
            cut = start + _LONGEST_LINE if cut < 0 else cut
            yield start, text[start:cut]
            start = cut
        yield start, text[start : match.end()]


def _guarded(line: str, starts: Iterable[int], language: str) -> list[tuple[int, int]]:
    """spaCy's boundaries without those after abbreviations, with those it missed behind some."""
    found = (_before_opening(line, at) for at in starts)
    candidates = sorted({0, *found, *_after_abbreviations(line, language)})
    kept = [at for at in candidates if at == 0 or _is_boundary(line, at, language)]
    return list(zip(kept, [*kept[1:], len(line)], strict=True))


def _before_opening(line: str, at: int) -> int:
    # spaCy gives a dash, a bracket or a quotation mark that opens a sentence to the one before.
    match = _OPENING.search(line[max(0, at - 6) : at])
    return at - len(match[1]) if match else at


def _after_abbreviations(line: str, language: str) -> Iterator[int]:
    # spaCy keeps some abbreviations and their stop in one token, which never ends a sentence.
    for match in re.finditer(r"\.\s+(?=[^\W\d_])", line):
        word = _WORD_BEFORE.search(line[max(0, match.start() - 20) : match.start() + 1])
        if word and word[1].casefold() in _SOMETIMES_LAST[language]:
            yield match.end()


def _is_boundary(line: str, at: int, language: str) -> bool:
    before = line[max(0, at - 40) : at].rstrip()
    after = line[at : at + 40].lstrip()
    if not after or not any(character.isalnum() for character in after):
        return False
    opening = after.lstrip("\"'»«“”„([-– ")[:1]
    continues = opening.islower() or opening.isdigit()
    if word := _WORD_BEFORE.search(before):
        abbreviation = word[1].casefold()
        if abbreviation in _NEVER_LAST[language] or len(word[1]) == 1:
            return False
        if abbreviation in _SOMETIMES_LAST[language]:
            return not continues
    if _NUMBER_BEFORE.search(before) or _ELLIPSIS_BEFORE.search(before):
        return not continues
    return not (opening.islower() and _QUOTE_BEFORE.search(before))
