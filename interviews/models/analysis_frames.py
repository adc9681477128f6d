"""Analysis frame: purposes -> overall -> special foci; analysis questions used across cases."""

from django.db import models

from interviews.enums import FocusKind
from workbench.models import Noun, Study, one_of


class AnalysisFocus(Noun):
    study = models.ForeignKey(Study, models.CASCADE, related_name="foci")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=60)
    text = models.TextField()
    order = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "analysis foci"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["study", "key"], name="focus_key_once"),
            one_of("kind", FocusKind, "focus_kind_known"),
        ]

    def __str__(self) -> str:
        return self.text


class AnalysisQuestion(Noun):
    study = models.ForeignKey(Study, models.CASCADE, related_name="questions")
    key = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    order = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["study", "key"], name="analysis_question_key_once")
        ]

    def __str__(self) -> str:
        return self.title
