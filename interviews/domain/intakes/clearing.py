"""What nobody can reach any more: files without a row, and files that could not be read."""

import time
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from interviews.domain.intakes.correcting import empty
from interviews.domain.intakes.storage import FOLDER, forget_file, place_of
from interviews.enums import IntakeState
from interviews.models import Document, Intake
from workbench.jobs.clearing import KEPT, UNUSED
from workbench.jobs.work import UNDER_WAY
from workbench.models import Job, Study


def clear_intakes() -> None:
    """Throws away what could not be read and nobody put right, as its page would."""
    failed = Intake.objects.filter(
        state=IntakeState.FAILED, created_at__lt=timezone.now() - KEPT
    ).defer("turns")
    with transaction.atomic():
        for intake in failed.select_for_update():
            forget_file(intake.file)
            empty(intake, IntakeState.DISCARDED)


def clear_originals() -> None:
    """Originals that no row refers to: of uploads that were cut short, and of imports that were
    cancelled or lost their worker."""
    clear_unused(FOLDER, _used_originals)


def _used_originals(study_id: UUID) -> set[str]:
    return {
        *Document.objects.filter(study=study_id).values_list("original", flat=True),
        *Intake.objects.filter(study=study_id).values_list("file", flat=True),
        *Job.objects.filter(study=study_id, state__in=UNDER_WAY).values_list(
            "parameters__file", flat=True
        ),
    }


def clear_unused(kind: str, used_by: Callable[[UUID], Collection[str]]) -> None:
    """Removes stored files of this kind that are old and not among those a study uses.

    Only in folders of studies that are known: under another database everything looks unused.
    """
    for study in Study.objects.values_list("pk", flat=True):
        folder = f"{kind}/{study}"
        old = [path for path in place_of(folder).glob("*") if _is_old(path)]
        if not old:
            continue
        used = used_by(study)
        for path in old:
            if f"{folder}/{path.name}" not in used:
                path.unlink(missing_ok=True)


def _is_old(path: Path) -> bool:
    with suppress(FileNotFoundError):
        return path.stat().st_mtime < time.time() - UNUSED.total_seconds()
    return False
