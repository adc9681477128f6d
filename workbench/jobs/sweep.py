"""Jobs whose worker went silent fail, so that their owners can start them again."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from workbench.enums import JobState
from workbench.models import Job

STALE = timedelta(minutes=2)


def sweep() -> int:
    """Fails jobs without a sign of life for two minutes; returns how many."""
    return fail_lost(
        Job.objects.filter(state=JobState.RUNNING, heartbeat_at__lt=timezone.now() - STALE)
    )


def fail_lost(lost: QuerySet[Job]) -> int:
    """Says of jobs under way that their worker is gone, in the language of each one's owner."""
    failed = 0
    for job in lost.select_related("study", "owner"):
        with override(job.owner.language or job.study.language):
            failed += lost.filter(pk=job.pk).update(
                state=JobState.FAILED,
                finished_at=timezone.now(),
                problem=_("The worker stopped before it was done. Start it again."),
            )
    return failed
