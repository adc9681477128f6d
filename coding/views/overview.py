"""A study's first page: what is left to do, and how far each case is."""

from typing import Any

from django.views.generic import TemplateView

from coding.domain.queries.labels import DRAFT_STATES
from coding.domain.queries.overview import overview_of
from workbench.access.permissions import Permission
from workbench.access.views import StudyView


class OverviewView(StudyView, TemplateView):
    permission = Permission.STUDY_READ
    template_name = "coding/overview_study.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        overview = overview_of(self.member)
        board = [(row, DRAFT_STATES[row.state] if row.state else "") for row in overview.board]
        return super().get_context_data(
            overview=overview,
            board=board,
            may_write=self.may(Permission.FIELD_WRITE),
            may_plan=self.may(Permission.PLAN_MANAGE),
            may_manage=self.may(Permission.STUDY_MANAGE),
            **kwargs,
        )
