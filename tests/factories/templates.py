"""Case templates, guides and evidence rules of a small study."""

from decimal import Decimal

from coding.models import CaseDraft
from interviews.enums import KitItemKind
from interviews.models import (
    AnalysisQuestion,
    CaseTemplate,
    Kit,
    KitItem,
    TemplatePoint,
    TemplateSection,
)
from workbench.models import Member


def make_template(member: Member, total_pages: str | None = "5") -> CaseTemplate:
    template, _created = CaseTemplate.objects.get_or_create(
        study=member.study, defaults={"total_pages": total_pages and Decimal(total_pages)}
    )
    return template


def make_section(
    member: Member,
    key: str = "goer",
    title: str = "Sådan gør de",
    *,
    budget: str | None = "1.5",
    sources: tuple[str, ...] = (),
) -> TemplateSection:
    template = make_template(member)
    return TemplateSection.objects.create(
        template=template,
        key=key,
        title=title,
        page_budget=budget and Decimal(budget),
        required_sources=list(sources),
        order=template.sections.count(),
    )


def make_point(section: TemplateSection, text: str = "Hæmmere", key: str = "") -> TemplatePoint:
    order = section.points.count()
    return TemplatePoint.objects.create(
        section=section, key=key or f"{section.key}-{order}", text=text, order=order
    )


def make_question(member: Member, key: str = "a1", title: str = "Hvad hæmmer?") -> AnalysisQuestion:
    order = AnalysisQuestion.objects.filter(study=member.study).count()
    return AnalysisQuestion.objects.create(study=member.study, key=key, title=title, order=order)


def make_item(member: Member, key: str = "s1", text: str = "Hvad skete der?") -> KitItem:
    kit, _created = Kit.objects.get_or_create(study=member.study)
    order = kit.items.count()
    return KitItem.objects.create(
        kit=kit, key=key, text=text, kind=KitItemKind.QUESTION, number=f"{order + 1}", order=order
    )


def fresh(draft: CaseDraft) -> CaseDraft:
    """The description as it stands now, its version with it."""
    return CaseDraft.objects.get(pk=draft.pk)
