"""Key figure: a number that describes the workplace, with its date and its source."""

from django.db import models

from interviews.models.figures import Figure, has_value


class KeyFigure(Figure):
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=50, blank=True)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["name", "group", "date", "created_at"]
        constraints = [
            models.CheckConstraint(condition=has_value(), name="key_figure_has_a_value"),
            models.CheckConstraint(condition=~models.Q(source=""), name="key_figure_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.date_text or self.date}".strip()
