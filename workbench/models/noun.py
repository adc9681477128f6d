"""What every noun that a person can point at has."""

import uuid
from typing import Any

from django.db import models


class Noun(models.Model):
    """A thing with a UUID of its own, unique on the server."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


def one_of(field: str, values: type[Any], name: str) -> models.CheckConstraint:
    """The database refuses a value that the enum does not know."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": [member.value for member in values]}), name=name
    )
