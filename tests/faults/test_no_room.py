"""The disk takes nothing more, or another process holds the database: told, and nothing is lost."""

import resource
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

from tests.faults.ledger import CREATED, ground_of
from tests.faults.uploads import multipart
from tests.running.client import Client
from tests.running.workbench import DATABASES, RunningWorkbench

HELD_SECONDS = 3
CODINGS = "SELECT count(*) FROM coding_coding"


@contextmanager
def no_room(workbench: RunningWorkbench) -> Iterator[None]:
    """The server's files may not grow at all, as on a full disk."""
    pids = workbench.family("web server")
    for pid in pids:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        for pid in pids:
            resource.prlimit(
                pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
            )


@contextmanager
def held(workbench: RunningWorkbench) -> Iterator[None]:
    """Another process writes and does not come to an end."""
    path = workbench.var / DATABASES[0]
    with closing(sqlite3.connect(path, isolation_level=None, timeout=20)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
def coder(signed_in: Callable[[str], Client]) -> Client:
    return signed_in("coder")


def asked(workbench: RunningWorkbench) -> dict[str, Any]:
    ground = ground_of(workbench)
    return {
        "document": ground.document,
        "revision": ground.revision,
        "start": 10,
        "end": 40,
        "code": ground.codes[0],
    }


def codings(workbench: RunningWorkbench) -> int:
    with workbench.database() as base:
        return int(base.execute(CODINGS).fetchone()[0])


def test_a_full_disk_is_told_and_the_same_request_works_when_there_is_room(
    workbench: RunningWorkbench, coder: Client
) -> None:
    before, request, address = (
        codings(workbench),
        asked(workbench),
        f"/api/v1/codings/{uuid.uuid4()}",
    )
    with no_room(workbench):
        refused = coder.send("PUT", address, request)
        page = coder.post("/studies/demo/codebook/new/", {"name": "Ny kode", "colour": "3"})
        body, kind = multipart({}, "chosen", {"fokusgruppe.txt": "Interviewer: Og så?"})
        file = coder.send("POST", "/studies/demo/documents/", body, headers=kind)
        reading = coder.get("/studies/demo/excerpts/")
    assert (refused.status, refused.json()["code"]) == (507, "cannot_save")
    assert refused.headers["Content-Type"] == "application/problem+json"
    for answer in (page, file):
        assert answer.status in {403, 507}
        assert "Traceback" not in answer.text
    assert reading.status == 200
    assert codings(workbench) == before

    assert coder.send("PUT", address, request).status == CREATED
    assert codings(workbench) == before + 1
    assert "Traceback" not in workbench.log.read_text()


def test_a_save_waits_for_a_database_that_another_process_holds(
    workbench: RunningWorkbench, coder: Client, signed_in: Callable[[str], Client]
) -> None:
    answers: list[Any] = []
    address, request = f"/api/v1/codings/{uuid.uuid4()}", asked(workbench)
    save = threading.Thread(target=lambda: answers.append(coder.send("PUT", address, request)))
    reader = signed_in("lead")
    with held(workbench):
        save.start()
        time.sleep(HELD_SECONDS)
        assert answers == []
        # Reading waits for nobody.
        assert reader.get("/studies/demo/excerpts/").seconds < HELD_SECONDS
    save.join()
    assert answers[0].status == CREATED
    assert answers[0].seconds >= HELD_SECONDS


def test_a_database_that_is_held_for_long_is_told_as_busy(
    workbench: RunningWorkbench, coder: Client
) -> None:
    address, request = f"/api/v1/codings/{uuid.uuid4()}", asked(workbench)
    with held(workbench):
        refused = coder.send("PUT", address, request)
    assert (refused.status, refused.json()["code"]) == (503, "busy")
    assert refused.headers["Retry-After"] == "2"
    assert coder.send("PUT", address, request).status == CREATED
