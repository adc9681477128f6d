"""Case template: sections with page budgets and required sources, and the points they answer."""

from django.db import models

from workbench.models import Noun, Study


class CaseTemplate(Noun):
    study = models.OneToOneField(Study, models.CASCADE, related_name="case_template")
    title = models.CharField(max_length=200, blank=True)
    # Pages a whole case description may take; sections without a budget share the rest.
    total_pages = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)

    def __str__(self) -> str:
        return self.title or str(self.study)


class TemplateSection(Noun):
    template = models.ForeignKey(CaseTemplate, models.CASCADE, related_name="sections")
    key = models.CharField(max_length=60)
    # For the writer; the reader sees `printed_title`.
    title = models.CharField(max_length=200)
    printed_title = models.CharField(max_length=200, blank=True)
    guidance = models.TextField(blank=True)
    page_budget = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    # Values of SourceType.
    required_sources = models.JSONField(default=list, blank=True)
    order = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["template", "key"], name="section_key_once"),
            models.CheckConstraint(
                condition=models.Q(page_budget__isnull=True) | models.Q(page_budget__gt=0),
                name="section_budget_positive",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TemplatePoint(Noun):
    """What a section must answer; evidence is placed at points."""

    section = models.ForeignKey(TemplateSection, models.CASCADE, related_name="points")
    key = models.CharField(max_length=60)
    text = models.CharField(max_length=300)
    order = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["section", "key"], name="point_key_once")]

    def __str__(self) -> str:
        return self.text
