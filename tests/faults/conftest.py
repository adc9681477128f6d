"""Databases with the demo study, a copy and its own processes for each test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running.workbench import RunningWorkbench, copy_of, prepared, running


@pytest.fixture(scope="session")
def prepared_var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`PREPARED_VAR=FOLDER` takes databases that are prepared already."""
    kept = os.environ.get("PREPARED_VAR")
    if kept:
        return Path(kept) if (Path(kept) / "static").exists() else prepared(Path(kept))
    return prepared(tmp_path_factory.mktemp("prepared") / "var")


@pytest.fixture
def workbench(prepared_var: Path, tmp_path: Path) -> Iterator[RunningWorkbench]:
    with running(copy_of(prepared_var, tmp_path / "var")) as started:
        yield started
