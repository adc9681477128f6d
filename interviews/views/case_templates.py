"""The case template: sections with budgets, sources and points."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from interviews.domain.case_templates import (
    POINTS,
    SECTIONS,
    add_points,
    add_sections,
    change_point,
    change_section,
    describe_template,
    sections_in,
    state_of,
    template_state,
)
from interviews.domain.queries.outlines import template_outline
from interviews.formats.outlines import OutlineLine
from interviews.formats.page_budgets import take_budget
from interviews.forms.case_templates import PointForm, SectionForm, TemplateForm, pages_of
from interviews.models import CaseTemplate, TemplateSection
from interviews.views.outlines import (
    AddView,
    Entry,
    EntryPart,
    EntryView,
    MoveView,
    OutlineView,
    PasteView,
    PlanPart,
    Preview,
    RemoveView,
    RestoreView,
    both,
    counted_points,
    counted_sections,
)
from workbench.ui.templatetags.ui import page_words
from workbench.views.changing import ChangingView


class SectionPart(EntryPart):
    page = "template"
    word = "section"
    way_back = "section_restore"
    verbs = SECTIONS


class PointPart(EntryPart):
    page = "template"
    word = "point"
    way_back = "point_restore"
    verbs = POINTS


class TemplatePageView(OutlineView):
    template_name = "interviews/template_page.html"
    parts = (SectionPart, PointPart)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(outline=template_outline(self.study), **kwargs)


class TemplatePasteView(PasteView):
    page = "template"
    page_label = _("Case template")
    heading = _("Paste a case template")
    rule = _(
        "The outermost lines become sections, the lines under them their points. A length in"
        " brackets after a section, “(½ page)”, becomes its budget."
    )
    example = _("1. The workplace (1 page)\n- staff and management\n- resources")

    def present_title(self) -> str:
        template = CaseTemplate.objects.filter(study=self.study).first()
        return template.title if template else ""

    def title_words(self, title: str) -> str:
        heading, total = take_budget(title)
        return f"{heading}, {page_words(total)}" if total else heading

    def look(self, lines: list[OutlineLine]) -> Preview:
        live = TemplateSection.objects.filter(
            template__study=self.study, removed_at__isnull=True
        ).count()
        sections = sections_in(lines)
        entries: list[Entry] = []
        for number, section in enumerate(sections, live + 1):
            note = page_words(section.budget) if section.budget else ""
            entries.append(Entry(section.title, 0, str(number), note))
            entries += [Entry(point, 1) for point in section.points]
        deeper = sum(line.depth > 1 for line in lines)
        points = len(entries) - len(sections)
        return Preview(
            entries=entries,
            counted=both(counted_sections(len(sections)), counted_points(points), points),
            remark=ngettext(
                "A template has two levels: %(count)s line further in becomes a point as well.",
                "A template has two levels: %(count)s lines further in become points as well.",
                deeper,
            )
            % {"count": deeper}
            if deeper
            else "",
        )

    def add(self, lines: list[OutlineLine], title: str) -> None:
        add_sections(member=self.member, lines=lines, title=title)


class TemplateChangeView(PlanPart, ChangingView):
    """The template's title and total length."""

    page = "template"
    form_class = TemplateForm
    template_name = "interviews/template_form.html"
    saved_message = _("The template is saved.")

    def state(self) -> dict[str, Any]:
        template = CaseTemplate.objects.filter(study=self.study).first()
        return template_state(template or CaseTemplate(study=self.study))

    def save(self, form: TemplateForm) -> str:
        data = form.cleaned_data
        describe_template(
            member=self.member,
            seen=form.mark,
            title=data["title"],
            total_pages=pages_of(data["total_pages"]),
        )
        return self.back()


class SectionAddView(AddView):
    page = "template"

    def add(self, lines: list[OutlineLine]) -> UUID:
        return add_sections(member=self.member, lines=lines)[0].pk


class SectionView(SectionPart, EntryView):
    form_class = SectionForm
    template_name = "interviews/section_form.html"

    def state(self) -> dict[str, Any]:
        return state_of(self.entry)

    def save(self, form: SectionForm) -> str:
        data = form.cleaned_data
        change_section(
            member=self.member,
            section_id=self.entry.pk,
            seen=form.mark,
            title=data["title"],
            printed_title=data["printed_title"],
            guidance=data["guidance"],
            page_budget=pages_of(data["page_budget"]),
            required_sources=data["required_sources"],
        )
        return self.back(self.entry.pk)


class SectionMoveView(SectionPart, MoveView):
    pass


class SectionRemoveView(SectionPart, RemoveView):
    pass


class SectionRestoreView(SectionPart, RestoreView):
    pass


class PointAddView(SectionPart, AddView):
    def add(self, lines: list[OutlineLine]) -> UUID:
        section = self.kwargs["section"]
        return add_points(member=self.member, section_id=section, lines=lines)[0].pk


class PointView(PointPart, EntryView):
    form_class = PointForm
    template_name = "interviews/point_form.html"

    def state(self) -> dict[str, Any]:
        return {"text": self.entry.text}

    def save(self, form: PointForm) -> str:
        change_point(
            member=self.member,
            point_id=self.entry.pk,
            seen=form.mark,
            text=form.cleaned_data["text"],
        )
        return self.back(self.entry.pk)


class PointMoveView(PointPart, MoveView):
    pass


class PointRemoveView(PointPart, RemoveView):
    pass


class PointRestoreView(PointPart, RestoreView):
    pass
