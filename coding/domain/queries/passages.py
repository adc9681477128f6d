"""The passages of a case as they stand now: words, voices, codes, and where they are cited."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import F

from coding.domain.queries.labels import DIRECTIONS
from coding.domain.queries.voices import Spoken, Turns, attribution
from coding.enums import Direction, PlacementState
from coding.formats.citations import cited_numbers
from coding.models import Citation, Code, Coding, Placement, SectionText
from interviews.models import Case
from workbench.models import Member

_COLUMNS: Final = (
    "excerpt_id",
    "revision_id",
    "start",
    "end",
    "quote",
    "revision__document_id",
    "revision__document__title",
    "revision__document__kind",
    "revision__document__language",
    "revision__document__interview__number",
)


@dataclass(frozen=True, slots=True)
class CodeMark:
    """A code on a passage, once, with what its coders say of it."""

    id: UUID
    name: str
    colour: int
    directions: tuple[str, ...]

    @property
    def direction(self) -> str:
        """What its coders say that it does, in words."""
        return ", ".join(str(DIRECTIONS[Direction(each)]) for each in self.directions)


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage, once, whoever coded it; without codes when nobody codes it any more."""

    excerpt: UUID
    document: UUID
    document_title: str
    kind: str
    language: str
    interview_number: int | None
    start: int
    end: int
    quote: str
    spoken: Spoken
    codes: tuple[CodeMark, ...]
    coders: tuple[str, ...]
    used_in: tuple[int, ...]

    @property
    def attribution(self) -> str:
        return attribution(self.spoken, self.kind, self.document_title, self.interview_number)


@dataclass(frozen=True, slots=True)
class _Place:
    excerpt: UUID
    revision: UUID
    start: int
    end: int
    quote: str
    document: UUID
    title: str
    kind: str
    language: str
    interview: int | None


@dataclass(frozen=True, slots=True)
class _Coded:
    code: UUID
    coder: str
    direction: str


@dataclass(frozen=True, slots=True)
class CasePassages:
    """The passages in the order of the material, and which excerpt stands for which.

    Two excerpts that an edit brought onto the same span are one passage: `stands_for` leads
    from each excerpt to the one that the passage carries.
    """

    passages: tuple[Passage, ...]
    stands_for: Mapping[UUID, UUID]


def passages_of_case(member: Member, case: Case, codes: Mapping[UUID, Code]) -> CasePassages:
    """What is placed in the case's material, in five queries; `codes` are the study's."""
    spans: dict[tuple[UUID, int, int], list[_Place]] = defaultdict(list)
    for place in _places(case):
        spans[place.revision, place.start, place.end].append(place)
    coded = _codings(member, case)
    used = _used_in(case)
    turns = Turns(revision for revision, _start, _end in spans)
    passages = []
    stands_for: dict[UUID, UUID] = {}
    for places in spans.values():
        first = places[0]
        excerpts = [place.excerpt for place in places]
        stands_for.update(dict.fromkeys(excerpts, first.excerpt))
        here = [coding for excerpt in excerpts for coding in coded.get(excerpt, ())]
        passages.append(
            Passage(
                excerpt=first.excerpt,
                document=first.document,
                document_title=first.title,
                kind=first.kind,
                language=first.language,
                interview_number=first.interview,
                start=first.start,
                end=first.end,
                quote=first.quote,
                spoken=turns.over(first.revision, first.start, first.end),
                codes=_code_marks(here, codes),
                coders=tuple(dict.fromkeys(coding.coder for coding in here)),
                used_in=tuple(sorted({n for each in excerpts for n in used.get(each, ())})),
            )
        )
    return CasePassages(tuple(passages), stands_for)


def _places(case: Case) -> Iterable[_Place]:
    rows = Placement.objects.filter(
        revision__document__case=case,
        revision__document__removed_at__isnull=True,
        revision__document__current_revision=F("revision"),
        state=PlacementState.PLACED,
    ).order_by("revision__document__date", "revision__document__title", "start", "-end", "pk")
    return (_Place(*row) for row in rows.values_list(*_COLUMNS))


def _codings(member: Member, case: Case) -> dict[UUID, list[_Coded]]:
    found: dict[UUID, list[_Coded]] = defaultdict(list)
    rows = Coding.objects.visible_to(member).filter(document__case=case).order_by("created_at")
    for excerpt, code, name, username, direction in rows.values_list(
        "excerpt_id", "code_id", "coder__name", "coder__username", "direction"
    ):
        found[excerpt].append(_Coded(code, name or username, direction))
    return found


def _code_marks(coded: list[_Coded], codes: Mapping[UUID, Code]) -> tuple[CodeMark, ...]:
    directions: dict[UUID, dict[str, None]] = {}
    for coding in coded:
        said = directions.setdefault(coding.code, {})
        if coding.direction:
            said[coding.direction] = None
    return tuple(
        CodeMark(code, codes[code].name, codes[code].colour, tuple(said))
        for code, said in directions.items()
    )


def _used_in(case: Case) -> dict[UUID, list[int]]:
    """excerpt -> the numbers under which the case description's text cites it now."""
    texts = SectionText.objects.filter(draft__case=case).values_list("text", flat=True)
    mentioned = {number for text in texts for number in cited_numbers(text)}
    used: dict[UUID, list[int]] = defaultdict(list)
    citations = Citation.objects.filter(draft__case=case)
    for excerpt, number in citations.values_list("excerpt_id", "number"):
        if number in mentioned:
            used[excerpt].append(number)
    return used
