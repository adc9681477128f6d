"""Case descriptions as pages and lists show them: text, length, sources, citations, comments."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from coding.domain.queries.citations import (
    CitationsByNumber,
    CitationView,
    citations_of,
    doubtful_in,
)
from coding.domain.queries.labels import REVIEW_STEPS
from coding.domain.queries.printing import language_of, pages_of, share_budget
from coding.domain.queries.voices import WithUnnamed, unnamed_in_case
from coding.enums import DraftState, ReviewStepKind, SourceState
from coding.formats.citations import cited_numbers
from coding.formats.prose import render_html
from coding.models import CaseDraft, Comment, ReviewStep, SectionText
from interviews.domain.queries.labels import SOURCE_TYPES
from interviews.domain.queries.outlines import total_pages
from interviews.enums import SOURCE_TYPE, DocumentKind, SourceType
from interviews.models import Case, CaseTemplate, Document, TemplateSection
from workbench.errors import Missing
from workbench.models import Member, Study, User


@dataclass(frozen=True, slots=True)
class RequiredSource:
    """A kind of source the section must stand on, and how far it does."""

    type: SourceType
    state: SourceState

    @property
    def label(self) -> str:
        return str(SOURCE_TYPES[self.type])


@dataclass(frozen=True, slots=True)
class Lack:
    """What a section does not have, in words, and the place on the page to mend it at."""

    what: str
    place: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of the template with what is written in it. Lengths are in pages."""

    section: TemplateSection
    text: str
    version: int
    html: str
    pages: Decimal
    budget: Decimal | None
    budget_is_shared: bool
    sources: tuple[RequiredSource, ...]
    citations: tuple[CitationView, ...]
    comments: tuple[Comment, ...]
    updated_by: User | None
    updated_at: dt.datetime | None
    reviewed_version: int | None

    @property
    def changed_since(self) -> bool:
        """Whether it was written in since a project lead last decided."""
        return self.reviewed_version is not None and self.version != self.reviewed_version

    @property
    def doubtful_citations(self) -> list[CitationView]:
        return [citation for citation in self.citations if citation.doubts]

    @property
    def lacks(self) -> list[Lack]:
        """What a reviewer should know: nothing written, or sources missing or doubtful."""
        if not self.text.strip():
            return [Lack(_("empty"), self.section.key)]
        missing = [s.label for s in self.sources if s.state != SourceState.CITED]
        sources = [_("%(source)s not cited") % {"source": label} for label in missing]
        doubtful = [
            Lack(_("citation %(number)s needs checking") % {"number": n}, f"citation-{n}")
            for n in (citation.number for citation in self.doubtful_citations)
        ]
        return [*(Lack(what, self.section.key) for what in sources), *doubtful]

    @property
    def open_comments(self) -> list[Comment]:
        return [comment for comment in self.comments if comment.resolved_at is None]

    @property
    def resolved_comments(self) -> list[Comment]:
        return [comment for comment in self.comments if comment.resolved_at is not None]


@dataclass(frozen=True, slots=True)
class DraftView:
    """A whole case description; `draft` is None before somebody opened it for writing."""

    case: Case
    draft: CaseDraft | None
    sections: tuple[SectionView, ...]
    total_budget: Decimal | None
    steps: tuple[ReviewStep, ...]
    version: int
    unnamed: tuple[WithUnnamed, ...]

    @property
    def state(self) -> DraftState:
        return DraftState(self.draft.state) if self.draft else DraftState.DRAFT

    @property
    def pages(self) -> Decimal:
        return sum((section.pages for section in self.sections), Decimal(0))

    @property
    def doubtful_citations(self) -> list[CitationView]:
        return [citation for citation in self.citations if citation.doubts]

    @property
    def citations(self) -> list[CitationView]:
        """Each once, by number."""
        found = {each.number: each for section in self.sections for each in section.citations}
        return [found[number] for number in sorted(found)]

    @property
    def figures_used(self) -> dict[UUID, tuple[int, ...]]:
        """figure -> the numbers that cite it."""
        used: dict[UUID, tuple[int, ...]] = {}
        for each in self.citations:
            if each.figure is not None:
                used[each.figure.pk] = (*used.get(each.figure.pk, ()), each.number)
        return used

    @property
    def lacking(self) -> list[SectionView]:
        """The sections in which something is missing."""
        return [section for section in self.sections if section.lacks]

    @property
    def is_written(self) -> bool:
        return any(section.text.strip() for section in self.sections)

    @property
    def changed_since(self) -> bool:
        return any(section.changed_since for section in self.sections)

    @property
    def unnamed_speakers(self) -> int:
        return sum(document.speakers for document in self.unnamed)

    @property
    def last_step(self) -> ReviewStep | None:
        return self.steps[-1] if self.steps else None

    @property
    def way(self) -> list[tuple[str, ReviewStep]]:
        """The steps of review in words, the newest first."""
        return [(str(REVIEW_STEPS[ReviewStepKind(s.kind)]), s) for s in reversed(self.steps)]

    def section(self, key: str) -> SectionView:
        """Raises Missing for a key that the template does not have."""
        for section in self.sections:
            if section.section.key == key:
                return section
        raise Missing


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A case description in the list."""

    case: Case
    draft: CaseDraft | None
    pages: Decimal
    total_budget: Decimal | None
    written: int
    sections: int
    citations: int
    doubtful: int
    missing: tuple[SourceType, ...]
    updated_by: User | None
    updated_at: dt.datetime | None

    @property
    def state(self) -> DraftState | None:
        return DraftState(self.draft.state) if self.draft else None

    @property
    def missing_labels(self) -> str:
        return ", ".join(str(SOURCE_TYPES[kind]) for kind in self.missing)


@dataclass(frozen=True, slots=True)
class _Written:
    """What one case has: texts by section, citations by number, kinds of material."""

    texts: Mapping[UUID, SectionText]
    citations: CitationsByNumber
    kinds: set[SourceType]
    study: Study
    reviewed: Mapping[str, int] | None = None


def draft_of_case(member: Member, case: Case) -> DraftView:
    """The description of one case, in a fixed number of queries."""
    sections, total = _template(member.study)
    draft = CaseDraft.objects.filter(case=case).first()
    drafts = [draft] if draft else []
    steps = tuple(ReviewStep.objects.filter(draft__in=drafts).select_related("by"))
    written = _Written(
        texts=_texts(drafts).get(case.pk, {}),
        citations=citations_of(drafts, member)[draft.pk] if draft else {},
        kinds=_kinds([case]).get(case.pk, set()),
        study=member.study,
        reviewed=_reviewed(steps),
    )
    comments = _comments(drafts)
    budgets = share_budget(sections, total)
    return DraftView(
        case=case,
        draft=draft,
        sections=tuple(
            _section_view(section, written, comments.get(section.pk, []), budgets[section.pk])
            for section in sections
        ),
        total_budget=total,
        steps=steps,
        version=draft.version if draft else 0,
        unnamed=tuple(unnamed_in_case(case)),
    )


def draft_list(member: Member) -> list[DraftRow]:
    """Every case of the study with how far its description is, in a fixed number of queries."""
    sections, total = _template(member.study)
    cases = list(Case.objects.filter(study=member.study, removed_at__isnull=True))
    drafts = list(CaseDraft.objects.filter(case__in=cases))
    by_case = {draft.case_id: draft for draft in drafts}
    texts, citations, kinds = _texts(drafts), citations_of(drafts, member), _kinds(cases)
    rows = []
    for case in cases:
        draft = by_case.get(case.pk)
        written = _Written(
            texts=texts.get(case.pk, {}),
            citations=citations[draft.pk] if draft else {},
            kinds=kinds.get(case.pk, set()),
            study=member.study,
        )
        rows.append(_row(case, draft, written, sections, total))
    return rows


def _template(study: Study) -> tuple[list[TemplateSection], Decimal | None]:
    template = CaseTemplate.objects.filter(study=study).first()
    live = TemplateSection.objects.filter(template=template, removed_at__isnull=True)
    sections = list(live)
    return sections, total_pages(template, sections)


def _texts(drafts: Iterable[CaseDraft]) -> dict[UUID, dict[UUID, SectionText]]:
    """case -> section -> text."""
    found: dict[UUID, dict[UUID, SectionText]] = defaultdict(dict)
    rows = SectionText.objects.filter(draft__in=drafts).select_related("updated_by", "draft")
    for row in rows:
        found[row.draft.case_id][row.section_id] = row
    return found


def _comments(drafts: Iterable[CaseDraft]) -> dict[UUID, list[Comment]]:
    """section -> its comments in the order of writing."""
    found: dict[UUID, list[Comment]] = defaultdict(list)
    rows = Comment.objects.filter(section_text__draft__in=drafts)
    for comment in rows.select_related("author", "resolved_by", "section_text"):
        found[comment.section_text.section_id].append(comment)
    return found


def _kinds(cases: Iterable[Case]) -> dict[UUID, set[SourceType]]:
    """case -> the source types of its material."""
    found: dict[UUID, set[SourceType]] = defaultdict(set)
    rows = Document.objects.filter(case__in=cases, removed_at__isnull=True).order_by()
    for case, kind in rows.values_list("case_id", "kind").distinct():
        found[case].add(SOURCE_TYPE[DocumentKind(kind)])
    return found


def _sources(
    section: TemplateSection, cited: Iterable[CitationView], attached: set[SourceType]
) -> tuple[RequiredSource, ...]:
    present = {SOURCE_TYPE[DocumentKind(each.kind)] for each in cited if each.kind}
    return tuple(
        RequiredSource(
            kind,
            SourceState.CITED
            if kind in present
            else SourceState.ATTACHED
            if kind in attached
            else SourceState.MISSING,
        )
        for kind in map(SourceType, section.required_sources)
    )


def _reviewed(steps: Sequence[ReviewStep]) -> Mapping[str, int] | None:
    """section key -> the version that was last returned or approved."""
    decisions = (ReviewStepKind.RETURN, ReviewStepKind.APPROVE)
    return next((step.versions for step in reversed(steps) if step.kind in decisions), None)


def _cited(text: str, citations: CitationsByNumber) -> tuple[CitationView, ...]:
    return tuple(citations[number] for number in cited_numbers(text) if number in citations)


def _section_view(
    section: TemplateSection,
    of: _Written,
    comments: Sequence[Comment],
    budget: tuple[Decimal | None, bool],
) -> SectionView:
    written = of.texts.get(section.pk)
    text = written.text if written else ""
    cited = _cited(text, of.citations)
    printed = {citation.number: citation.as_printed() for citation in cited}
    return SectionView(
        section=section,
        text=text,
        version=written.version if written else 0,
        html=render_html(text, printed, language_of(of.study)),
        pages=pages_of(section, text, of.citations, of.study),
        budget=budget[0],
        budget_is_shared=budget[1],
        sources=_sources(section, cited, of.kinds),
        citations=cited,
        comments=tuple(comments),
        updated_by=written.updated_by if written else None,
        updated_at=written.updated_at if written else None,
        reviewed_version=None if of.reviewed is None else of.reviewed.get(section.key, 0),
    )


def _row(
    case: Case,
    draft: CaseDraft | None,
    of: _Written,
    sections: Sequence[TemplateSection],
    total: Decimal | None,
) -> DraftRow:
    written = {each.pk: of.texts[each.pk] for each in sections if each.pk in of.texts}
    texts = [text.text for text in written.values()]
    wanted = {
        source.type: source.state
        for each in sections
        for source in _sources(
            each,
            _cited(written[each.pk].text if each.pk in written else "", of.citations),
            of.kinds,
        )
        if source.state != SourceState.CITED
    }
    last = max(written.values(), key=lambda text: text.updated_at, default=None)
    return DraftRow(
        case=case,
        draft=draft,
        pages=sum(
            (
                pages_of(each, written[each.pk].text, of.citations, of.study)
                for each in sections
                if each.pk in written
            ),
            Decimal(0),
        ),
        total_budget=total,
        written=sum(bool(text) for text in texts),
        sections=len(sections),
        citations=len({number for text in texts for number in cited_numbers(text)}),
        doubtful=len(doubtful_in(texts, of.citations)),
        missing=tuple(wanted),
        updated_by=last.updated_by if last else None,
        updated_at=last.updated_at if last else None,
    )
