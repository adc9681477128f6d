"""What must hold of history, whatever happened; each breach as a line that quotes nothing."""

from collections.abc import Iterator

from django.db.models import F, Max

from workbench.models import Study


def breaches() -> Iterator[str]:
    """Studies whose counter stands behind their own history: two changes would get one number."""
    behind = Study.objects.annotate(last=Max("history__number")).filter(last__gt=F("change_number"))
    for slug, last, counted in behind.order_by("slug").values_list("slug", "last", "change_number"):
        yield f"{slug}: history has number {last}, the study counted to {counted}"
    for study in Study.objects.filter(history__isnull=True).order_by("slug"):
        yield f"{study.slug}: nothing in history tells of the study"
