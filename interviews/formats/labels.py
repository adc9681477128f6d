"""What a speaker's label looks like at the head of a line, and when to believe it."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from interviews.formats.clock import TIME, milliseconds
from interviews.formats.records import SPEAKER_CHARACTERS, Manner

_WORDS = 5
# More labels than that are no meeting, unless they keep coming back.
_CROWD = 30
# A label, its time codes and brackets fit here; a line of 10 MB must not be searched further.
_HEAD = 160

# Who types may not know who spoke (`????:`), or doubt it (`Anna?:`).
_UNKNOWN = r"\?{1,8}|\(\?{1,8}\)"
_NAME = rf"(?P<name>{_UNKNOWN}|[^\W\d_][^:\[\]{{}}<>\"“”„»«?!…|]{{0,59}}?(?:\s?(?:\?|\(\?\)))?)"
_SPAN = rf"(?P<start>{TIME})(?:\s*(?:-->|-|–|—)\s*(?P<end>{TIME}))?"
_BRACKETED = rf"(?:\[{_SPAN}\]|\({_SPAN.replace('start', 'start2').replace('end', 'end2')}\))"

_TIME_THEN_NAME = re.compile(rf"[\[(]?{_SPAN}[\])]?\s*[-–—|]?\s*{_NAME}\s*:(?=\s|$)\s*")
_NAME_THEN_MARKED_TIME = re.compile(
    rf"\[?{_NAME}\]?[\s,|–-]*\s?{_BRACKETED}\s*(?::(?=\s|$)|(?=\s|$))\s*"
)
_NAME_THEN_TIME = re.compile(rf"\[?{_NAME}\]?[,|–-]?\s[\s|–-]*{_SPAN}\s*(?::(?=\s)\s*|:?$)")
_NAME_ALONE = re.compile(rf"\[?{_NAME}\]?\s*:(?=\s|$)\s*")
_MARKED_TIME = re.compile(rf"{_BRACKETED}\s*:?\s*")
_RANGE_LINE = re.compile(
    r"(?P<start>\d{1,3}:\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?)\s*-->\s*"
    r"(?P<end>\d{1,3}:\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?)\s*$"
)
# Verbatim, in Danish also *ordret*, or paraphrase.
_MANNER = re.compile(r"\[([VOP])\]\s*")

_ROLE = re.compile(
    rf"{_UNKNOWN}|ukendt|unknown|uidentificeret|unidentified|"
    r"(?:(?:anden|andet|ukendt|unknown|kvindelig|mandlig|female|male)\s)?"
    r"(?:interviewer|interviewperson|interviewede|interviewee|informant|respondent|moderator|"
    r"facilitator|ordstyrer|speaker|taler|deltager|participant|spørger|spørgsmål|svar|question|"
    r"answer|direktør|manager|hr|employee|tillidsmand|union rep|safety rep|flere|alle|several|"
    r"all|kvinde|mand|woman|man|observatør|observer|stemme|voice|person|"
    # Danish puts the trade before it: teamleder, HR-chef, arbejdsmiljørepræsentant.
    r"[\w-]{0,24}(?:leder|chef|medarbejder|repræsentant|hjælper|pædagog|assistent))"
    r"(?:[\s-]?(?:\d{1,2}|[a-zæøå]))?(?:\s?\([^)]{1,30}\)|,\s.{1,30})?",
    re.IGNORECASE,
)
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_CODE = re.compile(r"[A-ZÆØÅ]{1,4}[.-]?\d{0,3}")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SMALL_WORDS = _words("og fra af i på for til the of de van von der den and")
_CLOCK_WORDS = _words("kl klokken at ca omkring ved til fra efter før around about by")
_NOT_SPEAKERS = _words(
    "nb obs ps np bemærk note noter notes vigtigt important kl klokken tlf mail e-mail "
    "http https fx f.eks feks dvs bl.a evt ex eg e.g i.e altså ja nej jo men og så det "
    "jeg vi han hun okay ok well so but and yes no or eller derfor desuden dog dato date "
    "tid time sted place varighed duration deltagere participants emne subject tema theme "
    "titel title projekt project formål purpose metode method baggrund background "
    "resultat result resultater results konklusion conclusion eksempel example eksempler "
    "examples kilde source kilder sources indhold contents resume resumé summary punkt "
    "side page afsnit section kapitel chapter figur figure tabel table fil file optagelse "
    "recording transskription transcription transskriberet adresse address pris price mål "
    "målet goal målgruppe"
)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the words of a line. `rest` is the line without it."""

    rest: str
    name: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    manner: Manner | None = None


def read_head(line: str, *, lead: str = "") -> Head:
    """The label, time codes and manner that `line` seems to begin with.

    `lead` is the emphasised beginning of the line (bold in a word processor); it may be a
    label without a colon.
    """
    body, manner = _take_manner(line)
    head = _labelled(body) or _led(body, lead) or Head(rest=body)
    # Some write the time after the label: `Name: (00:01:02) words`.
    if head.name is not None and head.start_ms is None:
        mark = read_mark(head.rest)
        return replace(mark, name=head.name, manner=manner or mark.manner)
    rest, inner = _take_manner(head.rest)
    return replace(head, rest=rest, manner=manner or inner)


def read_mark(line: str) -> Head:
    """Time codes and manner alone: what is left of a head whose label is not believed."""
    body, manner = _take_manner(line)
    head = body[:_HEAD]
    match = _RANGE_LINE.match(head) or _MARKED_TIME.match(head)
    if match is not None and (start := _time(match, "start")) is not None:
        rest, inner = _take_manner(body[match.end() :])
        return Head(rest, None, start, _time(match, "end"), manner or inner)
    return Head(body, manner=manner)


def is_range_line(line: str) -> bool:
    """Whether `line` is nothing but `time --> time`, as older meeting transcripts write it."""
    return _RANGE_LINE.match(line[:_HEAD]) is not None


def key(name: str) -> str:
    """Labels with one key are one speaker."""
    return " ".join(name.casefold().split())


def plausible(name: str) -> bool:
    """Whether `name` is short and shaped so that it could name somebody."""
    words = name.split()
    if not words or len(words) > _WORDS or len(name) > SPEAKER_CHARACTERS:
        return False
    plain = key(name).rstrip(".")
    if plain in _NOT_SPEAKERS or words[-1].casefold().rstrip(".") in _CLOCK_WORDS:
        return False
    ends_as_sentence = name[-1] in ".,;" and len(words[-1]) > 3
    return not ends_as_sentence


def looks_like_name(name: str) -> bool:
    """Whether every word of `name` but the small ones begins as names do."""
    words = [word.strip("()., -/&") for word in name.split()]
    bearing = [word for word in words if word and word.casefold() not in _SMALL_WORDS]
    return bool(bearing) and all(not word[0].islower() for word in bearing)


def named_in(title: str, labels: Iterable[str]) -> list[str]:
    """The words of `title` that are part of a name among the labels; roles are no names."""
    names = {
        word.casefold()
        for label in labels
        if not _ROLE.fullmatch(label) and looks_like_name(label)
        for word in _LONG_WORD.findall(_IN_BRACKETS.sub("", label))
    } - _SMALL_WORDS
    words = _LONG_WORD.findall(title)
    # `Karins` is Karin's.
    folded = {word: {word.casefold(), word.casefold().removesuffix("s")} for word in words}
    return [word for word, forms in folded.items() if forms & names]


def believed(names: Iterable[str], *, paragraphs: int) -> frozenset[str]:
    """Keys of the labels to believe among the plausible ones found (with repetition).

    A known role is believed at once. A name or a code (`R1`) is believed when it recurs in a
    text that has labels now and then, or when most paragraphs carry labels. A label in small
    letters must be one word and recur twice. Ordinary prose with a colon is none of these.

    A list has a word before each colon, and nearly every one is new: people come back. In such
    a crowd of labels only those are believed that are heard three times.
    """
    found = list(names)
    counts = Counter(key(name) for name in found)
    share = len(found) / max(paragraphs, 1)
    crowded = len(counts) > _CROWD and len(found) < 3 * len(counts)
    accepted: set[str] = set()
    for name in found:
        same = counts[key(name)]
        named = looks_like_name(name) or _CODE.fullmatch(name) is not None
        recurs = named and same > (2 if crowded else 1) and share >= 0.05
        usual = named and len(found) > 1 and share >= 0.5 and not crowded
        small = same > 2 and " " not in name and share >= 0.2
        if _ROLE.fullmatch(name) or recurs or usual or small:
            accepted.add(key(name))
    return frozenset(accepted)


def _labelled(line: str) -> Head | None:
    head = line[:_HEAD]
    if ":" not in head:
        # Neither a label nor a time, and prose is spared four searches a line.
        return None
    for pattern in (_TIME_THEN_NAME, _NAME_THEN_MARKED_TIME, _NAME_THEN_TIME, _NAME_ALONE):
        match = pattern.match(head)
        # `$` may have met the cut instead of the line's end.
        if match is None or (match.end() == _HEAD < len(line)):
            continue
        name = match["name"].strip(" ,-–")
        if plausible(name):
            return Head(line[match.end() :], name, _time(match, "start"), _time(match, "end"))
    return None


def _led(line: str, lead: str) -> Head | None:
    name = lead.strip().rstrip(":").strip()
    if not name or not line.startswith(lead) or not plausible(name):
        return None
    if not (looks_like_name(name) or _CODE.fullmatch(name) or _ROLE.fullmatch(name)):
        return None
    return Head(line[len(lead) :].lstrip(" :"), name)


def _time(match: re.Match[str], group: str) -> int | None:
    groups = match.groupdict()
    text = groups.get(group) or groups.get(f"{group}2")
    return None if text is None else milliseconds(text)


def _take_manner(line: str) -> tuple[str, Manner | None]:
    match = _MANNER.match(line)
    if match is None:
        return line, None
    return line[match.end() :], "paraphrase" if match[1] == "P" else "verbatim"
