"""What the pages of measurements and key figures share: of which case, and the way back."""

from functools import cached_property
from typing import Any

from django.urls import reverse

from interviews.domain.cases import case_of
from interviews.domain.queries.measurements import removed_figure
from interviews.models import Case
from workbench.access.permissions import Permission
from workbench.access.views import StudyView


class OfCase(StudyView):
    """`?case=key` says of which case; without it, outside of the cases."""

    permission = Permission.FIELD_WRITE

    @cached_property
    def case(self) -> Case | None:
        key = self.request.GET.get("case", "")
        return case_of(member=self.member, key=key) if key else None

    def back(self, **query: str) -> str:
        """The page that lists what this is about."""
        keys = {"slug": self.study.slug}
        if self.case is None:
            return reverse("measurements", kwargs=keys, query=query or None)
        keys["key"] = self.case.key
        return reverse("case_measurements", kwargs=keys, query=query or None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        section = "cases" if self.case else "measurements"
        return super().get_context_data(case=self.case, back=self.back(), section=section, **kwargs)


def undoing_figure(view: StudyView) -> dict[str, Any]:
    """For the page after a removal: what was hidden, and the address that brings it back."""
    removed = removed_figure(view.member, view.request.GET.get("removed", ""))
    if removed is None or not view.may(Permission.FIELD_WRITE):
        return {}
    keys = {"slug": view.study.slug, removed.noun: removed.pk}
    return {"removed": removed, "undo_url": reverse(f"{removed.noun}_restore", kwargs=keys)}
