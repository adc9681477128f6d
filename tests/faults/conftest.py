"""Databases with the demo study, a copy and its own processes for each test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.running.client import Client
from tests.running.workbench import (
    PASSWORD,
    RunningWorkbench,
    copy_of,
    prepared,
    prepared_place,
    running,
)


@pytest.fixture(scope="session")
def prepared_var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Databases with the demo and the reference study, made once a run.

    `PREPARED_VAR=FOLDER` takes databases that are prepared already.
    """
    return prepared(prepared_place(tmp_path_factory.getbasetemp()))


@pytest.fixture
def workbench(prepared_var: Path, tmp_path: Path) -> Iterator[RunningWorkbench]:
    with running(copy_of(prepared_var, tmp_path / "var")) as started:
        yield started


@pytest.fixture
def signed_in(workbench: RunningWorkbench) -> Iterator[Callable[[str], Client]]:
    """`signed_in("coder")`: that person's connection."""
    with ExitStack() as stack:

        def client(username: str) -> Client:
            made = Client(workbench.port)
            stack.callback(made.close)
            return made.sign_in(username, PASSWORD)

        yield client
