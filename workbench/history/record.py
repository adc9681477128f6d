"""record(): the one way into history, called inside the verb's transaction."""

from typing import Any
from uuid import UUID

from django.db import connection, transaction

from workbench.history.actions import Action
from workbench.models import HistoryEntry, Study, User


def next_change_number(study_id: UUID, count: int = 1) -> int:
    """Takes the study's next `count` change numbers under its row lock; returns the first."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a change number needs its transaction")
    # One statement takes the row lock, counts and reads; the ORM would need two, at every save.
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE workbench_study SET change_number = change_number + %s WHERE id = %s "
            "RETURNING change_number",
            [count, Study._meta.pk.get_db_prep_value(study_id, connection)],
        )
        (last,) = cursor.fetchone()
    return int(last) - count + 1


def record(
    *,
    study: Study,
    actor: User | None,
    action: Action,
    noun: str,
    subject: UUID,
    label: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> HistoryEntry:
    """Writes one entry. `before` and `after` hold ids, offsets and short fields only."""
    return HistoryEntry.objects.create(
        study=study,
        number=next_change_number(study.pk),
        actor=actor,
        action=action,
        noun=noun,
        subject=subject,
        label=label[:200],
        before=before or {},
        after=after or {},
    )
