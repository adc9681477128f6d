"""Home: the studies a person works in, and what waits there."""

from typing import Any

from django.views.generic import TemplateView

from coding.domain.queries.overview import studies_of
from workbench.access.roles import LABELS
from workbench.access.views import SignedInView


class HomeView(SignedInView, TemplateView):
    template_name = "coding/home_studies.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [(row, LABELS[row.role]) for row in studies_of(self.user)]
        return super().get_context_data(rows=rows, **kwargs)
