"""The task worker: before it takes new work, it says which jobs died with the last worker."""

from typing import Any

from django.db import connection
from django_tasks_db.management.commands.db_worker import Command as EngineCommand

from workbench.jobs import sweep


class Command(EngineCommand):
    help = "Runs queued tasks, e.g. manage.py db_worker --interval 0.3"

    def handle(self, **options: Any) -> None:
        sweep()
        refresh_planner()
        super().handle(**options)


def refresh_planner() -> None:
    """Tells SQLite how its rows are spread; PostgreSQL finds out by itself.

    Without it SQLite reads every coding of a study to find fifty by their ids. Bounded by
    the limit, it takes milliseconds however large the tables are.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=400")
            cursor.execute("ANALYZE")
