"""Taking coded excerpts out: what, in which format, the first rows, then the file."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from coding.domain.exports import count_excerpts, first_rows
from coding.domain.queries.excerpts import material_in_order
from coding.filters import ExcerptFilter
from coding.formats.excerpt_rows import COLUMNS
from coding.forms.exports import ExportForm
from coding.tasks import write_excerpts
from coding.views.excerpts import sentence
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.jobs import start_job

KIND: Final = "export_excerpts"
PREVIEWED: Final = 5


class ExportView(StudyView, TemplateView):
    """The filters stand in the address, as on the page of excerpts that leads here."""

    permission = Permission.EXPORT
    template_name = "coding/exports_excerpts.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._page(ExportForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form, chosen = ExportForm(request.POST), self._filter()
        if not (form.is_valid() and chosen.is_valid()):
            return self._page(form)
        job = start_job(
            member=self.member,
            kind=KIND,
            parameters={
                "title": _("Export of excerpts"),
                "format": form.cleaned_data["format"],
                "query": chosen.query.as_parameters(),
                "back": f"{self.request.path}?{self.request.GET.urlencode()}".rstrip("?"),
            },
            task=write_excerpts,
        )
        return redirect("job", slug=self.study.slug, job=job.pk)

    def _filter(self) -> ExcerptFilter:
        material = material_in_order(self.member)
        return ExcerptFilter(self.request.GET, member=self.member, material=material)

    def _page(self, form: ExportForm) -> HttpResponse:
        chosen = self._filter()
        valid = chosen.is_valid()
        count = count_excerpts(self.member, chosen.query) if valid else 0
        context = self.get_context_data(
            form=form,
            filter=chosen,
            valid=valid,
            count=count,
            sentence=sentence(count, chosen) if valid else "",
            columns=COLUMNS,
            rows=[row.cells() for row in first_rows(self.member, chosen.query, PREVIEWED)]
            if count
            else [],
            query_string=self.request.GET.urlencode(),
        )
        right = valid and not form.errors
        return self.render_to_response(context, status=200 if right else 400)
