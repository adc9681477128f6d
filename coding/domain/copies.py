"""Starting a study from another one: its plan is copied, nothing of what was said or written."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from django.db import models, transaction

from coding.domain.codebook import keep_version
from coding.models import Code, EvidenceRule, QuestionRule
from interviews.models import (
    AnalysisFocus,
    AnalysisQuestion,
    CaseTemplate,
    Kit,
    KitItem,
    TemplatePoint,
    TemplateSection,
)
from workbench.domain.studies import start_study
from workbench.enums import Language
from workbench.history.actions import Action
from workbench.history.record import record
from workbench.models import Member, Study, User


class Part(StrEnum):
    """What can be copied from one study to another."""

    KIT = "kit"
    TEMPLATE = "template"
    QUESTIONS = "questions"
    CODEBOOK = "codebook"


Ids = dict[UUID, UUID]


@dataclass
class _Copy:
    """One copying: where from, where to, and the new id of every row copied so far."""

    source: Study
    target: Study
    ids: dict[type[models.Model], Ids] = field(default_factory=dict)

    def new(self, model: type[models.Model], old: UUID | None) -> UUID | None:
        return None if old is None else self.ids.get(model, {}).get(old)

    def rows(
        self, rows: Iterable[Any], changed: Mapping[str, Any], links: Mapping[str, Any]
    ) -> list[Any]:
        """New rows like the old: `changed` fields set, `links` (name -> model) led to copies."""
        old = list(rows)
        if not old:
            return []
        model = type(old[0])
        known = self.ids.setdefault(model, {})
        known.update({row.pk: uuid4() for row in old})
        copied = []
        for row in old:
            kept = {
                each.attname: getattr(row, each.attname)
                for each in model._meta.concrete_fields
                if not (each.primary_key or each.name == "created_at" or each.name in changed)
            }
            for name, other in links.items():
                kept[f"{name}_id"] = self.new(other, kept[f"{name}_id"])
            copied.append(model(pk=known[row.pk], **kept, **changed))
        return list(model._default_manager.bulk_create(copied, batch_size=500))

    def pairs(self, through: Any, first: tuple[str, Any], second: tuple[str, Any]) -> None:
        """Copies links between rows of which both were copied."""
        old = through._default_manager.filter(**{f"{first[0]}__in": self.ids.get(first[1], {})})
        made = []
        for row in old:
            one = self.new(first[1], getattr(row, first[0]))
            other = self.new(second[1], getattr(row, second[0]))
            if one and other:
                made.append(through(**{first[0]: one, second[0]: other}))
        through._default_manager.bulk_create(made, batch_size=500)


def start_study_like(
    *,
    owner: User,
    title: str,
    description: str,
    language: Language,
    source: Member | None = None,
    parts: Collection[Part] = (),
) -> Study:
    """A new study with its owner as project lead, and the chosen parts of the source's plan.

    `source` is the owner's own membership of the study to copy from. Rules that place evidence
    come along where both of their ends do. Raises Invalid for an empty title.
    """
    with transaction.atomic():
        study = start_study(owner=owner, title=title, description=description, language=language)
        if source is not None and parts:
            assert source.user_id == owner.pk
            counts = _copy_parts(_Copy(source.study, study), frozenset(parts))
            record(
                study=study,
                actor=owner,
                action=Action.COPIED,
                noun="study",
                subject=study.pk,
                label=source.study.title,
                after={"from": source.study.title, "parts": sorted(parts), **counts},
            )
    return study


def _copy_parts(copy: _Copy, parts: frozenset[Part]) -> dict[str, int]:
    # The guide points at questions and sections, the rules at everything: they come last.
    if Part.QUESTIONS in parts:
        _copy_questions(copy)
    if Part.TEMPLATE in parts:
        _copy_template(copy)
    if Part.KIT in parts:
        _copy_kit(copy)
    if Part.CODEBOOK in parts:
        _copy_codebook(copy)
    _copy_rules(copy, kinds=Part.TEMPLATE in parts)
    return {model._meta.model_name or "": len(ids) for model, ids in copy.ids.items()}


def _copy_questions(copy: _Copy) -> None:
    to = {"study": copy.target}
    foci = AnalysisFocus.objects.filter(study=copy.source).order_by("order")
    copy.rows(foci, to, {"parent": AnalysisFocus})
    copy.rows(AnalysisQuestion.objects.filter(study=copy.source, removed_at=None), to, {})


def _copy_template(copy: _Copy) -> None:
    copy.rows(CaseTemplate.objects.filter(study=copy.source), {"study": copy.target}, {})
    sections = TemplateSection.objects.filter(template__study=copy.source, removed_at=None)
    copy.rows(sections, {}, {"template": CaseTemplate})
    points = TemplatePoint.objects.filter(
        section__template__study=copy.source, section__removed_at=None, removed_at=None
    )
    copy.rows(points, {}, {"section": TemplateSection})


def _copy_kit(copy: _Copy) -> None:
    copy.rows(Kit.objects.filter(study=copy.source), {"study": copy.target}, {})
    items = KitItem.objects.filter(kit__study=copy.source, removed_at=None)
    copy.rows(items, {}, {"kit": Kit, "parent": KitItem})
    copy.pairs(
        KitItem.analysis_questions.through,
        ("kititem_id", KitItem),
        ("analysisquestion_id", AnalysisQuestion),
    )
    copy.pairs(
        KitItem.template_sections.through,
        ("kititem_id", KitItem),
        ("templatesection_id", TemplateSection),
    )


def _copy_codebook(copy: _Copy) -> None:
    codes = Code.objects.filter(study=copy.source, removed_at=None)
    copy.rows(codes, {"study": copy.target, "merged_into": None}, {"parent": Code})
    keep_version(study_id=copy.target.pk, made_by=None, reason=copy.source.title)


def _copy_rules(copy: _Copy, *, kinds: bool) -> None:
    rules = []
    for rule in EvidenceRule.objects.filter(study=copy.source):
        point = copy.new(TemplatePoint, rule.point_id)
        code, item = copy.new(Code, rule.code_id), copy.new(KitItem, rule.item_id)
        if point and (code or item or (kinds and rule.document_kind)):
            rules.append(
                EvidenceRule(
                    study=copy.target,
                    point_id=point,
                    code_id=code,
                    item_id=item,
                    document_kind=rule.document_kind,
                )
            )
    EvidenceRule.objects.bulk_create(rules, batch_size=500)
    feeding = []
    for each in QuestionRule.objects.filter(study=copy.source):
        code = copy.new(Code, each.code_id)
        question = copy.new(AnalysisQuestion, each.question_id)
        if code and question:
            feeding.append(QuestionRule(study=copy.target, code_id=code, question_id=question))
    QuestionRule.objects.bulk_create(feeding, batch_size=500)
