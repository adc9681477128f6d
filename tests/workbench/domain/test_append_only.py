"""The database itself keeps history as it was written, whatever the code does."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories.studies import Cast
from workbench.history.actions import Action
from workbench.history.record import record
from workbench.models import HistoryEntry


def test_the_database_refuses_to_change_a_line(cast: Cast) -> None:
    with transaction.atomic():
        entry = record(
            study=cast.study,
            actor=cast.lead.user,
            action=Action.CHANGED,
            noun="study",
            subject=cast.study.pk,
            label="as it was",
        )
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE workbench_historyentry SET label = 'otherwise' WHERE id = %s", [entry.pk]
        )
    assert HistoryEntry.objects.get(pk=entry.pk).label == "as it was"
