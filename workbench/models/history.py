"""History: every change, who, when, what, before and after. Append-only."""

from typing import Any, NoReturn

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from workbench.models.study import Study


class HistoryQuerySet(models.QuerySet["HistoryEntry"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("history is append-only")

    def delete(self) -> NoReturn:
        raise TypeError("history is append-only")


class HistoryEntry(models.Model):
    """Ids, offsets and short fields only: never transcript, quote, memo or name text."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="history")
    # The study's change number: the order of changes and the cursor of the changes feed.
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="history"
    )
    action = models.CharField(max_length=60)
    noun = models.CharField(max_length=40)
    subject = models.UUIDField()
    # Readable after the subject is gone.
    label = models.CharField(max_length=200, blank=True)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = HistoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "history"
        constraints = [
            models.UniqueConstraint(fields=["study", "number"], name="history_number_once"),
        ]
        indexes = [models.Index(fields=["study", "noun", "subject"], name="history_of_subject")]

    def __str__(self) -> str:
        return f"{self.action} {self.label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("history is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("history is append-only")
