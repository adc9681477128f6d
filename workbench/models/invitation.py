"""Invitation: the way in for somebody who has no account yet. Only its digest is kept."""

from django.conf import settings
from django.db import models

from workbench.enums import Role
from workbench.models.noun import Noun, one_of
from workbench.models.study import Study


class Invitation(Noun):
    """Open as long as the row is there; used and withdrawn ones are gone."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=10)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations"
    )
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "email"], name="invitation_once_per_study"),
            one_of("role", Role, "invitation_role_known"),
        ]

    def __str__(self) -> str:
        return self.email
