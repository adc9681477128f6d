"""Long reads see one moment and make nobody wait."""

import threading
from collections.abc import Callable

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from workbench.domain.snapshots import in_snapshot, read_snapshot
from workbench.models import Study


def elsewhere(work: Callable[[], object]) -> None:
    """Runs the work on another connection, as another process would."""
    problems: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as problem:
            problems.append(problem)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=10)
    assert not thread.is_alive(), "the writer waited for the reader"
    if problems:
        raise problems[0]


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_delays_no_writer_and_does_not_see_what_it_writes() -> None:
    Study.objects.create(slug="study", title="Before")
    with read_snapshot():
        assert in_snapshot()
        assert Study.objects.get().title == "Before"
        elsewhere(lambda: Study.objects.update(title="After"))
        assert Study.objects.get().title == "Before"
    assert not in_snapshot()
    assert Study.objects.get().title == "After"


@pytest.mark.django_db(transaction=True)
def test_after_a_snapshot_transactions_are_as_before() -> None:
    with read_snapshot():
        Study.objects.count()
    with transaction.atomic():
        Study.objects.create(slug="study", title="Written")
    assert Study.objects.count() == 1
    if connection.vendor == "sqlite":
        assert vars(connections[DEFAULT_DB_ALIAS])["transaction_mode"] == "IMMEDIATE"


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_may_be_the_first_that_a_process_reads() -> None:
    def read() -> None:
        with read_snapshot():
            assert Study.objects.count() == 0

    elsewhere(read)


@pytest.mark.django_db
def test_inside_a_transaction_the_snapshot_is_that_transaction() -> None:
    Study.objects.create(slug="study", title="Not committed yet")
    with read_snapshot():
        assert not in_snapshot()
        assert Study.objects.count() == 1
