"""What leads to an analysis question: codes by their own rules or an ancestor's, and sections."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.db.models import BigIntegerField, Count, ExpressionWrapper, F, Q

from coding.domain.queries.evidence import rules_by_code
from coding.enums import PlacementState
from coding.models import Coding
from interviews.models import AnalysisQuestion, TemplateSection
from workbench.models import Member

# Start and end in one number, for a database that counts distinct values of one column alone.
_SPAN: Final = ExpressionWrapper(
    F("excerpt__placements__start") * 2**32 + F("excerpt__placements__end"),
    output_field=BigIntegerField(),
)


class Feeding:
    """The codes that feed each question, and the sections where their excerpts stand."""

    def __init__(self, member: Member) -> None:
        self._member = member
        self._rules = rules_by_code(member.study_id)
        self.codes: dict[UUID, set[UUID]] = defaultdict(set)
        for code, rule in self._rules.items():
            for question in rule.questions:
                self.codes[question].add(code)

    def sections(self, question: AnalysisQuestion) -> list[TemplateSection]:
        """Those that a guide item feeds too, and those where excerpts of the codes stand."""
        codes = self.codes.get(question.pk, ())
        points = {point for code in codes for point in self._rules[code].points}
        live = TemplateSection.objects.filter(
            template__study_id=self._member.study_id, removed_at__isnull=True
        )
        by_item = live.filter(
            kit_items__analysis_questions=question, kit_items__removed_at__isnull=True
        )
        by_code = live.filter(points__in=points)
        return list(live.filter(Q(pk__in=by_item.values("pk")) | Q(pk__in=by_code.values("pk"))))

    def passages(self) -> Mapping[tuple[UUID, UUID], int]:
        """(question, case) -> how many passages the page of that cell lists, in one query."""
        if not self.codes:
            return {}
        questions = list(self.codes)
        found: Counter[tuple[UUID, UUID]] = Counter()
        rows = (
            Coding.objects.visible_to(self._member)
            .filter(
                code__in=set().union(*self.codes.values()),
                document__removed_at__isnull=True,
                excerpt__placements__state=PlacementState.PLACED,
                excerpt__placements__revision=F("document__current_revision"),
            )
            .order_by()
            .values_list("document__case", "document")
            .annotate(
                **{
                    f"of_{place}": Count(
                        _SPAN, distinct=True, filter=Q(code__in=self.codes[question])
                    )
                    for place, question in enumerate(questions)
                }
            )
        )
        for case, _document, *counts in rows:
            for question, count in zip(questions, counts, strict=True):
                found[question, case] += count
        return found
