"""Participant: a pseudonym with a role. The name stands in the key store, nowhere else."""

from django.db import models

from interviews.enums import Consent, ParticipantRole
from interviews.models.cases import Case
from workbench.models import Noun, Study, one_of


class Participant(Noun):
    study = models.ForeignKey(Study, models.PROTECT, related_name="participants")
    case = models.ForeignKey(Case, models.PROTECT, related_name="participants")
    pseudonym = models.CharField(max_length=100)
    role = models.CharField(max_length=30, default=ParticipantRole.EMPLOYEE)
    # What stands under a printed quote; empty prints the role.
    printed_label = models.CharField(max_length=100, blank=True)
    # Has driven the effort; None: not known.
    driving = models.BooleanField(null=True)
    consent = models.CharField(max_length=10, default=Consent.PENDING)
    consent_date = models.DateField(null=True, blank=True)
    consent_note = models.CharField(max_length=300, blank=True)
    attributes = models.JSONField(default=dict, blank=True)
    order = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["order", "pseudonym"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "pseudonym"],
                condition=models.Q(removed_at__isnull=True),
                name="pseudonym_once_per_case",
            ),
            one_of("role", ParticipantRole, "participant_role_known"),
            one_of("consent", Consent, "participant_consent_known"),
        ]

    def __str__(self) -> str:
        return self.pseudonym
