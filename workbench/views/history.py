"""History: who did what, when, with before and after; as a page and as a file."""

import csv
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.domain.history import Line, entries, export_history, lines
from workbench.files.spreadsheets import neutralise
from workbench.forms.history import HistoryFilter
from workbench.models import HistoryEntry

PER_PAGE = 50
PER_BATCH = 500
COLUMNS = ("number", "at", "person", "action", "thing", "id", "label", "changes")
BOM = "\ufeff"


class HistoryView(StudyView, TemplateView):
    permission = Permission.HISTORY_READ
    template_name = "workbench/history_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = HistoryFilter(self.request.GET, member=self.member)
        found = entries(self.member, form.wanted())
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("page"))
        query = self.request.GET.copy()
        query.pop("page", None)
        return super().get_context_data(
            form=form,
            page=page,
            lines=lines(list(page.object_list)),
            query=query.urlencode(),
            is_filtered=any(query.values()),
            **kwargs,
        )


class Echo:
    """A file that gives back each row instead of keeping it."""

    def write(self, row: str) -> str:
        return row


class HistoryExportView(StudyView):
    """The same entries as a table for a spreadsheet program, streamed."""

    permission = Permission.HISTORY_READ

    def post(self, request: HttpRequest, slug: str) -> StreamingHttpResponse:
        wanted = HistoryFilter(request.GET, member=self.member).wanted()
        found = export_history(member=self.member, wanted=wanted).iterator(chunk_size=PER_BATCH)
        return StreamingHttpResponse(
            _rows(found, get_language()),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="history-{slug}.csv"'},
        )


def _rows(found: Iterator[HistoryEntry], language: str | None) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield BOM + writer.writerow(COLUMNS)
    while batch := list(islice(found, PER_BATCH)):
        # The request and its language are over when its answer is sent.
        with override(language):
            cells = [_cells(line) for line in lines(batch)]
        for row in cells:
            yield writer.writerow([neutralise(cell) for cell in row])


def _cells(line: Line) -> list[str]:
    entry = line.entry
    changes = "; ".join(
        _("%(field)s: %(before)s → %(after)s")
        % {"field": each.field, "before": each.before or "–", "after": each.after or "–"}
        for each in line.changes
    )
    return [
        str(entry.number),
        entry.at.isoformat(timespec="seconds"),
        str(line.actor),
        str(line.sentence),
        str(line.noun),
        str(entry.subject),
        line.label,
        changes,
    ]
