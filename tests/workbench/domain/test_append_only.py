"""The database itself keeps history as it was written, whatever the code does."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories.studies import Cast
from workbench.history.actions import Action
from workbench.history.record import record
from workbench.models import HistoryEntry, Study

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(cast: Cast) -> HistoryEntry:
    return entry_of(cast.study)


def entry_of(study: Study) -> HistoryEntry:
    with transaction.atomic():
        return record(
            study=study,
            actor=None,
            action=Action.CHANGED,
            noun="study",
            subject=study.pk,
            label="as it was",
        )


def execute(sql: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize(
    "sql",
    ["UPDATE workbench_historyentry SET label = 'otherwise' WHERE id = %s",
     "DELETE FROM workbench_historyentry WHERE id = %s"],
)  # fmt: skip
def test_the_database_refuses_to_change_or_delete_a_line(entry: HistoryEntry, sql: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        execute(sql, entry.pk)
    assert HistoryEntry.objects.get(pk=entry.pk).label == "as it was"


def test_the_code_refuses_before_the_database_has_to(entry: HistoryEntry) -> None:
    of_it = HistoryEntry.objects.filter(pk=entry.pk)
    entry.label = "otherwise"
    for refused in (entry.delete, entry.save, of_it.delete, lambda: of_it.update(label="")):
        with pytest.raises(TypeError, match="append-only"):
            refused()
    assert of_it.get().label == "as it was"


def test_history_goes_when_its_study_is_gone_and_not_before(db: None) -> None:
    study, other = (Study.objects.create(slug=slug, title=slug) for slug in ("old", "other"))
    entry_of(study)
    kept = entry_of(other)
    key = Study._meta.pk.get_db_prep_value(study.pk, connection)
    with transaction.atomic():
        execute("DELETE FROM workbench_study WHERE id = %s", key)
        execute("DELETE FROM workbench_historyentry WHERE study_id = %s", key)
    assert list(HistoryEntry.objects.all()) == [kept]
