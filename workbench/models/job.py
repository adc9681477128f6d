"""Job: long work a person started, with its progress and its result."""

from django.conf import settings
from django.db import models

from workbench.enums import JobState
from workbench.models.noun import Noun, one_of
from workbench.models.study import Study


class Job(Noun):
    study = models.ForeignKey(Study, models.CASCADE, related_name="jobs")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="jobs")
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=10, default=JobState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # What to do (parameters) and what came out; ids and short fields only.
    parameters = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    problem = models.CharField(max_length=300, blank=True)
    # Path under MEDIA_ROOT of what the job produced; served only to its owner.
    file = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    # Refreshed while it runs; a job whose heartbeat is old lost its worker.
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [one_of("state", JobState, "job_state_known")]
        indexes = [models.Index(fields=["study", "owner", "-created_at"], name="jobs_of_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
