"""Versions of the codebook as pages: which there are, and what each changed."""

from typing import Any

from django.core.paginator import Paginator
from django.views.generic import TemplateView

from coding.domain.queries.codebook_versions import (
    compare_codebooks,
    kept_codes,
    version_of,
    versions_of,
)
from workbench.access.permissions import Permission
from workbench.access.views import StudyView

VERSIONS_SHOWN = 50


class CodebookVersionsView(StudyView, TemplateView):
    permission = Permission.STUDY_READ
    template_name = "coding/codebook_versions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pages = Paginator(versions_of(self.member), VERSIONS_SHOWN)
        page = pages.get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, **kwargs)


class CodebookVersionView(StudyView, TemplateView):
    """A version as it stood, and what changed since the one before, or since `since`."""

    permission = Permission.STUDY_READ
    template_name = "coding/codebook_version.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = version_of(member=self.member, number=self.kwargs["number"])
        earlier = [each for each in versions_of(self.member) if each.number < version.number]
        wanted = self.request.GET.get("since", "")
        since = next((each for each in earlier if str(each.number) == wanted), None)
        since = since or next(iter(earlier), None)
        codes = kept_codes(version)
        return super().get_context_data(
            version=version,
            earlier=earlier,
            since=since,
            codes=codes,
            comparison=compare_codebooks(kept_codes(since), codes),
            **kwargs,
        )
