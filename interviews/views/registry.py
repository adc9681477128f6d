"""The map: its table, one project, counts beside printed ones, making, moving, hiding."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.generic import FormView, TemplateView

from interviews.domain.queries.labels import (
    EXTRACTIONS,
    LEVEL_TESTS,
    LEVELS,
    PROJECT_STATUSES,
    SECTORS,
)
from interviews.domain.queries.problems import problem_sentence
from interviews.domain.queries.registry import (
    bias_statements,
    cells_of,
    live_projects,
    project_page,
    removed_projects,
    tallies,
)
from interviews.domain.registry import (
    EXTRACTED,
    Known,
    NewProject,
    add_project,
    add_projects,
    change_level,
    change_project,
    project_of,
    remove_project,
    restore_project,
    state_of,
    tell_of_export,
)
from interviews.enums import ProjectStatus, Sector, TallyAxis
from interviews.filters import ProjectFilter
from interviews.formats.registry import HEADINGS, registry_csv, registry_rows, registry_xlsx
from interviews.formats.sandbox import read_table_bounded
from interviews.formats.tables import is_table
from interviews.forms.registry import LevelForm, NewProjectForm, ProjectForm, RowForm, TableForm
from interviews.models import MappedProject
from interviews.tables import ProjectTable
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.enums import Language
from workbench.errors import Invalid, Missing
from workbench.files.problems import FileProblem, ProblemCode
from workbench.models import Member
from workbench.views.changing import ChangingView

PER_PAGE = 100
MOST_ROWS = 500
XLSX, CSV = "xlsx", "csv"
TYPES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
}


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
            query=_narrowing(request),
            bias=bias_statements(self.member),
            may_write=may_write,
            removed=removed_projects(self.member) if may_write else [],
        )
        return self.render_to_response(context, status=200 if valid else 400)


def _narrowing(request: HttpRequest) -> str:
    """The address's filters, for a file of what the page shows."""
    query = request.GET.copy()
    for name in ("page", "sort"):
        query.pop(name, None)
    return query.urlencode()


def _page(request: HttpRequest, count: int) -> int:
    """A number that makes no sense becomes the nearest that does."""
    try:
        number = int(request.GET.get("page", 1))
    except ValueError:
        number = 1
    return min(max(number, 1), max(1, -(-count // PER_PAGE)))


def _counted(count: int) -> str:
    return ngettext("%(count)d project", "%(count)d projects", count) % {"count": count}


class MapExportView(StudyView):
    """What the filters in the address leave of the map, as a file."""

    permission = Permission.EXPORT

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = request.POST.get("format", XLSX)
        chosen = ProjectFilter(request.GET, member=self.member)
        if form not in TYPES or not chosen.is_valid():
            raise Invalid(_("The address asks for something this study does not have."))
        rows = list(cells_of(chosen.qs))
        tell_of_export(
            member=self.member,
            form=form,
            rows=len(rows),
            filters={name: str(chosen.form.cleaned_data[name]) for name in chosen.chosen},
        )
        return HttpResponse(
            self._xlsx(rows) if form == XLSX else _csv(rows),
            content_type=TYPES[form],
            headers={"Content-Disposition": f'attachment; filename="map-{slug}.{form}"'},
        )

    def _xlsx(self, rows: list[dict[str, str]]) -> bytes:
        caveats = [each.text for each in bias_statements(self.member)]
        return registry_xlsx(rows, caveats=caveats, names=(_("Projects"), _("Caveats")))


def _csv(rows: list[dict[str, str]]) -> bytes:
    # A Danish Excel splits columns at semicolons.
    return registry_csv(rows, delimiter=";" if get_language() == Language.DANISH else ",")


class MapImportView(StudyView, FormView):  # type: ignore[type-arg]  # not generic at run time
    """A table is read in a child, shown row by row, and only then put on the map."""

    permission = Permission.FIELD_WRITE
    form_class = TableForm
    template_name = "interviews/registry_import.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "rows" in request.POST:
            return self._add(request.POST["rows"])
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: TableForm) -> HttpResponse:
        file = form.cleaned_data["table"]
        try:
            if not is_table(file.name):
                raise Invalid(_("Save the table as CSV or XLSX."))
            rows = registry_rows(read_table_bounded(file.read(), name=file.name))
        except FileProblem as problem:
            return self._refused(form, _unreadable(problem))
        except Invalid as error:
            return self._refused(form, str(error.message))
        if rows is None:
            return self._refused(form, _("The table needs a column called “name”."))
        if len(rows) > MOST_ROWS:
            return self._refused(form, _("At most 500 projects at a time."))
        if not rows:
            return self._refused(form, _("There is no project in the table."))
        looked = looked_at(self.member, [(row.number, row.cells) for row in rows])
        told = json.dumps([[row.number, row.cells] for row in rows], ensure_ascii=False)
        has_new = any(row.project for row in looked)
        return self.render_to_response(
            self.get_context_data(form=form, looked=looked, has_new=has_new, rows=told)
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(columns=list(HEADINGS), **kwargs)

    def _refused(self, form: TableForm, message: str) -> HttpResponse:
        form.add_error("table", message)
        return self.form_invalid(form)

    def form_invalid(self, form: TableForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=400)

    def _add(self, told: str) -> HttpResponse:
        new = [row.project for row in looked_at(self.member, _rows(told)) if row.project]
        added = add_projects(member=self.member, projects=new)
        message = ngettext(
            "%(count)d project is put on the map.", "%(count)d projects are put on the map.",
            len(added),
        )  # fmt: skip
        messages.success(self.request, message % {"count": len(added)})
        return redirect("map", slug=self.study.slug)


def _unreadable(problem: FileProblem) -> str:
    if problem.code in {ProblemCode.EMPTY, ProblemCode.TOO_LARGE}:
        return problem_sentence(problem.code, problem.params)
    return _("The table cannot be read. Save it as CSV or XLSX once more, and choose that.")


def _rows(told: str) -> list[tuple[int, dict[str, str]]]:
    """What the preview carried; nothing of what it did not write."""
    try:
        rows = [(int(number), dict(cells)) for number, cells in json.loads(told)][:MOST_ROWS]
        # Half a character pair is text for JSON, and for nobody else.
        json.dumps(rows, ensure_ascii=False).encode()
    except (ValueError, TypeError, RecursionError):
        return []
    texts = all(isinstance(cell, str) for _number, cells in rows for cell in cells.values())
    return rows if texts else []


@dataclass(frozen=True)
class Looked:
    """A row of a table before it is kept: the `project` it makes, or why it makes none."""

    number: int
    name: str
    title: str
    level: str
    project: NewProject | None
    is_known: bool
    faults: list[str]


def looked_at(member: Member, rows: list[tuple[int, dict[str, str]]]) -> list[Looked]:
    known = Known.on_the_map(member)
    looked = []
    for number, cells in rows:
        form = RowForm(cells, study=member.study)
        project = form.project() if form.is_valid() else None
        new = project is not None and known.takes(
            project.key, project.facts.name, project.facts.title
        )
        looked.append(
            Looked(
                number=number,
                name=cells.get("name", ""),
                title=cells.get("title", ""),
                level=cells.get("level", ""),
                project=project if new else None,
                is_known=project is not None and not new,
                faults=form.faults(),
            )
        )
    return looked


class TalliesView(StudyView, TemplateView):
    permission = Permission.STUDY_READ
    template_name = "interviews/registry_tallies.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = tallies(self.member)
        whole = found[0]
        return super().get_context_data(
            axes=[
                (
                    _("By council"),
                    _("Council"),
                    [each for each in found if each.axis == TallyAxis.COUNCIL],
                ),
                (
                    _("By sector"),
                    _("Sector"),
                    [each for each in found if each.axis == TallyAxis.SECTOR],
                ),
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
