"""Verbs of the case template: sections with their budgets and sources, and their points."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from interviews.domain.outlines import Outline
from interviews.enums import SourceType
from interviews.formats.outlines import OutlineLine
from interviews.formats.page_budgets import take_budget
from interviews.models import CaseTemplate, TemplatePoint, TemplateSection
from workbench.domain.changing import changing
from workbench.domain.keys import free_key
from workbench.domain.rows import record_act, record_change, refuse_outdated
from workbench.errors import Invalid
from workbench.history.actions import Action
from workbench.models import Member

SECTION = "template_section"
POINT = "template_point"
TITLE_LENGTH = 200
POINT_LENGTH = 300
LARGEST_BUDGET = Decimal(999)
SECTIONS = Outline(
    TemplateSection.objects.all(), noun=SECTION, parent="template", study="template__study"
)
# The points of a hidden section are hidden with it.
POINTS = Outline(
    TemplatePoint.objects.select_related("section").filter(section__removed_at__isnull=True),
    noun=POINT,
    parent="section",
    study="section__template__study",
)


def template_of(member: Member) -> CaseTemplate:
    """The study's template; made when there is none, inside `changing`."""
    return CaseTemplate.objects.get_or_create(study_id=member.study_id)[0]


def state_of(section: TemplateSection) -> dict[str, Any]:
    """What the form of a section shows."""
    return {
        "title": section.title,
        "printed_title": section.printed_title,
        "guidance": section.guidance,
        "page_budget": _plain(section.page_budget),
        "required_sources": sorted(section.required_sources),
    }


def template_state(template: CaseTemplate) -> dict[str, Any]:
    return {"title": template.title, "total_pages": _plain(template.total_pages)}


@dataclass(frozen=True, slots=True)
class PlannedSection:
    """A section as an outline says it, before it is added."""

    title: str
    budget: Decimal | None
    points: list[str] = field(default_factory=list)


def sections_in(lines: Sequence[OutlineLine]) -> list[PlannedSection]:
    """The section that each line of depth 0 makes; all deeper lines are its points.

    A budget at the end of a title, `(¼ page)`, becomes the section's. Raises Invalid.
    """
    found: list[PlannedSection] = []
    for line in lines:
        if line.depth and found:
            found[-1].points.append(_short(line.text, POINT_LENGTH))
            continue
        title, budget = take_budget(line.text)
        found.append(PlannedSection(_short(title, TITLE_LENGTH), _budget(budget)))
    return found


def add_sections(
    *, member: Member, lines: Sequence[OutlineLine], title: str = ""
) -> list[TemplateSection]:
    """Adds the sections that are in the lines.

    `title` names a template without one; a length in it, `(5 pages)`, is the whole one's.
    """
    with changing(member):
        template = template_of(member)
        heading, total = take_budget(title)
        if heading and not template.title:
            total = total or template.total_pages
            describe_template(member=member, seen=None, title=heading, total_pages=total)
        taken = set(template.sections.values_list("key", flat=True))
        order = template.sections.filter(removed_at__isnull=True).count()
        made: list[TemplateSection] = []
        points: list[TemplatePoint] = []
        for planned in sections_in(lines):
            key = free_key(planned.title, taken, fallback="section")
            taken.add(key)
            section = TemplateSection(
                template=template,
                key=key,
                title=planned.title,
                page_budget=planned.budget,
                order=order + len(made),
            )
            made.append(section)
            for text in planned.points:
                points.append(_new_point(section, text, points))
        TemplateSection.objects.bulk_create(made)
        TemplatePoint.objects.bulk_create(points)
        for section in made:
            of_it = [point.text for point in points if point.section_id == section.pk]
            record_act(member, Action.CREATED, SECTION, section, after={"points": of_it})
    return made


def _new_point(
    section: TemplateSection, text: str, earlier: Collection[TemplatePoint]
) -> TemplatePoint:
    beside = [point.key for point in earlier if point.section_id == section.pk]
    return TemplatePoint(
        section=section,
        key=free_key(text, beside, fallback="point"),
        text=_short(text, POINT_LENGTH),
        order=len(beside),
    )


def change_section(
    *,
    member: Member,
    section_id: UUID,
    seen: str | None,
    title: str,
    printed_title: str = "",
    guidance: str = "",
    page_budget: Decimal | None = None,
    required_sources: Collection[str] = (),
) -> TemplateSection:
    """Changes a section. Raises Conflict with both versions when it changed since `seen`."""
    with changing(member):
        section = SECTIONS.find(member=member, pk=section_id)
        before = state_of(section)
        after = {
            "title": _short(title, TITLE_LENGTH),
            "printed_title": printed_title.strip()[:TITLE_LENGTH],
            "guidance": guidance.strip(),
            "page_budget": _plain(_budget(page_budget)),
            "required_sources": sorted({SourceType(source) for source in required_sources}),
        }
        refuse_outdated(before, seen)
        changed = [name for name in after if after[name] != before[name]]
        if changed:
            for name in changed:
                setattr(section, name, after[name])
            section.page_budget = _budget(page_budget)
            section.save(update_fields=changed)
            record_change(member=member, row=section, noun=SECTION, before=before, after=after)
    return section


def add_points(
    *, member: Member, section_id: UUID, lines: Sequence[OutlineLine]
) -> list[TemplatePoint]:
    """Adds a point per line, whatever its depth, as the last of the section."""
    with changing(member):
        section = SECTIONS.find(member=member, pk=section_id)
        points = list(section.points.all())
        order = sum(point.removed_at is None for point in points)
        made: list[TemplatePoint] = []
        for line in lines:
            point = _new_point(section, line.text, [*points, *made])
            point.order = order + len(made)
            made.append(point)
        TemplatePoint.objects.bulk_create(made)
        for point in made:
            record_act(member, Action.CREATED, POINT, point, after={"section": section.title})
    return made


def change_point(*, member: Member, point_id: UUID, seen: str | None, text: str) -> TemplatePoint:
    """Rewords a point. Raises Conflict with both versions when it changed since `seen`."""
    with changing(member):
        point = POINTS.find(member=member, pk=point_id)
        before, after = {"text": point.text}, {"text": _short(text, POINT_LENGTH)}
        refuse_outdated(before, seen)
        if after != before:
            point.text = after["text"]
            point.save(update_fields=["text"])
            record_change(member=member, row=point, noun=POINT, before=before, after=after)
    return point


def describe_template(
    *, member: Member, seen: str | None, title: str, total_pages: Decimal | None
) -> CaseTemplate:
    """Sets the title and how many pages a whole case description may take."""
    with changing(member):
        template = template_of(member)
        before = template_state(template)
        total = _budget(total_pages)
        after = {"title": title.strip()[:TITLE_LENGTH], "total_pages": _plain(total)}
        refuse_outdated(before, seen)
        if after != before:
            template.title, template.total_pages = title.strip()[:TITLE_LENGTH], total
            template.save(update_fields=["title", "total_pages"])
            record_change(
                member=member, row=template, noun="case_template", before=before, after=after
            )
    return template


def _plain(pages: Decimal | None) -> str:
    """Pages without trailing zeros, so that 1 and 1.00 are the same state."""
    return "" if pages is None else f"{pages.normalize():f}"


def _budget(pages: Decimal | None) -> Decimal | None:
    if pages is None:
        return None
    rounded = pages.quantize(Decimal("0.01"))
    if not 0 < rounded <= LARGEST_BUDGET:
        raise Invalid(_("A page budget is more than 0 and at most 999."), code="budget")
    return rounded


def _short(text: str, limit: int) -> str:
    words = " ".join(text.split())
    if not words:
        raise Invalid(_("Write a few words."), code="empty")
    if len(words) > limit:
        raise Invalid(
            _("“%(start)s…” is too long: at most %(limit)s characters.")
            % {"start": words[:40], "limit": limit},
            code="too_long",
        )
    return words
