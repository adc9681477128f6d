"""No task engine runs a task again whose worker was killed: the sweep says so instead."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from workbench.enums import JobState
from workbench.models import Job

STALE = timedelta(minutes=2)


def sweep() -> int:
    """Fails jobs whose worker went silent; returns how many. Their owners can start them again."""
    return Job.objects.filter(
        state=JobState.RUNNING, heartbeat_at__lt=timezone.now() - STALE
    ).update(
        state=JobState.FAILED,
        finished_at=timezone.now(),
        problem=_("The worker stopped before it was done. Start it again."),
    )
