"""Name key: who stands behind a pseudonym. No foreign keys: it is another database."""

import uuid

from django.db import models


class NameKey(models.Model):
    # The participant's UUID: creating is idempotent, orphans are found by comparing ids.
    participant = models.UUIDField(primary_key=True)
    study = models.UUIDField(db_index=True)
    real_name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        # Never the name: this string ends in logs and error pages.
        return str(self.participant)


class Look(models.Model):
    """One look at one name: every one is logged before the name is shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    participant = models.UUIDField(db_index=True)
    study = models.UUIDField(db_index=True)
    user = models.UUIDField()
    user_label = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    purpose = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.user_label} {self.at}"
