"""What became of the guide: coverage, and one question's answers side by side."""

from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.views.generic import TemplateView

from interviews.domain.kits import ITEMS
from interviews.domain.queries.cases import live_cases
from interviews.domain.queries.kits import answers_page, coverage_table
from interviews.domain.queries.kits.table import CoverageCell, CoverageRow
from interviews.domain.queries.labels import PARTICIPANT_ROLES
from interviews.enums import KitItemKind, ParticipantRole
from interviews.forms.choices import choices_of
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.errors import Missing

BY_CASE = "case"


class KitCoverageView(StudyView, TemplateView):
    """`by=case` rolls the interviews up; `case` shows one case; `holes` only what was not asked."""

    permission = Permission.STUDY_READ
    template_name = "interviews/kit_coverage.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        by_case, case = asked.get("by") == BY_CASE, asked.get("case", "")
        table = coverage_table(self.member, by_case=by_case, case=case, holes="holes" in asked)
        link = self._links(by_case)
        return super().get_context_data(
            table=table,
            rows=[(row, [(cell, link(row, cell)) for cell in row.cells]) for row in table.rows],
            cases=live_cases(self.member),
            chosen=case,
            by_case=by_case,
            holes="holes" in asked,
            on_coverage=True,
            **kwargs,
        )

    def _links(self, by_case: bool) -> Callable[[CoverageRow, CoverageCell], str]:
        """Where a cell opens; an address is put together once, not a thousand times."""
        slug = self.study.slug

        @cache
        def marks(document: UUID) -> str:
            return reverse("document_answers", kwargs={"slug": slug, "document": document})

        @cache
        def answers(item: UUID) -> str:
            return reverse("kit_answers", kwargs={"slug": slug, "item": item})

        def link(row: CoverageRow, cell: CoverageCell) -> str:
            if cell.document is None:
                return f"{answers(row.item.pk)}?case={cell.case}"
            turn = f"#turn-{cell.turn}" if cell.turn else ""
            return f"{marks(cell.document)}?question={row.item.key}{turn}"

        return link


class KitAnswersView(StudyView, TemplateView):
    """One question of the guide: all answers. `case` and `role` narrow them."""

    permission = Permission.STUDY_READ
    template_name = "interviews/kit_answers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        item = ITEMS.find(member=self.member, pk=self.kwargs["item"])
        if item.kind != KitItemKind.QUESTION:
            raise Missing
        case, role = (self.request.GET.get(name, "") for name in ("case", "role"))
        known = ParticipantRole(role) if role in set(ParticipantRole) else None
        return super().get_context_data(
            page=answers_page(self.member, item, case=case, role=known),
            roles=choices_of(PARTICIPANT_ROLES),
            chosen_case=case,
            chosen_role=known or "",
            narrowed=bool(case or known),
            may_mark=self.may(Permission.MATERIAL_WRITE),
            **kwargs,
        )
