"""Citations of case descriptions: what is printed, who says it, and whether it still holds."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import F

from coding.domain.queries.figures import Figure, figure_name, printed_figure
from coding.domain.queries.labels import DOUBTS
from coding.domain.queries.voices import Spoken, Turns, attribution
from coding.enums import CitationMode, Doubt, PlacementState
from coding.formats.citations import cited_numbers
from coding.formats.prose import Printed
from coding.models import CaseDraft, Citation, Coding, Placement
from interviews.domain.anchors import same_words
from workbench.models import Member


@dataclass(frozen=True, slots=True)
class CitationView:
    """A citation with its way back: excerpt, turn, person, document; or the figure.

    `kind` is the document's, empty for a figure.
    """

    number: int
    mode: str
    printed: str
    original: str
    attribution: str
    kind: str
    language: str
    excerpt: UUID | None = None
    document: UUID | None = None
    spoken: Spoken = field(default_factory=Spoken)
    figure: Figure | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def is_quote(self) -> bool:
        return self.mode == CitationMode.QUOTE

    @property
    def reasons(self) -> list[str]:
        """Why it needs checking, in words."""
        return [str(DOUBTS[doubt]) for doubt in self.doubts]

    def as_printed(self) -> Printed:
        return Printed(
            number=self.number,
            quote=self.printed or None,
            is_figure=self.figure is not None,
            attribution=self.attribution,
            language=self.language,
            needs_checking=bool(self.doubts),
        )


CitationsByNumber = dict[int, CitationView]


def citations_of(
    drafts: Collection[CaseDraft], member: Member | None = None
) -> dict[UUID, CitationsByNumber]:
    """draft -> number -> citation. Two queries; with `member` two more find the doubts."""
    citations = list(
        Citation.objects.filter(draft__in=drafts).select_related(
            "placement__excerpt__document",
            "excerpt__document__interview",
            "measurement__instrument",
            "key_figure",
            "draft__study",
        )
    )
    turns = Turns(each.placement.revision_id for each in citations if each.placement)
    doubts = _Doubts(drafts, member) if member is not None else None
    found: dict[UUID, CitationsByNumber] = defaultdict(dict)
    for citation in citations:
        if citation.placement is None or citation.excerpt is None:
            found[citation.draft_id][citation.number] = _of_figure(citation, member is not None)
            continue
        placement, document = citation.placement, citation.excerpt.document
        spoken = turns.over(placement.revision_id, placement.start, placement.end)
        interview = document.interview.number if document.interview else None
        found[citation.draft_id][citation.number] = CitationView(
            number=citation.number,
            mode=citation.mode,
            printed=citation.printed,
            original=placement.quote,
            attribution=attribution(spoken, document.kind, document.title, interview),
            excerpt=citation.excerpt_id,
            document=document.pk,
            kind=document.kind,
            language=document.language,
            spoken=spoken,
            doubts=doubts.of(placement, spoken) if doubts else (),
        )
    return found


def _of_figure(citation: Citation, doubting: bool) -> CitationView:
    figure, language = citation.figure, citation.draft.study.language
    assert figure is not None
    now = printed_figure(figure, language)
    doubt = (
        Doubt.FIGURE_REMOVED
        if figure.removed_at is not None
        else Doubt.FIGURE_CHANGED
        if now != citation.printed
        else None
    )
    return CitationView(
        number=citation.number,
        mode=citation.mode,
        printed=citation.printed,
        original=now,
        attribution=figure_name(figure),
        kind="",
        language=language,
        figure=figure,
        doubts=(doubt,) if doubting and doubt else (),
    )


def doubtful_in(texts: Iterable[str], citations: CitationsByNumber) -> list[int]:
    mentioned = {number for text in texts for number in cited_numbers(text)}
    return sorted(n for n, citation in citations.items() if citation.doubts and n in mentioned)


class _Doubts:
    """What became of the cited excerpts."""

    def __init__(self, drafts: Collection[CaseDraft], member: Member) -> None:
        self._coded = set(
            Coding.objects.visible_to(member)
            .filter(excerpt__citations__draft__in=drafts)
            .values_list("excerpt_id", flat=True)
        )
        now = Placement.objects.filter(
            excerpt__citations__draft__in=drafts,
            revision=F("excerpt__document__current_revision"),
            state=PlacementState.PLACED,
        )
        self._words_now = dict(now.values_list("excerpt_id", "quote"))

    def of(self, placement: Placement, spoken: Spoken) -> tuple[Doubt, ...]:
        if placement.excerpt.document.removed_at is not None:
            return (Doubt.REMOVED,)
        doubts = []
        words = self._words_now.get(placement.excerpt_id)
        if words is None:
            doubts.append(Doubt.UNPLACED)
        elif not same_words(words, placement.quote):
            doubts.append(Doubt.WORDS_CHANGED)
        if placement.excerpt_id not in self._coded:
            doubts.append(Doubt.UNCODED)
        if any(voice.declined for voice in spoken.voices):
            doubts.append(Doubt.DECLINED)
        return tuple(doubts)
