"""Evidence: which point of the template an excerpt stands under, by rule or by hand."""

from django.conf import settings
from django.db import models

from coding.models.codebook import Code
from coding.models.excerpts import Excerpt
from interviews.enums import DocumentKind
from interviews.models import AnalysisQuestion, Case, KitItem, TemplatePoint
from workbench.models import Noun, Study


class EvidenceRule(Noun):
    """Exactly one source (code, kit question or document kind) -> one point. Several allowed."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="evidence_rules")
    point = models.ForeignKey(TemplatePoint, models.CASCADE, related_name="rules")
    code = models.ForeignKey(Code, models.CASCADE, null=True, related_name="point_rules")
    item = models.ForeignKey(KitItem, models.CASCADE, null=True, related_name="point_rules")
    document_kind = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(code__isnull=False, item__isnull=True, document_kind="")
                    | models.Q(code__isnull=True, item__isnull=False, document_kind="")
                    | models.Q(
                        code__isnull=True,
                        item__isnull=True,
                        document_kind__in=[kind.value for kind in DocumentKind],
                    )
                ),
                name="evidence_rule_one_source",
            ),
            models.UniqueConstraint(
                fields=["point", "code"],
                condition=models.Q(code__isnull=False),
                name="rule_code_once",
            ),
            models.UniqueConstraint(
                fields=["point", "item"],
                condition=models.Q(item__isnull=False),
                name="rule_item_once",
            ),
            models.UniqueConstraint(
                fields=["point", "document_kind"],
                condition=~models.Q(document_kind=""),
                name="rule_kind_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class QuestionRule(Noun):
    """Code -> analysis question: what feeds the cross-case cells."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="question_rules")
    code = models.ForeignKey(Code, models.CASCADE, related_name="question_rules")
    question = models.ForeignKey(AnalysisQuestion, models.CASCADE, related_name="code_rules")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "question"], name="question_rule_once")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class EvidenceMark(Noun):
    """What a person did with an excerpt at a point: pinned, hidden, ordered, commented."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="evidence_marks")
    case = models.ForeignKey(Case, models.CASCADE, related_name="evidence_marks")
    point = models.ForeignKey(TemplatePoint, models.CASCADE, related_name="evidence_marks")
    excerpt = models.ForeignKey(Excerpt, models.CASCADE, related_name="evidence_marks")
    pinned = models.BooleanField(default=False)
    hidden = models.BooleanField(default=False)
    # Smaller first; None follows in document order.
    order = models.IntegerField(null=True)
    note = models.TextField(blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "point", "excerpt"], name="evidence_mark_once")
        ]

    def __str__(self) -> str:
        return str(self.pk)
