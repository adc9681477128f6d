"""The map: its table, one project, counts beside printed ones, making, moving, hiding."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from interviews.domain.queries.labels import (
    EXTRACTIONS,
    LEVEL_TESTS,
    LEVELS,
    PROJECT_STATUSES,
    SECTORS,
)
from interviews.domain.queries.registry import (
    bias_statements,
    live_projects,
    project_page,
    removed_projects,
    tallies,
)
from interviews.domain.registry import (
    EXTRACTED,
    add_project,
    change_level,
    change_project,
    project_of,
    remove_project,
    restore_project,
    state_of,
)
from interviews.enums import ProjectStatus, Sector, TallyAxis
from interviews.filters import ProjectFilter
from interviews.forms.registry import LevelForm, NewProjectForm, ProjectForm
from interviews.models import MappedProject
from interviews.tables import ProjectTable
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.errors import Missing
from workbench.views.changing import ChangingView

PER_PAGE = 100


class MapView(StudyView, TemplateView):
    permission = Permission.STUDY_READ
    template_name = "interviews/registry_list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = ProjectFilter(request.GET, member=self.member)
        valid = chosen.is_valid()
        # Nothing is shown for an address that was not understood: it would look like an answer.
        projects = chosen.qs if valid else live_projects(self.member).none()
        table = ProjectTable(projects, order_by=request.GET.get("sort", ""))
        table.paginate(page=_page(request, len(table.data)), per_page=PER_PAGE)
        may_write = self.may(Permission.FIELD_WRITE)
        context = self.get_context_data(
            filter=chosen,
            valid=valid,
            is_filtered=not valid or bool(chosen.chosen),
            table=table,
            found=_counted(len(table.data)),
            bias=bias_statements(self.member),
            may_write=may_write,
            removed=removed_projects(self.member) if may_write else [],
        )
        return self.render_to_response(context, status=200 if valid else 400)


def _page(request: HttpRequest, count: int) -> int:
    """A number that makes no sense becomes the nearest that does."""
    try:
        number = int(request.GET.get("page", 1))
    except ValueError:
        number = 1
    return min(max(number, 1), max(1, -(-count // PER_PAGE)))


def _counted(count: int) -> str:
    return ngettext("%(count)d project", "%(count)d projects", count) % {"count": count}


class TalliesView(StudyView, TemplateView):
    permission = Permission.STUDY_READ
    template_name = "interviews/registry_tallies.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = tallies(self.member)
        whole = found[0]
        return super().get_context_data(
            axes=[
                (_("By council"), [each for each in found if each.axis == TallyAxis.COUNCIL]),
                (_("By sector"), [each for each in found if each.axis == TallyAxis.SECTOR]),
            ],
            whole=whole,
            differing=sum(1 for each in found if each.differs),
            printed=sum(1 for each in found if each.is_printed),
            bias=bias_statements(self.member),
            **kwargs,
        )


class InProject(StudyView):
    """A page of one mapped project."""

    @cached_property
    def project(self) -> MappedProject:
        return project_of(member=self.member, project_id=self.kwargs["project"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # The address has given `project` its id.
        about = {
            "project": self.project,
            "level": LEVELS[self.project.level],
            "level_test": LEVEL_TESTS[self.project.level],
            "may_write": self.may(Permission.FIELD_WRITE),
        }
        return super().get_context_data(**(kwargs | about))

    @property
    def address(self) -> str:
        return reverse("project", kwargs={"slug": self.study.slug, "project": self.project.pk})


class ProjectView(InProject, TemplateView):
    permission = Permission.STUDY_READ
    template_name = "interviews/registry_project.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        project = self.project
        asked = EXTRACTED[project.level]
        return super().get_context_data(
            about=project_page(project),
            sector=SECTORS[Sector(project.sector)] if project.sector else "",
            status=PROJECT_STATUSES[ProjectStatus(project.status)],
            extracted=[(EXTRACTIONS[name], getattr(project, name)) for name in asked],
            kept=[
                (EXTRACTIONS[name], getattr(project, name))
                for name in EXTRACTED[1]
                if name not in asked and getattr(project, name)
            ],
            **kwargs,
        )


class ProjectNewView(ChangingView):
    permission = Permission.FIELD_WRITE
    form_class = NewProjectForm
    template_name = "interviews/registry_new.html"
    saved_message = lazy("The project is on the map. Its level asks for the texts below.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "study": self.study}

    def save(self, form: NewProjectForm) -> str:
        facts = form.facts()
        project = add_project(member=self.member, facts=facts, level=form.chosen_level)
        return reverse("project_edit", kwargs={"slug": self.study.slug, "project": project.pk})


class ProjectEditView(InProject, ChangingView):
    permission = Permission.FIELD_WRITE
    form_class = ProjectForm
    template_name = "interviews/registry_form.html"
    saved_message = lazy("The project is saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "study": self.study,
            "level": self.project.level,
            "kept": {name: getattr(self.project, name) for name in EXTRACTED[1]},
        }

    def state(self) -> dict[str, Any]:
        return state_of(self.project)

    def save(self, form: ProjectForm) -> str:
        change_project(member=self.member, project=self.project, facts=form.facts(), seen=form.mark)
        return self.address


class ProjectLevelView(InProject, ChangingView):
    permission = Permission.FIELD_WRITE
    form_class = LevelForm
    template_name = "interviews/registry_level.html"
    saved_message = lazy("The project has its level.")

    def get_initial(self) -> dict[str, Any]:
        return {"level": self.project.level, "seen": self.project.level}

    def save(self, form: LevelForm) -> str:
        change_level(
            member=self.member,
            project=self.project,
            level=form.cleaned_data["level"],
            reason=form.cleaned_data["reason"],
            seen=form.level_seen,
        )
        return self.address


class ProjectRemoveView(InProject):
    permission = Permission.FIELD_WRITE

    def post(self, request: HttpRequest, slug: str, project: UUID) -> HttpResponse:
        remove_project(member=self.member, project=self.project)
        told = _("“%(name)s” was removed. It stands below, under Removed.")
        messages.success(request, told % {"name": self.project.name})
        return redirect("map", slug=slug)


class ProjectRestoreView(StudyView):
    permission = Permission.FIELD_WRITE

    def post(self, request: HttpRequest, slug: str, project: UUID) -> HttpResponse:
        hidden = MappedProject.objects.filter(pk=project, study=self.study).first()
        if hidden is None:
            raise Missing
        restore_project(member=self.member, project=hidden)
        return redirect("project", slug=slug, project=project)
