"""Source: who or what was asked for projects. Bias statement: what that way of asking misses."""

from django.db import models

from interviews.enums import SourceKind
from workbench.models import Noun, Study, one_of


class Source(Noun):
    study = models.ForeignKey(Study, models.PROTECT, related_name="sources")
    kind = models.CharField(max_length=20, default=SourceKind.NETWORK)
    name = models.CharField(max_length=200)
    # What was asked; for a search its words.
    question = models.CharField(max_length=500, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    # What came back.
    answer = models.TextField(blank=True)
    referred_by = models.ForeignKey("self", models.SET_NULL, null=True, related_name="referred")
    order = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["order", "name"]
        constraints = [
            one_of("kind", SourceKind, "source_kind_known"),
            models.CheckConstraint(
                condition=~models.Q(referred_by=models.F("id")), name="source_not_by_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BiasStatement(Noun):
    study = models.ForeignKey(Study, models.PROTECT, related_name="bias_statements")
    text = models.CharField(max_length=500)
    order = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["order", "created_at"]

    def __str__(self) -> str:
        return self.text
