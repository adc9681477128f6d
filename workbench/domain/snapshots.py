"""read_snapshot(): long reads that see one moment and delay nobody."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction

_reading: ContextVar[bool] = ContextVar("reading", default=False)


def in_snapshot() -> bool:
    """Whether this thread reads one moment: what it writes now must use another connection."""
    return _reading.get()


@contextmanager
def read_snapshot() -> Iterator[None]:
    """Everything read inside is the database at one moment; writers go on meanwhile.

    On SQLite the transaction is deferred: under the usual IMMEDIATE a read of two seconds
    keeps every save waiting as long. On PostgreSQL it is REPEATABLE READ, READ ONLY. Inside
    a transaction that is open already, that transaction's own view is used. Never write
    inside: SQLite would hold the write lock to the end, PostgreSQL refuses.
    """
    if connection.in_atomic_block:
        yield
        return
    with _begin():
        reading = _reading.set(True)
        try:
            yield
        finally:
            _reading.reset(reading)


@contextmanager
def _begin() -> Iterator[None]:
    if connection.vendor != "sqlite":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    # It has no mode before its first use.
    connection.ensure_connection()
    # Only the SQLite connection has a mode; its type says so nowhere.
    sqlite: Any = connection
    usual = sqlite.transaction_mode
    sqlite.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic():
            sqlite.transaction_mode = usual
            yield
    finally:
        sqlite.transaction_mode = usual
