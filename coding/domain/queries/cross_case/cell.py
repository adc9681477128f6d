"""One cell: its text, what was asked, the sections that feed it, the evidence behind them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from coding.domain.queries.citations import citations_of
from coding.domain.queries.cross_case.grid import asked_label
from coding.domain.queries.cross_case.states import doubts_of
from coding.domain.queries.evidence import rules_by_code
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
    coverage,
    items_by_question,
)
from interviews.domain.queries.labels import ANSWER_KINDS
from interviews.enums import AnswerKind
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
    """What came of the question in one interview; without marks it was not put."""

    talk: Talk
    marks: tuple[tuple[KitItem, Marked], ...]

    @property
    def kind_label(self) -> str:
        return str(ANSWER_KINDS[self.kind]) if self.kind else _("not asked")

    @property
    def kind(self) -> AnswerKind | None:
        kinds = {mark.kind for _item, mark in self.marks}
        order = (AnswerKind.ANSWERED, AnswerKind.UNPROMPTED, AnswerKind.NOTHING_SAID)
        return next((kind for kind in order if kind in kinds), None)


@dataclass(frozen=True, slots=True)
class FeedingSection:
    """A section of the case description that feeds the question, as it is written now."""

    section: TemplateSection
    html: str


@dataclass(frozen=True, slots=True)
class CellView:
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


def cell_view(member: Member, question: AnalysisQuestion, case: Case) -> CellView:
    """Everything behind one cell, in a fixed number of queries."""
    cell = Cell.objects.select_related("updated_by").filter(question=question, case=case).first()
    covered, feeding = coverage(member), _Feeding(member, question)
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
        sections=_as_written(member, feeding.sections(), case, language),
        evidence=_evidence(member, feeding.codes, case),
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
            tuple(
                (item, mark)
                for item in feeding
                for mark in covered.marks.get(item.pk, {}).get(talk.id, ())
            ),
        )
        for talk in covered.talks_of(case.pk)
    )


def sections_feeding(member: Member, question: AnalysisQuestion) -> list[TemplateSection]:
    """The template's sections that feed the question: through guide items, and through codes."""
    return _Feeding(member, question).sections()


class _Feeding:
    """What leads to a question: codes by their own rules or an ancestor's, and guide items."""

    def __init__(self, member: Member, question: AnalysisQuestion) -> None:
        self._member, self._question = member, question
        self._rules = rules_by_code(member.study_id)
        self.codes = {code for code, rule in self._rules.items() if question.pk in rule.questions}

    def sections(self) -> list[TemplateSection]:
        """Those a guide item feeds too, and those where excerpts of the codes stand."""
        points = {point for code in self.codes for point in self._rules[code].points}
        live = TemplateSection.objects.filter(
            template__study_id=self._member.study_id, removed_at__isnull=True
        )
        by_item = live.filter(
            kit_items__analysis_questions=self._question, kit_items__removed_at__isnull=True
        )
        by_code = live.filter(points__in=points)
        return list(live.filter(Q(pk__in=by_item.values("pk")) | Q(pk__in=by_code.values("pk"))))


def _as_written(
    member: Member, sections: Sequence[TemplateSection], case: Case, language: Language
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
        found.append(FeedingSection(section, render_html(text.text, printed, language)))
    return tuple(found)


def _evidence(member: Member, codes: Collection[UUID], case: Case) -> tuple[Passage, ...]:
    """The case's passages with one of the codes."""
    known = {code.pk: code for code in Code.objects.filter(study_id=member.study_id)}
    passages = passages_of_case(member, case, known).passages
    return tuple(each for each in passages if any(mark.id in codes for mark in each.codes))
