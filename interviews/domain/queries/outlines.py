"""The plan as it is read: the guide, the template and the questions as outlines."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise

from interviews.domain.queries.labels import SOURCE_TYPES
from interviews.enums import FocusKind, SourceType
from interviews.models import (
    AnalysisFocus,
    AnalysisQuestion,
    CaseTemplate,
    Kit,
    KitItem,
    TemplatePoint,
    TemplateSection,
)
from workbench.models import Study


@dataclass(frozen=True)
class ItemNode:
    """An item of the guide with what it feeds and the items under it; `recurs` counts places."""

    item: KitItem
    feeds_questions: tuple[AnalysisQuestion, ...]
    feeds_sections: tuple[TemplateSection, ...]
    categories: tuple[str, ...]
    recurs: int
    children: "list[ItemNode]" = field(default_factory=list)

    @property
    def is_top(self) -> bool:
        return not self.item.depth


@dataclass(frozen=True)
class KitOutline:
    """`removed` are the tops of what was hidden together."""

    kit: Kit | None
    sections: list[ItemNode]
    questions: int
    categories: list[dict[str, Any]]
    removed: list[KitItem]


def kit_outline(study: Study) -> KitOutline:
    """The study's guide. Four queries, two when it is empty."""
    kit = Kit.objects.filter(study=study).first()
    items = list(
        KitItem.objects.filter(kit__study=study).prefetch_related(
            Prefetch("analysis_questions", _live(AnalysisQuestion.objects.all())),
            Prefetch("template_sections", _live(TemplateSection.objects.all())),
        )
    )
    live = [item for item in items if item.removed_at is None]
    categories = kit.answer_categories if kit else []
    names = {each["key"]: each["label"] for each in categories}
    nodes: dict[UUID, ItemNode] = {}
    tops: list[ItemNode] = []
    for item in live:
        node = _item_node(item, live, names)
        nodes[item.pk] = node
        parent = nodes.get(item.parent_id) if item.parent_id else None
        (parent.children if parent else tops).append(node)
    return KitOutline(
        kit=kit,
        sections=tops,
        questions=sum(item.depth > 0 for item in live),
        categories=categories,
        removed=_removed_tops(items),
    )


def _live(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(removed_at__isnull=True)


def _item_node(item: KitItem, live: Iterable[KitItem], names: dict[str, str]) -> ItemNode:
    return ItemNode(
        item=item,
        feeds_questions=tuple(item.analysis_questions.all()),
        feeds_sections=tuple(item.template_sections.all()),
        categories=tuple(names[key] for key in item.categories if key in names),
        recurs=sum(each.recurrence == item.recurrence for each in live) if item.recurrence else 0,
    )


def _removed_tops(items: Iterable[KitItem]) -> list[KitItem]:
    hidden = {item.pk: item for item in items if item.removed_at is not None}
    return [
        item
        for item in hidden.values()
        if item.parent_id not in hidden or hidden[item.parent_id].removed_at != item.removed_at
    ]


@dataclass(frozen=True)
class SectionRow:
    section: TemplateSection
    sources: tuple[str | Promise, ...]
    points: list[TemplatePoint]
    removed_points: list[TemplatePoint]


@dataclass(frozen=True)
class TemplateOutline:
    """`budgeted` is the sum of the budgets; `shared_by` sections share the rest of the total."""

    template: CaseTemplate | None
    sections: list[SectionRow]
    removed: list[TemplateSection]
    budgeted: Decimal
    shared_by: int

    @property
    def total(self) -> Decimal | None:
        return total_pages(self.template, [row.section for row in self.sections])

    @property
    def left(self) -> Decimal | None:
        """Pages that sections without a budget share; None without a total or without such."""
        if self.template is None or self.template.total_pages is None or not self.shared_by:
            return None
        return max(self.template.total_pages - self.budgeted, Decimal(0))


def budgeted(sections: Iterable[TemplateSection]) -> Decimal:
    return sum((each.page_budget or Decimal(0) for each in sections), Decimal(0))


def total_pages(
    template: CaseTemplate | None, sections: Iterable[TemplateSection]
) -> Decimal | None:
    """Pages of a whole description: as the template says, else the sum of its sections."""
    said = template.total_pages if template else None
    return said or budgeted(sections) or None


def template_outline(study: Study) -> TemplateOutline:
    """The study's case template. Three queries."""
    template = CaseTemplate.objects.filter(study=study).first()
    sections = list(
        TemplateSection.objects.filter(template__study=study).prefetch_related("points")
    )
    live = [each for each in sections if each.removed_at is None]
    return TemplateOutline(
        template=template,
        sections=[_section_row(each) for each in live],
        removed=[each for each in sections if each.removed_at is not None],
        budgeted=budgeted(live),
        shared_by=sum(each.page_budget is None for each in live),
    )


def _section_row(section: TemplateSection) -> SectionRow:
    points = list(section.points.all())
    return SectionRow(
        section=section,
        sources=tuple(SOURCE_TYPES[SourceType(source)] for source in section.required_sources),
        points=[point for point in points if point.removed_at is None],
        removed_points=[point for point in points if point.removed_at is not None],
    )


@dataclass(frozen=True)
class Purpose:
    """One purpose of the analysis frame with its overall and special foci."""

    text: str
    overall: list[str]
    special: list[str]


@dataclass(frozen=True)
class FrameOutline:
    purposes: list[Purpose]
    questions: list[AnalysisQuestion]
    removed: list[AnalysisQuestion]


def frame_outline(study: Study) -> FrameOutline:
    """Purposes and analysis questions. Two queries."""
    foci = list(AnalysisFocus.objects.filter(study=study))
    questions = list(AnalysisQuestion.objects.filter(study=study))
    return FrameOutline(
        purposes=[
            Purpose(
                text=purpose.text,
                overall=_texts(foci, purpose, FocusKind.OVERALL),
                special=_texts(foci, purpose, FocusKind.SPECIAL),
            )
            for purpose in foci
            if purpose.kind == FocusKind.PURPOSE
        ],
        questions=[each for each in questions if each.removed_at is None],
        removed=[each for each in questions if each.removed_at is not None],
    )


def _texts(foci: Iterable[AnalysisFocus], purpose: AnalysisFocus, kind: FocusKind) -> list[str]:
    return [each.text for each in foci if each.parent_id == purpose.pk and each.kind == kind]
