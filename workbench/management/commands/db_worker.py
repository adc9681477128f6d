"""The task worker: before it takes new work, it sees to what died with the last one."""

import logging
from typing import Any

from django.core.management.base import CommandError
from django.db import OperationalError, connection
from django_tasks_db.management.commands.db_worker import Command as EngineCommand

from workbench.jobs import clearing_daily, living, requeue_lost, sweep


class Command(EngineCommand):
    help = "Runs queued tasks, e.g. manage.py db_worker --interval 0.3"

    def configure_logging(self, verbosity: int) -> None:
        """The engine announces its own start and end, and how to press keys nobody presses."""
        super().configure_logging(verbosity)
        logging.getLogger("django_tasks_db").setLevel(logging.ERROR)

    def handle(self, *, worker_id: str, **options: Any) -> None:
        try:
            requeue_lost()
            sweep()
            refresh_planner()
            with clearing_daily(), living(worker_id):
                super().handle(worker_id=worker_id, **options)
        except OperationalError as error:
            # Whoever watches the worker starts it again until the database is back.
            raise CommandError(f"The database cannot be used: {error}") from error


def refresh_planner() -> None:
    """Tells SQLite how its rows are spread; PostgreSQL finds out by itself.

    Without it SQLite reads every coding of a study to find fifty by their ids. Bounded by
    the limit, it takes milliseconds however large the tables are.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=400")
            cursor.execute("ANALYZE")
