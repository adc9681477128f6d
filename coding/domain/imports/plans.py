"""The reference study's plan as rows of a study: frame, template, guide, codebook, rules.

Each function takes a study that has none of it yet, writes in bulk with one history entry, and
runs in the caller's transaction. Order matters: frame, template, guide, codebook, rules.
"""

from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from coding.domain.codebook import keep_version, name_key
from coding.domain.imports.fixtures import Record, reference
from coding.enums import CodeOrigin
from coding.models import Code, EvidenceRule, QuestionRule
from interviews.enums import FocusKind, KitItemKind
from interviews.formats.outlines import numbers
from interviews.models import (
    AnalysisFocus,
    AnalysisQuestion,
    CaseTemplate,
    Kit,
    KitItem,
    TemplatePoint,
    TemplateSection,
)
from workbench.enums import Language
from workbench.history.actions import Action
from workbench.history.record import record
from workbench.models import Study, User

FOCI = {"overall_foci": FocusKind.OVERALL, "special_foci": FocusKind.SPECIAL}


def load_plan(
    *, study: Study, actor: User | None, language: Language, codes: Collection[str] | None = None
) -> None:
    """The whole plan; `codes` are the keys of the codes to take, None for all."""
    load_frame(study=study, actor=actor, language=language)
    load_template(study=study, actor=actor, language=language)
    load_kit(study=study, actor=actor, language=language)
    load_codebook(study=study, actor=actor, language=language, codes=codes)
    load_rules(study=study, actor=actor, language=language)


def load_frame(*, study: Study, actor: User | None, language: Language) -> None:
    """Purposes with their overall and special foci, and the analysis questions."""
    frame = reference("analysis_frame", language)
    foci: list[AnalysisFocus] = []
    for purpose in frame["purposes"]:
        top = _focus(study, purpose, FocusKind.PURPOSE, len(foci))
        foci.append(top)
        for name, kind in FOCI.items():
            for each in purpose[name]:
                foci.append(_focus(study, each, kind, len(foci), top))
    AnalysisFocus.objects.bulk_create(foci)
    questions = AnalysisQuestion.objects.bulk_create(
        [
            AnalysisQuestion(
                study=study, key=each["key"], title=each["title"], text=each["text"], order=order
            )
            for order, each in enumerate(frame["questions"])
        ]
    )
    after = {"foci": len(foci), "questions": len(questions)}
    _record(
        study, actor, noun="analysis_frame", subject=study.pk, label=frame["title"], after=after
    )


def _focus(
    study: Study, each: Record, kind: FocusKind, order: int, parent: AnalysisFocus | None = None
) -> AnalysisFocus:
    return AnalysisFocus(
        study=study, parent=parent, kind=kind, key=each["key"], text=each["text"], order=order
    )


def load_template(*, study: Study, actor: User | None, language: Language) -> None:
    """Sections with budgets (empty ones stay empty), required sources and points."""
    content = reference("case_template", language)
    template = CaseTemplate.objects.create(
        study=study, title=content["title"], total_pages=_pages(content["total_pages"])
    )
    sections = [
        TemplateSection(
            template=template,
            key=each["key"],
            title=each["title"],
            printed_title=each["printed_heading"],
            guidance=each["guidance"],
            page_budget=_pages(each["page_budget"]),
            required_sources=each["source_types"],
            order=order,
        )
        for order, each in enumerate(content["sections"])
    ]
    TemplateSection.objects.bulk_create(sections)
    points = TemplatePoint.objects.bulk_create(
        [
            TemplatePoint(section=section, key=point["key"], text=point["text"], order=order)
            for section, each in zip(sections, content["sections"], strict=True)
            for order, point in enumerate(each["points"])
        ]
    )
    after = {"sections": len(sections), "points": len(points)}
    _record(
        study, actor, noun="case_template", subject=template.pk, label=template.title, after=after
    )


def load_kit(*, study: Study, actor: User | None, language: Language) -> None:
    """Sections and items with what they feed; needs the frame and the template."""
    content = reference("kit", language)
    kit = Kit.objects.create(
        study=study, title=content["title"], answer_categories=_categories(content)
    )
    items: list[KitItem] = []
    feeds: list[Record] = []
    for section in content["sections"]:
        top = KitItem(kit=kit, key=section["key"], text=section["title"])
        top.kind = KitItemKind.SECTION
        items.append(top)
        feeds.append({})
        for each, parent, depth in _walk(kit, section["items"], top):
            parent.depth = depth
            items.append(parent)
            feeds.append(each)
    printed = numbers([item.depth for item in items])
    for order, (item, number) in enumerate(zip(items, printed, strict=True)):
        item.order, item.number = order, number
    KitItem.objects.bulk_create(items)
    _connect(study, items, feeds)
    questions = sum(item.kind == KitItemKind.QUESTION for item in items)
    after = {"sections": len(items) - questions, "items": questions}
    _record(study, actor, noun="kit", subject=kit.pk, label=kit.title, after=after)


def _walk(
    kit: Kit, entries: list[Record], parent: KitItem, depth: int = 1
) -> Iterator[tuple[Record, KitItem, int]]:
    for each in entries:
        item = KitItem(
            kit=kit,
            parent=parent,
            key=each["key"],
            text=each["text"],
            recurrence=each.get("recurring", ""),
            categories=[
                each[name] for name in ("answer_categories", "recurring") if each.get(name)
            ],
        )
        yield each, item, depth
        yield from _walk(kit, each["children"], item, depth + 1)


def _categories(content: Record) -> list[Record]:
    """Answer categories, and the dimensions of what recurs: both are options of a question."""
    named = [(each, each["options"]) for each in content["answer_categories"]]
    named += [(each, each["dimensions"]) for each in content["recurring"]]
    return [
        {
            "key": each["key"],
            "label": each["label"],
            "options": [{"key": option["key"], "label": option["label"]} for option in options],
        }
        for each, options in named
    ]


def _connect(study: Study, items: list[KitItem], feeds: list[Record]) -> None:
    questions = {each.key: each.pk for each in AnalysisQuestion.objects.filter(study=study)}
    sections = {each.key: each.pk for each in TemplateSection.objects.filter(template__study=study)}
    to_questions = KitItem.analysis_questions.through
    to_sections = KitItem.template_sections.through
    to_questions._default_manager.bulk_create(
        to_questions(kititem_id=item.pk, analysisquestion_id=questions[key])
        for item, each in zip(items, feeds, strict=True)
        for key in each.get("analysis_questions", ())
    )
    to_sections._default_manager.bulk_create(
        to_sections(kititem_id=item.pk, templatesection_id=sections[key])
        for item, each in zip(items, feeds, strict=True)
        for key in each.get("template_sections", ())
    )


def load_codebook(
    *,
    study: Study,
    actor: User | None,
    language: Language,
    codes: Collection[str] | None = None,
) -> None:
    """Codes with their six-field definitions, parents first; the first codebook version."""
    content = reference("codebook", language)
    chosen = [each for each in content["codes"] if codes is None or each["key"] in codes]
    by_parent: dict[str | None, list[Record]] = {}
    for each in sorted(chosen, key=lambda each: int(each["position"])):
        by_parent.setdefault(each["parent"], []).append(each)
    made: dict[str, Code] = {}

    def add(parent: Code | None, key: str | None) -> None:
        for each in by_parent.get(key, []):
            made[each["key"]] = _code(study, each, parent, len(made))
            add(made[each["key"]], each["key"])

    add(None, None)
    Code.objects.bulk_create(made.values())
    keep_version(study_id=study.pk, made_by=actor, reason=content["title"])
    _record(
        study,
        actor,
        noun="codebook",
        subject=study.pk,
        label=content["title"],
        after={"codes": len(made)},
    )


def _code(study: Study, each: Record, parent: Code | None, order: int) -> Code:
    return Code(
        study=study,
        parent=parent,
        key=each["key"],
        name=each["name"],
        name_key=name_key(each["name"]),
        path=f"{parent.path} / {each['name']}" if parent else each["name"],
        colour=each["colour"],
        brief=each["brief"],
        definition=each["full"],
        use_when=each["use"],
        not_when=each["not"],
        example=each["example"],
        origin=CodeOrigin(each["origin"]),
        order=order,
        depth=parent.depth + 1 if parent else 0,
    )


def load_rules(*, study: Study, actor: User | None, language: Language) -> None:
    """What places evidence: rules of the codes and items that the study has."""
    content = reference("evidence_rules", language)
    codes = {each.key: each for each in Code.objects.filter(study=study)}
    items = {each.key: each for each in KitItem.objects.filter(kit__study=study)}
    points = {
        each.key: each for each in TemplatePoint.objects.filter(section__template__study=study)
    }
    questions = {each.key: each for each in AnalysisQuestion.objects.filter(study=study)}
    rules = [
        EvidenceRule(study=study, point=points[point], **{source: known[key]})
        for source, known, found in (
            ("code", codes, content["code_points"]),
            ("item", items, content["question_points"]),
        )
        for key, keys in found.items()
        if key in known
        for point in keys
    ]
    rules += [
        EvidenceRule(study=study, point=points[point], document_kind=kind)
        for kind, keys in content["document_kind_points"].items()
        for point in keys
    ]
    EvidenceRule.objects.bulk_create(rules)
    to_questions = QuestionRule.objects.bulk_create(
        [
            QuestionRule(study=study, code=codes[key], question=questions[question])
            for key, keys in content["code_analysis_questions"].items()
            if key in codes
            for question in keys
        ]
    )
    after = {"point_rules": len(rules), "question_rules": len(to_questions)}
    _record(study, actor, noun="evidence_rule", subject=study.pk, label="", after=after)


def _pages(amount: float | None) -> Decimal | None:
    return None if amount is None else Decimal(str(amount))


def _record(
    study: Study, actor: User | None, *, noun: str, subject: UUID, label: str, after: dict[str, Any]
) -> None:
    record(
        study=study,
        actor=actor,
        action=Action.CREATED,
        noun=noun,
        subject=subject,
        label=label,
        after=after,
    )
