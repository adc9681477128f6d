"""The grid: analysis questions, or template sections, against cases."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from coding.domain.queries.citations import CitationsByNumber, citations_of, doubtful_in
from coding.domain.queries.cross_case.feeding import Feeding
from coding.domain.queries.cross_case.states import doubts_of, text_state
from coding.enums import TextState
from coding.formats.case_docx import QUOTATION_MARKS
from coding.formats.citations import TOKEN
from coding.models import CaseDraft, Cell, SectionText
from interviews.domain.queries.kits import Asked, asked_label, coverage, items_by_question
from interviews.models import AnalysisQuestion, Case, TemplateSection
from workbench.errors import Missing
from workbench.models import Member

# What a cell shows of its text in the grid; the page of the cell has the rest.
_GLANCE: Final = 160
_SOURCE: Final = re.compile(rf"[ \t]*{TOKEN.pattern}")


@dataclass(frozen=True, slots=True)
class GridCell:
    """`asked` is None where the row is a section: nobody asks a section.

    `passages` counts what the page of the cell lists as evidence.
    """

    case: Case
    text: TextState
    glance: str = ""
    asked: Asked | None = None
    passages: int = 0

    @property
    def asked_label(self) -> str:
        return "" if self.asked is None else asked_label(self.asked)


@dataclass(frozen=True, slots=True)
class GridRow:
    """`number` counts from 1; `key` is the question's or the section's."""

    number: int
    key: str
    title: str
    cells: tuple[GridCell, ...]

    @property
    def written(self) -> int:
        return sum(cell.text is not TextState.EMPTY for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """Cases in the order asked for; `values` is each case's value of `attribute`."""

    cases: tuple[Case, ...]
    rows: tuple[GridRow, ...]
    attributes: tuple[str, ...]
    attribute: str = ""

    @property
    def is_wide(self) -> bool:
        """More columns than a page holds beside the questions."""
        return len(self.cases) > 4

    @property
    def heads(self) -> list[tuple[Case, object]]:
        return [(case, case.attributes.get(self.attribute)) for case in self.cases]


def questions_of(member: Member) -> list[AnalysisQuestion]:
    return list(AnalysisQuestion.objects.filter(study_id=member.study_id, removed_at__isnull=True))


def question_of(*, member: Member, key: str) -> AnalysisQuestion:
    """A live analysis question of the member's study. Raises Missing."""
    question = AnalysisQuestion.objects.filter(
        study_id=member.study_id, key=key, removed_at__isnull=True
    ).first()
    if question is None:
        raise Missing
    return question


def cases_by(member: Member, attribute: str = "") -> tuple[list[Case], list[str]]:
    """The cases ordered by an attribute, and the names of all attributes.

    Numbers come by size, other values by their letters, cases without a value last.
    """
    cases = list(Case.objects.filter(study_id=member.study_id, removed_at__isnull=True))
    names = sorted({name for case in cases for name in case.attributes})
    if attribute in names:
        cases.sort(key=lambda case: _rank(case.attributes.get(attribute)))
    return cases, names


def _rank(value: object) -> tuple[int, float, str]:
    if value is None or value == "":
        return 2, 0, ""
    if isinstance(value, int | float):
        return 0, value, ""
    return 1, 0, str(value).casefold()


def question_grid(member: Member, attribute: str = "", *, whole: bool = False) -> Grid:
    """Analysis questions x cases, `whole` with all of their texts. A fixed number of queries."""
    cases, names = cases_by(member, attribute)
    questions = questions_of(member)
    covered, feeding = coverage(member), items_by_question(member)
    passages = Feeding(member).passages()
    cells = {
        (cell.question_id, cell.case_id): cell
        for cell in Cell.objects.filter(study_id=member.study_id)
    }
    doubts = doubts_of(member, [cell.pk for cell in cells.values()])
    rows = []
    for number, question in enumerate(questions, 1):
        items = feeding.get(question.pk, [])
        row = []
        for case in cases:
            cell = cells.get((question.pk, case.pk))
            row.append(
                GridCell(
                    case,
                    text_state(cell, doubts),
                    glance(cell.text, whole=whole) if cell else "",
                    covered.asked(items, case.pk),
                    passages.get((question.pk, case.pk), 0),
                )
            )
        rows.append(GridRow(number, question.key, question.title, tuple(row)))
    return Grid(tuple(cases), tuple(rows), tuple(names), attribute if attribute in names else "")


def section_grid(member: Member, attribute: str = "", *, whole: bool = False) -> Grid:
    """Template sections x cases: how far each description is. A fixed number of queries."""
    cases, names = cases_by(member, attribute)
    sections = TemplateSection.objects.filter(
        template__study_id=member.study_id, removed_at__isnull=True
    )
    drafts = list(CaseDraft.objects.filter(case__in=cases))
    citations = citations_of(drafts, member)
    quotes = {draft.pk: _quotes(citations[draft.pk], member.study.language) for draft in drafts}
    texts = {
        (text.section_id, text.draft.case_id): text
        for text in SectionText.objects.filter(draft__in=drafts).select_related("draft")
    }
    rows = []
    for number, section in enumerate(sections, 1):
        row = []
        for case in cases:
            text = texts.get((section.pk, case.pk))
            if text is None or not text.text.strip():
                row.append(GridCell(case, TextState.EMPTY))
            else:
                doubtful = doubtful_in([text.text], citations[text.draft_id])
                state = TextState.CHECK if doubtful else TextState.WRITTEN
                told = glance(text.text, quotes[text.draft_id], whole=whole)
                row.append(GridCell(case, state, told))
        rows.append(GridRow(number, section.key, section.title, tuple(row)))
    return Grid(tuple(cases), tuple(rows), tuple(names), attribute if attribute in names else "")


def glance(text: str, quotes: Mapping[int, str] | None = None, *, whole: bool = False) -> str:
    """The beginning of a text on one line, or all of it: references leave no trace in it."""
    known = quotes or {}
    told = _SOURCE.sub(lambda match: f" {known.get(int(match[1]), '')}".rstrip(), text)
    if whole:
        return told.strip()
    plain = " ".join(told.split())
    if len(plain) <= _GLANCE:
        return plain
    return plain[:_GLANCE].rsplit(" ", 1)[0] + " …"


def _quotes(citations: CitationsByNumber, language: str) -> dict[int, str]:
    before, after = QUOTATION_MARKS["en" if language == "en" else "da"]
    return {
        number: f"{before}{each.printed}{after}" if each.is_quote else each.printed
        for number, each in citations.items()
        if each.printed
    }
