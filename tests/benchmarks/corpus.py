"""A seeded corpus of interviews that look Danish: no real people, the same bytes every time."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

SEED = 1847
SLUG = "bench"
WORDS = 9_000
# Size -> interviews, codings in each.
SIZES = {"XS": (2, 300), "S": (10, 200), "M": (100, 300), "L": (500, 400)}

FREQUENT = """
og det jeg vi er at en så der ikke har på til de i med for som kan men man også om den af nu var
hvis bare lige når jo skal altså blev noget ud ind op selv egentlig måske stadig
"""
NOUNS = """
morgenmødet vagtplanen tavlen overleveringen kollegerne lederen beboeren borgeren sagen køkkenet
pausen aftenvagten tonen tilliden ansvaret opgaven rutinen arbejdsgangen fejlen samtalen
projektet udvalget frokosten lageret telefonen skemaet afdelingen forældrene ugen
"""
VERBS = """
snakker spørger siger hjælper deler venter løser bytter skriver mødes glemmer lærer ændrer
presser støtter mangler prøver forklarer lytter oplever
"""
POOLS = tuple(words.split() for words in (FREQUENT, NOUNS, VERBS))
LEVELS = (
    ("Tillid", "Samarbejde", "Retfærdighed", "Kerneopgave", "Forandring", "Ledelse"),
    ("fremmer", "hæmmer", "forankring"),
    ("til daglig", "under pres"),
)


@dataclass(frozen=True)
class Spoken:
    text: str
    speaker: str
    start_ms: int


@dataclass(frozen=True)
class Span:
    """[start, end) in code points, and which of the codes stand on it, by their numbers."""

    start: int
    end: int
    codes: tuple[int, ...]


def sentence(chance: random.Random) -> str:
    words = [
        chance.choice(chance.choices(POOLS, (11, 5, 4))[0]) for _ in range(chance.randint(4, 24))
    ]
    if chance.random() < 0.2:
        words.insert(len(words) // 2, "øh …")
    return " ".join(words).capitalize() + chance.choice("....?")


def talk(number: int, words: int = WORDS) -> list[Spoken]:
    """The turns of interview `number`: questions, and longer answers of four people."""
    chance = random.Random(f"{SEED} talk {number}")
    turns: list[Spoken] = []
    said, at = 0, 0
    while said < words:
        asks = len(turns) % 2 == 0
        speaker = "Interviewer" if asks else f"Medarbejder {chance.randint(1, 4)}"
        sentences = chance.randint(1, 2) if asks else chance.randint(2, 9)
        text = " ".join(sentence(chance) for _ in range(sentences))
        turns.append(Spoken(text, speaker, at))
        said += len(text.split())
        at += len(text) * 65
    return turns


def spans(number: int, text: str, codings: int, codes: int) -> Iterator[Span]:
    """Passages on word boundaries, three to sixty words long, until there are so many codings.

    Some cross a turn and many overlap; each carries one to three codes, some codes far more
    often than others.
    """
    chance = random.Random(f"{SEED} spans {number}")
    starts = [0, *(place + 1 for place, sign in enumerate(text) if sign in " \n")]
    seen: set[tuple[int, int]] = set()
    left = codings
    while left:
        first = chance.randrange(len(starts) - 61)
        length = min(60, max(3, round(chance.lognormvariate(2.7, 0.6))))
        start, end = starts[first], starts[first + length] - 1
        if start >= end or (start, end) in seen or text[end - 1].isspace():
            continue
        seen.add((start, end))
        many = min(left, chance.choices((1, 2, 3), (6, 3, 1))[0])
        chosen: set[int] = set()
        while len(chosen) < many:
            chosen.add(int(chance.random() ** 2 * codes))
        left -= many
        yield Span(start, end, tuple(sorted(chosen)))
