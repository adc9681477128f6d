"""One cell: its text, what was asked, the sections that feed it, the evidence behind them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from coding.domain.queries.citations import citations_of
from coding.domain.queries.cross_case.feeding import Feeding
from coding.domain.queries.cross_case.states import doubts_of
from coding.domain.queries.labels import DOUBTS
from coding.domain.queries.passages import Passage, passages_of_case
from coding.domain.queries.voices import Turns, attribution
from coding.enums import TextState
from coding.formats.case_docx import Language
from coding.formats.citations import cited_numbers
from coding.formats.prose import Printed, render_html
from coding.models import CaseDraft, Cell, CellCitation, Code, SectionText
from interviews.domain.queries.kits import (
    Asked,
    Coverage,
    Marked,
    Talk,
    asked_label,
    coverage,
    items_by_question,
)
from interviews.domain.queries.labels import ANSWER_KINDS, ASKED_STATES
from interviews.enums import AnswerKind, AskedState
from interviews.models import AnalysisQuestion, Case, KitItem, TemplateSection
from workbench.models import Member


@dataclass(frozen=True, slots=True)
class CellSource:
    """A citation of the cell with its way back, and why it needs checking."""

    number: int
    excerpt: UUID
    quote: str
    attribution: str
    document: UUID
    turn: int | None
    time_code: str
    language: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedIn:
    """What came of the question in one interview; without marks in one that is marked: not put."""

    talk: Talk
    is_marked: bool
    state: AskedState
    kind: AnswerKind | None
    marks: tuple[tuple[KitItem, Marked], ...]

    @property
    def kind_label(self) -> str:
        if self.kind:
            return str(ANSWER_KINDS[self.kind])
        return str(ASKED_STATES[self.state])


@dataclass(frozen=True, slots=True)
class FeedingSection:
    """A section of the case description that feeds the question, as it is written now."""

    section: TemplateSection
    html: str


@dataclass(frozen=True, slots=True)
class CellView:
    """`is_fed` says that some code feeds the question, whether or not the case has any of it."""

    question: AnalysisQuestion
    case: Case
    text: str
    html: str
    version: int
    updated_by: str
    state: TextState
    sources: tuple[CellSource, ...]
    asked: Asked
    talks: tuple[AskedIn, ...]
    items: tuple[KitItem, ...]
    sections: tuple[FeedingSection, ...]
    is_fed: bool
    evidence: tuple[Passage, ...]
    cited: Mapping[UUID, int]

    @property
    def asked_label(self) -> str:
        return asked_label(self.asked)

    @property
    def has_case_text(self) -> bool:
        return any(section.html for section in self.sections)

    @property
    def people(self) -> int:
        voices = {voice for passage in self.evidence for voice in passage.spoken.voices}
        return sum(not voice.is_interviewer for voice in voices)


def cell_view(
    member: Member, question: AnalysisQuestion, case: Case, *, description_at: str = ""
) -> CellView:
    """Everything behind one cell, in a fixed number of queries.

    `description_at` is the address of the case description: its numbers lead to its own sources.
    """
    cell = Cell.objects.select_related("updated_by").filter(question=question, case=case).first()
    covered, feeding = coverage(member), Feeding(member)
    items = set(items_by_question(member).get(question.pk, []))
    citations = _sources(member, cell)
    text = cell.text if cell else ""
    sources = [citations[number] for number in cited_numbers(text) if number in citations]
    language: Language = "en" if member.study.language == "en" else "da"
    return CellView(
        question=question,
        case=case,
        text=text,
        html=render_html(text, {each.number: _printed(each) for each in sources}, language),
        version=cell.version if cell else 0,
        updated_by=str(cell.updated_by or "") if cell else "",
        state=_state_of(text, sources),
        sources=tuple(sources),
        asked=covered.asked(items, case.pk),
        talks=_asked_in(covered, items, case),
        items=tuple(item for item in covered.items if item.pk in items),
        sections=_as_written(member, feeding.sections(question), case, language, description_at),
        is_fed=question.pk in feeding.codes,
        evidence=_evidence(member, feeding.codes.get(question.pk, ()), case),
        cited={each.excerpt: each.number for each in sources},
    )


def _state_of(text: str, sources: Iterable[CellSource]) -> TextState:
    if not text.strip():
        return TextState.EMPTY
    return TextState.CHECK if any(each.reasons for each in sources) else TextState.WRITTEN


def _printed(source: CellSource) -> Printed:
    return Printed(
        number=source.number,
        quote=None,
        attribution=source.attribution,
        language=source.language,
        needs_checking=bool(source.reasons),
    )


def _sources(member: Member, cell: Cell | None) -> dict[int, CellSource]:
    if cell is None:
        return {}
    doubts = doubts_of(member, [cell.pk]).get(cell.pk, {})
    citations = list(
        CellCitation.objects.filter(cell=cell).select_related(
            "placement", "excerpt__document__interview"
        )
    )
    turns = Turns(citation.placement.revision_id for citation in citations)
    found = {}
    for citation in citations:
        placement, document = citation.placement, citation.excerpt.document
        spoken = turns.over(placement.revision_id, placement.start, placement.end)
        number = document.interview.number if document.interview else None
        found[citation.number] = CellSource(
            number=citation.number,
            excerpt=citation.excerpt_id,
            quote=placement.quote,
            attribution=attribution(spoken, document.kind, document.title, number),
            document=document.pk,
            turn=spoken.turn_number,
            time_code=spoken.time_code,
            language=document.language,
            reasons=tuple(str(DOUBTS[doubt]) for doubt in doubts.get(citation.number, ())),
        )
    return found


def _asked_in(covered: Coverage, items: Collection[UUID], case: Case) -> tuple[AskedIn, ...]:
    feeding = [item for item in covered.items if item.pk in items]
    return tuple(
        AskedIn(
            talk,
            talk.id in covered.marked,
            covered.state_in(items, talk),
            covered.kind(items, talk.id),
            tuple((item, mark) for item in feeding for mark in covered.marks_at(item.pk, talk.id)),
        )
        for talk in covered.talks_of(case.pk)
    )


def sections_feeding(member: Member, question: AnalysisQuestion) -> list[TemplateSection]:
    """The template's sections that feed the question: through guide items, and through codes."""
    return Feeding(member).sections(question)


def _as_written(
    member: Member,
    sections: Sequence[TemplateSection],
    case: Case,
    language: Language,
    description_at: str,
) -> tuple[FeedingSection, ...]:
    drafts = list(CaseDraft.objects.filter(case=case))
    citations = citations_of(drafts, member)
    texts = {
        text.section_id: text
        for text in SectionText.objects.filter(draft__in=drafts, section__in=sections)
    }
    found = []
    for section in sections:
        text = texts.get(section.pk)
        if text is None or not text.text.strip():
            found.append(FeedingSection(section, ""))
            continue
        known = citations[text.draft_id]
        printed = {n: known[n].as_printed() for n in cited_numbers(text.text) if n in known}
        html = render_html(text.text, printed, language, description_at)
        found.append(FeedingSection(section, html))
    return tuple(found)


def _evidence(member: Member, codes: Collection[UUID], case: Case) -> tuple[Passage, ...]:
    """The case's passages with one of the codes."""
    known = {code.pk: code for code in Code.objects.filter(study_id=member.study_id)}
    passages = passages_of_case(member, case, known).passages
    return tuple(each for each in passages if any(mark.id in codes for mark in each.codes))
