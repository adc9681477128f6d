"""Cross-case cell: analysis question x case, a summary tied to excerpts."""

from django.conf import settings
from django.db import models

from coding.models.excerpts import Excerpt, Placement
from interviews.models import AnalysisQuestion, Case
from workbench.models import Noun, Study


class Cell(Noun):
    study = models.ForeignKey(Study, models.PROTECT, related_name="cells")
    question = models.ForeignKey(AnalysisQuestion, models.PROTECT, related_name="cells")
    case = models.ForeignKey(Case, models.PROTECT, related_name="cells")
    text = models.TextField(blank=True)
    next_citation = models.PositiveIntegerField(default=1)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "case"], name="cell_once")]

    def __str__(self) -> str:
        return str(self.pk)


class CellVersion(Noun):
    cell = models.ForeignKey(Cell, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["cell", "number"], name="cell_version_once")]

    def __str__(self) -> str:
        return str(self.number)


class CellCitation(Noun):
    """[@number] in the cell's text."""

    cell = models.ForeignKey(Cell, models.CASCADE, related_name="citations")
    number = models.PositiveIntegerField()
    excerpt = models.ForeignKey(Excerpt, models.PROTECT, related_name="cell_citations")
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["cell", "number"], name="cell_citation_once")
        ]

    def __str__(self) -> str:
        return f"[@{self.number}]"
