"""A database or a disk that cannot do its work is told as what it is, and never as a crash."""

import errno
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import InternalError, OperationalError, connection
from django.test import Client

from interviews.models import Document
from tests.factories.codings import make_code
from tests.factories.studies import Cast
from workbench.http.errors import trouble

INSERT = "INSERT INTO kept VALUES (zeroblob(100000))"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "base.sqlite3"
    with closing(sqlite3.connect(path)) as base:
        base.execute("CREATE TABLE kept (body)")
    return path


def code_of(base: sqlite3.Connection, statement: str) -> str:
    """What SQLite itself says, as Django hands it on."""
    with pytest.raises(sqlite3.OperationalError) as refused:
        base.execute(statement)
    told = trouble(OperationalError(*refused.value.args))
    assert told is not None
    return told.code


@pytest.mark.pure
def test_a_database_that_may_only_be_read(file: Path) -> None:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as base:
        assert code_of(base, INSERT) == "cannot_save"


@pytest.mark.pure
def test_a_disk_that_is_full(file: Path) -> None:
    with closing(sqlite3.connect(file)) as base:
        base.execute("PRAGMA max_page_count=2")
        assert code_of(base, INSERT) == "cannot_save"


@pytest.mark.pure
def test_a_database_that_another_holds(file: Path) -> None:
    with closing(sqlite3.connect(file)) as other, closing(sqlite3.connect(file, timeout=0)) as base:
        other.execute("BEGIN IMMEDIATE")
        assert code_of(base, "BEGIN IMMEDIATE") == "busy"


@pytest.mark.pure
def test_a_server_that_takes_no_writes() -> None:
    told = trouble(InternalError("cannot execute INSERT in a read-only transaction"))
    assert told is not None
    assert told.code == "cannot_save"


@pytest.mark.pure
@pytest.mark.parametrize(
    "said",
    [
        'connection failed: connection to server at "127.0.0.1" failed: Connection refused',
        "the connection is closed",
        "terminating connection due to administrator command",
        "consuming input failed: server closed the connection unexpectedly",
    ],
)
def test_a_server_that_is_away(said: str) -> None:
    told = trouble(OperationalError(said))
    assert told is not None
    assert told.code == "busy"


def test_the_first_to_ask_the_database_is_no_view(
    cast: Cast, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(cast.coder)
    client.raise_request_exception = False

    def away(*_call: Any) -> Any:
        raise OperationalError("connection failed: no route")

    with connection.execute_wrapper(away):
        answer = client.get("/api/v1/studies/study/codes")
    assert answer.status_code == 503
    assert answer.json()["code"] == "busy"
    assert answer.headers["Retry-After"] == "2"


@pytest.mark.pure
@pytest.mark.parametrize(
    "error", [OSError(errno.ENOENT, "gone"), OperationalError("no such table: x"), KeyError("disk")]
)
def test_what_is_a_fault_of_ours_stays_one(error: Exception) -> None:
    assert trouble(error) is None


def failing_with(said: str) -> Callable[..., Any]:
    """Stands in for a database whose writes fail, as its reads go on."""

    def execute(go_on: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("INSERT"):
            raise OperationalError(said)
        return go_on(sql, params, many, context)

    return execute


@pytest.fixture
def save(cast: Cast, document: Document, sign_in: Callable[..., Client]) -> Callable[[], Any]:
    """Saves a coding as the coding page does."""
    client = sign_in(cast.coder)
    client.raise_request_exception = False
    code = make_code(cast.lead)
    asked = {
        "document": str(document.pk),
        "revision": str(document.current_revision_id),
        "start": 0,
        "end": 4,
        "code": str(code.pk),
    }
    return lambda: client.put(f"/api/v1/codings/{uuid4()}", asked, "application/json")


@pytest.mark.parametrize(
    ("said", "status", "code"),
    [
        ("database or disk is full", 507, "cannot_save"),
        ("database is locked", 503, "busy"),
        ("something nobody thought of", 500, "failed"),
    ],
)
def test_the_coding_page_is_answered_with_a_problem(
    save: Callable[[], Any], said: str, status: int, code: str
) -> None:
    with connection.execute_wrapper(failing_with(said)):
        answer = save()
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == code
    assert save().status_code == 201


def test_a_form_is_answered_with_a_page(cast: Cast, sign_in: Callable[..., Client]) -> None:
    client = sign_in(cast.lead)
    client.post("/language/", {"language": "en"})
    with connection.execute_wrapper(failing_with("attempt to write a readonly database")):
        answer = client.post(
            f"/studies/{cast.study.slug}/codebook/new/", {"name": "New", "colour": "3"}
        )
    assert answer.status_code == 507
    assert "its disk is full, or may only be read" in answer.content.decode()
