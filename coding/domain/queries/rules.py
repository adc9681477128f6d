"""The rules of evidence as a board: every source with the points and questions it feeds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from coding.domain.queries.evidence import nearest, own_points, own_questions, rules_state
from coding.models import Code, EvidenceRule
from interviews.domain.queries.labels import DOCUMENT_KINDS
from interviews.enums import DocumentKind, KitItemKind
from interviews.models import AnalysisQuestion, KitItem, TemplatePoint, TemplateSection
from workbench.domain.rows import seal
from workbench.models import Member

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class SectionPoints:
    section: TemplateSection
    points: tuple[TemplatePoint, ...]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A source of evidence; what it inherits comes from a code above it."""

    source: str
    label: str
    depth: int
    colour: int | None
    points: tuple[TemplatePoint, ...]
    questions: tuple[AnalysisQuestion, ...] = ()
    inherits_points: bool = False
    inherits_questions: bool = False

    @property
    def own_points(self) -> tuple[TemplatePoint, ...]:
        return () if self.inherits_points else self.points

    @property
    def own_questions(self) -> tuple[AnalysisQuestion, ...]:
        return () if self.inherits_questions else self.questions

    @property
    def seen(self) -> str:
        """The mark of its own rules, for the form that changes them."""
        questions = (each.pk for each in self.own_questions)
        return seal(rules_state((each.pk for each in self.own_points), questions))


@dataclass(frozen=True, slots=True)
class RuleBoard:
    sections: tuple[SectionPoints, ...]
    questions: tuple[AnalysisQuestion, ...]
    codes: tuple[RuleRow, ...]
    items: tuple[RuleRow, ...]
    kinds: tuple[RuleRow, ...]


def rule_board(member: Member) -> RuleBoard:
    """Codes, guide questions and kinds of material with their rules, in eight queries."""
    study = member.study_id
    sections = TemplateSection.objects.filter(template__study_id=study, removed_at__isnull=True)
    points = list(
        TemplatePoint.objects.filter(section__in=sections, removed_at__isnull=True)
        .select_related("section")
        .order_by("section__order", "order")
    )
    questions = list(AnalysisQuestion.objects.filter(study_id=study, removed_at__isnull=True))
    codes = list(Code.objects.filter(study_id=study, removed_at__isnull=True))
    items = KitItem.objects.filter(
        kit__study_id=study, kind=KitItemKind.QUESTION, removed_at__isnull=True
    )
    by_point = {point.pk: point for point in points}
    of_items, of_kinds = _other_rules(study)
    return RuleBoard(
        sections=tuple(
            SectionPoints(each, tuple(p for p in points if p.section_id == each.pk))
            for each in sections
        ),
        questions=tuple(questions),
        codes=_code_rows(study, codes, points, questions),
        items=tuple(
            RuleRow(
                source=str(item.pk),
                label=str(item),
                depth=item.depth,
                colour=None,
                points=_picked(of_items.get(item.pk, ()), by_point),
            )
            for item in items
        ),
        kinds=tuple(
            RuleRow(
                source=kind,
                label=str(DOCUMENT_KINDS[kind]),
                depth=0,
                colour=None,
                points=_picked(of_kinds.get(kind, ()), by_point),
            )
            for kind in DocumentKind
        ),
    )


def _code_rows(
    study: UUID,
    codes: Iterable[Code],
    points: Iterable[TemplatePoint],
    questions: Iterable[AnalysisQuestion],
) -> tuple[RuleRow, ...]:
    parents = {code.pk: code.parent_id for code in codes}
    own, asked = own_points(study), own_questions(study)
    by_point = {point.pk: point for point in points}
    by_question = {question.pk: question for question in questions}
    return tuple(
        RuleRow(
            source=str(code.pk),
            label=code.name,
            depth=code.depth,
            colour=code.colour,
            points=_picked(nearest(code.pk, parents, own), by_point),
            questions=_picked(nearest(code.pk, parents, asked), by_question),
            inherits_points=code.pk not in own,
            inherits_questions=code.pk not in asked,
        )
        for code in codes
    )


def _other_rules(study: UUID) -> tuple[dict[UUID, list[UUID]], dict[str, list[UUID]]]:
    of_items: dict[UUID, list[UUID]] = {}
    of_kinds: dict[str, list[UUID]] = {}
    rules = EvidenceRule.objects.filter(study_id=study, code__isnull=True).order_by(
        "point__section__order", "point__order"
    )
    for item, kind, point in rules.values_list("item_id", "document_kind", "point_id"):
        if kind:
            of_kinds.setdefault(kind, []).append(point)
        else:
            of_items.setdefault(item, []).append(point)
    return of_items, of_kinds


def _picked(ids: Iterable[UUID], known: Mapping[UUID, Row]) -> tuple[Row, ...]:
    return tuple(known[each] for each in ids if each in known)
